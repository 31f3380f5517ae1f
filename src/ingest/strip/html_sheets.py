"""The style sheets in a page, as far as they say what is not shown."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ingest.strip import hidden
from ingest.strip.html_elements import MAX_NAME
from ingest.strip.html_placed import MOST_RULES, Placed, Rule, is_hiding, placed

MAX_SHEET = 500_000
MAX_KEPT, KEPT = 200_000, 64  # characters of a sheet that is kept for the next page; how many sheets
MOST_SHEETS = 50  # that name an element; pages have up to ten
MAX_SELECTORS = 2_000  # characters of the selectors of one rule
_COMMENT = re.compile(r"/\*.{0,20000}?\*/", re.DOTALL)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*\{")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]{0,15}+)?([.#][\w-]{1,60}+)$")


class Sheet(NamedTuple):
    """What a sheet says by ``.class`` or ``#id``: declarations of its rules, and rules that hide or show by place."""

    simple: dict[str, list[str]]
    placed: dict[str, list[Placed]]


class Sheets:
    """The rules of a page's sheets. Those in ``@media`` and the like count only when they are for every screen.

    What a long selector says of looks is left out, but for what it hides or shows.
    """

    def __init__(self) -> None:
        self._rules: dict[str, list[list[str]]] = {}  # of a name, the declarations in each sheet
        self._said: dict[str, str] = {}  # of a name that was asked for, those that count
        self._placed: dict[str, list[Placed]] = {}
        self._classes: set[str] = set()  # of which any rule says something, without their dots
        self._ids: set[str] = set()

    def add(self, css: str) -> bool:
        """Take in a sheet; whether there was anything in it. What it says of a name goes before earlier sheets."""
        sheet = _read(css) if len(css) > MAX_KEPT else _read_kept(css)
        for name, bodies in sheet.simple.items():
            sheets = self._rules.setdefault(name, [])
            sheets.append(bodies)
            del sheets[:-MOST_SHEETS]
            self._said.pop(name, None)
        for name, rules in sheet.placed.items():
            self._placed[name] = [*self._placed.get(name, ()), *rules][:MOST_RULES]
        for name in (*sheet.simple, *sheet.placed):
            (self._classes if name[0] == "." else self._ids).add(name[1:])
        return bool(sheet.simple or sheet.placed)

    def ask(self, classes: Sequence[str], identity: str | None) -> tuple[hidden.Style, tuple[Placed, ...]]:
        """What the sheets say of an element with these classes and this id, and the rules that ask where it stands."""
        if self._classes.isdisjoint(classes) and identity not in self._ids:
            return hidden.PLAIN, ()
        names = names_of(classes, identity)
        said = [self._of_name(name) for name in names if name in self._rules]
        style = hidden.ruled(*said) if said else hidden.PLAIN
        placed = (rule for name in names if name in self._placed for rule in self._placed[name])
        return style, tuple(islice(placed, MOST_RULES))

    def _of_name(self, name: str) -> str:
        """The declarations of a name in the last sheet that says anything of being seen, later ones behind.

        This is found here and not when a sheet is read: of its names a page has few.
        """
        if name not in self._said:
            every = (
                [b[: hidden.MAX_STYLE] for b in bodies if hidden.TELLING.search(b)]
                for bodies in reversed(self._rules[name])
            )
            self._said[name] = ";".join(next(filter(None, every), ()))
        return self._said[name]


def listed(classes: str | None) -> list[str]:
    """The classes of an element, bounded."""
    return classes[:MAX_NAME].split() if classes else []


def names_of(classes: Sequence[str], identity: str | None) -> list[str]:
    """An element's classes and id as sheets write them."""
    names = ["." + name for name in classes]
    if identity:
        names.append("#" + identity[:MAX_NAME])
    return names


def _read(css: str) -> Sheet:
    """What a sheet says, by name."""
    rules: dict[str, list[str]] = {}
    others: list[Rule] = []
    hiding: set[str] = set()
    nested = False
    for chunk in _bare(css[:MAX_SHEET]).split("}"):
        rule = _SCREEN.sub("", chunk, count=1) if "@" in chunk else chunk
        selectors, brace, body = rule.partition("{")
        if not brace or "{" in body:
            nested = bool(brace)
        elif not nested:
            simple = _simple(selectors)
            names = [simple] if simple else _names(selectors)
            for name in names:
                rules.setdefault(name, []).append(body)
            if "display" in body or "visibility" in body:
                hides = is_hiding(body := body[: hidden.MAX_STYLE])
                if hides:
                    hiding.update(names)
                if len(selectors) <= MAX_SELECTORS and not (hides and simple):
                    others.append(Rule(selectors, body, hides))
    return Sheet(rules, placed(others, hiding))


def _bare(css: str) -> str:
    """A sheet without comments, and without those of HTML round it, by which old pages keep it from older browsers."""
    css = _COMMENT.sub("", css) if "/*" in css else css
    return css.strip().removeprefix("<!--").removesuffix("-->")


# The pages of a site carry the same sheets, and come one after the other.
_read_kept = lru_cache(maxsize=KEPT)(_read)


def _simple(selector: str) -> str | None:
    """The ``.class`` or ``#id`` that is all of a selector; most selectors are longer."""
    selector = selector.strip()
    return found[1] if " " not in selector and (found := _SIMPLE.match(selector)) else None


def _names(selectors: str) -> list[str]:
    """The simple ones among selectors: ``.class`` and ``#id``."""
    if "," not in selectors or len(selectors) > MAX_SELECTORS:
        return []
    return [name for each in selectors.split(",") if (name := _simple(each))]
