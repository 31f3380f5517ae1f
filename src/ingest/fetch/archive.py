"""The archive: WARC files that hold each capture's bytes as they came, before anything reads them.

A writer only ever appends to files it made itself, so nothing is locked, and a file whose writer was killed is left as
it is: its records are whole up to the one that was being written, which no row points to.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, cast

from warcio.warcwriter import WARCWriter

from ingest.errors import IngestError
from ingest.fetch import warc_records
from ingest.fetch.storage import Folder, Storage, Store
from ingest.model import Capture, Exchange

_SUFFIX = ".warc.gz"


class ArchiveError(IngestError):
    """The archive cannot be written or read. ``transient``: trying again may help."""

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message)
        self.transient = transient


class LostError(ArchiveError):
    """A record is not there, or is not what was written."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a capture's record lies: a file of the archive, and the record's first byte and length in it."""

    file: str
    offset: int
    length: int


class Archive:
    """WARC files in a folder or a store of objects, for one writer and any number of readers.

    Args:
        place: A folder, made when the first record is written; or the address of a store, as fsspec has them.
        segment_bytes: The size at which a new file is begun.

    Raises:
        ArchiveError: The address is of no store that can be used here.
    """

    def __init__(self, place: Path | str, *, segment_bytes: int = 1024**3) -> None:
        self._segment_bytes = segment_bytes
        self._file: IO[bytes] | None = None
        self._name = ""
        self._storage: Storage
        try:
            self._storage = Store(place) if isinstance(place, str) else Folder(place)
        except OSError as error:
            msg = f"the archive {place} cannot be used: {error.strerror or error}"
            raise ArchiveError(msg) from error

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
            return Pointer(file=self._name, offset=offset, length=length)

    def revisit(self, exchange: Exchange) -> None:
        """Append that a page was asked for again and was the same.

        Raises:
            ArchiveError: There is no room, or no right to write.
        """
        with self._appending(exchange.fetched_at) as file:
            warc_records.write_revisit(file, exchange)

    def sync(self) -> None:
        """Make what was written safe: on the disk, or in the store.

        Raises:
            ArchiveError: There is no room, or the store does not answer.
        """
        if self._file is not None:
            with self._told():
                self._storage.sync(self._name, self._file)
            if not self._storage.grows:
                self._drop()

    def drop(self) -> None:
        """Forget what was not made safe, where that can be: no row will point to it."""
        if not self._storage.grows:
            self._drop()

    def close(self) -> None:
        """Finish the file in hand; the next record begins another."""
        if self._file is not None:
            self.sync()
            self._drop()

    def holds(self, pointers: Mapping[str, Pointer]) -> set[str]:
        """Return the keys of those records whose file is there and long enough; what they hold is not read."""
        sizes = {file: self._size(file) for file in {pointer.file for pointer in pointers.values()}}
        return {key for key, at in pointers.items() if (sizes[at.file] or 0) >= at.offset + at.length}

    def check(self) -> None:
        """See that the archive can be read at all.

        Raises:
            ArchiveError: Its folder is not there, or its store does not answer.
        """
        try:
            self._storage.check()
        except OSError as error:
            msg = f"the archive {self._storage} cannot be read ({error.strerror or error}): mount or mend it"
            raise ArchiveError(msg, transient=not isinstance(error, FileNotFoundError)) from error

    def read(self, pointer: Pointer, digest: str) -> bytes:
        """Return the bytes of a capture as they came.

        Args:
            pointer: Where they lie.
            digest: The SHA-256 they must have, in hex.

        Raises:
            ArchiveError: The file is missing, or what lies there is not what was written.
        """
        [found] = self.records([(pointer, digest)])
        if isinstance(found, LostError):
            raise found
        return found.content

    def records(self, wanted: Sequence[tuple[Pointer, str]]) -> Iterator[warc_records.Record | LostError]:
        """Yield records, each given by its place and its digest, in that order, or that one is lost.

        Raises:
            ArchiveError: The archive cannot be read just now, which says nothing of its records.
        """
        spans = [(pointer.file, pointer.offset, pointer.length) for pointer, _ in wanted]
        for (pointer, digest), member in zip(wanted, self._storage.read(spans), strict=True):
            yield self._record(pointer, digest, member)

    def _record(self, pointer: Pointer, digest: str, member: bytes | OSError) -> warc_records.Record | LostError:
        path = f"{self._storage}/{pointer.file}"
        if isinstance(member, OSError):
            msg = f"{path}: cannot be read ({member.strerror or member}): bring the archive back from its backup"
            if isinstance(member, FileNotFoundError):
                return LostError(msg)
            raise ArchiveError(msg, transient=True) from member
        read = warc_records.read(member)
        if read is None or sha256(read.content).hexdigest() != digest:
            msg = f"{path}: the record at byte {pointer.offset} is damaged: bring the file back from its backup"
            return LostError(msg)
        return read

    @contextmanager
    def _appending(self, at: datetime) -> Iterator[BinaryIO]:
        with self._told():
            file = self._segment(at)
            try:
                yield cast("BinaryIO", file)
            except BaseException:  # a full disk, Ctrl-C: what follows a torn record would be lost to those who read on
                with suppress(OSError):
                    self._drop()
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            msg = (
                f"the archive {self._storage} cannot be written ({error.strerror or error}): make room or mend it, "
                "then run again"
            )
            raise ArchiveError(msg, transient=not self._storage.grows) from error

    def _segment(self, at: datetime) -> IO[bytes]:
        if self._file is not None and self._file.tell() >= self._segment_bytes:
            self.close()
        if self._file is None:
            self._name = f"{at:%Y%m%d%H%M%S}-{uuid.uuid4().hex[:12]}{_SUFFIX}"
            self._file = self._storage.begin(self._name)
            _write_info(self._file, self._name)
        return self._file

    def _size(self, file: str) -> int | None:
        try:
            return self._storage.size(file)
        except OSError as error:
            msg = f"the archive {self._storage} cannot be read ({error.strerror or error}): mount or mend it"
            raise ArchiveError(msg, transient=True) from error

    def _drop(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def _write_info(file: IO[bytes], name: str) -> None:
    """Begin a file with the record that says what made it, as the format asks."""
    writer = WARCWriter(file, gzip=True)
    writer.write_record(
        writer.create_warcinfo_record(name, {"software": "gaoxin-ingest", "format": "WARC File Format 1.0"})
    )
