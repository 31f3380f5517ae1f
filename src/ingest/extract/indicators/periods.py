"""Which time dates a figure: the nearest before it in its sentence, else one that still holds from before."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date

from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators import words
from ingest.extract.indicators.times import Period, Time
from ingest.extract.indicators.words import Span

_LINKS = re.compile(r"[的为是 \u3000]?$")
_FROM = re.compile(r"的?(?:不足|不到|约|近|超|最初的)?[\d一二两三四五六七八九十百千]")
_GOES_ON = re.compile(r"[“”\s]*(?:其中|同期|此外|另外|累计|共计?|还|并|同时|一是|二是|三是)")
_NEW_VIEW = re.compile(
    r"(?:从|按|分)[^，。]{1,10}(?:看|来看|来说|分)，?|其中|同期|[^，。]{2,8}方面，|此外|分[^，。]{1,8}看|(?:年报|财报|数据|统计|报告)显示"
)
#: A stretch of days shorter than this is an event's date, which dates its own sentence only.
_EVENT = 7
#: Only so long a stretch dates the statistics of the next paragraph too.
_SEASON = 28


class Periods:
    """The time in force while an article is read."""

    def __init__(self) -> None:
        self.held: Time | None = None
        self.sentence: Span | None = None
        self.before: Time | None = None
        self.past: Time | None = None  # what dated the last paragraph
        self.longest: Time | None = None  # the longest stretch that dated figures of this paragraph
        self.carried = False  # whether it comes from an earlier sentence that this one does not plainly continue

    def new_paragraph(self, text: str) -> None:
        """What dated the last paragraph goes on only if this one turns to another view of the same figures."""
        keeps = self.held is not None and (self.held.kind == "reference" and text.startswith("“"))
        self.past, self.longest = self.longest, None
        if self.held is not None and self.held.kind == "range" and self.past is not None:
            self.held = self.past
        keeps = keeps or (self.held is not None and self.held.kind == "range" and bool(_NEW_VIEW.match(text)))
        if not keeps:
            self.before, self.held = self.held, None
        self.sentence = None

    def date(self, text: str, times: list[Time], figure: Figure) -> Time | None:
        """The time that dates a figure; remembers it for the figures that follow."""
        q, sentence = figure.quantity, figure.sentence
        if self.sentence is not None and sentence != self.sentence:
            self._next_sentence(text[sentence[0] : sentence[0] + 8])
        self.sentence = sentence
        chosen = None
        for time in times:
            if time.start < sentence[0] or time.end > q.start:
                continue
            if time.kind == "same" and _LINKS.fullmatch(text[time.end : q.start]):
                return replace(time, kind="range", period=_year_before(self.held, time))
            if time.kind == "base" and "上年" in time.text and self.held is not None:
                time = replace(time, period=_last_year(self.held) or time.period)  # noqa: PLW2901
            if time.kind in ("base", "same"):
                if time.period and _LINKS.fullmatch(text[time.end : q.start]):
                    return replace(time, kind="range")
                continue
            if _is_event(text, time, figure):
                continue
            if time.kind not in ("clock", "loose") and not (time.kind == "reference" and time.before is None):
                chosen = time
        if chosen is None or (chosen.kind == "vague" and chosen.period is None):
            chosen = self._inside(times, figure) or chosen
        if chosen is None and "报告期" in text[sentence[0] : q.start]:
            chosen = next((t for t in reversed(times) if t.end <= q.start and t.kind == "range" and t.period), None)
        if chosen is None and self.held is None and self.past is not None and _is_series(text, figure):
            chosen = self.past if _length(self.past.period) >= _SEASON else None
        if chosen is None and self.held is not None and self.carried and _is_deed(figure):
            return None
        if chosen is not None:
            self.carried = False
            self.held = replace(chosen, period=chosen.before) if chosen.kind == "reference" else chosen
            if chosen.kind == "range" and _length(chosen.period) >= max(
                _length(self.longest.period) if self.longest else 0, _EVENT
            ):
                self.longest = chosen
        return self.held

    def _inside(self, times: list[Time], figure: Figure) -> Time | None:
        """A time within the evidence, behind the number: 265项成果获2022年度奖."""
        at, end = figure.quantity.end, figure.phrase.end
        if self.held is not None and self.held.period is not None:
            return None
        return next((t for t in times if at <= t.start and t.end <= end and t.kind == "range" and t.period), None)

    def _next_sentence(self, head: str) -> None:
        """What holds beyond the sentence: a stretch of days and an aim; 目前 and 以来 only where the text goes on."""
        held = self.held
        if held is None or held.kind in ("goal", "reference"):
            return
        goes_on = bool(_GOES_ON.match(head))
        if held.kind == "range" and (goes_on or _length(held.period) >= _EVENT):
            self.carried = not goes_on
            return
        if held.kind in ("now", "until", "since") and goes_on:
            return
        self.held = None


def _last_year(held: Time) -> Period | None:
    """The days of 上年 beside a figure of an earlier year: 2018年…, 增速比上年的26.1%回落."""
    if held.period is None:
        return None
    year = held.period[1].year - 1
    return date(year, 1, 1), date(year, 12, 31)


def _year_before(held: Time | None, same: Time) -> Period | None:
    """The days of 去年同期: those in force, a year earlier; the whole year where none are."""
    if held is None or held.period is None or held.period[0] is None or same.period is None or same.period[0] is None:
        return same.period
    low, high = held.period[0], held.period[1]
    year = same.period[0].year
    return low.replace(year=year - (high.year - low.year), day=min(low.day, 28)), high.replace(
        year=year, day=min(high.day, monthrange(year, high.month)[1])
    )


def _is_event(text: str, time: Time, figure: Figure) -> bool:
    """A date inside an earlier clause that dates what happened there and no more: 项目去年12月投产，占地320亩."""
    if time.kind != "range" or time.end > figure.clause[0]:
        return False
    head = max(text.rfind(mark, 0, time.start) for mark in "，。；：！？\n")
    return bool(_HAPPENED.match(text, time.end)) and len(text[head + 1 : time.start].strip()) > 1


_HAPPENED = re.compile(
    r"[^，。；]{0,4}?(?:投产|开工|竣工|成立|上市|挂牌|启用|启动|投用|开业|建成|获批|落户|签约|出台|发布|实施|通车|运营|入驻)[^，。；]{0,6}[，；]"
)


def _is_series(text: str, figure: Figure) -> bool:
    """A statistical figure that compares itself with a year before: it goes on with the days of the last paragraph."""
    return figure.quantity.kind != "big" and bool(_COMPARES.search(text, *figure.sentence))


_COMPARES = re.compile("同比|去年同期|上年同期")


def _is_deed(figure: Figure) -> bool:
    """A count of things done: dated by its own sentence, not by the one before as a statistical series is."""
    return figure.quantity.kind == "count" and words.kind(figure.phrase.verb) in ("stock", "flow", "join")


def _length(period: Period | None) -> int:
    """Days of a period; 0 for an open one or none."""
    return (period[1] - period[0]).days + 1 if period and period[0] else 0


def as_bases(text: str, times: list[Time]) -> list[Time]:
    """The times of a paragraph, those that only date the number they stand at (从2018年的14.2%提高到…) marked as base."""
    found = []
    for time in times:
        head = text[max(0, time.start - 1) : time.start + 1]
        reference = text.startswith(("基础上", "的基础上"), time.end)
        start = (
            reference
            or any(c in head for c in "从由")
            and time.kind in ("range", "goal")
            and _FROM.match(text, time.end)
        )
        found.append(replace(time, kind="base") if start else time)
    return found


def period(figure: Figure) -> Period | None:
    """The period of a figure; a target's is open at its start."""
    time = figure.time
    if time is None or time.period is None:
        return None
    if time.kind == "goal" and figure.aspect == "level":
        return None
    if figure.aspect == "target":
        return (None, time.period[1]) if time.kind in ("range", "goal") else None
    return time.period
