"""What the head of a page says: meta tags and JSON-LD, and the title less the site's suffix (``clean_title``)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.model import Meta
from ingest.scripts.values import parse_json
from ingest.strip.meta_title import clean_title

if TYPE_CHECKING:
    from ingest.strip.html_reader import Reader

__all__ = ["clean_title", "read_meta"]

MAX_LINKED_DATA = 50  # objects; a listing page may hold hundreds, an article's first ones are its own
_CREATE_PAGE = re.compile(
    r"""createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*["']([\w-]{1,80})["']\s*,\s*["'](\w{1,8})["']"""
)
MAX_VALUE = 5_000  # characters of a meta value


def read_meta(reader: "Reader") -> Meta:
    """The head of a page that the reader has been through.

    The address of the article's next page, from a link that says so, is in the properties as ``link:next``.
    """
    properties: dict[str, str] = {}
    for attrs in reader.metas:
        content = attrs.get("content")
        if content is None:
            continue
        for kind in ("property", "name", "itemprop", "http-equiv"):
            if kind in attrs and (name := attrs[kind].strip().lower()[:100]) and content.strip():
                properties.setdefault(name, content.strip()[:MAX_VALUE])
    if reader.next_page and not reader.next_page.startswith(("javascript:", "#")):
        properties.setdefault("link:next", reader.next_page[:MAX_VALUE])
    return Meta(
        title=reader.title,
        canonical=reader.canonical,
        base=reader.base,
        pager=_pager(reader.scripts),
        language=reader.language,
        properties=properties,
        linked_data=tuple(_linked_data(reader)),
    )


def _pager(scripts: list[tuple[dict[str, str], str]]) -> tuple[int, str] | None:
    """How many pages a script's pager has, and the address of the next one: createPageHTML(3, 0, "t2024_1", "html").

    The editing system of most government sites writes it: pages, the number of this one from 0, stem, suffix.
    """
    for _, text in scripts:
        at = text.find("createPageHTML(")
        while at >= 0:
            if found := _CREATE_PAGE.match(text, at):
                count, number = int(found[1]), int(found[2])
                return count, f"{found[3]}_{number + 1}.{found[4]}" if number + 1 < count else ""
            at = text.find("createPageHTML(", at + 1)
    return None


def _linked_data(reader: "Reader") -> Iterator[dict[str, object]]:
    count = 0
    for attrs, text in reader.scripts:
        if "ld+json" not in attrs.get("type", "").lower():
            continue
        for found in _objects(parse_json(text)):
            yield found
            count += 1
            if count >= MAX_LINKED_DATA:
                return


def _objects(found: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD value: lists and ``@graph`` laid flat, without recursion into the objects."""
    queue = [found]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item[:MAX_LINKED_DATA]
        elif isinstance(item, dict):
            graph = item.get("@graph")
            if isinstance(graph, list):
                queue[:0] = graph[:MAX_LINKED_DATA]
                item = {key: value for key, value in item.items() if key != "@graph"}
            if set(item) - {"@context"}:
                yield item
