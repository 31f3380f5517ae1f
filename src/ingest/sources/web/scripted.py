"""Lists that a page keeps in scripts, or that are JSON themselves, put into the markup, so that selectors find them.

What a browser would make of them after the page has come stands in the script as ``<script-list class="newsList"><li><a
href=…>headline</a> <time>2026-11-20</time></li>…``; the class is the list's name in JSON.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from ingest.scripts.flight import STREAMED, flight
from ingest.scripts.values import MAX_SCRIPT, parse_json, unescape, values
from ingest.sources.web.window import BEIJING

LIST = "script-list"
_MOST_ENTRIES, _MOST_NODES = 5_000, 200_000  # of a page that are read; the longest list of a real page has some hundred
_LONGEST = 2_000  # characters of an address or a headline

# A key that leads to a page: url, linkUrl, doc_pub_url, href; not imgUrl, authorLink, videoPath.
_ADDRESS = re.compile(r"(?:url|link|href|path|uri)$", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"img|image|pic|photo|thumb|cover|icon|avatar|logo|video|audio|file|author|user|qr|api|share", re.IGNORECASE
)
_TITLE = re.compile(r"(?:title|headline)$", re.IGNORECASE)
_NAME = re.compile(r"(?:subject|topic|name|text)$", re.IGNORECASE)
_OF_OTHERS = re.compile(r"author|user|channel|column|categor|site|source|seo|sub_?title|file", re.IGNORECASE)
_PUBLISHED = re.compile(r"pub|issue|release", re.IGNORECASE)  # before others, which may be of the last change
_DATED = re.compile(r"(?i:date|time|day|created|published|updated)|(?:A|_a)t$")
_DAY = re.compile(r"(?<!\d)20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)")
_SECONDS, _MILLISECONDS = re.compile(r"1\d{9}"), re.compile(r"1\d{12}")  # since 1970, from 2001 to 2033
# An address as it stands, and no piece of a program or a template: "' + item.url + '", "{{url}}".
_PLAIN = re.compile(r"[^\s'\"<>{}$+|\\]{1,2000}")
_LEADS = re.compile(r"/|\.[a-z]{2,5}(?:$|\?)|\?", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|mp[34]|m3u8)(?:$|\?)", re.IGNORECASE)
_MARKUP = re.compile(r"<a\s[^<>]{0,2000}?\bhref\b", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_JSON = re.compile(r"\s*(?:[\w.$]{1,100}\(\s*)?[\[{]")  # bare, or in a call: callback({…})
_CALLED = re.compile(r"\s*[\w.$]{1,100}\(|\)\s*;?\s*$")
_NOT_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class _Entry:
    address: str
    title: str
    day: str = ""  # as lists print it


_Lists = dict[str, list[_Entry | str]]  # by their places, ``data.newsList[]``; an item may be markup


def unfolded(text: str) -> BeautifulSoup:
    """Return a page's markup, the lists of its scripts among it; of a document in JSON those that it holds.

    Args:
        text: HTML, or JSON as the address that a page's script asks gives it.
    """
    text = text.removeprefix("\ufeff")
    if _JSON.match(text):
        soup = BeautifulSoup("<html><body><script></script></body></html>", "lxml")
        texts = [text if parse_json(text) is not None else _CALLED.sub("", text)]
    else:
        soup = BeautifulSoup(text, "lxml")
        texts = [script.string or "" for script in soup.find_all("script")]
    found = [(script, said) for script, said in zip(soup.find_all("script"), texts, strict=True) if said]
    left = _MOST_ENTRIES
    for script, lists in _of_scripts([each for each in found if len(each[1]) <= MAX_SCRIPT]):
        for place, entries in lists.items():
            script.append(_list(soup, place, entries[:left]))
            left -= len(entries[:left])
    return soup


def _of_scripts(scripts: list[tuple[Tag, str]]) -> Iterator[tuple[Tag, _Lists]]:
    for script, text in scripts:
        lists = _lists(values(text))
        if not lists and _MARKUP.search(plain := unescape(_CDATA.sub("", text))):
            lists = {"": [plain]}
        yield script, lists
    if streamed := flight([({}, text) for _, text in scripts]):
        yield next(script for script, text in scripts if STREAMED in text), _lists(streamed)


def _list(soup: BeautifulSoup, place: str, entries: list[_Entry | str]) -> Tag:
    made = soup.new_tag(LIST)
    if name := _NOT_NAME.sub("-", place.replace("[]", "").rpartition(".")[2]).strip("-"):
        made["class"] = name
    for entry in entries:
        made.extend(_children(entry) if isinstance(entry, str) else [_row(soup, entry)])
    return made


def _row(soup: BeautifulSoup, entry: _Entry) -> Tag:
    row, anchor, day = soup.new_tag("li"), soup.new_tag("a", href=entry.address), soup.new_tag("time")
    anchor.string, day.string = entry.title, entry.day
    row.extend([anchor, " ", day] if entry.day else [anchor])
    return row


def _children(markup: str) -> list[PageElement]:
    """Return what markup in a script holds; links that a program has yet to put together are no links."""
    inner = BeautifulSoup(markup, "lxml")
    for anchor in inner.select("a[href]"):
        if not _PLAIN.fullmatch(str(anchor["href"]).strip()):
            del anchor["href"]
    return list(inner.body.contents) if inner.body else []


def _lists(found: Iterable[object]) -> _Lists:
    lists: _Lists = {}
    for place, item in _items(found):
        if isinstance(item, str):
            if _MARKUP.search(item):
                lists.setdefault(place, []).append(item)
        elif "[]" in place and (entry := _entry(item)):
            lists.setdefault(place, []).append(entry)
    return lists


def _items(found: Iterable[object]) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield the objects and long strings in values, in order, with their places: ``data.list[]``."""
    stack: list[tuple[str, object]] = [("", each) for each in reversed(list(found))]
    for _ in range(_MOST_NODES):
        if not stack:
            return
        place, item = stack.pop()
        if isinstance(item, dict):
            yield place, item
            stack += [(_place(place, str(key)), each) for key, each in reversed(item.items())]
        elif isinstance(item, list):
            stack += [(f"{place}[]", each) for each in reversed(item)]
        elif isinstance(item, str):
            inner = parse_json(item) if item[:1] in {"{", "["} else None
            if isinstance(inner, dict | list):
                stack.append((place, inner))
            else:
                yield place, item


def _place(place: str, key: str) -> str:
    """Return the place of an object's member; what is kept by its number is the item of a list."""
    return f"{place}[]" if key.isdecimal() else f"{place}.{key}"


def _entry(item: dict[str, Any]) -> _Entry | None:
    """Return what an object says of a page; None where it names none, or has no headline for it."""
    texts = {key: each.strip() for key, each in item.items() if isinstance(each, str) and each.strip()}
    address = next((each for key, each in texts.items() if _leads(key, each)), None)
    title = _first(texts, _TITLE) or _first(texts, _NAME)
    if address is None or title is None:
        return None
    if "<" in title:  # 高新区<em>产业</em>大会: what was searched for is marked
        title = BeautifulSoup(title[:_LONGEST], "lxml").get_text(strip=True)
    return _Entry(address, title[:_LONGEST], _day(item))


def _leads(key: str, value: str) -> bool:
    if not _ADDRESS.search(key) or _NO_PAGE.search(key) or not _PLAIN.fullmatch(value):
        return False
    return bool(_LEADS.search(value)) and not _FILE.search(value)


def _first(texts: dict[str, str], wanted: re.Pattern[str]) -> str | None:
    return next((each for key, each in texts.items() if wanted.search(key) and not _OF_OTHERS.search(key)), None)


def _day(item: dict[str, Any]) -> str:
    """Return the day of an entry as lists print it; empty where it has none."""
    dated = [(key, str(each)) for key, each in item.items() if isinstance(each, str | int) and _DATED.search(key)]
    for _, said in sorted(dated, key=lambda each: not _PUBLISHED.search(each[0])):
        if _SECONDS.fullmatch(said) or _MILLISECONDS.fullmatch(said):
            return datetime.fromtimestamp(int(said[:10]), BEIJING).date().isoformat()
        if found := _DAY.search(said):
            return _zoned(said) or found[0]
    return ""


def _zoned(said: str) -> str | None:
    """Return the day in China of a moment that has its zone: 17:00Z is tomorrow there."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment.astimezone(BEIJING).date().isoformat() if moment.tzinfo else None
