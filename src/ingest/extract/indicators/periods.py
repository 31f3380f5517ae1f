"""Which time dates a figure: the nearest before it in its sentence, else one that still holds from before."""

import re
from datetime import date

from ingest.extract.indicators import days, spans, words
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.spans import Span
from ingest.extract.indicators.times import Time

_LINKS = re.compile(r"[的为是 \u3000]?$")
_FROM = re.compile(r"的?(?:不足|不到|约|近|超|最初的)?[\d一二两三四五六七八九十百千]")
_GOES_ON = re.compile(r"[“”\s]*(?:其中|同期|此外|另外|累计|共计?|还|并|同时|一是|二是|三是)")
_NEW_VIEW = re.compile(
    r"(?:从|按|分)[^，。]{1,10}(?:看|来看|来说|分)，?|其中|同期|[^，。]{2,8}方面，|此外|分[^，。]{1,8}看"
    r"|(?:年报|财报|数据|统计|报告)显示"
)
_EVENTS = (
    "投产|开工|竣工|成立|上市|挂牌|启用|启动|投用|开业|建成|获批|落户|签约|出台|发布|实施|通车|运营|入驻|创办|始建|创建"
    "|组建"
)
_HAPPENED = re.compile(rf"[^，。；]{{0,4}}?(?:{_EVENTS})[^，。；]{{0,6}}[，；]")
_RELATIVE = re.compile(rf"[^，。；]{{0,6}}?(?:{_EVENTS})[^，。；]{{0,4}}?的[^，。；]{{2,30}}，")
_FOUNDED = re.compile(rf"(?:{_EVENTS}|建|创)于$")
_AT_FIRST = re.compile("最初|当初|起初|初期|成立时")
_COMPARES = re.compile("同比|去年同期|上年同期")
_MARK = re.compile("[，。；：！？\n]")
#: A stretch of days shorter than this is an event's date, which dates its own sentence only.
_EVENT = 7
#: Only so long a stretch dates the statistics of the next paragraph too.
_SEASON = 28
#: A time that stands farther before a figure, in characters, does not date it; bounds the work in endless sentences.
_REACH = 400


class Periods:
    """The time in force while an article is read."""

    def __init__(self) -> None:
        self.held: Time | None = None
        self.past: Time | None = None  # what dated the last paragraph
        self._longest: Time | None = None  # the longest stretch that dated figures of this paragraph
        self._sentence: Span | None = None
        self._carried = False  # whether it comes from an earlier sentence that this one does not plainly continue

    def new_paragraph(self, text: str) -> None:
        """What dated the last paragraph goes on only if this one turns to another view of the same figures."""
        self.past, self._longest, self._sentence = self._longest, None, None
        held = self.held
        if held is None:
            return
        if held.kind == "range":
            self.held = (self.past or held) if _NEW_VIEW.match(text) else None
        elif not (held.kind == "reference" and text.startswith("“")):
            self.held = None

    def date(self, text: str, times: list[Time], figure: Figure) -> Time | None:
        """The time that dates a figure; remembers it for the figures that follow."""
        self._enter(text, figure.sentence)
        before = spans.starting(times, max(figure.sentence[0], figure.quantity.start - _REACH), figure.quantity.start)
        before = [t for t in before if t.end <= figure.quantity.start]
        if before and (base := self._compared(text, before[-1], figure)):
            return base
        chosen = next((t for t in reversed(before) if _dates(text, t, figure)), None)
        if chosen is None or (chosen.kind == "vague" and chosen.period is None):
            chosen = self._inside(times, figure) or chosen
        if chosen is None:
            chosen = self._from_before(text, times, figure)
        if chosen is not None:
            self._hold(chosen)
        elif self.held is not None and self._carried and _is_deed(figure):
            return None
        return self.held

    def _enter(self, text: str, sentence: Span) -> None:
        if self._sentence is not None and sentence != self._sentence:
            self._next_sentence(text[sentence[0] : sentence[0] + 8])
        self._sentence = sentence

    def _hold(self, time: Time) -> None:
        self._carried = False
        self.held = time._replace(period=time.before) if time.kind == "reference" else time
        longest = days.length(self._longest.period) if self._longest else 0
        if time.kind == "range" and days.length(time.period) >= max(longest, _EVENT):
            self._longest = time

    def _compared(self, text: str, time: Time, figure: Figure) -> Time | None:
        """A time of comparison right before a number dates that number alone: 比2017年的2073.5亿元增长."""
        if time.kind not in ("base", "same") or not _LINKS.fullmatch(text[time.end : figure.quantity.start]):
            return None
        held = self.held.period if self.held else None
        period = time.period
        if time.kind == "same" and held and held[0] and period:
            period = days.earlier((held[0], held[1]), period[1].year)
        elif "上年" in time.text and held:
            period = days.whole_year(held[1].year - 1)
        return time._replace(kind="range", period=period) if period or time.kind == "same" else None

    def _inside(self, times: list[Time], figure: Figure) -> Time | None:
        """A time within the evidence, behind the number: 265项成果获2022年度奖."""
        if self.held is not None and self.held.period is not None:
            return None
        behind = spans.starting(times, figure.quantity.end, figure.phrase.end)
        return next((t for t in behind if t.end <= figure.phrase.end and t.kind == "range" and t.period), None)

    def _from_before(self, text: str, times: list[Time], figure: Figure) -> Time | None:
        """报告期内 takes the stretch last named; statistics that compare themselves take the last paragraph's."""
        at = figure.quantity.start
        if "报告期" in text[max(figure.sentence[0], at - _REACH) : at]:
            earlier = spans.starting(times, max(0, at - _REACH), at)
            return next((t for t in reversed(earlier) if t.kind == "range" and t.period), None)
        lo, hi = max(figure.sentence[0], at - _REACH), min(figure.sentence[1], at + _REACH)
        series = figure.quantity.kind != "big" and _COMPARES.search(text, lo, hi)
        if self.held is None and self.past is not None and series:
            return self.past if days.length(self.past.period) >= _SEASON else None
        return None

    def _next_sentence(self, head: str) -> None:
        """What holds beyond the sentence: a stretch of days and an aim; 目前 and 以来 only where the text goes on."""
        held = self.held
        if held is None or held.kind in ("goal", "reference"):
            return
        goes_on = bool(_GOES_ON.match(head))
        if held.kind == "range" and (goes_on or days.length(held.period) >= _EVENT):
            self._carried = not goes_on
        elif not (held.kind in ("now", "until", "since") and goes_on):
            self.held = None


def _dates(text: str, time: Time, figure: Figure) -> bool:
    """Whether a time before a figure dates it, being no clock time, comparison, distance or event of its own."""
    if time.kind in ("base", "same", "clock", "loose") or _is_event(text, time, figure):
        return False
    return time.kind != "reference" or time.before is not None


def _is_event(text: str, time: Time, figure: Figure) -> bool:
    """A date inside an earlier clause that dates what happened there and no more.

    项目去年12月投产，占地320亩; 公司成立于2010年，现有员工300人; 2015年建成的水库，库容3亿立方米.
    """
    if time.kind != "range" or time.end > figure.clause[0]:
        return False
    if _AT_FIRST.search(text, max(figure.clause[0], figure.quantity.start - _REACH), figure.quantity.start):
        return False
    if _FOUNDED.search(text, max(0, time.start - 6), time.start + 1) or _RELATIVE.match(text, time.end):
        return True
    if not _HAPPENED.match(text, time.end):
        return False
    head = _MARK.split(text[max(0, time.start - _REACH) : time.start])[-1]
    return len(head.strip()) > 1


def is_new_view(paragraph: str) -> bool:
    """Whether a paragraph turns to another view of the figures before it: 分行业看, 其中."""
    return _NEW_VIEW.match(paragraph) is not None


def _is_deed(figure: Figure) -> bool:
    """A count of things done: dated by its own sentence, not by the one before as a statistical series is."""
    return figure.quantity.kind == "count" and words.kind(figure.phrase.verb) in ("stock", "flow", "join")


def as_bases(text: str, times: list[Time]) -> list[Time]:
    """The times of a paragraph; those that only date the number they stand at are base: 从2018年的14.2%提高到19%."""
    return [time._replace(kind="base") if _is_base(text, time) else time for time in times]


def _is_base(text: str, time: Time) -> bool:
    if text.startswith(("基础上", "的基础上"), time.end):
        return True
    head = text[max(0, time.start - 1) : time.start + 1]
    moves = "从" in head or "由" in head
    return moves and time.kind in ("range", "goal") and _FROM.match(text, time.end) is not None


def period(figure: Figure) -> tuple[date | None, date] | None:
    """The period of a figure; a target's is open at its start."""
    time = figure.time
    if time is None or time.period is None or (time.kind == "goal" and figure.aspect == "level"):
        return None
    if figure.aspect == "target":
        return (None, time.aim or time.period[1]) if time.kind in ("range", "goal") else None
    return time.period
