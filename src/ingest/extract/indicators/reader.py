"""Reads an article's figures paragraph by paragraph and keeps what later ones leave out: subject, period, noun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.extract.context import Context
from ingest.extract.indicators import aspects, clauses, left, periods, phrase, ranks, right, scan, series, times, words
from ingest.extract.indicators.exclude import Guard
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.subjects import Mention, Subjects
from ingest.extract.indicators.times import Time
from ingest.extract.indicators.words import Span
from ingest.model import Indicator

_ADVERBIAL = re.compile(
    r"在[^，。；：]{1,24}?(?:基础上|情况下|背景下|带动下|引领下|支持下|推动下|前提下|过程中|方面)|按[^，。；：]{1,12}?(?:计算|口径|统计)"
)
#: The head of a clause is a noun phrase of at most so many characters.
_HEAD = 16
_AWARD = re.compile(r"(?:特|一|二|三|四)等奖$")
_GRADED = re.compile(r"(.+?)(?:特|一|二|三|四)等奖$")


@dataclass(slots=True, kw_only=True)
class _Paragraph:
    index: int
    text: str
    times: list[Time]
    quantities: list[Quantity]
    sentences: list[Span]
    clauses: list[Span]
    mentions: list[Mention]
    brackets: list[Span]
    cuts: list[Span]


class Reader:
    """One article on its way to indicators."""

    def __init__(self, article: Context) -> None:
        self.article = article
        self.subjects = Subjects(article)
        self.periods = periods.Periods()
        self.year: int | None = None
        self.noun = ""  # what was last measured, a whole that something is a share of left aside
        self.verb = ""  # of the last thing counted: 新签约项目19个, 其中…2个
        self.award = ""  # the prize whose grades are being told: 二等奖13项 after 某某奖一等奖4项
        self.seen: list[Indicator] = []

    def read(self) -> Iterator[Indicator]:
        """The indicators in the order of the text."""
        for index, text in enumerate(self.article.paragraphs):
            part = self._take_apart(index, text)
            self.subjects.new_paragraph(text, part.mentions)
            self.periods.new_paragraph(text)
            self.verb = self.award = self.noun = ""
            figures = self._figures(part)
            series.changes(text, figures)
            series.share_out(text, figures, part.times, part.mentions)
            for figure in figures:
                indicator = self._record(part, figure)
                self.seen.append(indicator)
                yield indicator

    def _take_apart(self, index: int, text: str) -> _Paragraph:
        found = periods.as_bases(text, times.find_times(text, self.article.published_on, self.year))
        self.year = next((t.period[1].year for t in reversed(found) if t.period and t.kind == "range"), self.year)
        guard, placings = Guard(text), ranks.find(text)
        read = scan.scan(text, [(t.start, t.end) for t in found])
        quantities = [q for q in read if guard.allows(q) and not any(r.start <= q.number < r.end for r in placings)]
        quantities = sorted(quantities + placings, key=lambda q: q.number)
        inner = clauses.brackets(text, [(q.start, q.end) for q in quantities])
        adverbials = [m.span() for m in _ADVERBIAL.finditer(text)] if "在" in text or "按" in text else []
        return _Paragraph(
            index=index,
            text=text,
            times=found,
            quantities=quantities,
            sentences=clauses.sentences(text),
            clauses=clauses.clauses(text, inner),
            brackets=inner,
            mentions=self.subjects.mentions(text),
            cuts=adverbials + inner + [(t.start, t.end) for t in found],
        )

    def _figures(self, part: _Paragraph) -> list[Figure]:
        figures: list[Figure] = []
        done = 0
        for number, q in enumerate(part.quantities):
            here = clauses.at(part.clauses, q.number)
            self._advance(part, done, here, q.start)
            done = here
            after = part.quantities[number + 1] if number + 1 < len(part.quantities) else None
            before = _before(part, figures, q)
            figures.append(self._figure(part, q, before, after, part.clauses[here]))
        self._advance(part, done, len(part.clauses) - 1, len(part.text))
        return figures

    def _advance(self, part: _Paragraph, first: int, last: int, upto: int) -> None:
        """Take in the names of some clauses, the last one up to a position; a parenthesis names no subject."""
        for index in range(first, last + 1):
            clause = part.clauses[index]
            if any(a < clause[0] and clause[1] < b for a, b in part.brackets):
                continue
            self.subjects.advance(
                part.text, clause, part.mentions, part.times, upto if index == last else len(part.text)
            )

    def _figure(
        self, part: _Paragraph, q: Quantity, before: Figure | None, after: Quantity | None, clause: Span
    ) -> Figure:
        text = part.text
        lo, hi = clause
        if before is not None:
            lo = max(lo, before.quantity.end if not before.phrase.first else before.phrase.end)
        if after is not None and after.start < hi:
            hi = after.start
        stop = hi
        hi = min([hi, *(t.start for t in part.times if q.end < t.start < hi)])
        sentence = part.sentences[clauses.at(part.sentences, q.number)]
        cuts = [c for c in part.cuts if not c[0] < q.number < c[1]]
        cuts += [(m.start, m.end) for m in part.mentions if m.start in self.subjects.accepted]
        figure = Figure(
            quantity=q,
            phrase=phrase.read(text, q, (min(lo, q.start), hi, stop), cuts),
            clause=clause,
            sentence=sentence,
        )
        self._complete(part, figure, before, after)
        figure.subject = self.subjects.owner(text, figure)
        if figure.phrase.holder and not any(
            m.start in self.subjects.accepted for m in part.mentions if clause[0] <= m.start
        ):
            figure.subject = figure.phrase.holder
        figure.time = self.periods.date(text, part.times, figure) or self._told_time(figure)
        aims = aspects.aims_at(text, sentence[0], clause[0], q.start)
        aims = aims or (figure.time is not None and figure.time.kind == "goal")
        bare = (
            before is not None
            and figure.phrase.first
            and figure.phrase.start == q.start
            and before.sentence == sentence
        )
        aims = aims or (bare and before is not None and before.aspect == "target")
        setting = aspects.Setting(clause=text[clause[0] : q.start], time=figure.time, aims=aims)
        figure.aspect, figure.sign = aspects.read(text, q, figure.phrase, setting)
        return figure

    def _told_time(self, figure: Figure) -> Time | None:
        """The time of a figure told before: it is in force again."""
        q = figure.quantity
        told = next(
            (s for s in self.seen if s.value == q.value and s.unit == q.unit and s.name == figure.phrase.name), None
        )
        if told is None or told.period is None or told.period[0] is None:
            return None
        self.periods.held = Time(start=0, end=0, kind="range", period=told.period)
        return self.periods.held

    def _complete(self, part: _Paragraph, figure: Figure, before: Figure | None, after: Quantity | None) -> None:
        """A noun or verb left out: from the figure that follows at once (6大类、30余项清单), else from the one before."""
        text, q, here = part.text, figure.quantity, figure.phrase
        if before is not None and before.quantity.start == q.start:  # parts of one proportion
            here.name, here.link = before.phrase.name, before.phrase.link
            return
        if whole := _GRADED.match(here.name):
            self.award = whole[1]
        elif _AWARD.match(here.name):
            here.name = self.award + here.name
        adjacent = after is not None and text[q.end : after.start] in ("", "、")
        if (
            adjacent
            and after is not None
            and (q.kind == "big" or (not here.name and q.kind == "count" and q.end == after.start))
        ):
            stop = re.compile(r"[，。；：！？]").search(text, after.end)
            end = stop.start() if stop else len(text)
            name = phrase.read(text, after, (after.start, end, end), []).name
            here.name = name or here.name
            return
        share = q.kind in ("percent", "tenth") and (
            here.link == "占" or here.verb in ("完成", "实现", "达成") or text.endswith("的", 0, q.start)
        )
        if here.name and not share:
            self.noun = here.name
        if before is None:
            self.verb = here.verb if q.kind == "count" else ""
            here.name = here.name or self._head(part, figure, figure.sentence[0])
            return
        between = text[before.quantity.end : q.start]
        if before.sentence != figure.sentence:
            self.verb = ""
        if not here.verb and not here.link and re.match(r"、|，其中|和|及", between) and q.kind == "count":
            here.verb = self.verb
        elif q.kind == "count":
            self.verb = here.verb
        if here.bare and not here.name and before.sentence != figure.sentence:
            here.name = here.verb
        elif not here.name:
            here.name = self._noun_left_out(part, figure, before)

    def _noun_left_out(self, part: _Paragraph, figure: Figure, before: Figure) -> str:
        """What a clause without a noun goes on about: the head of a clause between, else what was last measured."""
        start = before.clause[1] + 1 if before.sentence == figure.sentence else figure.sentence[0]
        return self._head(part, figure, start) or self.noun or before.phrase.name

    def _head(self, part: _Paragraph, figure: Figure, start: int) -> str:
        """The noun phrase that heads the clause before a figure's own: 用电增长最快, 分别达到…; empty for none."""
        text = part.text
        if start >= figure.clause[0]:
            return ""
        marks = [i for i in range(start, figure.clause[0] - 1) if text[i] in "，；："]
        begin = max([start, *(i + 1 for i in marks)])
        stop = words.clause_end(text, begin)
        begin = max([begin, *(t.end for t in part.times if begin <= t.start and t.end < stop)])
        at = left.skip_lead(text, begin, stop)
        end = right.end_of_noun(text, at, stop)
        head = left.clean(text[at:end]).removesuffix("方面")
        if "的" in head:
            head = head[head.rfind("的") + 1 :]
        if not 2 <= len(head) <= _HEAD or not (end < stop or text.startswith("方面", stop - 2)):
            return ""
        if words.kind(right.verb_after(text, end, stop)) in ("up", "down") and figure.quantity.kind == "percent":
            figure.phrase.link = figure.phrase.link or "增速"
        return head

    def _record(self, part: _Paragraph, figure: Figure) -> Indicator:
        q, here = figure.quantity, figure.phrase
        value: scan.Value = q.value
        if figure.sign < 0:
            value = -value if isinstance(value, Decimal) else (-value[1], -value[0])
        record = Indicator(
            paragraph=part.index,
            start=here.start,
            end=here.end,
            text=part.text[here.start : here.end],
            method=q.kind,
            confidence=0.9,
            subject=figure.subject,
            name=here.name,
            value=value,
            unit=q.unit,
            bound=q.bound,
            aspect=figure.aspect,
            period=periods.period(figure),
        )
        told = next((s for s in self.seen if _same(s, record)), None)
        if told is None:
            return record
        return replace(record, restated=True, period=record.period or told.period)


def _before(part: _Paragraph, figures: list[Figure], q: Quantity) -> Figure | None:
    """The figure before a quantity, passing over those in a parenthesis that the quantity is not in."""
    inner = next((b for b in part.brackets if b[0] < q.number < b[1]), None)
    for figure in reversed(figures):
        around = next((b for b in part.brackets if b[0] < figure.quantity.number < b[1]), None)
        if around is None or around == inner:
            return figure
    return None


def _same(one: Indicator, other: Indicator) -> bool:
    """Whether two records tell the same figure: value, unit, subject, and one name within the other."""
    if one.value != other.value or one.unit != other.unit or one.subject != other.subject or not other.name:
        return False
    return one.name.endswith(other.name) or other.name.endswith(one.name)
