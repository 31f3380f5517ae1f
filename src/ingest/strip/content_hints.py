"""What the ids and classes of elements say about what they hold: weak votes, and never the last word."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from ingest.model import Label

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
_MARK = re.compile("[#.]")
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


@cache
def _any() -> tuple[re.Pattern[str], frozenset[str]]:
    """The parts of all kinds in one pattern, and all their whole words: most names have none of them."""
    patterns = _patterns()
    parts = re.compile("|".join(pattern.pattern for _, pattern, _ in patterns))
    return parts, frozenset().union(*(words for _, _, words in patterns))


@lru_cache(maxsize=8192)
def hint(name: str) -> str:
    """The kind that an element's name (``div#id.class``) votes for; empty when it says nothing."""
    marked = _MARK.search(name)
    tag, rest = (name[: marked.start()], name[marked.end() :]) if marked else (name, "")
    if tag in ("html", "body"):
        return ""
    return (_spoken(rest) if marked else "") or _TAGS.get(tag, "")


def _spoken(named: str) -> str:
    """The first kind that ids and classes have a part or a whole word of."""
    split = _CAMEL.sub("-", named).lower()
    whole = named.lower()
    spelled = split if split == whole else f"{split} {whole}"
    tokens = set(_WORD.findall(split))
    some_part, some_words = _any()
    if not some_part.search(spelled) and some_words.isdisjoint(tokens):
        return ""
    kinds = (kind for kind, parts, words in _patterns() if parts.search(spelled) or not words.isdisjoint(tokens))
    return next(kinds, "")


def hints(names: Sequence[str]) -> list[str]:
    """The votes of all elements by their names, one for one."""
    return list(map(hint, names))


@cache
def label_of(kind: str) -> Label | None:
    """The label that a vote stands for, or None for the votes of the article's own parts."""
    return None if kind in ("", "body", "title") else Label(kind)
