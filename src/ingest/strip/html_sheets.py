"""The style sheets in a page, as far as they say what is not shown."""

import re
from functools import lru_cache

from ingest.strip import hidden
from ingest.strip.html_elements import MAX_NAME

MAX_SHEET = 500_000
MAX_KEPT, KEPT = 50_000, 64  # characters of a sheet that is kept for the next page; how many sheets
MAX_SELECTORS = 2_000  # characters of the selectors of one rule
_COMMENT = re.compile(r"/\*.{0,20000}?\*/", re.DOTALL)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*\{")
# Possessive, since most selectors are longer and would be tried again and again.
_SIMPLE = re.compile(r"\s*+(?:[a-z][a-z0-9]{0,15}+)?([.#][\w-]{1,60}+)\s*+$")


class Sheets:
    """The rules of a page's sheets by what they hold for: declarations by ``.class`` or ``#id``.

    Only simple selectors count: what a longer one matches depends on the tree, and guessing would hide articles.
    Rules in ``@media`` and the like hold for other devices and are left out, but for those of every screen.
    """

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}

    def add(self, css: str) -> bool:
        """Take in a sheet; whether there was anything in it. What it says of a name goes before earlier sheets."""
        rules = _rules(css) if len(css) > MAX_KEPT else _kept_rules(css)
        self._rules.update(rules)
        return bool(rules)

    def style(self, classes: str | None, identity: str | None) -> hidden.Style:
        """What the sheets say of an element with these classes and this id."""
        rules = self._rules
        if not rules:
            return hidden.PLAIN
        names = ["." + name for name in classes[:MAX_NAME].split()] if classes else []
        if identity:
            names.append("#" + identity[:MAX_NAME])
        said = [rules[name] for name in names if name in rules]
        return hidden.ruled(*said) if said else hidden.PLAIN


def _rules(css: str) -> dict[str, str]:
    """What a sheet says, by name."""
    rules: dict[str, str] = {}
    nested = False
    for chunk in _COMMENT.sub("", css[:MAX_SHEET]).replace("<!--", "").replace("-->", "").split("}"):
        rule = _SCREEN.sub("", chunk, count=1) if "@" in chunk else chunk
        selectors, brace, body = rule.partition("{")
        if not brace or "{" in body:
            nested = bool(brace)
        elif not nested and (_SIMPLE.match(selectors) or "," in selectors) and hidden.TELLING.search(body):
            for name in _names(selectors):
                rules[name] = rules.get(name, "") + body[: hidden.MAX_STYLE] + ";"
    return rules


# The pages of a site carry the same sheets, and come one after the other.
_kept_rules = lru_cache(maxsize=KEPT)(_rules)


def _names(selectors: str) -> list[str]:
    """The simple ones among selectors: ``.class`` and ``#id``."""
    listed = selectors.split(",") if len(selectors) <= MAX_SELECTORS else ()
    return [found[1] for each in listed if (found := _SIMPLE.match(each))]
