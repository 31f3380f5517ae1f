"""Lists that have nothing to do with the text in which they stand: farms of any trade, known by no word of theirs.

What tells: eight short items without a sentence, which nothing above announces, whose words the text never says, and
which are not of one kind, as the counties, firms or people of an article's own list are.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ingest.model import Label
from ingest.strip import farm_items, farm_runs
from ingest.strip.byline_names import is_name
from ingest.strip.farm_apart import are_sites, is_apart
from ingest.strip.farm_places import is_place
from ingest.strip.farm_told import LOOKED_AT, Listed, heads_list, is_kin, is_offered, is_told, is_woven, said
from ingest.strip.furniture import is_phrases
from ingest.strip.label_view import Verdict, View

_TYPICAL = 4  # characters of the middle item; those of a menu have two
# Farms of ten trades put beside 36 articles had .20 of their items known at the most, in a text of 4,000 characters.
_KNOWN = 0.25
_KNOWN_WOVEN = 0.5  # of items that a program wove; a farm for tax advice may stand in an article on taxes
_SEARCHED = range(_TYPICAL, 15)  # characters of what is searched for; the middle headline of related articles has 20
_LINKED = 0.5
_ITS_OWN = 0.34  # of a line's words that the text says: a title
_HEADS = 0.2  # the same of what heads a list: 展览的重点文物 of the text's 文物
_ONE_ENDING = 0.5  # of a farm's items 10 to 20 % end alike, of a list of firms nearly all
_HONEST = 0.6  # of the items that are places, or names of people
_DATA = 0.3  # of the items that hold figures: a table's cells, a programme's hours
_CLAUSES = 0.4  # of the items between commas that hold a word of grammar: those are clauses
_SENTENCE = 12  # clauses; no sentence has so many
_GRAMMAR = re.compile("[的了在将把被与和及对为是从也都就并而以]")
_FIGURE = re.compile(r"\d")
_COMMAS = frozenset("，,")
_BODY = Label.BODY
# In a menu 返回首页 is an item, and tells that the list is the site's own.
_BUTTON = re.compile("返回(?!首页)|关闭|打印|上一|下一")


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
        trimmed = _trimmed(view, each, own, text) if len(each.blocks) > 1 and not each.beside else each
        if reason := _foreign(view, trimmed, text):
            yield from (Verdict(i, Label.LINK_FARM, reason) for i in trimmed.blocks)


def _joined(view: View) -> Iterator[Listed]:
    """Lists that stand on one line."""
    for index, bars in farm_runs.unbroken(view).items():
        text = view.texts[index]
        if bars < farm_items.FEWEST_BARS or index in view.labels or text[-1] in "。；;：:" or farm_items.is_text(text):
            continue
        inside = view.inside(index)
        found = farm_items.cut(text) if inside or _is_linked(view, [index]) else None
        if found and (inside or _is_beside(view, [index], found.items)):
            yield Listed([index], found.items, found.bar, beside=not inside)


def _stacked(view: View, taken: set[int]) -> Iterator[Listed]:
    """Lists of one item to the line, or of a few."""
    text, touching = frozenset(view.left_inside()), _touching(view)
    for run in farm_runs.runs(view, taken):
        inside = [] if text.isdisjoint(run) else [i for i in run if i in text]
        cells = _cells(view, inside) if inside else []
        if len(cells) >= farm_items.FEWEST:
            yield Listed(inside, cells, "\n")
        if touching.isdisjoint(run):
            continue
        for part in _printed_together(view, [i for i in run if not view.inside(i)] if inside else run):
            cells = _cells(view, part) if _is_linked(view, part) else []
            if len(cells) >= farm_items.FEWEST and _is_beside(view, part, cells):
                yield Listed(part, cells, "\n", beside=True)


def _printed_together(view: View, run: list[int]) -> Iterator[list[int]]:
    """Lines cut where one does not follow the other or is printed in another place."""
    part: list[int] = []
    path = ""
    for index in run:
        if part and (index != part[-1] + 1 or view.blocks[index].path != path):
            yield part
            part = []
        part.append(index)
        path = view.blocks[index].path
    if part:
        yield part


def _cells(view: View, blocks: list[int]) -> list[str]:
    """The items of some lines."""
    return [cell for i in blocks for cell in farm_runs.cells(view.texts[i]) if cell]


def _touching(view: View) -> set[int]:
    """The lines next to the article's paragraphs, and the page's first and last: lists of links begin or end in one."""
    own = [i for i in view.paragraphs if view.blocks[i].label is _BODY]
    return {0, len(view.blocks) - 1, *(i - 1 for i in own), *(i + 1 for i in own)}


def _is_linked(view: View, run: list[int]) -> bool:
    """Whether links touch a paragraph of the article, or an end of the page; or bullets stand apart from the site."""
    touch = run[0] == 0 or run[-1] == len(view.blocks) - 1 or _touches(view, run)
    return touch and (
        all(view.blocks[i].links > _LINKED for i in run)
        or (all(view.blocks[i].bullet for i in run) and is_apart(view, run))
    )


def _touches(view: View, run: list[int]) -> bool:
    """Whether a list stands right above or below a paragraph: no box of the site with a head does."""
    above, below = run[0] - 1, min(run[-1] + 1, len(view.blocks) - 1)
    return (view.prose[above] and view.blocks[above].label is _BODY) or (
        view.prose[below] and view.blocks[below].label is _BODY
    )


def _is_beside(view: View, run: list[int], items: list[str]) -> bool:
    """Whether links that are none of the article's may be a farm: not its headlines, and at the ends no friends'."""
    typical = sorted(map(len, items))[len(items) // 2]
    if typical not in _SEARCHED:
        return False
    if _touches(view, run) or is_offered(items[:LOOKED_AT]):
        return True
    return is_apart(view, run) and not are_sites(items)


def _foreign(view: View, found: Listed, text: str) -> str:
    """Return why a list is foreign to the text, or an empty string."""
    items = found.items[:LOOKED_AT]
    if len(items) < farm_items.FEWEST or not found.blocks or _is_honest(items, found.joint):
        return ""
    known = sum(said(item, text) > 0 for item in items) / len(items)
    if found.joint in _COMMAS and _is_sentence(items, known):
        return ""
    if known > (_KNOWN_WOVEN if is_woven(items) else _KNOWN) or is_told(view, found):
        return ""
    return f"{len(found.items)} items that the text knows nothing of, joined by {found.joint!r}"


def _is_honest(items: list[str], joint: str) -> bool:
    """Whether items are such as an article lists: of one kind, people, places, data."""
    count = len(items)
    if sorted(map(len, items))[count // 2] < _TYPICAL and joint == "\n":
        return True
    if max(Counter(i[-1] for i in items).values()) > _ONE_ENDING * count:
        return True
    if sum(map(is_place, items)) > _HONEST * count or sum(map(is_name, items)) > _HONEST * count:
        return True
    return sum(_FIGURE.search(i) is not None for i in items) > _DATA * count or any(map(is_phrases, items))


def _is_sentence(items: list[str], known: float) -> bool:
    """Whether what stands between commas are the clauses of a sentence that speaks of the text's things, or verses."""
    if len(items) >= _SENTENCE or sum(_GRAMMAR.search(i) is not None for i in items) <= _CLAUSES * len(items):
        return False
    return known > 0 or len(set(map(len, items))) == 1


def _trimmed(view: View, found: Listed, own: list[int], text: str) -> Listed:
    """A stack less what is the article's at its ends: headings, and over the text its title."""
    blocks = _printed_alike(view, _without_buttons(view, found.blocks))
    paths = {view.blocks[i].path for i in blocks}
    apart = view.markup and len(paths) == 1 and view.blocks[own[0]].path not in paths  # headings are printed as it is
    made = Counter(farm_runs.make(view.texts[i]) for i in blocks).most_common(1)[0][0]
    while blocks and farm_runs.make(view.texts[blocks[0]]) != made:
        blocks = blocks[1:]
    while blocks and farm_runs.make(last := view.texts[blocks[-1]]) != made:
        if made == farm_runs.SEVERAL and said(last, text) < _HEADS:
            break  # the rest of the items
        blocks = blocks[:-1]
    if not made and not apart:
        trim = _without_title if blocks[0] < own[0] else _without_headings
        blocks = trim(view, blocks, text)
    return Listed(blocks, _cells(view, blocks), found.joint)


def _without_buttons(view: View, blocks: list[int]) -> list[int]:
    """The items without a button above them: 返回列表 stands above a farm at the page's end."""
    return blocks[1:] if _BUTTON.match(view.texts[blocks[0]]) and is_phrases(view.texts[blocks[0]]) else blocks


def _printed_alike(view: View, blocks: list[int]) -> list[int]:
    """The items without a heading at their ends, which an HTML page prints otherwise."""
    paths = Counter(view.blocks[i].path for i in blocks)
    path, times = paths.most_common(1)[0]
    if view.markup and times >= farm_items.FEWEST:
        kept = [n for n, i in enumerate(blocks) if view.blocks[i].path == path]
        return blocks[kept[0] : kept[-1] + 1]
    return blocks


def _without_headings(view: View, blocks: list[int], text: str) -> list[int]:
    """Lines amid the text without a heading before them or behind them."""
    texts = [view.texts[i] for i in blocks]
    woven = is_woven(texts)
    if heads_list(view, blocks[0]) or _is_heading(texts[0], texts[1:], text, woven=woven):
        blocks = blocks[1:]
    if blocks and _is_heading(texts[-1], texts[:-1], text, woven=woven):
        blocks = blocks[:-1]
    return blocks


def _is_heading(line: str, others: list[str], text: str, *, woven: bool) -> bool:
    """Whether a line at a list's end is the text's: in its words, or unlike all other items where those are woven."""
    if woven and not any(o[:2] == line[:2] or o[-2:] == line[-2:] for o in others):
        return True
    return said(line, text) >= _HEADS and not is_kin(line, others)


def _without_title(view: View, blocks: list[int], text: str) -> list[int]:
    """Lines above the text without those which may be its title: the ones in its words, or those at the ends."""
    first, last = blocks[0], blocks[-1]
    if _is_byline(view, first - 1) and any(view.open(i) for i in range(first - 1)):
        return blocks
    cuts = [n for n, i in enumerate(blocks) if said(view.texts[i], text) >= _ITS_OWN]
    if not cuts and _is_byline(view, last + 2) and view.open(last + 1) and not view.prose[last + 1]:
        return blocks  # the title stands between them and its byline
    if not cuts:
        return blocks[:-1] if _is_byline(view, last + 1) else blocks[1:-1]
    edges = [-1, *cuts, len(blocks)]
    parts = [blocks[a + 1 : b] for a, b in pairwise(edges)]
    return max(parts, key=len)


def _is_byline(view: View, index: int) -> bool:
    verdict = view.labels.get(index)
    return verdict is not None and verdict.label is Label.BYLINE
