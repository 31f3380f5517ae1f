"""What the items of a list are, as link farms hold them: places, or words of a trade."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain, pairwise
from operator import add

from ingest.strip.farm_items import FEWEST, PHONE
from ingest.strip.farm_places import beginnings, is_place, leading_place
from ingest.strip.label_words import groups

_LEVEL = re.compile("[市县旗省盟州区]")
_HONEST = ("institution", "brand")  # words that make no farm by themselves
_AFTER_PHONE = " -:：_|"
_REMEMBERED = 400  # characters of a text whose words are counted once


def may_be(texts: Iterable[str]) -> bool:
    """Whether texts have together the fewest words or names of places that any farm has: a test that costs little."""
    found = 0
    for text in texts:
        found += (_known_in if len(text) <= _REMEMBERED else _known_in.__wrapped__)(text)
        if found >= FEWEST - 2:
            return True
    return False


@lru_cache(maxsize=1024)  # a page's lines: each is asked by itself and in its list, menus on each page of a site
def _known_in(text: str) -> int:
    """In how many places a text has two characters that open a trade's word or a place, or one that places end in."""
    return sum(map(_openings().__contains__, pairwise(text))) + len(_LEVEL.findall(text))


@cache
def _openings() -> frozenset[tuple[str, ...]]:
    trades = (words for kind, words in groups("strip_text_farm_words").items() if kind not in _HONEST)
    return frozenset(tuple(word[:2]) for words in (*trades, beginnings()) for word in words)


def main_kind(items: Iterable[str]) -> str:
    """Return what most items of a run of lines are; empty where none is anything that farms hold."""
    counts = Counter(chain.from_iterable(map(kinds, items)))
    return max(sorted(counts), key=counts.__getitem__, default="")


@lru_cache(maxsize=8192)
def kinds(item: str) -> frozenset[str]:
    """Return what an item is: a place, behind a place, or of the trades that it has words of."""
    known = _kinds_by_opening()
    may = {kind for opening in (*map(add, item, item[1:]), *item) for kind in known.get(opening, ())}
    found = {kind for kind in may if pattern(kind).search(item)}
    if is_place(item):
        found.add("place")
    elif place_before(item):
        found.add("led")
    return frozenset(found)


@cache
def _kinds_by_opening() -> dict[str, frozenset[str]]:
    """The kinds of words by their first two characters, or the one they have: most items have none of them."""
    found: dict[str, set[str]] = {}
    for kind, listed in groups("strip_text_farm_words").items():
        for word in listed:
            found.setdefault(word[:2], set()).add(kind)
    return {opening: frozenset(kinds) for opening, kinds in found.items()}


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """The words of a trade; those of institutions at the end of an item."""
    listed = "|".join(map(re.escape, groups("strip_text_farm_words")[kind]))
    behind = r"(?:[(（][^()（）]{1,10}[)）])?$" if kind == "institution" else ""
    return re.compile(f"(?:{listed}){behind}")


def place_before(item: str) -> str:
    """The place that opens an item, or stands behind the telephone number that does; empty for none."""
    return leading_place(PHONE.sub("", item).lstrip(_AFTER_PHONE))
