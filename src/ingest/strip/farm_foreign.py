"""Lists that have nothing to do with the text in which they stand: farms of any trade, known by no word of theirs.

What tells: eight short items without a sentence, which nothing above announces, whose words the text never says, and
which are not of one kind, as the counties, firms or people of an article's own list are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from ingest.model import Label
from ingest.strip import farm_items, farm_kinds, farm_runs
from ingest.strip.byline_names import is_name
from ingest.strip.farm_places import is_place
from ingest.strip.furniture import is_phrases
from ingest.strip.label_cohesion import grams
from ingest.strip.label_view import Verdict, View
from ingest.strip.label_words import words

_TYPICAL = 4  # characters of the middle item; those of a menu have two
_LOOKED_AT = 60  # items; more would tell nothing else
# Farms of ten trades put beside 36 articles had .20 of their items known at the most, in a text of 4,000 characters.
_KNOWN = 0.25
_ITS_OWN = 0.34  # of a line's words that the text says: a title
_HEADS = 0.2  # the same of what heads a list: 展览的重点文物 of the text's 文物
_ONE_ENDING = 0.5  # of a farm's items 10 to 20 % end alike, of a list of firms nearly all
_HONEST = 0.6  # of the items that are places, or names of people
_DATA = 0.3  # of the items that hold figures: a table's cells, a programme's hours
_CLAUSES = 0.4  # of the items between commas that hold a word of grammar: those are clauses
_GRAMMAR = re.compile("[的了在将把被与和及对为是从也都就并而以]")
_FIGURE = re.compile(r"\d")
_COMMAS = frozenset("，,")
_HONEST_JOINTS = frozenset("\n、，, \u3000\t")
_WOVEN, _TRADED = 0.8, 0.4  # of the items; no heading or number above accounts for such a list
_NO_TRADE = frozenset(("place", "led", "institution", "brand", "hotel"))
_GAP = 6  # pieces of bylines in a list of dated lines
_NEAR = 3  # lines on either side of a list
_TELLS = re.compile(r"[：:]|如下|名单|名录|目录|一览|公示|以下|下面|下列|包括|分别|这些|入选|依次|[有为是]。?$")
_TELLING = 20  # characters at a paragraph's end that tell of the list below it
_COUNTED = "[大个家种项名人位处部件款类所座条道本册只支幅]"
_NUMERALS = "零一二三四五六七八九"


class _List(NamedTuple):
    """What may be a foreign list: its blocks, its items, what joins them."""

    blocks: list[int]
    items: list[str]
    joint: str


def foreign_lists(view: View) -> Iterator[Verdict]:
    """Lists amid, above or below a text that they have nothing to do with."""
    lists = [*_joined(view)]
    taken = {i for each in lists for i in each.blocks}
    lists += _stacked(view, taken)
    if not lists:
        return
    taken |= {i for each in lists for i in each.blocks}
    own = [i for i, p in enumerate(view.prose) if p and i not in taken and view.open(i) and view.inside(i)]
    if not own:
        return
    text = "\n".join(view.texts[i] for i in own)
    for each in lists:
        trimmed = _trimmed(view, each, own, text) if len(each.blocks) > 1 else each
        if reason := _foreign(view, trimmed, text):
            yield from (Verdict(i, Label.LINK_FARM, reason) for i in trimmed.blocks)


def _joined(view: View) -> Iterator[_List]:
    """Lists that stand on one line."""
    for index in view.left_inside():
        text = view.texts[index]
        if len(text) < 2 * farm_items.FEWEST or farm_items.is_text(text):
            continue
        if text[-1] not in "。；;：:" and (found := farm_items.cut(text)):
            yield _List([index], found.items, found.bar)


def _stacked(view: View, taken: set[int]) -> Iterator[_List]:
    """Lists of one item to the line, or of a few."""
    for run in _bridged(view, farm_runs.runs(view, taken)):
        inside = [i for i in run if view.inside(i)]
        cells = [cell for i in inside for cell in farm_runs.cells(view.texts[i]) if cell]
        if len(cells) >= farm_items.FEWEST:
            yield _List(inside, cells, "\n")


def _bridged(view: View, runs: Iterable[list[int]]) -> Iterator[list[int]]:
    """Runs of lines with dates in one, where a line between them was taken for a byline: 某某日报 2026-05-06."""
    whole: list[int] = []
    for run in runs:
        gap = range(whole[-1] + 1, run[0]) if whole else range(0)
        dated = whole and farm_runs.make(view.texts[whole[-1]]) == farm_runs.make(view.texts[run[0]]) == farm_runs.DATED
        if dated and len(gap) <= _GAP and all(_is_byline(view, i) for i in gap):
            whole += run
            continue
        if whole:
            yield whole
        whole = [*run]
    if whole:
        yield whole


def _foreign(view: View, found: _List, text: str) -> str:
    """Return why a list is foreign to the text, or an empty string."""
    items = found.items[:_LOOKED_AT]
    if len(items) < farm_items.FEWEST or not found.blocks or _is_honest(items, found.joint):
        return ""
    known = sum(_said(item, text) > 0 for item in items) / len(items)
    if known > _KNOWN or _is_told(view, found):
        return ""
    return f"{len(found.items)} items that the text knows nothing of, joined by {found.joint!r}"


def _is_honest(items: list[str], joint: str) -> bool:
    """Whether items are such as an article lists: of one kind, people, places, data; or the clauses of a sentence."""
    count = len(items)
    if sorted(map(len, items))[count // 2] < _TYPICAL and joint == "\n":
        return True
    if joint in _COMMAS and sum(_GRAMMAR.search(i) is not None for i in items) > _CLAUSES * count:
        return True
    if max(Counter(i[-1] for i in items).values()) > _ONE_ENDING * count:
        return True
    if sum(map(is_place, items)) > _HONEST * count or sum(map(is_name, items)) > _HONEST * count:
        return True
    return sum(_FIGURE.search(i) is not None for i in items) > _DATA * count or any(map(is_phrases, items))


def _said(line: str, text: str) -> float:
    """Return the share of a line's words that a text says."""
    common = words("strip_text_common_words")
    own = {g for g in grams(line) if (len(g) == 2 or g[0].isascii()) and g not in common}
    return sum(g in text for g in own) / len(own) if own else 0.0


def _is_told(view: View, found: _List) -> bool:
    """Whether what stands above tells of a list: its end does, it counts the items, or heads them."""
    above = next((i for i in range(found.blocks[0] - 1, -1, -1) if view.texts[i]), -1)
    if above < 0 or not view.open(above):
        return False
    line = view.texts[above]
    if _TELLS.search(line[-_TELLING:]):
        return True
    if found.joint not in _HONEST_JOINTS or _is_offered(found.items[:_LOOKED_AT]):
        return False
    if re.search(_counts(len(found.items)), line[line.rfind("。", 0, -1) + 1 :]):
        return True
    return not view.prose[above] and _heads_list(view, above)


def _is_offered(items: list[str]) -> bool:
    """Whether items are woven (every beginning with every ending), or many of a trade that farms advertise."""
    heads, tails = Counter(i[:2] for i in items), Counter(i[-2:] for i in items)
    woven = sum(heads[i[:2]] > 1 and tails[i[-2:]] > 1 for i in items)
    traded = sum(not farm_kinds.kinds(i) <= _NO_TRADE for i in items)
    return woven >= _WOVEN * len(items) or traded >= _TRADED * len(items)


def _heads_list(view: View, head: int) -> bool:
    """Whether a short line heads the list below it: its last word names the things, and the text above has it, too."""
    line = view.texts[head]
    start = max(0, head - _NEAR)
    above = "\n".join(t for t, p in zip(view.texts[start:head], view.prose[start:], strict=False) if p)
    return line[-2:] in above


def _counts(number: int) -> str:
    """Return a pattern of a number of things: 十二家, 12项."""
    tens, ones = divmod(number, 10)
    spoken = ("" if tens < 2 else _NUMERALS[tens]) + ("十" if tens else "") + (_NUMERALS[ones] if ones else "")
    return rf"(?<![\d十{_NUMERALS}])(?:{number}|{spoken})多?余?{_COUNTED}(?!小时|月|工作日)"


def _trimmed(view: View, found: _List, own: list[int], text: str) -> _List:
    """A stack less what is the article's at its ends: headings, and over the text its title."""
    blocks = found.blocks
    made = Counter(farm_runs.make(view.texts[i]) for i in blocks).most_common(1)[0][0]
    while blocks and farm_runs.make(view.texts[blocks[0]]) != made:
        blocks = blocks[1:]
    while blocks and farm_runs.make(last := view.texts[blocks[-1]]) != made:
        if made == farm_runs.SEVERAL and _said(last, text) < _HEADS:
            break  # the rest of the items
        blocks = blocks[:-1]
    if not made and blocks[0] < own[0]:
        blocks = _without_title(view, blocks, text)
    elif not made:
        blocks = _without_headings(view, blocks, text)
    return _List(blocks, [c for i in blocks for c in farm_runs.cells(view.texts[i]) if c], found.joint)


def _without_headings(view: View, blocks: list[int], text: str) -> list[int]:
    """Lines amid the text without a heading before them or behind them."""
    if _said(view.texts[blocks[0]], text) >= _HEADS or _heads_list(view, blocks[0]):
        blocks = blocks[1:]
    if blocks and _said(view.texts[blocks[-1]], text) >= _HEADS:
        blocks = blocks[:-1]
    return blocks


def _without_title(view: View, blocks: list[int], text: str) -> list[int]:
    """Lines above the text without those which may be its title: the ones in its words, or those at the ends."""
    first, last = blocks[0], blocks[-1]
    if _is_byline(view, first - 1) and any(view.open(i) for i in range(first - 1)):
        return blocks
    cuts = [n for n, i in enumerate(blocks) if _said(view.texts[i], text) >= _ITS_OWN]
    if not cuts:
        return blocks[:-1] if _is_byline(view, last + 1) else blocks[1:-1]
    edges = [-1, *cuts, len(blocks)]
    parts = [blocks[a + 1 : b] for a, b in pairwise(edges)]
    return max(parts, key=len)


def _is_byline(view: View, index: int) -> bool:
    verdict = view.labels.get(index)
    return verdict is not None and verdict.label is Label.BYLINE
