"""Pages that somebody named one by one, or put on standard input: refused in words that speak of no source."""

from pathlib import Path
from typing import BinaryIO

from ingest.errors import TargetError
from ingest.fetch.files import read_raw
from ingest.fetch.payload import size, unpack
from ingest.sources.limits import MAX_BYTES

# What one is told who runs a source, and what helps one who has none; the longer of two that begin alike comes first.
_WAYS_OUT = (
    ("leave it out with `exclude`, or make it a source of its own", "name the pages in it one by one"),
    (", or leave it out with `exclude`", ""),
    ("leave it out with `exclude`", "name a file, or - for standard input"),
    ("raise `max_bytes` of its source to read it", "cut it, or put it into a source with a larger `max_bytes`"),
    ("raise `max_bytes` of its source if that is a page", "put it into a source with a larger `max_bytes`"),
)


def read_file(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the page that a file holds, unpacked where it is gzip.

    Raises:
        TargetError: It cannot be read or is no page; the message begins with the path.
    """
    try:
        return unpack(read_raw(path, max_bytes=max_bytes), max_bytes=max_bytes)
    except TargetError as error:
        raise _told(str(path), error) from error


def read_stream(stream: BinaryIO | None, *, name: str = "standard input", max_bytes: int = MAX_BYTES) -> bytes:
    """Return the page that comes on a stream, unpacked where it is gzip.

    Args:
        stream: Read to its end, or one byte beyond ``max_bytes``; None where there is none (a closed descriptor).
        name: What it is called in errors.
        max_bytes: The most that is read, and that it may unpack to.

    Raises:
        TargetError: Nothing comes, or too much, or what comes is no page; the message begins with the name.
    """
    try:
        return unpack(_read(stream, max_bytes), max_bytes=max_bytes)
    except TargetError as error:
        raise _told(name, error) from error


def _read(stream: BinaryIO | None, max_bytes: int) -> bytes:
    try:
        content = stream.read(max_bytes + 1) if stream else b""
    except OSError as error:
        msg = f"cannot be read ({error.strerror or error}): put a page on it, or name a file"
        raise TargetError(msg, stage="fetch") from error
    if len(content) > max_bytes:
        msg = f"has more than {size(max_bytes)}: raise `max_bytes` of its source to read it"
        raise TargetError(msg, stage="fetch")
    if not content:
        raise TargetError("is empty: put a page on it, or name a file", stage="fetch")
    return content


def _told(name: str, error: TargetError) -> TargetError:
    said = str(error)
    for of_a_source, alone in _WAYS_OUT:
        said = said.replace(of_a_source, alone)
    return TargetError(f"{name}: {said}", stage=error.stage, transient=error.transient)
