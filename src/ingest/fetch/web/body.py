"""A response's body within bounds: its size as sent, its size unpacked, its time and its speed."""

import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import brotli
import httpx

from ingest.errors import TargetError
from ingest.fetch.payload import size

# What a server may pack with. zstd is left out: few Chinese servers send it, and none sends it unasked.
ACCEPTED = "gzip, deflate, br"
_PIECE = 1 << 16  # bytes unpacked at a time, so that a bomb is met before it is held
# A server that gives less than this for so long holds a connection for its own sake. The slowest modem gives 3 kB/s.
_GRACE_SECONDS, _LEAST_BYTES_A_SECOND = 10.0, 200.0
_PACKINGS = 3  # one over another, at the most: a server behind a careless proxy packs twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one response may cost. ``max_bytes`` holds for the body as sent and unpacked alike.

    ``cut`` takes the first bytes of a body that is larger, where it would else be refused: of a robots.txt.
    """

    max_bytes: int
    cut: bool = False


class BodyError(TargetError):
    """A body that is too large, too slow, cut short or packed wrongly."""

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message, stage="fetch", transient=transient)


async def read(response: httpx.Response, bounds: Bounds, *, clock: Callable[[], float] = time.monotonic) -> bytes:
    """Return the body as the server sent it, still packed.

    Raises:
        BodyError: It is larger than the bounds, or comes too slowly.
        httpx.HTTPError: The connection broke.
    """
    said = response.headers.get("content-length", "")
    if said.isdecimal() and int(said) > bounds.max_bytes and not bounds.cut:
        raise _too_large("is larger than", bounds)
    began, received, pieces = clock(), 0, []
    async for piece in response.aiter_raw():
        pieces.append(piece)
        received += len(piece)
        if received > bounds.max_bytes:
            if bounds.cut:
                break
            raise _too_large("is larger than", bounds)
        passed = clock() - began
        if passed > _GRACE_SECONDS and received < passed * _LEAST_BYTES_A_SECOND:
            msg = f"came at {received / passed:.0f} bytes a second and was given up: it is tried again"
            raise BodyError(msg, transient=True)
    return b"".join(pieces)


def unpack(raw: bytes, encodings: str | None, bounds: Bounds) -> bytes:
    """Return a body unpacked as its ``Content-Encoding`` says; as it is where it was not packed after all.

    Raises:
        BodyError: It unpacks to more than the bounds, or its data are damaged.
    """
    names = [name.strip().lower() for name in (encodings or "").split(",")]
    for name in reversed([name for name in names if name not in {"", "identity"}][:_PACKINGS]):
        if name not in _UNPACKERS:
            msg = f"is packed with {name[:20]!r}, which nobody asked for: tell the site, or leave it out with `exclude`"
            raise BodyError(msg)
        raw = _bounded(_UNPACKERS[name](raw), name, bounds)
    return raw


def _bounded(pieces: Iterable[bytes], name: str, bounds: Bounds) -> bytes:
    whole = bytearray()
    try:
        for piece in pieces:
            whole += piece
            if len(whole) > bounds.max_bytes:
                if bounds.cut:
                    break
                raise _too_large("unpacks to more than", bounds)
    except (zlib.error, brotli.error) as error:
        msg = f"its {name} data are damaged ({error}): it is tried again"
        raise BodyError(msg, transient=True) from error
    return bytes(whole)


def _gzip(raw: bytes) -> Iterable[bytes]:
    """Yield a gzip stream unpacked. Servers that say gzip and send the plain page are many: it is taken as it is."""
    if not raw.startswith(b"\x1f\x8b"):
        yield raw
        return
    while raw.startswith(b"\x1f\x8b"):
        inflater = zlib.decompressobj(31)
        yield from _inflated(inflater, raw)
        raw = inflater.unused_data


def _deflate(raw: bytes) -> Iterable[bytes]:
    """Yield deflate data unpacked, with the zlib header that the standard asks for, or bare as old servers send it."""
    bare = len(raw) < 2 or (raw[0] & 0x0F) != 8 or (raw[0] << 8 | raw[1]) % 31
    yield from _inflated(zlib.decompressobj(-15 if bare else 15), raw)


def _inflated(inflater: "zlib._Decompress", raw: bytes) -> Iterable[bytes]:
    while raw and not inflater.eof:
        yield inflater.decompress(raw, _PIECE)
        raw = inflater.unconsumed_tail
    if not inflater.eof:
        raise zlib.error("the data break off before their end")


def _brotli(raw: bytes) -> Iterable[bytes]:
    inflater = brotli.Decompressor()
    yield inflater.process(raw, output_buffer_limit=_PIECE)
    while not inflater.is_finished():
        piece = inflater.process(b"", output_buffer_limit=_PIECE)
        if not piece and inflater.can_accept_more_data():
            raise brotli.error("the data break off before their end")
        yield piece


_UNPACKERS: dict[str, Callable[[bytes], Iterable[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}


def _too_large(how: str, bounds: Bounds) -> BodyError:
    return BodyError(f"{how} {size(bounds.max_bytes)}: raise `max_bytes` of its source if that is a page")
