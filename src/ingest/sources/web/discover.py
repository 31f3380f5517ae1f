"""From a source of the web to its links, the newest lists first; whoever calls gives the means to fetch a list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ingest.errors import TargetError
from ingest.sources.config import matches
from ingest.sources.web import feed, listing, sitemap
from ingest.sources.web.config import FeedSource, ListingSource, SitemapSource, UrlsSource, WebSource
from ingest.sources.web.links import Link, canonical, distinct
from ingest.sources.web.window import EVER, Window

_DEPTH = 4  # site maps below site maps; the protocol allows two levels
_UNKNOWN = datetime(9999, 1, 1, tzinfo=UTC)  # when a site map without a date changed last, for all we know


@dataclass(frozen=True, slots=True)
class Fetched:
    """A list as it was had: where it was in the end, its bytes unpacked, what the server said of them."""

    url: str
    body: bytes
    content_type: str | None = None


Get = Callable[[str], Fetched]  # raises TargetError where there is nothing to be had


def offline(url: str) -> Fetched:
    """Stand in for a ``Get`` where the network is not to be asked.

    Raises:
        TargetError: Always.
    """
    msg = f"its lists are on the web ({url}), and are read by a run"
    raise TargetError(msg, stage="discover")


def discover(source: WebSource, get: Get, window: Window = EVER) -> Iterator[Link]:
    """Yield the pages that a source names, each once, those left out by its patterns or the window not among them.

    Raises:
        TargetError: A list that its TOML file names cannot be had, or is none. One that another list names and that
            fails is passed over: an index may name a site map of last year that is no longer there.
    """
    window = replace(window, zone=ZoneInfo(source.time_zone))
    match source:
        case UrlsSource():
            links = _urls(source)
        case FeedSource():
            links = _feeds(source, get)
        case SitemapSource():
            links = _sitemaps(source, get, window)
        case ListingSource():
            links = _listings(source, get, window)
        case _:
            raise AssertionError(source.kind)
    return (link for link in distinct(links) if _wanted(source, link.url) and window.holds(link))


def _wanted(source: WebSource, url: str) -> bool:
    return matches(url, source.include) and not matches(url, source.exclude)


def _urls(source: UrlsSource) -> Iterator[Link]:
    for url in source.urls:
        address = canonical(url)
        if address is None:
            msg = f"{url!r} is no address of the web: mend `urls` in the source's TOML file"
            raise TargetError(msg, stage="discover")
        yield Link(url=address)


def _feeds(source: FeedSource, get: Get) -> Iterator[Link]:
    for url in source.urls:
        had = get(url)
        yield from feed.read(had.body, had.url, had.content_type)


def _sitemaps(source: SitemapSource, get: Get, window: Window) -> Iterator[Link]:
    """Yield the pages of site maps. An index may name itself, or a map that names the index: each is read once."""
    waiting = [(url, 0) for url in reversed(source.urls)]
    met: set[str] = set()
    while waiting and len(met) < source.max_lists:
        url, depth = waiting.pop()
        if url in met:
            continue
        met.add(url)
        try:
            had = get(url)
            found = sitemap.read(had.body, had.url)
        except TargetError:
            if depth == 0:
                raise
            continue
        yield from found.pages
        # The newest first, so that a limit cuts off the oldest; a map unchanged since before the window has none of it.
        maps = sorted(found.maps, key=lambda link: window.aware(link.changed or _UNKNOWN))
        if depth < _DEPTH:
            waiting += [(each.url, depth + 1) for each in maps if not window.is_past(each)]


def _listings(source: ListingSource, get: Get, window: Window) -> Iterator[Link]:
    """Yield the links of each listing, page after page, until one repeats, ends or lies wholly before the window."""
    for first in source.urls:
        met: set[str] = set()
        following = iter(listing.numbered(source.pages, source.first_page)) if source.pages else None
        url: str | None = first
        for number in range(source.max_lists):
            if url is None or url in met:
                break
            met.add(url)
            try:
                had = get(url)
            except TargetError:
                if number == 0:
                    raise
                break  # the page after the last
            page = listing.read(
                had.body, had.url, links=source.links, next_page=source.next_page, content_type=had.content_type
            )
            if number == 0 and not page.links:
                msg = f"its selector {source.links!r} picks no link of {url}: mend `links` in the source's TOML file"
                raise TargetError(msg, stage="discover")
            fresh = [link for link in page.links if link.url not in met]
            yield from fresh
            met.update(link.url for link in fresh)
            if not fresh or all(window.is_past(link) for link in fresh):
                break
            url = canonical(next(following), first) if following else page.next
