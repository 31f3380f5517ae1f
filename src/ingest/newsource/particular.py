"""What a source has to say of its pages, where our rules alone fail: the charset, selectors of title, date and text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bs4 import BeautifulSoup, Tag

from ingest.decode import labels
from ingest.model import Selectors
from ingest.newsource import css
from ingest.newsource.pages import soup_of
from ingest.newsource.trial import Read, again

_SURE = 0.9  # of a charset, for a site to be called wrong about itself
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?!\d)")
_NOT_WORD = re.compile(r"[\W_]+")
_SHORTEST_TITLE = 6  # characters of a link's words, for them to say what the page is called
_LONGEST_LINE = 150  # characters of a line with a date in it: 来源, author, reads, font sizes
_TITLES = "h1, h2, h3, h4, div, p, span, td, strong, b, font"
_LINES = "time, span, div, p, td, li, em, i, font, small, dd, b, strong"
_BODIES = "article, section, div, td, main"
_MOST_TRIED = 6  # selectors for one part
_LEAST_TEXT = 100  # characters outside of links, for an element to be a page's text


def encoding(reads: Sequence[Read]) -> tuple[str, str] | None:
    """Return the charset that most pages are in and what the site calls it instead; None where it is right.

    HTTP is believed before the page, as browsers do; pages in seven bits, or with no label, say nothing.
    """
    verdicts: Counter[tuple[str, str]] = Counter()
    judged = 0
    for read in reads:
        if read.had is None or read.page is None or read.had.body.isascii():
            continue
        judged += 1
        said = labels.served(read.had.content_type) or labels.declared(read.had.body)
        codec = labels.codec(said) if said else None
        if said and codec and codec != read.page.encoding and read.page.confidence >= _SURE:
            verdicts[read.page.encoding, said] += 1
    if not verdicts:
        return None
    found, number = verdicts.most_common(1)[0]
    return found if 2 * number > judged else None


def selectors(reads: Sequence[Read], charset: str | None) -> dict[str, str]:
    """Return selectors of what our rules miss on most pages; each was tried and mends it."""
    had = [read for read in reads if read.page is not None]
    soups = [soup_of(read.had) for read in had if read.had is not None]
    found: dict[str, str] = {}
    for key, lacks, candidates in (
        ("body", _lacks_body, _bodies),
        ("title", _lacks_title, _titles),
        ("date", _lacks_date, _dates),
    ):
        now = _read_with(had, found, charset)
        if 2 * sum(map(lacks, now)) <= len(now):
            continue
        for selector in _common(now, soups, candidates)[:_MOST_TRIED]:
            if 2 * sum(map(lacks, _read_with(had, found | {key: selector}, charset))) < len(had):
                found[key] = selector
                break
    return found


def _read_with(reads: Sequence[Read], found: dict[str, str], charset: str | None) -> list[Read]:
    return [again(read, encoding=charset, selectors=as_selectors(found)) for read in reads]


def as_selectors(found: dict[str, str]) -> Selectors:
    """Return selectors as the rules take them."""
    return Selectors(**{key: (value,) for key, value in found.items()})


def _common(
    reads: Sequence[Read], soups: Sequence[BeautifulSoup], candidates: Callable[[Read, BeautifulSoup], Iterator[Tag]]
) -> list[str]:
    """Return selectors that pick the right element first on most pages, the commonest and plainest first."""
    votes: Counter[str] = Counter()
    for read, soup in zip(reads, soups, strict=True):
        chosen: dict[str, None] = {}
        for tag in candidates(read, soup):
            chosen |= {each: None for each in css.anchored(tag) if soup.select_one(each) is tag}
        votes.update(chosen.keys())
    common = [(number, each) for each, number in votes.items() if 2 * number > len(reads)]
    return [each for _, each in sorted(common, key=lambda each: (-each[0], each[1].count(" ")))]


def plain(text: str | None) -> str:
    """Return a title's letters, for comparison."""
    return _NOT_WORD.sub("", text or "").lower()


def _lacks_title(read: Read) -> bool:
    """Whether a page has no title, or one that has nothing of the link that led to it."""
    article = read.article
    linked, own = plain(read.link.title), plain(article.title if article else None)
    if len(linked) < _SHORTEST_TITLE:
        return not own
    return linked not in own and (len(own) < _SHORTEST_TITLE or own not in linked) and own[:8] != linked[:8]


def _lacks_date(read: Read) -> bool:
    return not (read.article and read.article.published_on)


def _lacks_body(read: Read) -> bool:
    return read.article is None


def _titles(read: Read, soup: BeautifulSoup) -> Iterator[Tag]:
    linked = plain(read.link.title)
    if len(linked) < _SHORTEST_TITLE:
        yield from soup.select("h1")
        return
    for tag in soup.select(_TITLES):
        own = plain(tag.get_text())
        if own == linked or (len(own) < 80 and own.startswith(linked)):
            yield tag


def _dates(read: Read, soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield short lines with a date; that of the list that led here where it gives one."""
    day = read.link.published.date() if read.link.published else None
    for tag in soup.select(_LINES):
        text = tag.get_text(" ", strip=True)
        if len(text) > _LONGEST_LINE or not (found := _DATE.search(text)) or tag.find_parent("a"):
            continue
        year, month, number = (int(each) for each in re.findall(r"\d+", found[0]))
        if day is None or (year, month, number) == (day.year, day.month, day.day):
            yield tag


def _bodies(_: Read, soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield the innermost elements that hold most of a page's text outside of links."""
    weights = {id(tag): (_text(tag), tag) for tag in soup.select(_BODIES)}
    whole = max((weight for weight, _ in weights.values()), default=0)
    if whole < _LEAST_TEXT:
        return
    rich = [tag for weight, tag in weights.values() if 2 * weight > whole and css.named(tag)]
    yield from reversed(rich)


def _text(tag: Tag) -> int:
    return len(tag.get_text("", strip=True)) - sum(len(each.get_text("", strip=True)) for each in tag.select("a"))
