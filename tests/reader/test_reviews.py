"""Decisions on records, on both engines: they hold in views and exports, outlive a re-read, and only ever grow."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from ingest.model import Article
from ingest.store import forget, review_gold, reviews
from ingest.store.engine import Database
from ingest.store.export.kinds import Filters
from ingest.store.export.write import Style, write
from ingest.store.review_columns import CorrectionError, corrected
from ingest.store.review_queue import Narrowed, queue
from ingest.store.reviews import OvertakenError, ReviewError, Ruling, Verdict
from ingest.store.rows import record_rows
from tests.reader.made import WHO
from tests.store.pages import TEXT, article, indicator, organisation, read, rows, store

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A database with one article whose figure and organisation are in doubt."""
    database = Database(address)
    store(database, read(doubted()))
    yield database
    database.close()


def doubted(**fields: Any) -> Article:
    """Make that article."""
    body = organisation(confidence=0.5)
    return article(**{"indicators": (indicator(confidence=0.4),), "organisations": (body,)} | fields)


def decide(
    database: Database, kind: str, verdict: str, seen: int | None = None, **changes: str | None
) -> dict[str, Any]:
    """Decide on the only record of a kind."""
    [row] = rows(database, kind)
    ruling = Ruling(verdict=Verdict(verdict), by=WHO, at=AT, changes=changes, note="nachgezählt")
    with database.write() as connection:
        return reviews.decide(connection, kind, row["key"], ruling, seen=seen)


def exported(database: Database, kind: str) -> list[dict[str, Any]]:
    """Export a kind or a view."""
    out = io.BytesIO()
    with database.read() as connection:
        write(connection, kind, Filters(), Style("jsonl"), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def waiting(database: Database, **narrowed: str) -> list[str]:
    """Return the kinds of the records in the queue."""
    with database.read() as connection:
        return [row["kind"] for row in queue(connection, Narrowed(**narrowed), limit=9)]


def test_what_is_decided_leaves_the_queue_and_comes_back_when_it_is_taken_back(database: Database) -> None:
    assert waiting(database) == ["indicator", "organisation"] == [row["kind"] for row in exported(database, "review")]
    decide(database, "indicator", "accepted")
    assert waiting(database) == ["organisation"] == [row["kind"] for row in exported(database, "review")]
    decide(database, "indicator", "reopened")
    assert waiting(database) == ["indicator", "organisation"]


def test_the_queue_is_narrowed_and_paged(database: Database) -> None:
    assert waiting(database, kind="organisation", source="s", zone="绵阳高新区") == ["organisation"]
    assert (
        waiting(database, source="t") == waiting(database, zone="德阳高新区") == waiting(database, kind="person") == []
    )
    with database.read() as connection:
        [first] = queue(connection, Narrowed(), limit=1)
        after = (first["confidence"], first["key"])
        assert [row["kind"] for row in queue(connection, Narrowed(), limit=9, after=after)] == ["organisation"]
    assert first["evidence_paragraph"] == TEXT


def test_what_is_rejected_is_in_no_view_and_no_export_and_its_row_stays(database: Database) -> None:
    before = rows(database, "indicator")
    decide(database, "indicator", "rejected")
    decide(database, "organisation", "rejected")
    for kind in ("indicators", "indicators_by_zone", "organisations", "organisations_with_aliases"):
        assert exported(database, kind) == [], kind
    assert rows(database, "indicator") == before


def test_what_is_corrected_is_shown_so_with_what_was_read_beside_it(database: Database) -> None:
    before = rows(database, "indicator")
    changes: dict[str, Any] = {
        "value": "412.5",
        "unit": "亿元",
        "subject": None,
        "aspect": "level",
        "period_start": None,
    }
    decide(database, "indicator", "corrected", **changes)
    for kind in ("indicators", "indicators_by_zone"):
        [row] = exported(database, kind)
        assert (row["value"], row["unit"], row["subject"], row["aspect"]) == (412.5, "亿元", None, "level"), kind
        assert (row["period_start"], row["period_end"]) == (None, "2025-03-02")
        assert (row["verdict"], row["decided_by"]) == ("corrected", WHO)
        assert (row["as_read"]["value"], row["as_read"]["subject"]) == ("31", "绵阳高新区")
    assert exported(database, "indicators_by_zone")[0]["zone_from"] == "article"  # nobody is named any more
    assert rows(database, "indicator") == before


def test_an_organisation_counts_under_its_corrected_name(database: Database) -> None:
    store(database, read(article(organisations=(organisation("绵阳市商务局"),)), address="b.html", content=b"2"))
    first = min(rows(database, "organisation"), key=lambda row: float(row["confidence"]))
    ruling = Ruling(verdict=Verdict.CORRECTED, by=WHO, at=AT, changes={"name": "绵阳市商务局"})
    with database.write() as connection:
        reviews.decide(connection, "organisation", first["key"], ruling)
    [both] = exported(database, "organisations_with_aliases")
    assert (both["name"], both["articles"]) == ("绵阳市商务局", 2)
    ruling = replace(ruling, changes={"name": "绵阳市科技局"})
    with database.write() as connection:
        reviews.decide(connection, "organisation", first["key"], ruling)
    found = {row["name"]: row["articles"] for row in exported(database, "organisations_with_aliases")}
    assert found == {"绵阳市商务局": 1, "绵阳市科技局": 1}


def test_a_decision_outlives_a_reread_that_moves_the_record(database: Database) -> None:
    decide(database, "indicator", "corrected", value="32")
    [before] = rows(database, "indicator")
    moved = indicator(confidence=0.3, paragraph=1, bound="about", period=None, method="better rules")
    store(
        database,
        read(doubted(paragraphs=("导语。", TEXT), originals=("导语。", TEXT), indicators=(moved,)), rules="r2"),
    )
    [after] = rows(database, "indicator")
    assert (after["key"], after["paragraph"]) != (before["key"], before["paragraph"])
    [shown] = exported(database, "indicators")
    assert (shown["value"], shown["verdict"], shown["bound"]) == (32, "corrected", "exact")  # as it was decided
    assert waiting(database) == ["organisation"]


def test_what_is_read_otherwise_is_put_to_somebody_again(database: Database) -> None:
    decide(database, "indicator", "rejected")
    store(database, read(doubted(indicators=(indicator(Decimal(32), confidence=0.4),)), rules="r2"))
    assert waiting(database) == ["indicator", "organisation"]
    assert [row["verdict"] for row in exported(database, "indicators")] == [None]


def test_decisions_are_added_and_none_is_changed(database: Database) -> None:
    for number, verdict in enumerate(("accepted", "rejected", "reopened"), start=1):
        assert decide(database, "indicator", verdict)["number"] == number
    [record] = rows(database, "indicator")
    with database.read() as connection:
        told = reviews.history(connection, "indicator", record)
        assert reviews.tally(connection) == {}
    assert [(row["verdict"], row["decided_by"], row["decided_at"], row["note"]) for row in told] == [
        (verdict, WHO, AT, "nachgezählt") for verdict in ("accepted", "rejected", "reopened")
    ]


def test_of_two_who_decide_on_what_they_saw_the_second_is_told(database: Database) -> None:
    decide(database, "indicator", "accepted", seen=0)
    with pytest.raises(OvertakenError, match=f"{WHO} has accepted it"):
        decide(database, "indicator", "rejected", seen=0)
    assert decide(database, "indicator", "rejected", seen=1)["number"] == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": "many"}, "no number"),
        ({"value": "NaN"}, "no number"),
        ({"value": "1e400"}, "no number"),
        ({"value": ""}, "cannot be empty"),
        ({"period_start": "2025-13-01"}, "no day"),
        ({"period_start": "2026-01-01"}, "after"),
        ({"value_high": "3"}, "below"),
        ({"aspect": "guess"}, "one of level"),
        ({"name": "x" * 301}, "longer"),
        ({"name": "a\x00b"}, "cannot be shown"),
        ({"key": "0"}, "no 'key' to correct"),
    ],
)
def test_a_correction_that_the_column_cannot_hold_is_told(changes: dict[str, str | None], told: str) -> None:
    row = record_rows("0", "indicators", [indicator()])[0]
    with pytest.raises(CorrectionError, match=told):
        corrected("indicator", row, changes)


def test_a_correction_that_changes_nothing_is_none(database: Database) -> None:
    with pytest.raises(ReviewError, match="accept it instead"):
        decide(database, "indicator", "corrected", value="31.0")
    assert rows(database, "decision") == []


def test_gold_has_what_stands_in_the_form_of_the_tests_gold(database: Database) -> None:
    decide(database, "indicator", "corrected", value="32", value_high="35")
    decide(database, "organisation", "rejected")
    with database.read() as connection:
        [page] = review_gold.pages(connection)
    assert (page.address, page.complete, page.content["decided"], page.content["records"]) == ("a.html", False, 2, 3)
    [told] = page.content["articles"]
    assert told["indicators"] == [
        {
            "subject": "绵阳高新区",
            "name": "企业",
            "value": [32, 35],
            "unit": "家",
            "bound": "exact",
            "aspect": "change",
            "period": ["2025-01-01", "2025-03-02"],
            "text": "引进企业31家",
        }
    ]
    assert (told["organisations"], told["published_on"], told["paragraphs"]) == ([], "2025-03-02", [TEXT])
    assert [each["records"] for each in told["rejected"]] == ["organisations"]
    decide(database, "person", "accepted")
    with database.read() as connection:
        [page] = review_gold.pages(connection, texts=False)
    assert page.complete
    assert page.content["articles"][0]["people"] == [
        {"name": "唐晓舟", "role": None, "organisation": None, "quotes": []}
    ]
    assert "paragraphs" not in page.content["articles"][0]


def test_decisions_go_with_an_article_that_is_forgotten(database: Database) -> None:
    decide(database, "indicator", "accepted")
    with database.write() as connection:
        scope = forget.of_source(connection, "s")
        forget._delete_rows(connection, scope)
        assert connection.scalar(text("SELECT count(*) FROM decision")) == 0
