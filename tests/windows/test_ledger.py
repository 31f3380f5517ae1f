"""The ledger of windows on both engines."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from ingest.store import queries, windows
from ingest.store.engine import Database
from ingest.store.windows import State, Taker
from ingest.windows.cutting import DAY, Grid, span_of
from ingest.windows.due import Past, since_last
from ingest.windows.spans import Span

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def day(number: int, more: int = 0) -> Span:
    return span_of(date(2026, 11, number), date(2026, 11, number + more), UTC)


def taker(run: str = "r1") -> Taker:
    return Taker("s", run, NOW)


@pytest.fixture
def ledger(address: str) -> Iterator[Connection]:
    """A connection to a database with one source."""
    database = Database(address)
    with database.write() as connection:
        queries.put_source(connection, {"name": "s", "kind": "feed", "title": "s", "language": "zh"})
        yield connection
    database.close()


def test_what_is_covered_tells_for_all_that_was_tried_within(ledger: Connection) -> None:
    windows.begin(ledger, taker("r1"), [day(10), day(11), day(14)])
    assert windows.past(ledger, "s") == Past(tried={day(10): 1, day(11): 1, day(14): 1})
    windows.fall_short(ledger, taker("r1"), [day(10), day(11)], State.FAILED, "no answer")
    windows.begin(ledger, taker("r2"), [day(10)])
    assert windows.past(ledger, "s").tried == {day(10): 2, day(11): 1, day(14): 1}
    windows.cover(ledger, taker("r2"), [day(9, 3)])
    assert windows.past(ledger, "s") == Past(covered=(day(9, 3),), tried={day(14): 1})
    windows.cover(ledger, taker("r3"), [day(9, 5)])
    assert windows.past(ledger, "s") == Past(covered=(day(9, 5),))
    assert [row["run"] for row in windows.rows(ledger, "s")] == ["r3"]


def test_a_failure_takes_nothing_from_what_was_covered(ledger: Connection) -> None:
    windows.cover(ledger, taker(), [day(10)])
    windows.begin(ledger, taker("r2"), [day(10)])
    windows.fall_short(ledger, taker("r2"), [day(10)], State.PARTIAL, "3 of 9 pages failed in passing")
    assert windows.past(ledger, "s").covered == (day(10),)


def test_a_killed_run_leaves_what_it_had_begun(ledger: Connection) -> None:
    windows.begin(ledger, taker("dead"), [day(10)])
    windows.begin(ledger, taker("living"), [day(11)])
    windows.close(ledger, "dead", "killed")
    assert [(row["state"], row["reason"]) for row in windows.rows(ledger, "s")] == [
        ("failed", "killed"),
        ("begun", None),
    ]


def test_the_last_look_is_one_row(ledger: Connection) -> None:
    windows.look(ledger, taker(), NOW - DAY)
    windows.look(ledger, taker("r2"), NOW)
    windows.cover(ledger, taker(), [day(1, 28)])
    assert windows.past(ledger, "s").looked == NOW
    assert len(windows.rows(ledger, "s")) == 2


def test_a_backfill_that_has_not_ended_is_taken_up_again(ledger: Connection) -> None:
    asked = {"since": "2026-11-01", "sources": ["s"]}
    first = windows.open_backfill(ledger, asked, at=NOW)
    assert windows.open_backfill(ledger, asked, at=NOW + DAY) == first | {"parameters": asked}
    assert windows.began_before(ledger, asked) == NOW
    assert windows.open_backfill(ledger, asked | {"since": "2026-11-02"}, at=NOW)["key"] != first["key"]
    windows.close_backfill(ledger, first["key"], at=NOW)
    assert windows.began_before(ledger, asked) is None
    assert windows.open_backfill(ledger, asked, at=NOW + DAY)["key"] != first["key"]


def test_a_run_of_the_schedule_leaves_a_row(ledger: Connection) -> None:
    start = datetime(2026, 10, 23, tzinfo=UTC)
    grid = Grid(DAY, UTC)
    windows.cover(ledger, taker(), [grid.before(grid.at(start))])
    for number in range(30):
        now = start + DAY * number
        windows.cover(ledger, taker(f"r{number}"), since_last(windows.past(ledger, "s"), grid, now, 7).claims)
    assert len(windows.rows(ledger, "s")) == 30
    assert since_last(windows.past(ledger, "s"), grid, NOW, 7).claims == (day(21),)
