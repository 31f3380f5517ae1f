"""Reads an article's figures paragraph by paragraph and keeps what later ones leave out: subject, period, noun."""

from collections.abc import Iterator

from ingest.extract.context import Context
from ingest.extract.indicators import aspects, clauses, noun, paragraph, phrase, records, series, spans
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.omitted import Omitted
from ingest.extract.indicators.paragraph import Numbers, Paragraph
from ingest.extract.indicators.periods import Periods
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.spans import Span
from ingest.extract.indicators.subjects import Subjects, carries
from ingest.extract.indicators.times import Time
from ingest.model import Indicator


class Reader:
    """One article on its way to indicators."""

    def __init__(self, article: Context) -> None:
        self.article = article
        self.subjects = Subjects(article)
        self.periods = Periods()
        self.omitted = Omitted()
        self.told = records.Told()
        self.year: int | None = None

    def read(self, numbers: list[Numbers]) -> Iterator[Indicator]:
        """The indicators in the order of the text; ``numbers`` are those of its paragraphs, up to the last to read."""
        for index, (text, counted) in enumerate(zip(self.article.paragraphs, numbers, strict=False)):
            mentions = self.subjects.mentions[index]
            heeded = bool(counted.quantities) or carries(mentions)
            found = self._dated(text, counted, heeded=heeded or (bool(mentions) and not self.article.published_on))
            self.periods.new_paragraph(text)
            if not heeded:
                self.subjects.leave()
                continue
            part = paragraph.take_apart(index, text, mentions, found)
            self.subjects.enter(part)
            self.omitted = Omitted()
            figures = self._figures(part)
            series.changes(text, figures)
            series.share_out(text, figures, part.times, mentions)
            for figure in figures:
                yield self.told.add(records.of(part, figure))

    def _dated(self, text: str, found: Numbers, *, heeded: bool) -> Numbers:
        """The numbers of a paragraph with the times of one without a number too, and in the years named before it."""
        published, counts = self.article.published_on, found.times is not None
        if (counts and published) or not (counts or heeded):
            return found
        times = paragraph.times_of(text, published, self.year, counts=counts)
        years = (t.period[1].year for t in reversed(times) if t.period and t.kind == "range")
        self.year = next(years, self.year)
        return found._replace(times=times)

    def _figures(self, part: Paragraph) -> list[Figure]:
        figures: list[Figure] = []
        for number, q in enumerate(part.quantities):
            self.subjects.advance(part, q.start)
            after = part.quantities[number + 1] if number + 1 < len(part.quantities) else None
            figures.append(self._figure(part, q, _before(part, figures, q), after))
        self.subjects.advance(part, len(part.text))
        return figures

    def _figure(self, part: Paragraph, q: Quantity, before: Figure | None, after: Quantity | None) -> Figure:
        clause = part.clauses[clauses.at(part.clauses, q.number)]
        sentence = part.sentences[clauses.at(part.sentences, q.number)]
        read = phrase.read(part.text, q, _free(part, clause, q, before, after), self._cuts(part, clause, q))
        figure = Figure(quantity=q, phrase=read, clause=clause, sentence=sentence)
        figure.inherited = self.omitted.fill(part, figure, before, after)
        figure.time = self.periods.date(part.text, part.times, figure) or self._told_time(figure)
        figure.subject, figure.source = self.subjects.owner(part, figure)
        self._settle_aspect(part.text, figure, before)
        return figure

    def _cuts(self, part: Paragraph, clause: Span, q: Quantity) -> list[Span]:
        """What near a quantity is no part of a noun: times, adverbials, parentheses, the names that are its topic."""
        lo = max(clause[0], q.start - 2 * noun.REACH)
        near = [cut for cut in spans.near(part.cuts, lo, q.start) if not cut[0] < q.number < cut[1]]
        topics = (m for m in spans.starting(part.mentions, lo, q.start) if m.start in self.subjects.accepted)
        return near + [(m.start, m.end) for m in topics]

    def _settle_aspect(self, text: str, figure: Figure, before: Figure | None) -> None:
        """The figure's aspect; a bare number goes on with the aim of the one before it in its sentence."""
        q, clause = figure.quantity, figure.clause
        aims = aspects.aims_at(text, figure.sentence[0], clause[0], q.start)
        aims = aims or (figure.time is not None and figure.time.kind == "goal")
        if before is not None and before.sentence == figure.sentence and figure.phrase.first:
            aims = aims or (figure.phrase.start == q.start and before.aspect == "target")
        setting = aspects.Setting(
            clause=text[max(clause[0], q.start - aspects.REACH) : q.start], time=figure.time, aims=aims
        )
        figure.aspect, figure.sign = aspects.read(text, q, figure.phrase, setting)

    def _told_time(self, figure: Figure) -> Time | None:
        """The time of a figure told before: it is in force again."""
        told = self.told.like(figure.quantity.value, figure.quantity.unit, figure.phrase.name)
        if told is None or told.period is None or told.period[0] is None:
            return None
        self.periods.held = Time(start=0, end=0, kind="range", period=told.period)
        return self.periods.held


def _before(part: Paragraph, figures: list[Figure], q: Quantity) -> Figure | None:
    """The figure before a quantity, passing over those in a parenthesis that the quantity is not in."""
    inner = part.bracket(q.number)
    for figure in reversed(figures[-_PASSED:]):
        if part.bracket(figure.quantity.number) in (None, inner):
            return figure
    return None


#: A parenthesis holds fewer figures than this.
_PASSED = 24


def _free(
    part: Paragraph, clause: Span, q: Quantity, before: Figure | None, after: Quantity | None
) -> tuple[int, int, int]:
    """Where what is free for a quantity in its clause begins, where a noun behind it must end, where the rest ends."""
    lo, stop = clause
    if before is not None:
        lo = max(lo, before.phrase.end if before.phrase.first else before.quantity.end)
    if after is not None:
        stop = min(stop, after.start)
    times = spans.starting(part.times, q.end + 1, stop)
    return min(lo, q.start), times[0].start if times else stop, stop
