"""A paragraph taken apart for reading figures: its times, quantities, sentences, clauses, names."""

import re
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from ingest.extract.indicators import clauses, periods, ranks, scan, spans, times
from ingest.extract.indicators.exclude import Guard
from ingest.extract.indicators.names import Mention
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.spans import Span
from ingest.extract.indicators.times import Time

#: What a number that counts begins with, or a placing (首位). 一 by itself is mostly an article or half a word; it
#: counts behind what insists on it (仅一家), before what multiplies (一倍) and where it grew (从一家变成三家).
_NUMERAL = re.compile(
    "[0-9０-９零〇二两三四五六七八九十百千万亿一仅只剩到足的从由唯第首榜](?:(?<=[^一仅只剩到足的从由唯第首榜])"
    "|(?<=一)(?:[成倍番]|[^，。]{1,2}(?:变|增|扩|发展))|(?<=[仅只剩到足的从由唯第])有?一|(?<=首)位|(?<=榜)首)"
)
_ADVERBIAL = re.compile(
    r"在[^，。；：]{1,24}?(?:基础上|情况下|背景下|带动下|引领下|支持下|推动下|前提下|过程中|方面)"
    r"|按[^，。；：]{1,12}?(?:计算|口径|统计)"
)


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """What is found in a paragraph before any figure is read; everything in order of its start.

    ``cuts``: stretches that are no part of a noun (adverbial phrases, parentheses, times), disjoint.
    """

    index: int
    text: str
    times: list[Time]
    quantities: list[Quantity]
    sentences: list[Span]
    clauses: list[Span]
    brackets: list[Span]
    mentions: list[Mention]
    cuts: list[Span]

    def bracket(self, position: int) -> Span | None:
        """The parenthesis that a position lies in."""
        return spans.around(self.brackets, position)


class Numbers(NamedTuple):
    """The times and quantities of a paragraph; ``times`` is None where no number may count and none was looked for."""

    times: list[Time] | None
    quantities: list[Quantity]


def numbers(text: str, published: date | None) -> Numbers:
    """What a paragraph counts. Where its times stand does not depend on the year named before; what they mean may."""
    if _NUMERAL.search(text) is None:
        return Numbers(None, [])
    found = times_of(text, published, None, counts=True)
    return Numbers(found, _quantities(text, found))


def times_of(text: str, published: date | None, year: int | None, *, counts: bool) -> list[Time]:
    """The times of a paragraph; ``year`` is the one last named before it, for articles without a day."""
    found = times.find_times(text, published, year)
    return periods.as_bases(text, found) if counts else found


def take_apart(index: int, text: str, mentions: list[Mention], found: Numbers) -> Paragraph:
    """Take a paragraph apart that names somebody or counts something; what needs figures is left out without them."""
    quantities, dates = found.quantities, found.times or []
    brackets = clauses.brackets(text, spans.merge((q.start, q.end) for q in quantities))
    cuts: list[Span] = []
    if quantities:
        cuts = [m.span() for m in _ADVERBIAL.finditer(text)] + brackets + [(t.start, t.end) for t in dates]
    return Paragraph(
        index=index,
        text=text,
        times=dates,
        quantities=quantities,
        sentences=clauses.sentences(text) if quantities else [],
        clauses=clauses.clauses(text, brackets),
        brackets=brackets,
        mentions=mentions,
        cuts=spans.merge(cuts),
    )


def _quantities(text: str, found: list[Time]) -> list[Quantity]:
    """The quantities that count something, placings among them."""
    placings = ranks.find(text)
    read = scan.scan(text, [(t.start, t.end) for t in found])
    if read:
        guard, placed = Guard(text), [(r.start, r.end) for r in placings]
        read = [q for q in read if guard.allows(q) and spans.around(placed, q.number) is None]
    return sorted(read + placings, key=attrgetter("number"))
