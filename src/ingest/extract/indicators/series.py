"""Several figures told in one breath: 出口和进口分别为…, 由10%调整为30%, three years one after the other."""

import re
from dataclasses import replace

from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.subjects import Mention
from ingest.extract.indicators.times import Time

_RESPECTIVELY = re.compile(r"分别|依次")
_JOIN = re.compile(r"[、，]?(?:和|及|与|以及|增长|下降|提高|减少|上升|回落|、|，)*")
_AND = re.compile(r"、|和(?!谐)|与|及(?!其)")
_COMMA = re.compile("、")
_LAST = re.compile("和(?!谐)|与|及(?!其)")
_HEAD = re.compile(
    r"(?:累计)?(?:进出口|出口|进口|销售)?(?:总额|总值|金额|额|量|收入|支出|投资|增速|增加值|产值|比重|占比|份额|市场份额占比|利润|率|价格|价|人数|数量|数|面积|成本|指数|贷款|存款|余额|产量|销量|进出口|出口|进口)$"
)


def groups(text: str, figures: list[Figure]) -> list[list[Figure]]:
    """Runs of figures joined by 、 or 和 in one clause after 分别."""
    found: list[list[Figure]] = []
    for figure in figures:
        last = found[-1][-1] if found and found[-1] else None
        if last is not None and last.quantity.start == figure.quantity.start:
            found[-1].append(figure)
        elif (
            last is not None
            and figure.clause == last.clause
            and _JOIN.fullmatch(text[last.quantity.end : figure.quantity.start])
        ):
            found[-1].append(figure)
        else:
            found.append([figure])
    whole = [g for g in found if len(g) > 1 and g[0].quantity.start == g[-1].quantity.start]
    return whole + [
        g
        for g in found
        if g not in whole and len(g) > 1 and _RESPECTIVELY.search(text, g[0].clause[0], g[0].quantity.start)
    ]


def share_out(text: str, figures: list[Figure], times: list[Time], mentions: list[Mention]) -> None:
    """Give each figure of a run its own name (or subject, or year) out of the list before 分别."""
    for group in groups(text, figures):
        first = group[0]
        if first.quantity.start == group[-1].quantity.start:
            _same_evidence(group)
            continue
        start = max(first.clause[0], first.phrase.start - 30)
        years = [
            t for t in times if first.sentence[0] <= t.start and t.end <= first.quantity.start and t.kind == "range"
        ]
        _same_evidence(group)
        names = _names(first.phrase.name, len(group))
        if names:
            for figure, name in zip(group, names, strict=True):
                figure.phrase.name = name
            continue
        owners = _owners(text, mentions, start, first.quantity.start, len(group)) or _listed(text, first, len(group))
        if owners:
            for figure, owner in zip(group, owners, strict=True):
                figure.subject = owner
        _years(group, years)


def _same_evidence(group: list[Figure]) -> None:
    start = min(f.phrase.start for f in group)
    end = max(f.quantity.end for f in group)
    name = group[0].phrase.name
    for figure in group:
        figure.phrase = replace(figure.phrase, start=start, end=end, name=name)
        if not figure.phrase.link:
            figure.aspect, figure.sign = group[0].aspect, group[0].sign


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
    match = _HEAD.search(last)
    return match[0] if match and match.start() > 0 and not any(_HEAD.search(i) for i in items[:-1]) else ""


#: 营业成本和营业支出 are built alike, and neither lends the other its head.
_PARALLEL = 4


def _owners(text: str, mentions: list[Mention], lo: int, hi: int, count: int) -> list[str] | None:
    """The names of a list right before the run, one for each figure."""
    listed = [m for m in mentions if lo <= m.start and m.end <= hi and m.name and m.kind != "company"]
    run = listed[:count]
    joined = all(re.fullmatch("[、和与及]", text[a.end : b.start]) for a, b in zip(run, run[1:], strict=False))
    return [m.name for m in run if m.name] if len(run) == count and count > 1 and joined else None


_LISTED = re.compile(
    r"(?:^|[，：；])(?:其中，?)?([^，。；：、]{1,12}(?:、[^，。；：、]{1,12})+?)(?:等)?[\d两三四五六七八九十]+[家个位大]"
)


def _listed(text: str, first: Figure, count: int) -> list[str] | None:
    """甲、乙、丙3家企业的份额分别为…: the names before the number of them."""
    match = _LISTED.search(text, max(0, first.sentence[0] - 1), first.quantity.start)
    items = match[1].split("、") if match else []
    return items if len(items) == count else None


def _years(group: list[Figure], years: list[Time]) -> None:
    """2016年至2018年分别为…: one year for each figure."""
    if len(years) == 1 and years[0].period and years[0].period[0]:
        first, last = years[0].period[0].year, years[0].period[1].year
        if last - first + 1 == len(group):
            for offset, figure in enumerate(group):
                low, high = years[0].period[0], years[0].period[1]
                figure.time = replace(
                    years[0], period=(low.replace(year=first + offset), high.replace(year=first + offset))
                )
    elif len(years) == len(group):
        for figure, time in zip(group, years, strict=True):
            figure.time = time


def changes(text: str, figures: list[Figure]) -> None:
    """由10%调整为30%: the second end takes the first one's name, and both have one evidence."""
    for first, second in zip(figures, figures[1:], strict=False):
        between = text[first.quantity.end : second.quantity.start]
        if len(between) > _BETWEEN or not between.strip("，、") or not _MOVE.fullmatch(between):
            continue
        second.phrase = replace(
            second.phrase, name=first.phrase.name, start=min(first.phrase.start, second.phrase.start)
        )
        second.subject = first.subject
        if first.time is second.time and _FROM.search(text[max(0, first.quantity.start - 14) : first.quantity.start]):
            first.time = None


#: 扩大至目前的 and the like; more than this between two numbers says something else too.
_BETWEEN = 12
_ROSE = (
    "提高|增加|提升|上升|增长|扩大|下降|降低|减少|上涨|回升|回落|升|降|增|减|涨|跌|缩短|压缩|拓展|扩展|调整|变成|发展|上调|下调|缩小|变|改"
    "|缩减|压减|跃升|攀升|恢复"
)
_MOVE = re.compile(
    rf"(?:，?(?:逐步|逐年|大幅|已|又|再|迅速|快速|统一)?(?:{_ROSE})(?:到了?|至|为|成)|到|至|为|成|变成)"
    r"(?:目前的?|现在的?|如今的?|今年的?|去年的?)?"
)
_FROM = re.compile(r"(?:从|由)[^，。；]{0,12}$")
