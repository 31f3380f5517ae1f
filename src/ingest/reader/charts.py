"""Charts as geometry: bars by day and lines over time, for the templates to draw as SVG. No script draws anything.

A chart always has a title and a description, and stands beside a table of the same figures.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ingest.reader.figures import counted

COLOURS = 8  # classes s0 to s7 of the style sheet; a ninth series begins again and is told apart by its name
BROAD, NARROW = 960, 360  # widths of drawings: of a page, of a phone or of a third of a page
_LABEL = 80  # px for a label of the axis
_LETTER = 7  # width of a letter of the axis: 11.5 px high
_TICKS = 4  # gaps between lines of the value axis, about


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where in the drawing, what is written at it, and which part of that stands there."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a column."""

    x: float
    y: float
    width: float
    height: float
    told: str
    colour: int


@dataclass(frozen=True, slots=True)
class Value:
    """What is to be drawn as a point: a day, a value, what a person reads of it, where its evidence is."""

    day: date
    value: Decimal
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line."""

    x: float
    y: float
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series: its name, its points from left to right, the corners of the line through the first of each day."""

    name: str
    colour: int
    points: tuple[Point, ...]
    corners: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing of a width and a height. Lengths are those of its view box, which fits 1:1 on a phone."""

    title: str
    told: str  # the description for who does not see it
    small: str = ""  # below the title: the unit, say
    width: int
    height: int
    left: float
    bottom: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    names: tuple[tuple[str, int], ...] = ()  # of the series, with their colours, for the key


def columns(
    title: str, told: str, labels: Sequence[str], series: Mapping[str, Sequence[int]], *, width: int = BROAD
) -> Chart:
    """Return columns, one for each label, each made of the series one on the other."""
    height, left, top, foot = 240, 48, 10, 24
    totals = [sum(values) for values in zip(*series.values(), strict=True)] or [0] * len(labels)
    ticks = _scale(0, max(totals, default=0) or 1)
    up, high = height - top - foot, float(ticks[-1])
    step = (width - left - 8) / max(len(labels), 1)
    bars = []
    for column, label in enumerate(labels):
        base = height - foot + 0.0
        for place, (name, values) in enumerate(series.items()):
            if size := values[column] / high * up:
                base -= size
                x = left + column * step + step * 0.12
                said = f"{label}, {name}: {values[column]:,}"
                bars.append(
                    Bar(round(x, 1), round(base, 1), round(step * 0.76, 1), round(size, 1), said, place % COLOURS)
                )
    every = max(1, math.ceil(len(labels) * _LABEL / width))
    across = [Tick(round(left + (n + 0.5) * step, 1), text) for n, text in enumerate(labels) if n % every == 0]
    return Chart(
        title=title,
        told=told,
        width=width,
        height=height,
        left=left,
        bottom=height - foot,
        across=tuple(across),
        up=tuple(Tick(round(height - foot - float(tick) / high * up, 1), counted(tick)) for tick in ticks),
        bars=tuple(bars),
        names=tuple((name, place % COLOURS) for place, name in enumerate(series)),
    )


def lines(
    title: str, told: str, series: Mapping[str, Sequence[Value]], *, small: str = "", width: int = NARROW
) -> Chart:
    """Return lines over time, one for each series; all values are in one unit, of each day the surest first.

    Raises:
        ValueError: There is no value at all.
    """
    height, left, right, top, foot = 208, 52, 14, 12, 24
    every = [value for values in series.values() for value in values]
    if not every:
        raise ValueError("a chart of nothing")
    ticks = _scale(min(each.value for each in every), max(each.value for each in every))
    low, high = float(ticks[0]), float(ticks[-1])
    first, last = min(each.day for each in every), max(each.day for each in every)
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        part = (day - first).days / span if first != last else 0.5
        return round(left + 6 + part * (width - left - right - 6), 1)

    def y(value: float) -> float:
        return round(height - foot - (value - low) / (high - low) * (height - top - foot), 1)

    drawn = []
    for place, (name, values) in enumerate(series.items()):
        ordered = sorted(values, key=lambda each: each.day)
        points = tuple(Point(x(each.day), y(float(each.value)), each.told, each.href) for each in ordered)
        corners = " ".join(f"{point.x},{point.y}" for point in _first_of_days(points))
        drawn.append(Line(name, place % COLOURS, points, corners))
    return Chart(
        title=title,
        told=told,
        small=small,
        width=width,
        height=height,
        left=left,
        bottom=height - foot,
        across=tuple(_inside(x(day), text, width) for day, text in _years(first, last)),
        up=tuple(Tick(y(float(tick)), counted(tick)) for tick in ticks),
        lines=tuple(drawn),
        names=tuple((line.name, line.colour) for line in drawn),
    )


def _first_of_days(points: Sequence[Point]) -> Iterable[Point]:
    """Return the points that a line goes through: the first of each day, the surest; others stand beside it."""
    first = {point.x: point for point in reversed(points)}
    return reversed(first.values())


def _inside(at: float, text: str, width: int) -> Tick:
    """Return a mark of the time axis whose text ends at it where the drawing does."""
    return Tick(at, text, "end" if at + len(text) * _LETTER / 2 > width else "middle")


def _scale(low: Decimal | int, high: Decimal | int) -> list[Decimal]:
    """Return the marks of a value axis, in steps of 1, 2 or 5 times a power of ten.

    It begins at zero unless that would press the values into the upper third of the drawing or some are below zero.
    """
    least, most = Decimal(low), Decimal(high)
    if 0 <= least <= most * 2 / 3 or least == most:
        least = min(least, Decimal(0))
    if least == most:
        most = least + 1
    rough = (most - least) / _TICKS
    power = Decimal(10) ** rough.adjusted()
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    if least >= 0 and least == int(least) and most == int(most) and step < 1:
        step = Decimal(1)  # half an article is none
    start = math.floor(least / step)
    end = math.ceil(most / step)
    return [step * place for place in range(start, end + 1)]


def _years(first: date, last: date) -> list[tuple[date, str]]:
    """Return the marks of a time axis: the first and the last day and years between, no more than five."""
    if first.year == last.year:
        ends = [(first, first.isoformat()[:7])]
        return ends if first == last or (last - first).days < 40 else [*ends, (last, last.isoformat()[:7])]
    years = last.year - first.year
    step = math.ceil(years / 5)
    return [(min(max(date(year, 12, 31), first), last), str(year)) for year in range(last.year, first.year - 1, -step)]
