"""What the ids and classes of elements say about what they hold: weak votes, and never the last word."""

import re
from functools import cache, lru_cache
from pathlib import Path

from ingest.model import Element, Label

# The order decides where a name has words of several kinds: `article-comment` holds comments.
_KINDS = (
    "comment",
    "related",
    "share",
    "breadcrumb",
    "copyright",
    "ad",
    "tag-cloud",
    "nav",
    "furniture",
    "title",
    "body",
)
_TAGS = {"nav": "nav", "footer": "copyright", "aside": "furniture", "article": "body", "main": "body"}
_DATA = Path(__file__).resolve().parent.parent / "data" / "strip_html_hints.tsv"
_WORD = re.compile(r"[a-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    """Of each kind, the pattern of its parts and its whole words."""
    parts: dict[str, list[str]] = {}
    words: dict[str, set[str]] = {}
    for line in _DATA.read_text("utf-8").splitlines()[1:]:
        kind, how, listed = line.split("\t")
        (parts.setdefault(kind, []).extend if how == "part" else words.setdefault(kind, set()).update)(listed.split())
    return tuple(
        (kind, re.compile("|".join(map(re.escape, parts[kind]))), frozenset(words.get(kind, ()))) for kind in _KINDS
    )


@lru_cache(maxsize=8192)
def hint(name: str) -> str:
    """The kind that an element's name (``div#id.class``) votes for; empty when it says nothing."""
    tag, marked, rest = re.split(r"([#.])", name, maxsplit=1) if ("#" in name or "." in name) else (name, "", "")
    if tag in ("html", "body"):
        return ""
    if marked:
        split = _CAMEL.sub("-", rest).lower()
        tokens = set(_WORD.findall(split))
        for kind, parts, words in _patterns():
            if parts.search(split) or parts.search(rest.lower()) or not words.isdisjoint(tokens):
                return kind
    return _TAGS.get(tag, "")


def hints(elements: tuple[Element, ...]) -> list[str]:
    """The votes of all elements, one for one."""
    return [hint(element.name) for element in elements]


def label_of(kind: str) -> Label | None:
    """The label that a vote stands for, or None for the votes of the article's own parts."""
    return None if kind in ("", "body", "title") else Label(kind)
