"""The page that a person gave: had once, and what it is."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from ingest.decode import read_source
from ingest.errors import TargetError
from ingest.model import Page, PageKind
from ingest.newsource.asking import Asker, NewSourceError
from ingest.newsource.groups import Group, groups
from ingest.pipeline import read_page
from ingest.sources.web import feed, sitemap
from ingest.sources.web.discover import Fetched
from ingest.sources.web.scripted import unfolded

_HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|a\s|div|ul|table)", re.IGNORECASE)
_MAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\w.$]{1,100}\(\s*)?[\[{]")  # its list may be in it
_HEAD = 4096  # bytes in which a document says what it is
_INDEX = re.compile(r"/(?:index|default|home|main)\.\w{3,5}$|/$")


@dataclass(frozen=True)
class Given:
    """The page at the address that was given."""

    url: str
    had: Fetched

    @property
    def is_root(self) -> bool:
        """Whether it is the site's home page."""
        path = urlsplit(self.url).path or "/"
        return path.count("/") == 1 and bool(_INDEX.search(path))

    @property
    def section(self) -> str:
        """The path of the folder that it stands in: ``/news/``; ``/`` at the root."""
        return (urlsplit(self.url).path or "/").rpartition("/")[0] + "/"

    @cached_property
    def soup(self) -> BeautifulSoup:
        """Its markup, and the lists that its scripts hold."""
        return unfolded(_text(self.had))

    @cached_property
    def page(self) -> Page:
        """What our rules read on it."""
        return read_page(self.had.body, url=self.url, content_type=self.had.content_type)

    @cached_property
    def groups(self) -> list[Group]:
        """Its links in groups, the likeliest list of articles first."""
        return groups(self.soup, self.had.url)

    @property
    def kind(self) -> str:
        """What the document is: ``feed``, ``sitemap`` or ``page``.

        Raises:
            NewSourceError: It is none of them.
        """
        head = self.had.body[:_HEAD]
        if _MAP.search(head) and _is_map(self.had):
            return "sitemap"
        if (_FEED.search(head) or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")) and _is_feed(self.had):
            return "feed"
        if not _HTML.search(head) and not (_JSON.match(head) and self.groups):
            media = (self.had.content_type or "no type").partition(";")[0]
            msg = (
                f"{self.url} is neither HTML nor a feed nor a site map ({media}): give the page that lists the articles"
            )
            raise NewSourceError(msg)
        return "page"


def given(url: str, asker: Asker) -> Given:
    """Fetch the page that was given.

    Raises:
        NewSourceError: It cannot be had, may not be had, or is a wall before the page.
    """
    try:
        found = Given(url, asker.get(url))
    except TargetError as error:
        msg = f"{url} {error}"
        raise NewSourceError(msg) from error
    if found.kind == "page" and found.page.kind in {PageKind.CHALLENGE, PageKind.LOGIN, PageKind.ERROR}:
        what = {PageKind.CHALLENGE: "is behind a bot challenge", PageKind.LOGIN: "is behind a login"}
        said = what.get(found.page.kind, "is a page that says an error")
        msg = f"{url} {said} ({found.page.kind_reason}), which is not fought: ask the site for leave or a feed"
        raise NewSourceError(msg)
    return found


def soup_of(had: Fetched) -> BeautifulSoup:
    """Return a document's markup, its charset judged as a page's is."""
    return BeautifulSoup(_text(had), "lxml")


def _text(had: Fetched) -> str:
    return read_source(had.body, content_type=had.content_type).text


def _is_map(had: Fetched) -> bool:
    try:
        sitemap.read(had.body, had.url)
    except TargetError:
        return False
    return True


def _is_feed(had: Fetched) -> bool:
    try:
        return any(True for _ in feed.read(had.body, had.url))
    except TargetError:
        return False
