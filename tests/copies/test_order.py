"""Groups are a function of the articles that there are: any order, any writers, whatever came and went."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from ingest.store import copies_marks, copies_waiting, write
from ingest.store.engine import Database
from ingest.store.keys import page_key
from ingest.store.rows import Reading
from tests.copies.edits import edited
from tests.spin import corpus, spinner
from tests.store.pages import NOW, article, read, rows, store

TABLES = ("copywait", "copytext", "copymark", "copycommon", "copymember", "copypart", "contradiction")
NOTICE = "以上内容由园区融媒体中心整理发布，转载请注明来源，未经授权不得用于商业用途，违者将依法追究责任。"


def reading(address: str, paragraphs: Sequence[str], day: int = 0, title: str = "题") -> Reading:
    made = article(
        title,
        paragraphs=tuple(paragraphs),
        originals=tuple(paragraphs),
        paragraph_blocks=tuple((n,) for n in range(len(paragraphs))),
        published_on=date(2025, 1, 1) + timedelta(days=day),
        published_at=None,
        indicators=(),
        organisations=(),
        people=(),
    )
    return read(made, address=address)


def collection() -> list[Reading]:
    """Articles with copies of all kinds, chains, parts, and a notice that stands beneath many."""
    chance = random.Random(4)
    found = []
    for number, one in enumerate(corpus.own()[:10]):
        texts = [list(one.paragraphs)]
        texts.append(edited(one, "mixed", 0.15))
        texts.append(edited(one, "letters", 0.1))
        texts.append(list(spinner.spin(one, spinner.table("large")).article.paragraphs))
        texts.append([*one.paragraphs, *corpus.own()[number + 20].paragraphs])
        if number % 2:
            texts.append(list(one.paragraphs)[:1])
        for copy, paragraphs in enumerate(texts):
            below = [NOTICE] if (number + copy) % 2 else []
            found.append(reading(f"{number}-{copy}", [*paragraphs, *below], chance.randrange(30)))
    return found


def state(database: Database) -> dict[str, list[dict[str, Any]]]:
    return {name: rows(database, name) for name in TABLES}


def clear(database: Database) -> None:
    with database.write() as connection:
        from ingest.store import forget

        forget._delete_rows(connection, forget.Scope("s"))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies_marks, "MOST", 12)  # so that the notice's marks become common, and copies' too


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
