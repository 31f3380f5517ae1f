"""Holds the archive's files against what the database says of them: each record, in one pass over each file."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ingest.fetch import warc_records
from ingest.fetch.archive import Archive, LostError, Pointer

_PIECE = 1 << 16  # bytes read at a time where a record's length is not known
_AT_ONCE = 64  # rows whose records are asked for together
_REQUEST = "request"


class Fault(StrEnum):
    """What is wrong between the archive and the database."""

    NO_FILE = "no file"  # rows point to a file that is not there
    LOST = "lost"  # a row's record is cut off, damaged, or is not what the row says
    DAMAGED = "damaged"  # a stretch of a file that is no record, and to which no row points
    TORN = "torn"  # the end of a file whose writer was killed: no row points there
    STRAY = "stray"  # a capture's record to which no row points


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the database says of a capture."""

    source: str
    address: str
    sha256: str
    pointer: Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault, and where: in which file, from which byte, how many bytes, of which row where one points there."""

    fault: Fault
    file: str
    offset: int = 0
    length: int = 0
    row: Row | None = None
    rows: int = 0  # of a file that is not there


@dataclass(slots=True)
class Seen:
    """How much was looked at."""

    rows: int = 0
    records: int = 0
    files: int = 0
    bytes: int = 0


def verify_file(path: Path, rows: Iterable[Row], seen: Seen) -> Iterator[Finding]:
    """Yield what is wrong with a file of the archive.

    Args:
        path: The file; it may be missing.
        rows: All that point into it, in the order of their offsets.
        seen: Is added to.
    """
    try:
        file = path.open("rb")
    except OSError:
        number = sum(1 for _ in rows)
        seen.rows += number
        yield Finding(fault=Fault.NO_FILE, file=path.name, rows=number)
        return
    with file:
        seen.files += 1
        seen.bytes += path.stat().st_size
        yield from _Walk(path.name, file, path.stat().st_size, seen).findings(rows)


def verify_rows(archive: Archive, rows: Iterable[Row], seen: Seen) -> Iterator[Finding]:
    """Yield which rows have not the record that they say; files are not looked through.

    Raises:
        ArchiveError: The archive does not answer just now.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        seen.rows += len(some)
        found = archive.records([(row.pointer, row.sha256) for row in some])
        for row, record in zip(some, found, strict=True):
            if isinstance(record, LostError):
                at = row.pointer
                yield Finding(fault=Fault.LOST, file=at.file, offset=at.offset, length=at.length, row=row)
            else:
                seen.records += 1
                seen.bytes += row.pointer.length


class _Walk:
    """One pass over a file: from row to row, and record by record where no row points."""

    def __init__(self, name: str, file: BinaryIO, size: int, seen: Seen) -> None:
        self._name, self._file, self._size, self._seen = name, file, size, seen
        self._at = 0
        self._response: Finding | None = None  # a capture's, if a request follows; else it led to one by a redirect

    def findings(self, rows: Iterable[Row]) -> Iterator[Finding]:
        """Yield what is wrong, in the order of the file."""
        for row in rows:
            self._seen.rows += 1
            yield from self._between(row.pointer.offset)
            yield from self._of_row(row)
        yield from self._between(self._size)
        if self._response:
            yield self._response

    def _of_row(self, row: Row) -> Iterator[Finding]:
        pointer = row.pointer
        self._response = None
        self._file.seek(pointer.offset)
        read = warc_records.read(self._file.read(pointer.length))
        self._seen.records += 1
        self._at = max(self._at, min(pointer.offset + pointer.length, self._size))
        if read is None or sha256(read.content).hexdigest() != row.sha256:
            yield Finding(fault=Fault.LOST, file=self._name, offset=pointer.offset, length=pointer.length, row=row)

    def _between(self, end: int) -> Iterator[Finding]:
        """Yield what is wrong up to a byte where the next row's record begins, or the file ends."""
        while self._at < min(end, self._size):
            member = self._member(min(end, self._size))
            read = warc_records.read(member) if member else None
            if member is None or read is None:
                fault = Fault.TORN if member == b"" and end >= self._size else Fault.DAMAGED
                length = len(member) if member else min(end, self._size) - self._at
                yield Finding(fault=fault, file=self._name, offset=self._at, length=length)
                self._at += length
                self._response = None
                continue
            self._seen.records += 1
            yield from self._without_row(read.kind, len(member))
            self._at += len(member)

    def _without_row(self, kind: str, length: int) -> Iterator[Finding]:
        here = Finding(fault=Fault.STRAY, file=self._name, offset=self._at, length=length)
        if kind == _REQUEST and self._response:
            yield self._response
        self._response = here if kind == warc_records.RESPONSE else None
        if kind == warc_records.RESOURCE:
            yield here

    def _member(self, end: int) -> bytes | None:
        """Return the gzip member that begins here; none of it where it does not end in time, None for what is none."""
        self._file.seek(self._at)
        inflater = zlib.decompressobj(warc_records.WBITS)
        pieces: list[bytes] = []
        left = end - self._at
        while not inflater.eof:
            piece = self._file.read(min(_PIECE, left))
            left -= len(piece)
            try:
                inflater.decompress(piece)
            except zlib.error:
                return None
            if not piece:
                return b""
            pieces.append(piece)
        whole = b"".join(pieces)
        return whole[: len(whole) - len(inflater.unused_data)]
