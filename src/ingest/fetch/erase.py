"""Takes records out of the archive: each is overwritten where it lies by an empty one of the same length.

So no other record moves and no pointer changes. A list of what is to go is on the disk before the database forgets
it, and stays until the last byte is gone: whoever comes next goes on where a crash has left off.
"""

import json
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from ingest.fetch.archive import ArchiveError, Pointer
from ingest.fetch.warc_records import WBITS, members

_LIST = "erasing.json"
_HAS_COMMENT = 0x10  # flag in the header of gzip (RFC 1952)
_HEAD = struct.pack("<4BI2B", 0x1F, 0x8B, 8, _HAS_COMMENT, 0, 0, 255)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to go: the records that rows point to, and others of the same pages (requests, revisits)."""

    captures: tuple[Pointer, ...]
    others: tuple[Pointer, ...] = ()


def find(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Pointer]:
    """Yield the records whose target's address is wanted, and the redirects that led to them; reads every file."""
    for path in sorted(folder.glob("*.warc.gz")):
        offset = 0
        led: list[Pointer] = []  # redirects stand before what they lead to
        for member in members(path):
            here = Pointer(path.name, offset, len(member))
            offset += len(member)
            uri, redirects = _target(member)
            if uri is not None and wanted(uri):
                yield from (*led, here)
                led = []
            else:
                led = [*led, here] if redirects else []


def begin(folder: Path, erasure: Erasure) -> None:
    """Write down what is to go, before the database forgets it.

    Raises:
        ArchiveError: It cannot be written, or there is such a list already.
    """
    path = folder / _LIST
    content = {"captures": list(map(astuple, erasure.captures)), "others": list(map(astuple, erasure.others))}
    try:
        with path.open("x") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise ArchiveError(msg) from error


def begun(folder: Path) -> Erasure | None:
    """Return what was to go when somebody was stopped; None where there is nothing."""
    path = folder / _LIST
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:  # torn: it was never whole, so nothing was forgotten yet
        return Erasure(())
    return Erasure(*(tuple(Pointer(*each) for each in content[name]) for name in ("captures", "others")))


def abandon(folder: Path) -> None:
    """Take back what ``begin`` wrote."""
    (folder / _LIST).unlink(missing_ok=True)


def finish(folder: Path, erasure: Erasure) -> int:
    """Overwrite the records, then remove the list; return their bytes. A file that is not there needs none.

    Raises:
        ArchiveError: A file cannot be written.
    """
    by_file: dict[str, list[Pointer]] = {}
    for pointer in {*erasure.captures, *erasure.others}:
        by_file.setdefault(pointer.file, []).append(pointer)
    for name, pointers in sorted(by_file.items()):
        _overwrite(folder / name, pointers)
    abandon(folder)
    return sum(pointer.length for pointers in by_file.values() for pointer in pointers)


def blank(length: int) -> bytes:
    """Return a gzip member of so many bytes that holds an empty WARC record; the rest is the member's comment.

    Raises:
        ArchiveError: It is too short for one; no record of ours is.
    """
    record = (
        f"WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
        f"WARC-Date: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    ).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(record) + packer.flush()
    tail = b"\0" + packed + struct.pack("<2I", zlib.crc32(record), len(record))
    room = length - len(_HEAD) - len(tail)
    if room < 0:
        msg = f"a record of {length} bytes is too short to be overwritten"
        raise ArchiveError(msg)
    return _HEAD + b" " * room + tail


def _overwrite(path: Path, pointers: Iterable[Pointer]) -> None:
    try:
        with path.open("r+b") as file:
            for pointer in pointers:
                file.seek(pointer.offset)
                file.write(blank(pointer.length))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror}): mend it, then `ingest db forget` goes on"
        raise ArchiveError(msg) from error


def _target(member: bytes) -> tuple[str | None, bool]:
    """Return the address that a record is of, and whether it is a redirect's response."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(zlib.decompress(member, WBITS)))))
    except (zlib.error, ArchiveLoadFailed, StopIteration):
        return None, False
    headers = record.http_headers
    redirects = record.rec_type == "response" and headers is not None and headers.get_statuscode().startswith("3")
    return record.rec_headers.get_header("WARC-Target-URI"), redirects
