"""The style sheets in a page, as far as they say what is not shown."""

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ingest.strip import hidden
from ingest.strip.html_elements import MAX_NAME
from ingest.strip.html_placed import MOST_RULES, Placed, hides, placed

MAX_SHEET = 500_000
MAX_KEPT, KEPT = 50_000, 64  # characters of a sheet that is kept for the next page; how many sheets
MAX_SELECTORS = 2_000  # characters of the selectors of one rule
_COMMENT = re.compile(r"/\*.{0,20000}?\*/", re.DOTALL)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*\{")
# Possessive, since most selectors are longer and would be tried again and again.
_SIMPLE = re.compile(r"\s*+(?:[a-z][a-z0-9]{0,15}+)?([.#][\w-]{1,60}+)\s*+$")


class Sheet(NamedTuple):
    """What a sheet says by ``.class`` or ``#id``: declarations, and rules that hide or show by place."""

    simple: dict[str, str]
    placed: dict[str, list[Placed]]


class Sheets:
    """The rules of a page's sheets. Those in ``@media`` and the like count only when they are for every screen.

    What a long selector says of looks is left out, but for what it hides or shows.
    """

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}
        self._placed: dict[str, list[Placed]] = {}

    def add(self, css: str) -> bool:
        """Take in a sheet; whether there was anything in it. What it says of a name goes before earlier sheets."""
        sheet = _read(css) if len(css) > MAX_KEPT else _read_kept(css)
        self._rules.update(sheet.simple)
        for name, rules in sheet.placed.items():
            self._placed[name] = [*self._placed.get(name, ()), *rules][:MOST_RULES]
        return bool(sheet.simple or sheet.placed)

    def ask(self, classes: str | None, identity: str | None) -> tuple[hidden.Style, tuple[Placed, ...]]:
        """What the sheets say of an element with these classes and this id, and the rules that ask where it stands."""
        rules, placed = self._rules, self._placed
        if not (rules or placed) or (classes is None and identity is None):
            return hidden.PLAIN, ()
        names = names_of(classes, identity)
        said = [rules[name] for name in names if name in rules]
        style = hidden.ruled(*said) if said else hidden.PLAIN
        if placed.keys().isdisjoint(names):
            return style, ()
        return style, tuple(islice((rule for name in names if name in placed for rule in placed[name]), MOST_RULES))


def names_of(classes: str | None, identity: str | None) -> list[str]:
    """An element's classes and id as sheets write them."""
    names = ["." + name for name in classes[:MAX_NAME].split()] if classes else []
    if identity:
        names.append("#" + identity[:MAX_NAME])
    return names


def _read(css: str) -> Sheet:
    """What a sheet says, by name."""
    rules: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    nested = False
    for chunk in _COMMENT.sub("", css[:MAX_SHEET]).replace("<!--", "").replace("-->", "").split("}"):
        rule = _SCREEN.sub("", chunk, count=1) if "@" in chunk else chunk
        selectors, brace, body = rule.partition("{")
        if not brace or "{" in body:
            nested = bool(brace)
        elif not nested:
            if (_SIMPLE.match(selectors) or "," in selectors) and hidden.TELLING.search(body):
                for name in _names(selectors):
                    rules[name] = rules.get(name, "") + body[: hidden.MAX_STYLE] + ";"
            if ("display" in body or "visibility" in body) and len(selectors) <= MAX_SELECTORS:
                others.append((selectors, body[: hidden.MAX_STYLE]))
    return Sheet(rules, placed(others, {name for name, body in rules.items() if hides(body)}))


# The pages of a site carry the same sheets, and come one after the other.
_read_kept = lru_cache(maxsize=KEPT)(_read)


def _names(selectors: str) -> list[str]:
    """The simple ones among selectors: ``.class`` and ``#id``."""
    listed = selectors.split(",") if len(selectors) <= MAX_SELECTORS else ()
    return [found[1] for each in listed if (found := _SIMPLE.match(each))]
