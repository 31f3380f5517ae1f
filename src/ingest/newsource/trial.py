"""A source tried for real: some pages of each shape of address it names are read, and what are no articles left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ingest.errors import TargetError
from ingest.fetch import sniff
from ingest.fetch.web.answers import GoneError
from ingest.model import Article, Page, Selectors
from ingest.newsource import shapes
from ingest.newsource.asking import Asker
from ingest.pipeline import read_page
from ingest.sources.config import matches
from ingest.sources.kinds import KINDS
from ingest.sources.web.config import WebSource
from ingest.sources.web.discover import Fetched, discover
from ingest.sources.web.links import Link

_MOST_LINKS = 1000  # of a list that are looked at
_MOST_SHAPES = 5  # of addresses of which pages are read
_SHORT = 60  # characters of a body: a brief has more


@dataclass(slots=True)
class Read:
    """A page of the source, read. ``fault`` says why it could not be."""

    link: Link
    had: Fetched | None = None
    page: Page | None = None
    fault: str = ""

    @property
    def article(self) -> Article | None:
        """The longest of its articles."""
        articles = self.page.articles if self.page else ()
        return max(articles, key=lambda each: sum(map(len, each.paragraphs)), default=None)

    @property
    def usable(self) -> bool:
        """Whether it gives an article with a title and a text."""
        article = self.article
        return bool(article and article.title and sum(map(len, article.paragraphs)) >= _SHORT)

    @property
    def complete(self) -> bool:
        """Whether it gives an article with title, date and text."""
        return self.usable and bool(self.article and self.article.published_on)


@dataclass(slots=True)
class Trial:
    """What a source gave. ``links`` are its targets, ``reads`` those that were read; ``fault`` why it is no good."""

    keys: dict[str, Any]
    links: list[Link] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    fault: str = ""
    missing: bool = False  # its list is not there at all
    notes: dict[str, str] = field(default_factory=dict)  # a key, and what is to be said of its value

    @property
    def good(self) -> bool:
        """Whether it names articles."""
        return not self.fault

    @property
    def complete(self) -> int:
        """How many of the pages that were read are articles with title, date and text."""
        return sum(read.complete for read in self.reads)


def source_of(keys: dict[str, Any]) -> WebSource:
    """Return the source that keys describe."""
    source = KINDS[keys["kind"]].model_validate({"name": "new", "title": "new"} | keys)
    if not isinstance(source, WebSource):
        raise TypeError(source.kind)
    return source


def attempt(keys: dict[str, Any], asker: Asker, pages: int) -> Trial:
    """Try a source that these keys describe, reading so many pages of the commonest shape of address."""
    trial = Trial(dict(keys))
    try:
        for link in islice(discover(source_of(keys), asker.get), _MOST_LINKS):
            trial.links.append(link)
    except TargetError as error:
        if not trial.links:
            trial.fault = str(error)
            trial.missing = isinstance(error, GoneError)
            return trial
    if not trial.links:
        trial.fault = "names no page"
        return trial
    _read_shapes(trial, asker, pages)
    return trial


def _read_shapes(trial: Trial, asker: Asker, pages: int) -> None:
    links = {link.url: link for link in trial.links}
    kinds = shapes.by_shape(links)
    judged: dict[str, list[Read]] = {}
    for name, urls in islice(kinds.items(), _MOST_SHAPES):
        number = pages if not any(read.usable for reads in judged.values() for read in reads) else min(pages, 2)
        judged[name] = [_read(links[url], asker) for url in _spread(urls, number)]
    reads = [read for each in judged.values() for read in each]
    dated = any(read.complete for read in reads)  # then what has no date is a page about the site
    good = {name for name, each in judged.items() if _mostly(each, dated=dated)}
    if not good:
        trial.reads, trial.fault = reads, _why(reads)
        return
    passed = [url for name in good for url in kinds[name]]
    bad = [
        url
        for name, urls in kinds.items()
        for url in urls
        if name not in good and (name in judged or not shapes.has_number(url))
    ]
    trial.reads = [read for name in good for read in judged[name]]
    _part(trial, passed, bad)


def _part(trial: Trial, good: Sequence[str], bad: Sequence[str]) -> None:
    """Let only the good addresses pass; a source with a pattern of its own (a section's) leaves out the others."""
    if "include" in trial.keys:
        patterns = tuple(each for each in shapes.include(bad, good) if not any(matches(url, (each,)) for url in good))
        key, told = "exclude", f"no articles; {len(bad)} such addresses stand among them"
        kept = [link for link in trial.links if not matches(link.url, patterns)]
    else:
        patterns = shapes.include(good, bad)
        key, told = "include", f"articles; {len(bad)} other addresses stand among them"
        kept = [link for link in trial.links if matches(link.url, patterns)]
    if bad and patterns:
        trial.keys[key], trial.notes[key], trial.links = list(patterns), told, kept


def _spread(urls: Sequence[str], number: int) -> list[str]:
    """Return so many addresses, the newest, and one from the middle: a list's first may be pinned or special."""
    if len(urls) <= number or number < 2:
        return list(urls[:number])
    return [*urls[: number - 1], urls[len(urls) // 2]]


def _mostly(reads: Sequence[Read], *, dated: bool) -> bool:
    return 2 * sum(read.complete if dated else read.usable for read in reads) >= len(reads) > 0


def _why(reads: Sequence[Read]) -> str:
    said = list(dict.fromkeys(read.fault or (read.page.kind_reason if read.page else "") for read in reads))
    return f"none of {len(reads)} pages gives an article" + (f": {said[0]}" if said and said[0] else "")


def _read(link: Link, asker: Asker) -> Read:
    read = Read(link)
    try:
        read.had = asker.get(link.url)
        sniff.check(read.had.body)
    except TargetError as error:
        read.fault = str(error)
        return read
    return again(read)


def again(read: Read, *, encoding: str | None = None, selectors: Selectors | None = None) -> Read:
    """Return a page read with what a source would say of it."""
    if read.had is None:
        return read
    media = f"text/html; charset={encoding}" if encoding else read.had.content_type
    page = read_page(read.had.body, url=read.had.url, content_type=media, selectors=selectors)
    fault = "" if page.articles else f"no article on it ({page.kind.value}: {page.kind_reason})"
    return Read(read.link, read.had, page, fault)
