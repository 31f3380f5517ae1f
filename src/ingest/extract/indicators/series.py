"""Several figures told in one breath: 出口和进口分别为…, 由10%调整为30%, three years one after the other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.extract.indicators import days, lexicon, spans
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.names import Mention
from ingest.extract.indicators.times import Time

_RESPECTIVELY = re.compile(r"分别|依次")
_JOIN = re.compile(r"[、，]?(?:和|及|与|以及|增长|下降|提高|减少|上升|回落|、|，)*")
_AND = re.compile(r"、|和(?!谐)|与|及(?!其)")
_COMMA = re.compile("、")
_LAST = re.compile("和(?!谐)|与|及(?!其)")
_LISTED = re.compile(
    r"(?:^|[，：；])(?:其中，?)?([^，。；：、]{1,12}(?:、[^，。；：、]{1,12})+?)(?:等)?[\d两三四五六七八九十]+[家个位大]"
)
_MOVE = (
    "(?:，?(?:逐步|逐年|大幅|已|又|再|迅速|快速|统一)?<rose>(?:到了?|至|为|成)|到|至|为|成|变成)"
    "(?:目前的?|现在的?|如今的?|今年的?|去年的?)?"
)
_FROM = re.compile(r"(?:从|由)[^，。；]{0,12}$")
#: 扩大至目前的 and the like; more than this between two numbers says something else too.
_BETWEEN = 12
#: 营业成本和营业支出 are built alike, and neither lends the other its head.
_PARALLEL = 4
#: The years that 分别 shares out stand so near before the run.
_YEARS_REACH = 200
#: The list that 分别 shares out to stands so near before the evidence.
_LIST_REACH = 30


def share_out(text: str, figures: list[Figure], times: list[Time], mentions: list[Mention]) -> None:
    """Give each figure of a run its own name (or subject, or year) out of the list before 分别."""
    places = {id(figure): place for place, figure in enumerate(figures)}
    for group in _runs(text, figures):
        first, last = group[0], group[-1]
        name, start, at = first.phrase.name, first.phrase.start, first.quantity.start
        told = _RESPECTIVELY.search(text, first.clause[0], at) is not None
        if at != last.quantity.start and not told:
            continue
        _same_evidence(group)
        if at == last.quantity.start:  # the parts of one proportion
            continue
        if names := _names(name, len(group)):
            for figure, own in zip(group, names, strict=True):
                figure.phrase.name = own
            continue
        place = places[id(first)]
        if told and (levels := _levels_before(figures[max(0, place - len(group)) : place], first, len(group))):
            for figure, level in zip(group, levels, strict=True):
                figure.phrase.name = level.phrase.name
            continue
        near = spans.starting(mentions, max(first.clause[0], start - _LIST_REACH), at)
        owners = _owners(text, near, len(group)) or _listed(text, first, len(group))
        for figure, owner in zip(group, owners, strict=False):
            figure.subject = owner
        lo = max(first.sentence[0], at - _YEARS_REACH)
        _years(group, [t for t in spans.starting(times, lo, at) if t.kind == "range"])


def _levels_before(before: list[Figure], first: Figure, count: int) -> list[Figure]:
    """接待游客…人次，实现收入…元，分别增长…和…: the figures that the rates are of, as many as there are rates."""
    if first.quantity.kind not in ("percent", "point"):
        return []
    levels = [f for f in before if f.sentence == first.sentence and f.quantity.kind not in ("percent", "point")]
    return levels if len(levels) == count == len({f.phrase.name for f in levels}) else []


def _runs(text: str, figures: list[Figure]) -> list[list[Figure]]:
    """Runs of figures joined by 、 or 和 in one clause, and the parts of one proportion."""
    found: list[list[Figure]] = []
    for figure in figures:
        last = found[-1][-1] if found else None
        if last is not None and _joined(text, last, figure):
            found[-1].append(figure)
        else:
            found.append([figure])
    return [group for group in found if len(group) > 1]


def _joined(text: str, last: Figure, figure: Figure) -> bool:
    if last.quantity.start == figure.quantity.start:
        return True
    between = text[last.quantity.end : figure.quantity.start]
    return figure.clause == last.clause and len(between) <= _BETWEEN and _JOIN.fullmatch(between) is not None


def _same_evidence(group: list[Figure]) -> None:
    """One evidence for a run; its aspect and sign are the first one's where no link of its own says otherwise."""
    first = group[0]
    start = min(figure.phrase.start for figure in group)
    end = max(figure.quantity.end for figure in group)
    for figure in group:
        figure.phrase = replace(figure.phrase, start=start, end=end, name=first.phrase.name)
        if not figure.phrase.link:
            figure.aspect, figure.sign = first.aspect, first.sign


def _names(name: str, count: int) -> list[str]:
    """销售毛利率和净利率: both; 设计业、制造业销售额: each with the head; 对美国、欧盟进出口: each with both ends.

    Empty if the list cannot be parted into ``count`` names.
    """
    name = _RESPECTIVELY.sub("", name)
    parts = ([item for item in split.split(name) if item] for split in (_AND, _COMMA, _LAST))
    items = next((p for p in parts if len(p) == count), [])
    if not items:
        return items
    lead = "对" if items[0].startswith("对") else ""
    head = _shared_head(items)
    bare = [item.removeprefix(lead) for item in items]
    bare[-1] = bare[-1].removesuffix(head)
    return [lead + (item if head and item.endswith(head) else item + head) for item in bare]


def _shared_head(items: list[str]) -> str:
    """The head that the last item of a list lends to the others; empty where each has its own."""
    first, last = items[0], items[-1]
    if first[:2] == last[:2] and len(first) >= _PARALLEL:
        return ""
    for ending in (first[-2:], first[-1:]):
        cut = last.find(ending, 1)
        if cut > 0 and all(item.endswith(first[-1]) for item in items[:-1]):
            return last[cut + len(ending) :]
    own = lexicon.pattern("<series-head>$")
    match = own.search(last)
    return match[0] if match and match.start() > 0 and not any(own.search(i) for i in items[:-1]) else ""


def _owners(text: str, near: Sequence[Mention], count: int) -> list[str]:
    """The names of a list right before the run, one for each figure; empty if there is no such list."""
    run = [m for m in near if m.name and m.kind != "company"][:count]
    joined = all(text[a.end : b.start] in ("、", "和", "与", "及") for a, b in pairwise(run))
    return [m.name for m in run if m.name] if len(run) == count and joined else []


def _listed(text: str, first: Figure, count: int) -> list[str]:
    """甲、乙、丙3家企业的份额分别为…: the names before the number of them."""
    match = _LISTED.search(text, max(0, first.sentence[0] - 1, first.quantity.start - 200), first.quantity.start)
    items = match[1].split("、") if match else []
    return items if len(items) == count else []


def _years(group: list[Figure], years: list[Time]) -> None:
    """2016年至2018年分别为…: one year for each figure."""
    if len(years) == len(group):
        for figure, time in zip(group, years, strict=True):
            figure.time = time
        return
    period = years[0].period if len(years) == 1 else None
    if period is None or period[0] is None or period[1].year - period[0].year + 1 != len(group):
        return
    for offset, figure in enumerate(group):
        figure.time = years[0]._replace(period=days.whole_year(period[0].year + offset))


def changes(text: str, figures: list[Figure]) -> None:
    """由10%调整为30%: the second end takes the first one's name, and both have one evidence."""
    for first, second in pairwise(figures):
        between = text[first.quantity.end : second.quantity.start]
        if len(between) > _BETWEEN or not lexicon.pattern(_MOVE).fullmatch(between):
            continue
        start = min(first.phrase.start, second.phrase.start)
        second.phrase = replace(second.phrase, name=first.phrase.name, start=start)
        second.subject = first.subject
        if first.time is second.time and _FROM.search(text, max(0, first.quantity.start - 14), first.quantity.start):
            first.time = None
