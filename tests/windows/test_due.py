"""What a run is to read and may claim, over runs that fail, outages, and clocks that change or are put back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.windows import due
from ingest.windows.cutting import DAY, Grid, span_of
from ingest.windows.due import MOST_TRIES, Due, Past
from ingest.windows.spans import Span, merged

SHANGHAI = ZoneInfo("Asia/Shanghai")
GRID = Grid(DAY, SHANGHAI)
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)  # in Shanghai


def day(number: int, more: int = 0) -> Span:
    """Return a day of November, or some from it on."""
    return span_of(date(2026, 11, number), date(2026, 11, number + more), SHANGHAI)


def test_a_source_of_which_nothing_is_known_is_read_whole() -> None:
    assert due.since_last(Past(), GRID, NOON, 7) == Due(first=True)


def test_a_run_reads_what_no_run_covered_the_day_under_way_and_the_one_before_again() -> None:
    past = Past(covered=(day(10, 4), day(16, 5)))
    assert due.since_last(past, GRID, NOON, 7) == Due(reads=(day(15), day(21, 1)), claims=(day(15),))


def test_of_many_holes_the_newest_are_healed_and_the_rest_counted() -> None:
    past = Past(covered=(day(1),), tried={day(20): MOST_TRIES, day(19): MOST_TRIES - 1})
    found = due.since_last(past, GRID, NOON, 3)
    assert found.claims == (day(18), day(19), day(21))
    assert found.left == 20 - 3
    assert due.since_last(past, GRID, NOON, 0).claims == ()


def test_hours_are_windows_and_whole_days_are_read() -> None:
    grid = Grid(timedelta(hours=6), SHANGHAI)
    night = Span(day(22).since, day(22).since + timedelta(hours=6))
    found = due.since_last(Past(covered=(day(21),)), grid, NOON, 7)  # NOON is the beginning of the third window
    assert found.claims == (night, Span(night.until, night.until + timedelta(hours=6)))
    assert found.reads == (day(22),)


@pytest.mark.parametrize(
    ("covered", "again", "claims"),
    [
        ((), False, (day(10, 2),)),
        ((day(11),), False, (day(10), day(12))),
        ((day(11),), True, (day(10, 2),)),
        ((day(9, 5),), False, None),
    ],
)
def test_days_that_are_asked_for(covered: tuple[Span, ...], again: bool, claims: tuple[Span, ...] | None) -> None:
    found = due.between(Past(covered=covered), day(10, 2), GRID, NOON, again=again)
    assert (found and found.claims) == claims


def test_of_days_that_are_asked_for_the_one_under_way_is_read_and_not_claimed() -> None:
    found = due.between(Past(), day(21, 3), GRID, NOON, again=False)
    assert found == Due(reads=(day(21, 3),), claims=(day(21),))
    assert due.between(Past(), day(23), GRID, NOON, again=False) is None


@pytest.mark.parametrize(
    ("looked", "late"),
    [(None, False), (NOON - DAY, False), (NOON, True), (NOON + timedelta(hours=1), True), (NOON + 3 * DAY, False)],
)
def test_a_late_double_has_nothing_to_do(looked: datetime | None, late: bool) -> None:
    """It was to begin at noon, and does two hours late. A clock that said the day after tomorrow is not believed."""
    assert due.is_late_double(Past(looked=looked), NOON, NOON + timedelta(hours=2)) is late
    assert not due.is_late_double(Past(looked=looked), None, NOON)


def test_what_a_clock_claimed_that_was_wrong_is_no_claim() -> None:
    past = Past(covered=(day(1, 20), span_of(date(2026, 11, 22), date(2027, 11, 22), SHANGHAI)))
    assert past.believed(NOON).covered == (day(1, 20),)
    assert due.since_last(past, GRID, NOON + 3 * DAY, 7).claims == (day(22), day(23), day(24))


@pytest.mark.parametrize(
    ("oldest", "whole", "claim", "reached"),
    [
        (None, False, day(21), day(21)),
        (day(15).since, False, day(15, 6), day(15, 6)),
        (day(15).since + DAY / 2, False, day(15, 6), day(16, 5)),
        (day(15).since + DAY / 2, True, day(15, 6), day(15, 6)),
        (day(21).since + DAY / 2, False, day(21), None),
        (day(22).since + DAY / 4, True, day(21), day(21)),
    ],
)
def test_a_first_run_claims_as_far_as_its_lists_go(
    oldest: datetime | None, whole: bool, claim: Span, reached: Span | None
) -> None:
    assert due.first_claim(GRID, oldest, NOON) == claim
    assert due.reached(claim, GRID, oldest, whole=whole) == reached


zones = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia"]).map(ZoneInfo)
lengths = st.sampled_from([timedelta(hours=6), DAY, timedelta(weeks=1)])
# Hours until the next run, and whether it ends well. Below zero, somebody has put the clock back.
histories = st.lists(st.tuples(st.integers(-2, 60), st.booleans()), min_size=1, max_size=25)
starts = st.sampled_from(
    [
        datetime(2024, 2, 27, 9, tzinfo=UTC),
        datetime(2026, 3, 27, 9, tzinfo=UTC),
        datetime(2026, 10, 23, 22, 30, tzinfo=UTC),
        datetime(2011, 12, 28, 9, tzinfo=UTC),
    ]
)


@given(starts, histories, lengths, zones)
@example(datetime(2026, 10, 24, 22, tzinfo=UTC), [(1, True), (-1, True), (24, True)], DAY, ZoneInfo("Europe/Berlin"))
def test_whatever_happens_there_is_no_hole_and_no_double(
    start: datetime, history: list[tuple[int, bool]], length: timedelta, zone: ZoneInfo
) -> None:
    """Runs fail, are late, find the clock put back: no window is claimed twice or early, none is forgotten."""
    grid = Grid(length, zone)
    now, latest = start, start
    past = Past(covered=(grid.before(grid.at(start)),))
    for hours, well in [*history, (1, True)]:
        now += timedelta(hours=hours)
        latest = max(latest, now)
        found = due.since_last(past, grid, now, 1000)
        assert all(claim.until <= now for claim in found.claims)
        assert not any(claim.overlaps(span) for claim in found.claims for span in past.covered)
        assert not any(one.overlaps(two) for one, two in pairwise(found.claims))
        reads = found.reads or ()
        assert all(any(read.since <= c.since and c.until <= read.until for read in reads) for c in found.claims)
        assert any(read.holds(now) for read in reads)
        if well:
            past = replace(past, covered=(*past.covered, *found.claims))
    assert merged(past.covered)[0].since == past.covered[0].since
    if now == latest:
        assert merged(past.covered) == [Span(past.covered[0].since, grid.at(now).since)]
        assert list(due.holes(past, grid, now)) == []
