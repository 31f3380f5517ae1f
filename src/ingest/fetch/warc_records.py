"""The records of our WARC files: a response with its request where a page came by HTTP, a resource where it did not."""

import zlib
from base64 import b32encode
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.errors import TargetError
from ingest.fetch.web.body import Bounds, unpack
from ingest.model import Capture, Exchange

WBITS = 31  # zlib's word for "a gzip header, the largest window"
_PIECE = 1 << 20  # bytes of a file read at a time
RESOURCE, RESPONSE = "resource", "response"
_UNKNOWN = "application/octet-stream"
CAPTURES = (RESOURCE, RESPONSE)  # the records that hold a capture's bytes
# Of a body that is stored whole there is no transfer coding any more; its packing (Content-Encoding) stays as it was.
_HOP = frozenset({"transfer-encoding"})
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})  # an archive is passed on
_UNBOUNDED = Bounds(max_bytes=2**62)  # what was unpacked within bounds when it was fetched


def write_capture(file: BinaryIO, capture: Capture) -> tuple[int, int]:
    """Append a capture, each record a gzip member of its own.

    A response stands behind those that led to it by a redirect and before the request that it answers.

    Returns:
        Where the record with the capture's bytes begins and how long it is.
    """
    exchange = capture.exchange
    for redirect in exchange.redirected if exchange else ():
        _write_response(file, redirect)
    at = file.tell()
    if exchange is None:
        _write_resource(file, capture)
        return at, file.tell() - at
    response = _write_response(file, exchange)
    length = file.tell() - at
    _write_request(file, exchange, response)
    return at, length


def write_revisit(file: BinaryIO, exchange: Exchange) -> None:
    """Append that a page was asked for again and was the same, by the server's word (304) or by its bytes."""
    profile = "server-not-modified" if exchange.unchanged else "identical-payload-digest"
    headers = {"WARC-Profile": f"http://netpreserve.org/warc/1.1/revisit/{profile}"}
    if not exchange.unchanged:
        headers["WARC-Payload-Digest"] = _digest(exchange.raw)
    _write(file, "revisit", exchange, _head(exchange), headers=headers | {"WARC-Refers-To-Target-URI": exchange.url})


class Record(NamedTuple):
    """A record: its type, its bytes, a page's unpacked, and the ``Content-Type`` they came with.

    ``head`` is what the site answered before the bytes: the status line, then names and values; nothing for a file.
    """

    kind: str
    content: bytes
    media: str | None
    head: tuple[tuple[str, str], ...] = ()


def read(member: bytes) -> Record | None:
    """Return the record in a gzip member; None when it is damaged."""
    try:
        whole = zlib.decompress(member, WBITS)  # warcio by itself takes a torn member for a short record
        record = next(iter(ArchiveIterator(BytesIO(whole), check_digests="raise")))
        content = record.raw_stream.read()
        head: tuple[tuple[str, str], ...] = ()
        media = record.rec_headers.get_header("Content-Type")
        if record.rec_type == RESPONSE:
            content = unpack(content, record.http_headers.get_header("Content-Encoding"), _UNBOUNDED)
            media = record.http_headers.get_header("Content-Type")
            head = (
                ("", f"{record.http_headers.protocol} {record.http_headers.statusline}"),
                *record.http_headers.headers,
            )
    except (zlib.error, ArchiveLoadFailed, StopIteration, TargetError):
        return None
    return Record(record.rec_type, content, None if media == _UNKNOWN else media, head)


def _write_resource(file: BinaryIO, capture: Capture) -> None:
    digest = "sha256:" + b32encode(bytes.fromhex(capture.sha256)).decode()
    writer = WARCWriter(file, gzip=True)
    record = writer.create_warc_record(
        capture.url or f"urn:ingest:{capture.source}:{quote(capture.address)}",
        RESOURCE,
        payload=BytesIO(capture.content),
        length=len(capture.content),
        warc_content_type=capture.content_type or _UNKNOWN,
        warc_headers_dict={
            "WARC-Date": _date(capture.captured_at),
            "WARC-Payload-Digest": digest,
            "WARC-Block-Digest": digest,
        },
    )
    writer.write_record(record)


def _write_response(file: BinaryIO, exchange: Exchange) -> str:
    """Append a response; return its record's identifier."""
    headers = {"WARC-Payload-Digest": _digest(exchange.raw)}
    return _write(file, RESPONSE, exchange, _head(exchange), headers=headers, body=exchange.raw)


def _write_request(file: BinaryIO, exchange: Exchange, response: str) -> None:
    split = urlsplit(exchange.url)
    line = f"GET {split.path or '/'}{'?' + split.query if split.query else ''} HTTP/1.1"
    shown = [(name, "…" if name.lower() in _SECRET else value) for name, value in exchange.request_headers]
    head = StatusAndHeaders(line, shown, is_http_request=True)
    _write(file, "request", exchange, head, headers={"WARC-Concurrent-To": response})


def _head(exchange: Exchange) -> StatusAndHeaders:
    headers = [(name, value) for name, value in exchange.headers if name.lower() not in _HOP]
    return StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), headers, protocol="HTTP/1.1")


def _write(  # noqa: PLR0913 - what a record is made of
    file: BinaryIO, kind: str, exchange: Exchange, head: StatusAndHeaders, *, headers: dict[str, str], body: bytes = b""
) -> str:
    writer = WARCWriter(file, gzip=True)
    record = writer.create_warc_record(
        exchange.url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        http_headers=head,
        warc_headers_dict=headers | {"WARC-Date": _date(exchange.fetched_at)},
    )
    writer.write_record(record)
    return str(record.rec_headers.get_header("WARC-Record-ID"))


def _digest(content: bytes) -> str:
    return "sha256:" + b32encode(sha256(content).digest()).decode()


def _date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def members(path: Path) -> Iterator[bytes]:
    """Yield the whole gzip members of a file, as they lie there; a torn one at its end is not among them."""
    rest = b""
    with path.open("rb") as file:
        while True:
            inflater = zlib.decompressobj(WBITS)
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
