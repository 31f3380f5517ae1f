"""Marks go from the small table into the large one by shares, and none is lost or doubled on the way."""

import random
from itertools import pairwise

import pytest
from sqlalchemy import Connection, text

from ingest.store import copies_fresh, copies_marks
from ingest.store.engine import Database

HIGHEST = (1 << 63) - 1
BIG = (1 << 58, (1 << 60) + 7, (1 << 61) - 1, (1 << 62) + 5)


def numbers(connection: Connection, table: str) -> list[tuple[int, int]]:
    return [(m, n) for m, n in connection.execute(text(f"SELECT mark, number FROM {table} ORDER BY mark, number"))]


@pytest.mark.parametrize("shares", [1, 2, 7, 14, 100])
def test_shares_leave_no_gap_and_hold_about_as_much(shares: int) -> None:
    bounds = [copies_fresh._bound(turn, shares) for turn in range(shares + 1)]
    assert bounds[0] == 0
    assert bounds[-1] == HIGHEST + 1
    chance = random.Random(3)
    marks = [chance.randrange((1 << 61) - 1) for _ in range(5000)] + [chance.randrange(1 << 63) for _ in range(2000)]
    held = [sum(low <= mark < high for mark in marks) for low, high in pairwise(bounds)]
    assert sum(held) == len(marks)
    assert max(held) < 1.5 * len(marks) / shares


def test_each_mark_is_in_one_table_and_moves_in_its_turn(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies_fresh, "_shares", lambda _: 4)
    rows = sorted({(mark, n) for n in range(50) for mark in (0, HIGHEST, *(n * mark % HIGHEST for mark in BIG))})
    with database.write() as connection:
        copies_fresh.put(connection, rows)
        moved, left = numbers(connection, "copymark"), numbers(connection, "copyfresh")
        assert moved
        assert left
        assert sorted(moved + left) == rows
        assert copies_marks.holders(connection, {0})[0] == list(range(50))
        first = copies_marks.firsts(connection, {0, HIGHEST})
        assert first == {mark: list(range(copies_marks.FIRST + 1)) for mark in (0, HIGHEST)}
        for _ in range(3):
            copies_fresh.put(connection, [])
        assert numbers(connection, "copymark") == rows
        assert not numbers(connection, "copyfresh")
        copies_fresh.put(connection, [(0, 100)])
        assert set(copies_marks.holders(connection, {0})[0]) == {*range(50), 100}


def test_a_small_store_writes_at_once_and_empties_what_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as connection:
        with monkeypatch.context() as patch:
            patch.setattr(copies_fresh, "_shares", lambda _: 4)
            copies_fresh.put(connection, [(mark, 1) for mark in BIG])
        assert numbers(connection, "copyfresh")
        copies_fresh.put(connection, [(5, 2)])
        assert not numbers(connection, "copyfresh")
        assert len(numbers(connection, "copymark")) == len(BIG) + 1


@pytest.mark.parametrize("articles", [200, 20_000, 100_000, 1_000_000])
def test_shares_grow_with_the_root_of_the_articles(
    database: Database, monkeypatch: pytest.MonkeyPatch, articles: int
) -> None:
    if not database.file:
        pytest.skip("PostgreSQL writes at once")
    chance = random.Random(articles)
    nth = sorted(chance.randrange(1 << 60) for _ in range(articles))[copies_fresh._SAMPLE - 1]
    monkeypatch.setattr(copies_fresh, "_NTH", text(f"SELECT {nth} WHERE :last > 0"))
    with database.read() as connection:
        found = copies_fresh._shares(connection)
    wanted = (articles / copies_fresh._PER_SHARE) ** 0.5
    assert found == 1 if wanted < copies_fresh._FEWEST - 1 else abs(found / wanted - 1) < 0.2
