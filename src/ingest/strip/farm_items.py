"""A text cut into the items of a list, whatever joins them; marks and numbers before them left out."""

import re
from collections import Counter
from typing import NamedTuple

# What joins the items, surest first: no sentence of an article is joined by bars. Commas and white space may be.
_BARS = "|｜丨;；_-–—·•●▪◆■★】~～→»›>+/\t、,， \u3000"
_BAR = re.compile("[" + re.escape(_BARS) + "]")
_SENTENCES = frozenset("、,，")
_CLAUSE = re.compile("[，,。；;]")
_LONGEST = 30  # characters of an item of a list joined as sentences are
_LOOSE = frozenset("、,，;； \u3000\t/·\n")
# Amid a text; behind a list one sentence's end may stand, and a telephone number behind a colon. What begins with one
# class of characters is found in a third of the time.
_STOP = re.compile(r"[。！？“”《》：:](?!(?<=[：:])\s?[(（\d])(?!\s*$)")
PHONE = re.compile(  # begins with one class of characters, as above
    r"[014](?<!\d[014])(?:(?<=4)00[-\s]?\d{3,4}[-\s]?\d{3,4}|(?<=1)[3-9]\d{9}|(?<=0)\d{2,3}[-\s]?\d{7,8})(?!\d)"
)
_END = re.compile(r"(?:等(?:地|等)?)?[。；;，,、…\s]*$")
_ENDINGS = frozenset("等地。；;，,、…")  # what it ends in, where it is more than white space
_MARK = re.compile(
    r"^\s*(?:[(（\[【]?\d{1,3}[)）\]】.．、:：]|[(（]?[一二三四五六七八九十]{1,3}[)）、.]|[①-⑳]|[•·●○▪◦‣*◆◇■□★☆►▶>»√✓\-–—|｜_#【\u2600-\u27bf\U0001f200-\U0001faff\ufe0f]+)\s*"
)
FEWEST = 8  # items; the farm of a real page had 41
FEWEST_BARS = FEWEST - 1
LONGEST_LINE = 20_000


class Items(NamedTuple):
    """A list: its items, and what joins them. ``loose``: sentences are joined so, too. ``dangling``: a bar too many."""

    items: list[str]
    bar: str
    loose: bool
    dangling: bool


def cut(text: str) -> Items | None:
    """Return the items of a line or a paragraph; None for one that is no list of eight items."""
    text = text[:LONGEST_LINE].strip()
    if len(text) < FEWEST * 2 or _STOP.search(text) or bars(text) < FEWEST_BARS:
        return None
    text = PHONE.sub(_closed_up, text)
    counts = Counter(_BAR.findall(text))
    bar = next((b for b in _BARS if counts[b] >= FEWEST_BARS), "")
    if not bar:
        return None
    parts = [strip(part) for part in text.split(bar)]
    if bar in _SENTENCES and not _is_pure(parts):
        return None
    return Items([p for p in parts if p], bar, bar in _LOOSE, bar not in _LOOSE and not (parts[0] and parts[-1]))


def _is_pure(parts: list[str]) -> bool:
    """Whether nothing but items stands between commas: no clause opens the list, none closes it."""
    if any(_CLAUSE.search(part) or len(part) > _LONGEST for part in parts):
        return False
    typical = sorted(map(len, parts))[len(parts) // 2]
    return max(len(parts[0]), len(parts[-1])) <= max(2 * typical, typical + 6)


def _closed_up(phone: re.Match[str]) -> str:
    """A telephone number without the hyphens and gaps that might be taken for those between items."""
    return phone[0].replace("-", "").replace(" ", "")


def strip(item: str) -> str:
    """Return an item without the mark or number before it and the stops behind it."""
    item = item.strip()
    if marked := _MARK.match(item):
        item = item[marked.end() :]
    return _END.sub("", item).strip() if item[-1:] in _ENDINGS else item


def mark(item: str) -> str:
    """Return the mark or number before an item, less white space; empty for none."""
    found = _MARK.match(item)
    return found[0].strip() if found else ""


def bars(text: str) -> int:
    """How many of the marks and gaps that may join items a text has."""
    return len(_BAR.findall(text))


def is_glued(text: str, bars: int) -> bool:
    """Whether a line has next to nothing between its items, if it has any; a telephone number may part them."""
    return len(text) <= LONGEST_LINE and (bars < FEWEST // 2 or PHONE.search(text) is not None)


def is_text(text: str) -> bool:
    """Whether a line has a sentence's marks inside."""
    return _STOP.search(text) is not None
