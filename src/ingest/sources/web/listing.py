"""Listing pages: the links that a CSS selector picks, their dates, and where the next page is."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from ingest.sources.web import scripted
from ingest.sources.web.links import Link, canonical, distinct

# 2026-11-21, 2026年11月21日, 2026/11/21, 2026.11.21: as Chinese sites print a date beside a headline.
_DATE = re.compile(r"(?<!\d)(20\d\d)[-/.年](0?[1-9]|1[0-2])[-/.月](0?[1-9]|[12]\d|3[01])(?!\d)")
_ROW = ("li", "tr", "dd", "dl", "article")  # what holds a headline and its date
_OF_SCRIPTS = re.compile(r"(?<![\w.#-])script(?!\w)")  # a selector of script or script-list, not of div.description
_HEAD = 4096  # bytes in which a page names its charset
_LONGEST_ROW = 400  # characters: what is longer holds more than one entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a listing."""

    links: tuple[Link, ...]
    next: str | None = None


def read(
    body: bytes, url: str, *, links: str, next_page: str | None = None, content_type: str | None = None
) -> Listing:
    """Return what a listing page names.

    Args:
        body: The page, in whatever encoding.
        url: Where it was had.
        links: A CSS selector of the links, or of what holds them; a script and the lists in it too.
        next_page: A CSS selector of the link to the next page.
        content_type: What the server said of it.
    """
    text = body.decode(_encoding(body, content_type), "replace")
    soup = scripted.unfolded(text) if _OF_SCRIPTS.search(links) else BeautifulSoup(text, "lxml")
    base = soup.select_one("base[href]")
    at = canonical(str(base["href"]), url) or url if base else url
    following = soup.select_one(next_page) if next_page else None
    return Listing(
        links=tuple(distinct(_links(soup, links, at))),
        next=canonical(str(following.get("href") or ""), at) if following else None,
    )


def _encoding(body: bytes, content_type: str | None) -> str:
    """Return the encoding of a listing. Only addresses, dates and headlines for people are read of it.

    UTF-8 is known by its form, and what is not UTF-8 on a Chinese site is Big5 where it says so, or GB18030.
    """
    with suppress(UnicodeDecodeError):
        body.decode("utf-8")
        return "utf-8"
    said = (content_type or "").lower().encode() + body[:_HEAD].lower()
    return "big5hkscs" if b"big5" in said else "gb18030"


def _links(soup: BeautifulSoup, selector: str, base: str) -> Iterator[Link]:
    for chosen in soup.select(selector):
        for anchor in [chosen] if chosen.name == "a" else chosen.select("a[href]"):
            if address := canonical(str(anchor.get("href") or ""), base):
                title = str(anchor.get("title") or "") or anchor.get_text(" ", strip=True)
                yield Link(url=address, title=title, published=_date(anchor))


def _date(anchor: Tag) -> datetime | None:
    """Return the date printed in an entry, which stands in the anchor or in the row around it."""
    row = anchor.find_parent(_ROW) or anchor.parent
    for holder in (anchor, row):
        text = holder.get_text(" ", strip=True) if holder else ""
        if len(text) <= _LONGEST_ROW and (found := _DATE.search(text)):
            try:
                return datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - printed without a zone
            except ValueError:
                continue
    return None


def numbered(pattern: str, first: int) -> Iterator[str]:
    """Yield the pages of a pattern such as ``list_{n}.html``, for ever; the caller stops at one that is not there."""
    number = first
    while True:
        yield pattern.replace("{n}", str(number))
        number += 1
