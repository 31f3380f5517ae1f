"""Figures over time as charts: one for each thing that is counted, aspect and unit; nothing else shares an axis."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.reader import charts, figures
from ingest.reader.answers import Column
from ingest.reader.charts import Chart, Value

# What a reader looks for first. Growth and target of 地区生产总值 are both in per cent and yet never one line.
ASPECTS = ("level", "growth", "target", "change", "share", "rank")
_TOLD = {
    "level": "Levels",
    "growth": "Growth",
    "target": "Targets",
    "change": "Changes",
    "share": "Shares",
    "rank": "Ranks",
}
_CHARTS = 9  # of an aspect
# A figure and its time, which a page has in two columns.
COLUMNS = (
    Column("value", "Figure", link="figure", numeric=True),
    *(Column(name, title, data=True) for name, title in (("value_high", "to"), ("unit", "Unit"), ("bound", "Bound"))),
    Column("period_start", "Time", link="period"),
    Column("period_end", "Until", data=True),
)
_DAYS = 2  # a chart needs points on so many days
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """A chart and what it is of."""

    name: str
    unit: str
    aspect: str
    chart: Chart
    rows: Sequence[Row]


def of_rows(rows: Iterable[Row], by: str) -> list[Series]:
    """Return a chart for each indicator of a zone that has points on several days, those of most points first.

    Args:
        rows: Of the view ``indicators_by_zone``.
        by: The column that a chart is named by.
    """
    found: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["name"] and _day(row) is not None:
            found[row[by], row["unit"], row["aspect"]].append(row)
    fitting = {key: of_it for key, of_it in found.items() if len({_day(row) for row in of_it}) >= _DAYS}
    order = sorted(fitting.items(), key=lambda each: (-len(each[1]), each[0]))
    return [Series(*key, _chart(*key, of_it), of_it) for key, of_it in order]


def by_aspect(found: Iterable[Series]) -> list[tuple[str, str, list[Series]]]:
    """Return charts by aspect: its name, its heading, its charts."""
    kinds: defaultdict[str, list[Series]] = defaultdict(list)
    for each in found:
        if len(kinds[each.aspect]) < _CHARTS:
            kinds[each.aspect].append(each)
    return [(aspect, _TOLD.get(aspect, aspect), kinds[aspect]) for aspect in ASPECTS if kinds[aspect]]


def together(title: str, unit: str, rows: Iterable[Row], by: str) -> tuple[Chart, ...]:
    """Return a chart with a line for each value of a column, broad and narrow; all rows are of one unit and aspect."""
    lines: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if _day(row) is not None:
            lines[row[by]].append(row)
    if not lines:
        return ()
    order = sorted(lines.items(), key=lambda each: (-len(each[1]), each[0]))
    values = {name: points(of_it, name) for name, of_it in order}
    number_of = sum(map(len, values.values()))
    told = f"Lines over time in {unit}, {len(values)} zones, {number_of} points; each leads to its evidence."
    return tuple(charts.lines(title, told, values, small=unit, width=width) for width in (charts.BROAD, charts.NARROW))


def points(rows: Iterable[Row], whose: str = "") -> list[Value]:
    """Return what is drawn of rows: a figure that several articles have on one day is one point, the surest one's."""
    found: dict[tuple[Any, Any], Value] = {}
    for row in sorted(rows, key=lambda row: -row["confidence"]):
        key = (_day(row), row["value"])
        if key not in found:
            found[key] = Value(*key, f"{whose + ': ' if whose else ''}{told(row)}", evidence(row))
    return list(found.values())


def told(row: Row) -> str:
    """Say a figure with its time: 2023: over 1,200 家."""
    return f"{figures.period(row)}: {figures.figure(row)}"


def evidence(row: Row) -> str:
    """Return the address of the words that a figure was read from."""
    return f"/article/{row['article_key']}?record={row['key']}#here"


def _chart(name: str, unit: str, aspect: str, rows: Sequence[Row]) -> Chart:
    values = points(rows)
    first, last = min(each.day for each in values), max(each.day for each in values)
    said = f"{aspect} in {unit}, {len(values)} points from {first} to {last}; each leads to its evidence."
    return charts.lines(name, said, {name: values}, small=f"{unit}, {aspect}")


def _day(row: Row) -> Any:
    """Return the day that a figure is of; one whose text names no time has none and is in the table only."""
    return row["period_end"]
