"""Groups are a function of the articles that there are: any order, any writers, whatever came and went."""

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from ingest.store import copies_fresh, copies_marks, copies_waiting, write
from ingest.store.engine import Database
from ingest.store.keys import page_key
from ingest.store.rows import Reading
from tests.copies.collection import clear, collection, reading, state
from tests.spin import corpus
from tests.store.pages import NOW, rows, store


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies_marks, "MOST", 12)  # so that the notice's marks become common, and copies' too
    monkeypatch.setattr(copies_fresh, "_shares", lambda _: 3)  # as in a large store: marks stand in both tables


def chunks(readings: Sequence[Reading], chance: random.Random) -> list[list[Reading]]:
    left, made = list(readings), []
    while left:
        size = chance.choice([1, 3, 10, 40])
        made.append(left[:size])
        left = left[size:]
    return made


def test_every_order_gives_the_same_groups(database: Database) -> None:
    readings = collection()
    store(database, *readings)
    expected = state(database)
    kinds = {row["kind"] for row in expected["copymember"]}
    assert {"head", "copy", "spun"} <= kinds
    assert expected["copypart"]
    assert expected["copycommon"]
    orders = 20 if database.file else 4
    for seed in range(orders):
        clear(database)
        assert not any(state(database).values())
        chance = random.Random(seed)
        for some in chunks(chance.sample(readings, len(readings)), chance):
            store(database, *some)
        assert state(database) == expected, seed


def test_two_writers_at_once_give_the_same_groups(database: Database) -> None:
    readings = collection()
    store(database, *readings)
    expected = state(database)
    for seed in range(3):
        clear(database)
        store(database)
        chance = random.Random(seed)
        halves = [readings[::2], readings[1::2]]
        with ThreadPoolExecutor(2) as writers:
            work = [chunks(chance.sample(half, len(half)), chance) for half in halves]
            for done in [writers.submit(put_all, database, parts) for parts in work]:
                done.result()
        copies_waiting.link_all(database)  # as a run does at its end: who finds another linking leaves it to that
        assert state(database) == expected


def put_all(database: Database, parts: Sequence[Sequence[Reading]]) -> None:
    for part in parts:
        put(database, part)


def put(database: Database, readings: Sequence[Reading]) -> None:
    with database.write() as connection:
        write.store_readings(connection, readings, NOW)
    copies_waiting.link(database, [row["key"] for reading in readings for row in reading.articles])


def test_what_comes_and_goes_leaves_no_trace(database: Database) -> None:
    readings = collection()
    stay, others = readings[::2], readings[1::2]
    store(database, *stay)
    expected = state(database)
    clear(database)
    chance = random.Random(1)
    for some in chunks(chance.sample(readings, len(readings)), chance):
        store(database, *some)
    former = [
        reading(each.address, ["后来改成另一篇文章，与先前的内容没有任何关系，只是地址相同。"]) for each in others[::2]
    ]
    store(database, *former)
    with database.write() as connection:
        write.leave(connection, [page_key("s", each.address) for each in others], NOW)
    copies_waiting.link_all(database)
    assert state(database) == expected


def test_made_anew_it_is_the_same(database: Database) -> None:
    store(database, *collection())
    expected = state(database)
    assert copies_waiting.rebuild(database) == len(collection())
    assert state(database) == expected


def forms(number: int) -> list[Reading]:
    """Texts of two forms with other figures in them, each a few times and with edits: large buckets, of many groups."""
    chance = random.Random(7)
    found = []
    for place in range(number):
        form, month = place % 2, chance.randrange(4)
        figures = random.Random(f"{form} {month}")
        said = [f"{figures.randrange(1000, 9999) / 10}" for _ in range(8)]
        lines = [
            f"{month + 1}月，{'东湾' if form else '西岭'}高新区{name}完成{value}亿元，运行总体平稳，各项工作有序推进。"
            for name, value in zip(["产值", "投资", "外贸", "税收", "营收", "利润", "研发", "用电"], said, strict=True)
        ]
        if chance.random() < 0.4:
            lines.pop(chance.randrange(len(lines)))
        if chance.random() < 0.2:
            lines += corpus.own()[place % 5].paragraphs
        found.append(reading(f"form-{place}", lines, chance.randrange(5)))
    return found


def test_of_large_buckets_every_order_gives_the_same_groups(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies_marks, "MOST", 6)
    monkeypatch.setattr(copies_marks, "FIRST", 2)
    readings, others = forms(70), [each for each in collection() if each.address < "3"]
    store(database, *readings, *others[::2])
    expected = state(database)
    assert expected["copypart"]
    assert max(Counter(row["group_key"] for row in expected["copymember"]).values()) > 2 * copies_marks.FIRST
    for seed in range(4 if database.file else 1):
        clear(database)
        chance = random.Random(seed)
        many = [*readings, *others]
        for some in chunks(chance.sample(many, len(many)), chance):
            store(database, *some)
        put_all(database, [[changed(each, chance) for each in others[1::2]]])
        store(database, *(changed(each, chance) for each in readings[::3]))
        with database.write() as connection:
            write.leave(connection, [page_key("s", each.address) for each in others[1::2]], NOW)
        store(database, *chance.sample(readings, len(readings)))
        assert state(database) == expected, seed


def changed(each: Reading, chance: random.Random) -> Reading:
    """Return an article as it was for a while: of another day, or of another text."""
    row = each.articles[0]
    day = (row["published_on"] - date(2025, 1, 1)).days
    if chance.random() < 0.5:
        return reading(each.address, row["paragraphs"], day + chance.choice([-20, 20]))
    return reading(each.address, chance.sample(row["paragraphs"], max(1, len(row["paragraphs"]) // 2)), day)


def test_what_differs_by_punctuation_alone_is_compared_anew(database: Database) -> None:
    said = ["园区一季度产值318.6亿元，增长7.4%。", "新签约项目26个，计划总投资94.3亿元，其中半导体占到一半。"]
    copy = [said[0].replace("318.6", "381.6"), said[1]]
    store(database, reading("head", said), reading("copy", [f"（{copy[0]}）", copy[1]], 3))
    first = rows(database, "contradiction")
    store(database, reading("copy", copy, 3))
    [now] = rows(database, "contradiction")
    assert (now["span_start"], now["text"]) == (first[0]["span_start"] - 1, first[0]["text"])
