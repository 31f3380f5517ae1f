"""The pages of WARC files on disk, a crawl's or another tool's: host, language and words are asked before all else."""

import codecs
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal
from urllib.parse import urlsplit

from pydantic import Field

from ingest.errors import TargetError
from ingest.model import Target
from ingest.sources.config import Source, Words, matches
from ingest.sources.web.links import canonical

if TYPE_CHECKING:  # a run over files has no use for it
    from fastwarc.warc import WarcRecord

SEPARATOR = "@"  # between a file's path and the record's first byte in it
_READABLE = (b"text/", b"application/xhtml", b"application/xml", b"application/octet-stream")
_HIGH, _SAMPLE = re.compile(rb"[\x80-\xff]"), 2048
_BROKEN = (OSError, ValueError)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_TYPE = re.compile(rb"\r\ncontent-type:\s*([^;\r\n]*)", re.IGNORECASE)
_OK = b"200"
# ISO 639-3, which Common Crawl writes (CLD2), for the tags that a source may name.
_LANGUAGES = {"zh": "zho", "en": "eng", "ja": "jpn", "ko": "kor", "ru": "rus"}


class WarcSource(Source):
    """Pages in WARC files on disk."""

    kind: Literal["warc"]
    folder: str = Field(min_length=1, description="The folder; relative to the one that holds config/.")
    files: Words = Field(
        default=("*.warc", "*.warc.gz", "*.wet", "*.wet.gz", "*.warc.wet.gz"),
        description="Patterns of the WARC files' paths below the folder.",
    )
    hosts: Words = Field(default=(), description="Patterns of hosts, any of which a page has; all when left out.")
    include: Words = Field(default=("*",), description="Patterns of pages' addresses; * stands for / too.")
    exclude: Words = Field(default=(), description="Patterns of pages' addresses that are left out.")
    words: Words = Field(
        default=(), description="Words, one of which stands in the page in UTF-8, GB18030 or Big5; all when left out."
    )


def discover(source: WarcSource, root: Path) -> Iterator[Target]:
    """Yield the pages that pass the source's filters, each address once: of the file whose name comes last.

    A crawl's files have their time in their names, so that is the newest. A file that breaks off gives what stands
    before the break, and then a target that says so when it is fetched.

    Raises:
        TargetError: There is no such folder, or no such file in it.
    """
    folder = root / Path(source.folder).expanduser()
    paths = sorted({path for pattern in source.files for path in folder.rglob(pattern) if path.is_file()}, reverse=True)
    if not paths:
        msg = f"its folder {source.folder} holds no WARC file: mend `folder` or `files` in the source's TOML file"
        raise TargetError(msg, stage="discover")
    met: set[str] = set()
    for path in paths:
        for target in _targets(source, path, folder):
            if target.address not in met:
                met.add(target.address)
                yield target


def _targets(source: WarcSource, path: Path, folder: Path) -> Iterator[Target]:
    at = 0
    with path.open("rb") as file:
        try:
            for record in _records(file):
                at = record.stream_pos
                if address := _address(source, record):
                    location = f"{path}{SEPARATOR}{at}"
                    yield Target(source=source.name, address=address, location=location, size=record.content_length)
        except _BROKEN:  # who fetches this target meets the fault again, and says it
            address = f"{path.relative_to(folder).as_posix()}{SEPARATOR}{at}"
            yield Target(source=source.name, address=address, location=f"{path}{SEPARATOR}{at}")


def _records(
    file: BinaryIO, *, parse_http: bool = False, auto_decode: Literal["none", "all"] = "none"
) -> "Iterator[WarcRecord]":
    """Yield the records that may be pages; a WET file has conversions."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    pages = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(file, record_types=pages, parse_http=parse_http, auto_decode=auto_decode)


def _address(source: WarcSource, record: "WarcRecord") -> str | None:
    """Return the address of a page that passes all filters, the cheap ones asked first."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if not url.startswith("http") or record.content_length > source.max_bytes:
        return None
    if source.hosts and not matches(urlsplit(url).hostname or "", source.hosts):
        return None
    if not matches(url, source.include) or matches(url, source.exclude):
        return None
    said = record.headers.get("WARC-Identified-Content-Language")
    if said and _LANGUAGES.get(source.language[:2], "") not in said.split(","):
        return None
    return canonical(url) if _is_page(source, record) else None


def _is_page(source: WarcSource, record: "WarcRecord") -> bool:
    content = _content(record)
    if record.headers.get("WARC-Type") == "response":
        head, _, body = content.partition(b"\r\n\r\n")
        status, media = _STATUS.match(head), _TYPE.search(head)
        if status is None or status[1] != _OK or (media and not media[1].lower().startswith(_READABLE)):
            return False
        if b"content-encoding" in head.lower():
            return True  # packed: its words are seen when it is read
        content = body
    if not source.words:
        return True
    # One byte is looked for much faster than two, and few pages have an entity.
    entities = b"&" in content and b"&#" in content
    return any(needle in content for needle in _needles(source.words, _charset(content), entities))


def _charset(content: bytes) -> str:
    """Return the charset in which to look for words: UTF-8 by its form, Big5 where the page says so, or GB18030."""
    start = _HIGH.search(content)
    if start is None:
        return "utf-8"
    try:
        codecs.utf_8_decode(content[start.start() : start.start() + _SAMPLE], "strict", False)
    except UnicodeDecodeError:
        return "big5hkscs" if b"big5" in content[:_SAMPLE].lower() else "gb18030"
    return "utf-8"


@cache
def _needles(words: tuple[str, ...], charset: str, entities: bool) -> tuple[bytes, ...]:
    """Return each word as the page may spell it."""
    spelled = {word.encode(charset, "ignore") for word in words}
    if entities:
        spelled |= {"".join(f"&#{ord(c)};" for c in word).encode() for word in words}
    return tuple(sorted(spelled - {b""}))


def _content(record: "WarcRecord") -> bytes:
    """Return a record's block.

    Raises:
        ValueError: It is shorter than it says; fastwarc by itself takes a torn file for a short one.
    """
    content = record.reader.read()
    if len(content) < record.content_length:
        raise ValueError("torn")
    return content


def read(location: str, *, max_bytes: int) -> tuple[bytes, str | None]:
    """Return a record's payload and its ``Content-Type``.

    Args:
        location: As ``discover`` gave it.
        max_bytes: The most that is read, unpacked.

    Raises:
        TargetError: The file has changed or breaks off there, or the payload is larger.
    """
    path, _, offset = location.rpartition(SEPARATOR)
    try:
        with Path(path).open("rb") as file:
            file.seek(int(offset))
            _content(next(_records(file)))
            file.seek(int(offset))
            record = next(_records(file, parse_http=True, auto_decode="all"))
            http = record.http_headers if record.headers.get("WARC-Type") == "response" else None
            media = http.get("Content-Type") if http else record.headers.get("Content-Type")
            content = record.reader.read(max_bytes + 1)
    except FileNotFoundError as error:
        msg = f"is not there any more: see where {Path(path).name} has gone"
        raise TargetError(msg, stage="fetch", transient=True) from error
    except (*_BROKEN, StopIteration) as error:
        msg = f"breaks off or is damaged at byte {offset} of {Path(path).name}: fetch the file again"
        raise TargetError(msg, stage="fetch") from error
    if len(content) > max_bytes:
        msg = f"unpacks to more than {max_bytes} bytes: raise `max_bytes` of its source if that is a page"
        raise TargetError(msg, stage="fetch")
    return content, media
