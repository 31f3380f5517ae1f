"""From a listing's first page to its further ones: a link to the next, numbers in addresses, a pager in a script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from ingest.newsource import css
from ingest.sources.web.links import canonical

_NEXT = re.compile(r"[>›»\s]*(下一?[页頁]|后一?页|后页|next(?: page)?|older(?: posts)?)[>›»→\s]*", re.IGNORECASE)
_ARROW = re.compile(r"[>›»→]{1,2}")
_PAGE = re.compile(r"[\[(第\s]*(\d{1,5})[\])页\s]*")
_DIGITS = re.compile(r"\d+")
# TRS WCM's createPageHTML(20, 0, "index", "shtml") and its kin: pages, the number of this one, stem, ending.
_SCRIPT = re.compile(r"create\w{0,20}Page\w{0,20}\s*\(([^()]{3,200})\)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"']([\w-]{1,60})[\"']")
_ENDINGS = frozenset({"html", "htm", "shtml", "shtm", "jsp", "jhtml", "aspx", "php"})
_PAGED = re.compile(r"下一?页|尾页|末页|共\s*\d+\s*页")


@dataclass(frozen=True, slots=True)
class Onward:
    """A way to the further pages, as the keys of a source; ``told`` says where it was seen."""

    keys: dict[str, str | int]
    told: str


def ways(soup: BeautifulSoup, url: str) -> Iterator[Onward]:
    """Yield ways that a listing may go on, the surest first; whoever asks tries them.

    Args:
        soup: The first page.
        url: Its address.
    """
    yield from _next_links(soup, url)
    yield from _numbered(soup, url)
    yield from _scripted(soup)
    if _PAGED.search(soup.get_text(" ")) or any(_PAGED.search(each.get_text()) for each in soup.select("script")):
        yield from _guessed(url)


def _next_links(soup: BeautifulSoup, url: str) -> Iterator[Onward]:
    for tag in soup.select("a[href], link[rel~=next]"):
        address = canonical(str(tag.get("href") or ""), url)
        if address is None or address == canonical(url) or not _says_next(tag):
            continue
        for selector in _ways_to(tag):
            if soup.select_one(selector) is tag:
                yield Onward({"next_page": selector}, "a link to the next page")
                break


def _says_next(tag: Tag) -> bool:
    text = tag.get_text("", strip=True)
    if "next" in tag.get_attribute_list("rel") or _NEXT.fullmatch(text) or _NEXT.fullmatch(str(tag.get("title") or "")):
        return True
    kinds = " ".join(map(str, [*tag.get_attribute_list("class"), *(tag.parent or tag).get_attribute_list("class")]))
    return "next" in kinds.lower() and (bool(_ARROW.fullmatch(text)) or not text)


def _ways_to(tag: Tag) -> Iterator[str]:
    if "next" in tag.get_attribute_list("rel"):
        yield f"{tag.name}[rel~=next]"
    if (said := _NEXT.fullmatch(tag.get_text("", strip=True))) and tag.name == "a":
        yield f'a:-soup-contains("{said[1]}")'
        yield from (f'{css.named(up)} a:-soup-contains("{said[1]}")' for up in tag.parents if css.named(up))
    if title := _NEXT.fullmatch(str(tag.get("title") or "")):
        yield f'a[title="{title[0]}"]'
    for named in (css.named(tag), css.named(tag.parent) if tag.parent else None):
        if named and "next" in named.lower():
            yield named if named.startswith("a") else f"{named} a"


def _numbered(soup: BeautifulSoup, url: str) -> Iterator[Onward]:
    """Yield the pattern of the addresses that the numbers 2 and 3 lead to, or 2 alone."""
    met: dict[int, str] = {}
    for tag in soup.select("a[href], option[value]"):
        number = _PAGE.fullmatch(tag.get_text("", strip=True))
        address = canonical(str(tag.get("href") or tag.get("value") or ""), url)
        if number and address and int(number[1]) in {2, 3}:
            met.setdefault(int(number[1]), address)
    if 2 not in met:
        return
    for run in reversed(list(_DIGITS.finditer(met[2]))):
        first, start, end = int(run[0]), run.start(), run.end()
        if first not in {1, 2} or run[0] != str(first) or start < len(urlsplit(url).netloc) + 8:
            continue
        template = met[2][:start] + "{n}" + met[2][end:]
        if 3 not in met or met[3] == template.replace("{n}", str(first + 1)):
            yield _pattern(_relative(template, url), first, "the numbers of its pages")


def _scripted(soup: BeautifulSoup) -> Iterator[Onward]:
    for script in soup.select("script"):
        for call in _SCRIPT.finditer(script.get_text()):
            words = _QUOTED.findall(call[1])
            for stem, ending in pairwise(words):
                if ending.lower() in _ENDINGS:
                    yield from (_pattern(f"{stem}_{{n}}.{ending}", first, "its pager's script") for first in (1, 2))


def _guessed(url: str) -> Iterator[Onward]:
    """Yield the commonest names of further pages, for a pager whose addresses only a script knows."""
    stem, dot, ending = urlsplit(url).path.rpartition("/")[2].rpartition(".")
    if not dot:
        stem, ending = "index", "html"
    yield from (_pattern(f"{stem}_{{n}}.{ending}", first, "a guess that held") for first in (1, 2))


def _pattern(pages: str, first: int, told: str) -> Onward:
    return Onward({"pages": pages} | ({"first_page": first} if first != 2 else {}), told)


def _relative(template: str, url: str) -> str:
    """Return a pattern relative to the folder of the first page, or to its site."""
    folder = url.partition("?")[0].rpartition("/")[0] + "/"
    if template.startswith(folder):
        return template.removeprefix(folder)
    split = urlsplit(url)
    return template.removeprefix(f"{split.scheme}://{split.netloc}")
