"""From the bytes as they came to the bytes of a page: unpacks gzip within a bound, and refuses what is no page."""

import zlib

from ingest.errors import TargetError
from ingest.fetch import sniff

_GZIP = b"\x1f\x8b"
_WBITS = 31  # zlib's word for "a gzip header, the largest window"


def unpack(content: bytes, *, max_bytes: int) -> bytes:
    """Return the page's bytes, unpacked where they are gzip, whatever the file's name says.

    A page that lies there packed keeps its packed bytes in the archive; what reads it from there unpacks it here too.

    Raises:
        TargetError: The gzip data are damaged or unpack to more than ``max_bytes``; or the bytes are no text.
    """
    page = unpacked(content, max_bytes=max_bytes)
    if not page:
        raise TargetError("unpacks to nothing: fetch it again, or leave it out with `exclude`", stage="unpack")
    sniff.check(page)
    return page


def unpacked(content: bytes, *, max_bytes: int) -> bytes:
    """Return bytes unpacked where they are gzip, whatever they are then: a site map as ``.xml.gz``.

    Raises:
        TargetError: The gzip data are damaged or unpack to more than ``max_bytes``.
    """
    return _gunzip(content, max_bytes) if content.startswith(_GZIP) else content


def _gunzip(content: bytes, max_bytes: int) -> bytes:
    pieces: list[bytes] = []
    left = max_bytes
    while content.startswith(_GZIP):  # members may follow one another; padding after the last is no harm
        piece, content = _member(content, left)
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            msg = f"unpacks to more than {size(max_bytes)}: raise `max_bytes` of its source if that is a page"
            raise TargetError(msg, stage="unpack")
    return b"".join(pieces)


def _member(content: bytes, max_bytes: int) -> tuple[bytes, bytes]:
    """Return a gzip member unpacked, one byte beyond ``max_bytes`` at the most, and what follows the member."""
    inflater = zlib.decompressobj(_WBITS)
    try:
        piece = inflater.decompress(content, max_bytes + 1)
    except zlib.error as error:
        msg = f"its gzip data are damaged ({error}): fetch it again"
        raise TargetError(msg, stage="unpack") from error
    if not inflater.eof and len(piece) <= max_bytes:
        raise TargetError("its gzip data break off before their end: fetch it again", stage="unpack")
    return piece, inflater.unused_data


def size(number: float) -> str:
    """Return a number of bytes for people: 32.0 MiB."""
    for unit in ("bytes", "KiB", "MiB"):
        if number < 1024:
            return f"{number:.1f} {unit}" if unit != "bytes" else f"{number:.0f} bytes"
        number /= 1024
    return f"{number:.1f} GiB"
