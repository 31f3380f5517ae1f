"""The verdict on a source: each of its measures beside what a person expects of it and beside its own past."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from ingest.quality.past import Band, band, quantile
from ingest.quality.series import Level, Measured, Series, series

_PAST = 30  # values that make the past: a month of daily runs
_ENOUGH = 8  # of them before the past says anything: with fewer, one holiday is the rule
# Days without a new article that mean nothing: the longest public holidays in China take eight (Spring Festival and
# National Day of 2025), and offices publish nothing then.
_HOLIDAYS = 9
_RARE = 3  # times the longest usual pause between two new articles
_ORDER = list(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a person expects of a source; None where nothing is said. ``fill``: lowest shares by particular."""

    articles: tuple[int, int] | None = None
    body_length: tuple[int, int] | None = None
    fill: dict[str, float] = field(default_factory=dict)
    freshness: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a measure says of a source. ``usual`` is None without enough of a past, ``value`` without anything."""

    source: str
    measure: str
    level: Level
    value: float | None
    low: float | None = None
    usual: float | None = None
    high: float | None = None
    runs: int = 0  # past values it was compared with
    why: str = ""


def judge(
    source: str, runs: Sequence[Measured], expected: Expectation, today: date, newest: date | None
) -> list[Finding]:
    """Return what each measure of a source says.

    Args:
        source: Its name.
        runs: What its runs gave, the newest first.
        expected: What a person expects.
        today: The day where the source is.
        newest: The latest day of publication of its articles.
    """
    if not runs:
        return [Finding(source=source, measure="runs", level=Level.UNKNOWN, value=None, why="no run to judge by")]
    found = [_judge(source, each, expected) for each in series(runs)]
    return [*found, _freshness(source, runs, expected.freshness, today, newest)]


def worst(findings: Sequence[Finding]) -> Level:
    """Return the worst level of some findings; too little to compare is no fault where anything else is well."""
    levels = {finding.level for finding in findings}
    return max(levels - {Level.UNKNOWN} or {Level.UNKNOWN}, key=_ORDER.index)


def _judge(source: str, each: Series, expected: Expectation) -> Finding:
    if not each.values:
        why = "no articles to compare yet"
        return Finding(source=source, measure=each.measure, level=Level.UNKNOWN, value=None, why=why)
    value, past = each.values[0], each.values[1 : _PAST + 1]
    usual = band(past, each.least(band(past, 0).usual)) if len(past) >= _ENOUGH else None
    wanted = _wanted(each.measure, expected)
    level, why = _expected(each, value, wanted) if wanted else (Level.OK, "")
    if level is Level.OK and usual:
        level, why = _usual(each, value, usual)
    if level is Level.OK and not wanted and not usual:
        level, why = Level.UNKNOWN, f"{len(past)} earlier values to compare with; {_ENOUGH} are needed"
    low, high = wanted or ((usual.low, usual.high) if usual else (None, None))
    return Finding(
        source=source,
        measure=each.measure,
        level=level,
        value=value,
        low=low,
        usual=usual.usual if usual else None,
        high=high,
        runs=len(past),
        why=why,
    )


def _wanted(measure: str, expected: Expectation) -> tuple[float, float | None] | None:
    """Return the bounds that a person set for a measure."""
    bounds = {"articles": expected.articles, "body length": expected.body_length}.get(measure)
    if bounds:
        return bounds
    least = expected.fill.get(measure.removeprefix("fill: ")) if measure.startswith("fill: ") else None
    return None if least is None else (least, None)


def _expected(each: Series, value: float, wanted: tuple[float, float | None]) -> tuple[Level, str]:
    low, high = wanted
    if value < low:
        return each.below, f"below the {_told(low, each)} that [expected] says"
    if high is not None and value > high:
        return each.above, f"above the {_told(high, each)} that [expected] says"
    return Level.OK, ""


def _usual(each: Series, value: float, usual: Band) -> tuple[Level, str]:
    beside = f"; usual is {_told(usual.usual, each)}" + (f" (now {each.note})" if each.note else "")
    if value < usual.low:
        level, why = each.below, f"below {_told(usual.low, each)}{beside}"
    elif value > usual.high:
        level, why = each.above, f"above {_told(usual.high, each)}{beside}"
    else:
        return Level.OK, ""
    return level, why if level is not Level.OK else ""


def _told(value: float, each: Series) -> str:
    return f"{value:.2f}" if each.share else f"{value:g}"


def _freshness(
    source: str, runs: Sequence[Measured], wanted: timedelta | None, today: date, newest: date | None
) -> Finding:
    """Say how old the newest article is: beside what is expected, or beside the usual pauses between new ones."""
    pauses = _pauses(runs)
    enough = len(pauses) >= _ENOUGH
    bound: float | None = max(_HOLIDAYS, _RARE * quantile(pauses, 0.9)) if enough else None
    if wanted is not None:
        bound = wanted / timedelta(days=1)
    age = max(0, (today - newest).days) if newest else None
    level, why = Level.OK, ""
    if age is None:
        level, why = Level.UNKNOWN, "no article has a day of publication"
    elif bound is None:
        level, why = Level.UNKNOWN, f"new articles came {len(pauses)} times; {_ENOUGH} are needed"
    elif age > bound:
        level = Level.LOW
        why = f"the newest article is {age} days old, of {newest}; more than {bound:g} days are "
        why += "not expected" if wanted is not None else "unusual"
    return Finding(
        source=source,
        measure="freshness",
        level=level,
        value=None if age is None else float(age),
        usual=float(quantile(pauses, 0.5)) if enough else None,
        high=bound,
        runs=len(pauses),
        why=why,
    )


def _pauses(runs: Sequence[Measured]) -> list[int]:
    """Return the days between each two runs in turn that found an article newer than all before."""
    days: list[date] = []
    latest: date | None = None
    for run in reversed(runs):
        newest = run.sample.newest
        if newest and (latest is None or newest > latest):
            latest = newest
            days.append(newest)
    return [(later - sooner).days for sooner, later in pairwise(days)][-_PAST:]
