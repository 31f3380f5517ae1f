"""Link farms and injected keywords: what a hijacked site carries for search engines and no reader."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from ingest.model import Label
from ingest.strip import farm_items, farm_kinds, farm_runs, farm_words
from ingest.strip.farm_told import is_kin
from ingest.strip.label_view import Verdict, View
from ingest.strip.label_words import words

_LINKED = 0.5  # of a block's text in links; most of it
_ITEMS = ("li", "td", "tr", "dd")  # elements that hold an item
_STOP = re.compile(r"[。！？：:、“”《》%（(]|\d")
_LONGEST_LINE = farm_items.LONGEST_LINE
_WORD = r"[^\s，。：；！？、|_\-–—]{2,20}"
_JOINED = re.compile(rf"{_WORD}(?:[-_|–—]{_WORD}){{2,60}}[-_|–—]?(?:[|\s]\S{{4,40}})?")
_JOINT = re.compile(r"[-_|–—]+")
_JOINTS = 4  # a page's title has its site and sections joined to it, seldom four of them
_SPAM_JOINED = 2  # words of spam that tell a shorter line: 某某精品_某某视频_某某免费
_SPAM = 5


def link_farms(view: View) -> Iterator[Verdict]:
    """Lists for no reader but the search engine: places, gambling, services of every town."""
    found: set[int] = set()
    for index, bars in farm_runs.unbroken(view).items():
        if reason := _unbroken_reason(view.texts[index], bars, partial(farm_runs.is_announced, view, index)):
            found.add(index)
            yield Verdict(index, Label.LINK_FARM, reason)
    yield from _stacked(view, found)


def farm_reason(text: str, *, announced: Callable[[], bool] = lambda: False) -> str:
    """Return why a line is a link farm, or an empty string.

    Eight items or more, short, no sentence: most of them places, and what no honest list has (provinces beside
    counties, a name twice, a bar at the end); or in the words of a trade that hijacked sites advertise.
    """
    line = text[: farm_items.LONGEST_LINE]
    if len(line) < farm_runs.SHORTEST or farm_items.is_text(line):
        return ""
    return _unbroken_reason(text, farm_items.bars(line), announced)


def _unbroken_reason(text: str, bars: int, announced: Callable[[], bool]) -> str:
    joined, glued = bars >= farm_items.FEWEST_BARS, farm_items.is_glued(text, bars)
    if not (joined or glued) or not farm_words.may_be([text[: farm_items.LONGEST_LINE]]):
        return ""
    found = farm_items.cut(text) if joined else None
    if found and (reason := farm_kinds.reason(found, announced=announced())):
        return reason
    return farm_kinds.glued_reason(text) if glued and not announced() else ""


def _stacked(view: View, found: set[int]) -> Iterator[Verdict]:
    """A farm of one item to the line, or to the element, or of a few."""
    for run in farm_runs.runs(view, found):
        yield from _of_run(view, run)


def _of_run(view: View, run: list[int]) -> Iterator[Verdict]:
    """The farm in a run of short lines, from the first of the kind that most are of to the last."""
    lines = [view.texts[i] for i in run]
    if sum(map(len, lines)) < farm_runs.SHORTEST or not farm_words.may_be(lines):
        return
    items = {i: farm_runs.cells(view.texts[i]) for i in run}
    if sum(map(len, items.values())) < farm_items.FEWEST:
        return
    kind = farm_words.main_kind(chain.from_iterable(items.values()))
    may = [i for i in run if any(kind in farm_words.kinds(x) for x in items[i])]
    if sum(len(items[i]) for i in may) < farm_items.FEWEST:
        return
    part = [i for i in run if may[0] <= i <= may[-1]]
    listed = farm_items.Items([x for i in part for x in items[i] if x], "\n", loose=True, dangling=False)
    reason = farm_kinds.reason(listed, announced=farm_runs.is_announced(view, part[0]))
    if reason:
        yield from (Verdict(i, Label.LINK_FARM, reason) for i in _widened(view, run, part))


def _widened(view: View, run: list[int], part: list[int]) -> list[int]:
    """A farm with the items at its ends that no list of words knows: printed as the others are, and beside them."""
    first, last = run.index(part[0]), run.index(part[-1])
    texts = [view.texts[i] for i in part]
    while first and (_are_printed_alike(view, n := run[first - 1], part[0]) or is_kin(view.texts[n], texts)):
        first -= 1
    while last + 1 < len(run) and (
        _are_printed_alike(view, n := run[last + 1], part[-1]) or is_kin(view.texts[n], texts)
    ):
        last += 1
    return run[first : last + 1]


def _are_printed_alike(view: View, one: int, other: int) -> bool:
    """Whether two blocks are items of the same list: links in one container, cells, lines with a mark or a date."""
    if not view.markup:
        made = farm_runs.make(view.texts[one])
        return made != "" and made == farm_runs.make(view.texts[other])
    first, second = view.blocks[one], view.blocks[other]
    linked = first.links > _LINKED and second.links > _LINKED
    alike = first.path == second.path and (linked or first.path.endswith(_ITEMS))
    return alike and (first.element == second.element or view.parent(one) == view.parent(other))


def keyword_lines(view: View) -> Iterator[Verdict]:
    """Lines of search keywords above the first paragraph or below the last: joined by - or _, or full of spam words."""
    first, last = view.first_prose(), view.last_prose()
    for index, text in enumerate(view.texts):
        outside = index < first or index > last
        if not outside or not view.open(index) or len(text) > _LONGEST_LINE:
            continue
        if (reason := _keywords(text)) and not farm_runs.is_announced(view, index):
            yield Verdict(index, Label.KEYWORDS, reason)


def _keywords(text: str) -> str:
    spam = sum(word in text for word in words("strip_text_spam_words"))
    route = "—" in text or "–" in text  # 北京—天津—济南—南京—上海
    if _JOINED.fullmatch(text) and (spam >= _SPAM_JOINED or (not route and len(_JOINT.findall(text)) >= _JOINTS)):
        return "search keywords joined by hyphens or underscores, outside the text"
    if spam >= _SPAM and not _STOP.search(text.replace(":", "")):
        return f"{spam} words of search spam, outside the text"
    return ""
