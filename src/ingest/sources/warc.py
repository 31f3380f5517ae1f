"""The pages of WARC files on disk, a crawl's or another tool's: host, language and words are asked before all else."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from pydantic import Field

from ingest.errors import TargetError
from ingest.model import Target
from ingest.sources.config import Source, Words
from ingest.sources.warc_filter import Filter, content_of
from ingest.sources.web.links import canonical

if TYPE_CHECKING:  # a run over files has no use for it
    from fastwarc.warc import WarcRecord

SEPARATOR = "@"  # between a file's path and the record's first byte in it
_BROKEN = (OSError, ValueError)


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
    wanted = Filter(
        hosts=source.hosts,
        include=source.include,
        exclude=source.exclude,
        words=source.words,
        language=source.language,
        max_bytes=source.max_bytes,
    )
    met: set[str] = set()
    for path in paths:
        for target in _targets(source, wanted, path, folder):
            if target.address not in met:
                met.add(target.address)
                yield target


def _targets(source: WarcSource, wanted: Filter, path: Path, folder: Path) -> Iterator[Target]:
    at = 0
    with path.open("rb") as file:
        try:
            for record in _records(file):
                at = record.stream_pos
                if (url := wanted.address(record)) and (address := canonical(url)):
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
            content_of(next(_records(file)))
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
