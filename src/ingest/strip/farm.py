"""Link farms and injected keywords: what a hijacked site carries for search engines."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ingest.model import Label
from ingest.strip.label_view import Verdict, View
from ingest.strip.label_words import column

_BARS = ("|", "｜", "丨", "_", "-", "–", "—", ",", "，", "、", "/", "\t", " ")
_FEWEST = 8  # items; a farm of a real page had 41
_LONGEST_ITEM = 12
_SHORT_SHARE = 0.95
_PLACE_SHARE = 0.6
_LONGEST_LINE = 20_000
_STOP = re.compile(r"[。！？；：:“”《》%]|\d")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,12}(?:[市县区旗省盟州]|自治[区州县]|地区)")
_LEVELS = (
    ("province", re.compile(r"(?:省|自治区)$")),
    ("prefecture", re.compile(r"(?:市|州|盟|地区)$")),
    ("county", re.compile(r"(?:县|旗|区)$")),
)


def link_farms(view: View) -> Iterator[Verdict]:
    """Lines that list place names for no reader: levels mixed, a name twice, or a bar dangling."""
    for index, text in enumerate(view.texts):
        if view.open(index) and (reason := farm_reason(text)):
            yield Verdict(index, Label.LINK_FARM, reason)


def farm_reason(text: str) -> str:
    """Return why a line is a link farm, or an empty string."""
    text = text.strip()
    if len(text) < _FEWEST * 2 or _STOP.search(text[:_LONGEST_LINE]):
        return ""
    counts = Counter(text)
    bar = next((b for b in _BARS if counts[b] >= _FEWEST - 1), "")
    if not bar:
        return ""
    items = [i.strip() for i in text.split(bar)]
    dangling = not items[0] or not items[-1]
    items = [i for i in items if i]
    if len(items) < _FEWEST or sum(len(i) <= _LONGEST_ITEM for i in items) < _SHORT_SHARE * len(items):
        return ""
    places = [i for i in items if is_place(i)]
    if len(places) < _PLACE_SHARE * len(items):
        return ""
    signs = [
        sign
        for sign, seen in (
            ("levels mixed", _mixed(places)),
            ("a name twice", len(set(items)) < len(items)),
            ("a bar dangling", dangling),
        )
        if seen
    ]
    return f"{len(items)} items joined by {bar!r}, {len(places)} of them places; {', '.join(signs)}" if signs else ""


def is_place(item: str) -> bool:
    """Whether an item is the name of an administrative division, in full or without its level."""
    return item in _divisions() or (_PLACE.fullmatch(item) is not None and len(item) <= _LONGEST_ITEM)


@cache
def _divisions() -> frozenset[str]:
    full = column("places_divisions", 1)
    return full | {
        re.sub(r"(?:[一-龥]{1,3}族)*(?:自治[区州县旗]|[省市县区旗盟州])$", "", n) for n in full if len(n) > 2
    }


def _mixed(places: list[str]) -> bool:
    """Whether at least two levels stand in one list, one of them not by exception."""
    found = {name for place in places for name, pattern in _LEVELS if pattern.search(place)}
    return len(found) >= 2


_JOINED = re.compile(r"[^\s，。；：！？]{2,20}(?:[-_|–—][^\s，。；：！？]{2,20}){4,}")


def keyword_lines(view: View) -> Iterator[Verdict]:
    """A line of search keywords joined by - or _ above the first paragraph."""
    first = view.first_prose()
    for index, text in enumerate(view.texts[:first]):
        if view.open(index) and _JOINED.fullmatch(text[:2000]):
            yield Verdict(index, Label.KEYWORDS, "search keywords joined by hyphens above the page")
