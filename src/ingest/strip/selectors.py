"""The elements of a page that a source's CSS selectors name, found by beautifulsoup4.

beautifulsoup4 is fed by the parser that reads the pages, with the same options, so its tags are the elements that the
reader meets, in the same order: an element's number among all start tags says in either which it is.
"""

import warnings
from dataclasses import dataclass, fields
from typing import Any

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.builder._lxml import LXMLTreeBuilder

from ingest.model import Selectors
from ingest.strip import html_parser
from ingest.strip.selected import DROP

# A longer page is none that selectors were written for; its tree would take thirty times its size in memory.
LONGEST = 8_000_000
_ATTRIBUTES = {"meta": "content", "time": "datetime", "input": "value"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What the selectors of a source name on a page."""

    kinds: dict[int, str]  # by the element's number: title, body, date or drop
    values: dict[str, str]  # what the first title and the first date say, also where they show nothing (meta)
    missed: tuple[str, ...]  # keys whose selectors match nothing


class _Builder(LXMLTreeBuilder):
    """beautifulsoup4's builder, on our parser."""

    def parser_for(self, encoding: str | None) -> Any:  # noqa: ARG002 - the parser is given UTF-8
        """Return the parser that reads the pages."""
        return html_parser.parser(self)


def match(source: str, selectors: Selectors) -> Matched:
    """Find what selectors name on a page. Of several for title, body or date the first that matches counts.

    Args:
        source: The page as the reader of blocks gets it.
        selectors: Each a valid CSS selector.
    """
    tags = _tags(source)
    numbers = {id(tag): number for number, tag in enumerate(tags)}
    root = tags[0].parent if tags else None
    kinds: dict[int, str] = {}
    values: dict[str, str] = {}
    missed = []
    for key in (field.name for field in fields(selectors)):
        wanted: tuple[str, ...] = getattr(selectors, key)
        found = _found(root, wanted, every=key == DROP) if isinstance(root, Tag) else []
        if wanted and not found:
            missed.append(key)
        if found and key in ("title", "date"):
            values[key] = _value(found[0])
        for tag in found:
            number = numbers[id(tag)]
            kinds[number] = key if key == DROP else kinds.get(number, key)
    return Matched(kinds=kinds, values=values, missed=tuple(missed))


def _tags(source: str) -> list[Tag]:
    if not source.strip() or len(source) > LONGEST:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(html_parser.as_bytes(source), builder=_Builder(), from_encoding="utf-8")
    return [tag for tag in soup.descendants if isinstance(tag, Tag)]


def _found(root: Tag, wanted: tuple[str, ...], *, every: bool) -> list[Tag]:
    found: list[Tag] = []
    for selector in wanted:
        found += root.select(selector)
        if found and not every:
            break
    return found


def _value(tag: Tag) -> str:
    """What an element says: the value of a meta tag or a time, the text of any other."""
    value = tag.get(_ATTRIBUTES.get(tag.name, ""))
    return " ".join((value if isinstance(value, str) else tag.get_text(" ")).split())
