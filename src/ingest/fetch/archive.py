"""The archive: WARC files that hold each capture's bytes as they came, before anything reads them.

A writer only ever appends to files it made itself, so nothing is locked, and a file whose writer was killed is left as
it is: its records are whole up to the one that was being written, which no row points to.
"""

import os
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from warcio.warcwriter import WARCWriter

from ingest.errors import IngestError
from ingest.fetch import warc_records
from ingest.model import Capture, Exchange

_SUFFIX = ".warc.gz"
_PIECE = 1 << 20  # bytes read at a time


class ArchiveError(IngestError):
    """The archive cannot be written, or a record is not there or not what was written."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a capture's record lies: a file of the archive's folder, and the record's first byte and length in it."""

    file: str
    offset: int
    length: int


class Archive:
    """A folder of WARC files, for one writer and any number of readers.

    Args:
        folder: Made when the first record is written.
        segment_bytes: The size at which a new file is begun.
    """

    def __init__(self, folder: Path, *, segment_bytes: int = 1024**3) -> None:
        self.folder = folder
        self._segment_bytes = segment_bytes
        self._file: BinaryIO | None = None

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def write(self, capture: Capture) -> Pointer:
        """Append a capture. It is safe from a crash once ``sync`` has returned, and must have no row before that.

        Raises:
            ArchiveError: There is no room, or no right to write.
        """
        with self._appending(capture.captured_at) as file:
            offset, length = warc_records.write_capture(file, capture)
            return Pointer(file=Path(file.name).name, offset=offset, length=length)

    def revisit(self, exchange: Exchange) -> None:
        """Append that a page was asked for again and was the same.

        Raises:
            ArchiveError: There is no room, or no right to write.
        """
        with self._appending(exchange.fetched_at) as file:
            warc_records.write_revisit(file, exchange)

    def sync(self) -> None:
        """Bring what was written to the disk.

        Raises:
            ArchiveError: There is no room.
        """
        if self._file is not None:
            with self._told():
                self._file.flush()
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """Finish the file in hand; the next record begins another."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None

    def holds(self, pointer: Pointer) -> bool:
        """Whether the file is there and long enough to hold the record; what it holds is not read."""
        try:
            return (self.folder / pointer.file).stat().st_size >= pointer.offset + pointer.length
        except OSError:
            return False

    def read(self, pointer: Pointer, digest: str) -> bytes:
        """Return the bytes of a capture as they came.

        Args:
            pointer: Where they lie.
            digest: The SHA-256 they must have, in hex.

        Raises:
            ArchiveError: The file is missing, or what lies there is not what was written.
        """
        path = self.folder / pointer.file
        try:
            with path.open("rb") as file:
                file.seek(pointer.offset)
                member = file.read(pointer.length)
        except OSError as error:
            msg = f"{path}: cannot be read ({error.strerror}): bring the archive back from its backup"
            raise ArchiveError(msg) from error
        read = warc_records.read(member)
        if read is None or sha256(read[1]).hexdigest() != digest:
            msg = f"{path}: the record at byte {pointer.offset} is damaged: bring the file back from its backup"
            raise ArchiveError(msg)
        return read[1]

    @contextmanager
    def _appending(self, at: datetime) -> Iterator[BinaryIO]:
        with self._told():
            file = self._segment(at)
            try:
                yield file
            except BaseException:  # a full disk, Ctrl-C: what follows a torn record would be lost to those who read on
                self._file = None
                with suppress(OSError):
                    file.close()
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            msg = (
                f"the archive {self.folder} cannot be written ({error.strerror}): make room or mend it, then run again"
            )
            raise ArchiveError(msg) from error

    def _segment(self, at: datetime) -> BinaryIO:
        if self._file is not None and self._file.tell() >= self._segment_bytes:
            self.close()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = f"{at:%Y%m%d%H%M%S}-{uuid.uuid4().hex[:12]}{_SUFFIX}"
            self._file = (self.folder / name).open("xb")
            _write_info(self._file, name)
            _sync_folder(self.folder)
        return self._file


@dataclass(frozen=True, slots=True)
class Segment:
    """What a file of the archive holds: how many whole captures, up to which byte, and whether a torn one follows."""

    captures: int
    whole_bytes: int
    torn: bool


def inspect(path: Path) -> Segment:
    """Read a file of the archive through, checking every record's digest, and say how far it is whole."""
    captures = whole = 0
    for member in members(path):
        read = warc_records.read(member)
        if read is None:
            break
        captures += read[0] in warc_records.CAPTURES
        whole += len(member)
    return Segment(captures=captures, whole_bytes=whole, torn=whole < path.stat().st_size)


def _write_info(file: BinaryIO, name: str) -> None:
    """Begin a file with the record that says what made it, as the format asks."""
    writer = WARCWriter(file, gzip=True)
    writer.write_record(
        writer.create_warcinfo_record(name, {"software": "gaoxin-ingest", "format": "WARC File Format 1.0"})
    )


def members(path: Path) -> Iterator[bytes]:
    """Yield the whole gzip members of a file, as they lie there; a torn one at its end is not among them."""
    rest = b""
    with path.open("rb") as file:
        while True:
            inflater = zlib.decompressobj(warc_records.WBITS)
            pieces: list[bytes] = []
            while not inflater.eof:
                piece, rest = rest or file.read(_PIECE), b""
                try:
                    inflater.decompress(piece)
                except zlib.error:
                    return
                if not piece:
                    return
                pieces.append(piece)
            rest = inflater.unused_data
            whole = b"".join(pieces)
            yield whole[: len(whole) - len(rest)]


def _sync_folder(folder: Path) -> None:
    """Bring the name of a new file to the disk; a system that has no such thing needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
