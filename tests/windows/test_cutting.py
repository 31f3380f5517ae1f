"""Time is cut without hole or overlap, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.windows.cutting import DAY, Grid, cut, days_of, first_moment, span_of, whole_days
from ingest.windows.spans import Span, merged, without

# Clocks that change at midnight, by half an hour, over the date line; a day that is left out.
ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "Africa/Casablanca",
    "Asia/Gaza",
    "UTC",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(1970, 1, 2), date(2090, 1, 1))
moments = st.integers(0, 120 * 365 * 24 * 60).map(
    lambda minutes: datetime(1970, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes)
)
lengths = st.one_of(
    st.integers(1, 40).map(lambda n: timedelta(days=n)), st.integers(10, 4000).map(lambda n: timedelta(minutes=n))
)
APIA, BERLIN = ZoneInfo("Pacific/Apia"), ZoneInfo("Europe/Berlin")


def assert_whole(windows: list[Span], since: datetime, until: datetime) -> None:
    """No window overlaps another, nothing lies between two, and together they are the whole."""
    assert all(window.since < window.until for window in windows)
    assert all(one.until == two.since for one, two in pairwise(windows))
    assert (windows[0].since, windows[-1].until) == (since, until)


@given(days, st.integers(0, 400), st.integers(1, 60), zones)
@example(date(2011, 12, 28), 5, 1, APIA)
@example(date(2024, 2, 28), 2, 1, ZoneInfo("Asia/Shanghai"))
@example(date(2026, 10, 24), 3, 1, BERLIN)
def test_days_are_cut_without_hole_or_overlap(first: date, more: int, length: int, zone: ZoneInfo) -> None:
    last = first + timedelta(days=more)
    whole = span_of(first, last, zone)
    windows = list(cut(first, last, length, zone))
    if whole.since < whole.until:
        assert_whole(windows, whole.since, whole.until)
    assert len(windows) <= -(-(more + 1) // length)


@given(moments, st.integers(0, 60), lengths, zones)
@example(datetime(2011, 12, 29, 12, tzinfo=UTC), 3, timedelta(hours=6), APIA)
@example(datetime(2026, 3, 28, 12, tzinfo=UTC), 2, timedelta(minutes=90), BERLIN)
def test_the_grid_has_no_hole_and_no_overlap(since: datetime, more: int, length: timedelta, zone: ZoneInfo) -> None:
    grid = Grid(length, zone)
    first, last = grid.at(since), grid.at(since + timedelta(days=more))
    windows = list(grid.between(first.since, last.until))
    assert_whole(windows, first.since, last.until)
    assert grid.at(windows[len(windows) // 2].since) == windows[len(windows) // 2]
    assert grid.before(windows[-1]).until == windows[-1].since


@given(moments, lengths, zones)
def test_a_window_lies_the_same_from_wherever_it_is_asked(moment: datetime, length: timedelta, zone: ZoneInfo) -> None:
    grid = Grid(length, zone)
    window = grid.at(moment)
    assert window.holds(moment)
    for other in (window.since, window.until - timedelta(microseconds=1)):
        assert grid.at(other) == window
    assert not grid.at(window.until).overlaps(window)


@given(moments, st.integers(0, 5000), zones)
def test_whole_days_hold_what_they_were_made_of(since: datetime, minutes: int, zone: ZoneInfo) -> None:
    span = Span(since, since + timedelta(minutes=minutes))
    whole = whole_days(span, zone)
    assert whole.since <= span.since
    assert span.until <= whole.until
    assert whole_days(whole, zone) == whole
    assert days_of(whole, zone) == days_of(span, zone)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 10, 25), "Europe/Berlin", 25),  # clocks put back
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),  # midnight left out
        (date(2026, 11, 1), "America/Havana", 25),  # midnight twice
        (date(2011, 12, 30), "Pacific/Apia", 0),  # no such day
        (date(1988, 4, 17), "Asia/Shanghai", 23),
        (date(2024, 2, 29), "Asia/Shanghai", 24),
    ],
)
def test_how_long_a_day_is(day: date, zone: str, hours: int) -> None:
    span = span_of(day, day, ZoneInfo(zone))
    assert span.until - span.since == timedelta(hours=hours)


def test_weeks_begin_on_monday() -> None:
    window = Grid(timedelta(weeks=1), ZoneInfo("Asia/Shanghai")).at(datetime(2026, 11, 22, 5, tzinfo=UTC))
    assert days_of(window, ZoneInfo("Asia/Shanghai")) == (date(2026, 11, 16), date(2026, 11, 22))


def spans_from(numbers: list[tuple[int, int]]) -> list[Span]:
    start = first_moment(date(2026, 1, 1), UTC)
    return [Span(start + DAY * min(pair), start + DAY * max(pair)) for pair in numbers]


pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12)


@given(st.tuples(st.integers(0, 30), st.integers(0, 30)), pairs)
def test_what_is_left_of_a_span_is_every_day_that_the_others_have_not(whole: tuple[int, int], others: Any) -> None:
    [span], taken = spans_from([whole]), spans_from(others)
    left = list(without(span, taken))
    assert left == merged(left)
    for number in range(31):
        noon = first_moment(date(2026, 1, 1), UTC) + DAY * number + DAY / 2
        wanted = span.holds(noon) and not any(each.holds(noon) for each in taken)
        assert any(each.holds(noon) for each in left) == wanted


def test_a_span_has_two_ends_in_order_that_know_their_zone() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for since, until in ((at, at - DAY), (at.replace(tzinfo=None), at), (at, at.replace(tzinfo=None))):
        with pytest.raises(ValueError, match="no stretch"):
            Span(since, until)
