"""Reads an article's figures paragraph by paragraph and keeps what later ones leave out: subject, period, noun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ingest.extract.context import Context
from ingest.extract.indicators import aspects, clauses, phrase, ranks, scan, times
from ingest.extract.indicators.exclude import Guard
from ingest.extract.indicators.phrase import Phrase
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.subjects import Mention, Subjects
from ingest.extract.indicators.times import Period, Time
from ingest.model import Indicator

_AIMS = re.compile(r"目标[:：]|力争|规划提出|计划到|预期目标|到20\d\d年|至20\d\d年")
_ONLY_LINKS = re.compile(
    r"[、，]?(?:和|及|与|以及|到|至|提高|增加|扩大|提升|发展|上升|下降|降低|减少|变成|调整|增长|缩短|降|升|增|减|为|目前的|目前|现在的|的|了|、)*$"
)


@dataclass(slots=True, kw_only=True)
class _Paragraph:
    index: int
    text: str
    times: list[Time]
    quantities: list[Quantity]
    sentences: list[clauses.Span]
    clauses: list[clauses.Span]
    mentions: list[Mention]


class Reader:
    """One article on its way to indicators."""

    def __init__(self, article: Context) -> None:
        self.article = article
        self.subjects = Subjects(article)
        self.body = "\n".join(article.paragraphs)
        self.year: int | None = None
        self.time: Time | None = None
        self.name = ""
        self.seen: list[Indicator] = []

    def read(self) -> Iterator[Indicator]:
        """The indicators in the order of the text."""
        for index, text in enumerate(self.article.paragraphs):
            yield from self._paragraph(index, text)

    def _paragraph(self, index: int, text: str) -> Iterator[Indicator]:
        found = times.find_times(text, self.article.published_on, self.year)
        guard = Guard(text)
        quantities = scan.scan(text, [(t.start, t.end) for t in found])
        placings = ranks.find(text)
        quantities = [
            q for q in quantities if guard.allows(q) and not any(r.start <= q.number < r.end for r in placings)
        ]
        whole = [(q.start, q.end) for q in quantities]
        part = _Paragraph(
            index=index,
            text=text,
            times=found,
            quantities=sorted(quantities + placings, key=lambda q: q.number),
            sentences=clauses.sentences(text),
            clauses=clauses.clauses(text, whole),
            mentions=self.subjects.mentions(text),
        )
        self.subjects.new_paragraph(text)
        self.time = None
        self.name = ""
        yield from self._figures(part)

    def _figures(self, part: _Paragraph) -> Iterator[Indicator]:
        before: Indicator | None = None
        done, at = 0, 0
        for number, q in enumerate(part.quantities):
            here = clauses.at(part.clauses, q.number)
            while done < here:
                self.subjects.advance(part.text, part.clauses[done], part.mentions, part.times, 1 << 60)
                done += 1
            self.subjects.advance(part.text, part.clauses[here], part.mentions, part.times, q.start)
            at = clauses.at(part.sentences, q.number)
            after = part.quantities[number + 1] if number + 1 < len(part.quantities) else None
            figure = self._figure(part, q, before, after, here, part.sentences[at])
            before = figure
            self.seen.append(figure)
            yield figure
        while done < len(part.clauses):
            self.subjects.advance(part.text, part.clauses[done], part.mentions, part.times, 1 << 60)
            done += 1

    def _figure(
        self,
        part: _Paragraph,
        q: Quantity,
        before: Indicator | None,
        after: Quantity | None,
        here: int,
        sentence: clauses.Span,
    ) -> Indicator:
        text, clause = part.text, part.clauses[here]
        lo, hi = clause
        for t in part.times:
            if lo <= t.start and t.end <= q.start:
                lo = max(lo, t.end)
        for m in part.mentions:
            if (lo == m.start and m.end < q.start and m.kind != "place") or (lo == m.start and m.end <= q.start):
                lo = m.end
        same_clause = before is not None and before.end >= clause[0]
        if same_clause and before is not None:
            lo = max(lo, before.end)
        if after is not None and after.start < hi:
            hi = after.start
        read = phrase.read(text, q, min(lo, q.start), hi)
        self._fill_name(text, q, read, before, after, same_clause=same_clause)
        time = self._time(part, q, sentence)
        aspect, sign = aspects.read(
            text,
            q,
            read,
            text[clause[0] : clause[1]],
            time=time,
            sentence_aims=bool(_AIMS.search(text, sentence[0], q.start)),
        )
        value = q.value
        if q.kind == "rank":
            aspect = "rank"
        if sign < 0:
            value = -value if isinstance(value, Decimal) else (-value[1], -value[0])
        return self._indicator(part, q, read, aspect, value, self._period(time, aspect))

    def _fill_name(
        self,
        text: str,
        q: Quantity,
        read: Phrase,
        before: Indicator | None,
        after: Quantity | None,
        *,
        same_clause: bool,
    ) -> None:
        """A noun left out: taken from the figure that follows at once (6大类、30余项清单), else from the one before."""
        if (
            not read.name
            and after is not None
            and text[q.end : after.start] in ("", "、")
            and q.kind in ("big", "count")
        ):
            stop = re.compile(r"[，。；：！？]").search(text, after.end)
            read.name = phrase.read(text, after, after.start, stop.start() if stop else len(text)).name
            return
        award = re.match(r"(?:特|一|二|三|四)等奖$", read.name)
        if award and before is not None and (whole := re.match(r"(.+?)(?:特|一|二|三|四)等奖$", before.name)):
            read.name = whole[1] + read.name
        if not read.name:
            read.name = self.name
            if same_clause and before is not None and _ONLY_LINKS.match(text[before.end : q.start]):
                read.start = before.start
        elif q.kind not in ("point",):
            self.name = read.name

    def _time(self, part: _Paragraph, q: Quantity, sentence: clauses.Span) -> Time | None:
        """The time expression that dates a figure: the nearest before it in its sentence, else the one still in force."""
        chosen = None
        for t in part.times:
            if t.end > q.start or t.start < sentence[0]:
                continue
            if t.kind == "base":
                if t.end >= q.start - 1 and t.period:
                    return replace(t, kind="range")
                continue
            if t.kind in ("clock", "same"):
                continue
            if t.kind == "reference" and t.before is None:
                continue
            chosen = t
        if chosen is not None:
            if chosen.kind == "reference":
                chosen = replace(chosen, period=chosen.before, kind="range")
            self.time = chosen
            return chosen
        return self.time

    def _period(self, time: Time | None, aspect: str) -> Period | None:
        if time is None or time.period is None:
            return None
        if aspect == "target" and time.kind in ("range", "goal"):
            return (None, time.period[1])
        return time.period

    def _indicator(
        self,
        part: _Paragraph,
        q: Quantity,
        read: Phrase,
        aspect: str,
        value: scan.Value,
        period: tuple[date | None, date] | None,
    ) -> Indicator:
        start, end = read.start, read.end
        subject = self.subjects.current()
        return Indicator(
            paragraph=part.index,
            start=start,
            end=end,
            text=part.text[start:end],
            method=f"{q.kind}",
            confidence=0.9,
            subject=subject,
            name=read.name,
            value=value,
            unit=q.unit,
            bound=q.bound,
            aspect=aspect,
            period=period,
            restated=self._told(subject, value, q.unit, read.name),
        )

    def _told(self, subject: str | None, value: scan.Value, unit: str, name: str) -> bool:
        return any(
            s.value == value
            and s.unit == unit
            and s.subject == subject
            and (s.name == name or s.name.endswith(name) or name.endswith(s.name))
            and name
            for s in self.seen
        )
