"""From targets to their bytes as they came, whatever the source's kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from ingest.errors import TargetError
from ingest.fetch import payload
from ingest.fetch.files import read_raw
from ingest.fetch.web.manners import Manners, Validators
from ingest.fetch.web.session import Session, Wanted
from ingest.model import Capture, Exchange, Target
from ingest.sources import warc
from ingest.sources.config import FilesSource, Source
from ingest.sources.files import folder_of
from ingest.sources.warc import WarcSource
from ingest.sources.web.config import WebSource
from ingest.sources.web.discover import Fetched, Get, offline


@dataclass(frozen=True, slots=True)
class NotModified:
    """The site says that a page is as it was when it was fetched last."""

    exchange: Exchange


Had = Capture | NotModified | TargetError  # what comes of a target


def captures(
    source: Source, targets: Sequence[Target], root: Path, web: Session, validators: Mapping[str, Validators]
) -> Iterator[tuple[Target, Had]]:
    """Yield each target with its bytes, or why they cannot be had; those of the web in the order in which they come.

    Args:
        source: Whose targets they are.
        targets: No two of one address.
        root: The folder that holds ``config/``.
        web: Fetches pages.
        validators: What to ask for pages with that are known, by address.
    """
    if isinstance(source, WebSource):
        manners = manners_of(source)
        wanted = [Wanted(each, each.location, manners, validators.get(each.address)) for each in targets]
        for target, came in web.fetch_all(wanted):
            yield target, came if isinstance(came, TargetError) else _captured(source, target, came)
        return
    for target in targets:
        try:
            yield target, _read(source, target, root)
        except TargetError as error:
            yield target, error


def getter(source: Source, web: Session) -> Get:
    """Return what fetches a source's lists; a local source has none."""
    if not isinstance(source, WebSource):
        return offline
    manners = manners_of(source)

    def get(url: str) -> Fetched:
        exchange = web.fetch(url, manners)
        return Fetched(
            exchange.url, payload.unpacked(exchange.body, max_bytes=source.max_bytes), exchange.header("content-type")
        )

    return get


def manners_of(source: WebSource) -> Manners:
    """Return how a source's site is to be asked."""
    return Manners(
        pace=source.pace,
        robots=source.robots,
        allow_private=source.allow_private,
        headers=source.headers,
        max_bytes=source.max_bytes,
        seconds=source.timeout,
        retries=source.retries,
    )


def _read(source: Source, target: Target, root: Path) -> Capture:
    match source:
        case FilesSource():
            content = read_raw(Path(target.location), folder=folder_of(source, root), max_bytes=source.max_bytes)
            return _capture(source, target, content, None)
        case WarcSource():
            content, media = warc.read(target.location, max_bytes=source.max_bytes)
            return replace(_capture(source, target, content, media), url=target.address)
        case _:
            raise AssertionError(source.kind)


def _captured(source: Source, target: Target, exchange: Exchange) -> Capture | NotModified:
    if exchange.unchanged:
        return NotModified(exchange)
    captured = _capture(source, target, exchange.body, exchange.header("content-type"))
    return replace(captured, captured_at=exchange.fetched_at, url=exchange.url, exchange=exchange)


def _capture(source: Source, target: Target, content: bytes, media: str | None) -> Capture:
    return Capture(
        source=source.name,
        address=target.address,
        content=content,
        sha256=sha256(content).hexdigest(),
        captured_at=datetime.now(UTC),
        content_type=content_type_of(source, target.address, media),
    )


def content_type_of(source: Source, address: str, media: str | None) -> str | None:
    """Return what a server that knew the source's encoding would send; None leaves the verdict to the bytes."""
    if source.encoding is None:
        return media
    if media is None:
        media = "text/plain" if address.lower().removesuffix(".gz").endswith(".txt") else "text/html"
    return f"{media.partition(';')[0]}; charset={source.encoding}"
