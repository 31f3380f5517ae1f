"""What is stored and not linked yet is linked by the next process, as it is then."""

from typing import Any

import pytest

from ingest.copies.normal import normal
from ingest.store import copies, copies_waiting
from ingest.store.engine import Database
from tests.copies.collection import clear, collection, put_rows, reading, state
from tests.store.pages import rows, store


def test_a_process_that_ends_before_it_has_linked_leaves_it_to_the_next(database: Database) -> None:
    readings = collection()
    store(database, *readings)
    expected = state(database)
    clear(database)
    put_rows(database, *readings)
    with database.read() as connection:
        assert copies_waiting.count(connection) == len(readings)
    assert copies_waiting.link_all(database) == len(readings)
    assert state(database) == expected


def test_what_changes_between_the_look_at_it_and_the_lock_still_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reading("a", ["园区一季度产值318.6亿元，增长7.4%，投资94.3亿元，半导体占到一半。"])
    put_rows(database, before)
    known = copies.known

    def late(row: Any) -> Any:
        monkeypatch.setattr(copies, "known", known)
        put_rows(database, reading("a", collection()[0].articles[0]["paragraphs"]))
        return known(row)

    monkeypatch.setattr(copies, "known", late)
    copies_waiting.link(database, [before.articles[0]["key"]])
    with database.read() as connection:
        assert copies_waiting.count(connection) == 1
    copies_waiting.link_all(database)
    [text] = rows(database, "copytext")
    assert text["length"] == len(normal(collection()[0].articles[0]["paragraphs"]))
