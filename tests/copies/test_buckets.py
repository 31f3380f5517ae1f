"""Large buckets, by features made by hand: of each only the first articles by number are compared with all of it."""

import random
from dataclasses import replace
from itertools import permutations

import pytest

from ingest.copies import Features, features
from ingest.store import copies, copies_marks
from ingest.store.copies_marks import Known
from ingest.store.engine import Database
from tests.copies.collection import put_rows, reading, state
from tests.spin import corpus


@pytest.fixture(autouse=True)
def one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies_marks, "FIRST", 1)


def made(text: int, digest: int, bucket: int) -> Features:
    """Return the features of a text that shares no mark with any other, in one bucket of its own and a common one."""
    found = features("", corpus.own()[text].paragraphs)
    assert found
    return replace(found, digest=digest, bands=(bucket,) * 8, marks=frozenset(), runs=frozenset(), figures=frozenset())


def link(database: Database, known: list[Known], gone: tuple[str, ...] = ()) -> None:
    with database.write() as connection:
        copies.lock(connection)
        copies.link(connection, {each.key: each for each in known}, gone)


def groups(database: Database) -> list[set[str]]:
    rows = state(database)["copymember"]
    return [{row["article_key"] for row in rows if row["group_key"] == head} for head in {r["group_key"] for r in rows}]


@pytest.fixture
def three(database: Database) -> list[Known]:
    """Three articles in the order of their numbers: the first is like no other, the last two are copies."""
    readings = [reading(f"p{n}", corpus.own()[n].paragraphs) for n in range(3)]
    put_rows(database, *readings)
    keys = sorted(each.articles[0]["key"] for each in readings)
    return [
        Known(key, made(text, n, 99), mirrored=False) for n, (key, text) in enumerate(zip(keys, (0, 1, 1), strict=True))
    ]


def test_what_is_pushed_out_of_the_first_holds_nothing_together(database: Database, three: list[Known]) -> None:
    other, one, copy = three
    link(database, [one, copy])
    assert groups(database) == [{one.key, copy.key}]
    link(database, [other])
    assert groups(database) == []  # both are compared with the other alone
    link(database, [], (other.key,))
    assert groups(database) == [{one.key, copy.key}]


def test_in_every_order_it_is_the_same(database: Database, three: list[Known]) -> None:
    found = []
    for order in permutations(three):
        for each in order:
            link(database, [each])
        found.append(state(database))
        link(database, [], tuple(each.key for each in random.Random(1).sample(order, 3)))
        assert not state(database)["copymark"]
    assert all(each == found[0] for each in found)


def test_a_form_of_many_copies_is_one_group(database: Database, three: list[Known]) -> None:
    _, one, copy = three
    many = [reading(f"q{n}", corpus.own()[5].paragraphs) for n in range(20)]
    put_rows(database, *many)
    keys = [each.articles[0]["key"] for each in many]
    link(database, [Known(key, one.features, mirrored=False) for key in keys[:10]])
    link(database, [Known(key, copy.features, mirrored=False) for key in keys[10:]])
    assert groups(database) == [set(keys)]
    link(database, [], tuple(sorted(keys)[:5]))
    assert groups(database) == [set(sorted(keys)[5:])]
