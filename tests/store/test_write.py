"""What becomes of pages in the database, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from ingest.fetch.archive import Pointer
from ingest.model import Outcome, Table, Topic
from ingest.store import queries, write
from ingest.store.engine import Database
from ingest.store.keys import page_key
from tests.store.pages import NOW, TEXT, article, everything, indicator, organisation, read, rows, store

LATER = NOW + timedelta(days=1)


def outcomes(database: Database, *readings: Any, now: datetime = NOW) -> list[str]:
    """Store readings and return their outcomes."""
    return [stored.outcome.value for stored in store(database, *readings, now=now)]


def test_a_page_becomes_rows(database: Database) -> None:
    assert outcomes(database, read(article())) == ["new"]
    [capture], [page], [stored] = (rows(database, name) for name in ("capture", "page", "article"))
    assert (capture["size"], capture["captured_at"], capture["archive_offset"]) == (1, NOW, 1)
    assert (page["encoding"], page["repairs"], page["left_out"]) == ("gb18030", {"pinyin": 2}, {"furniture": 2})
    assert (stored["capture_key"], stored["rules_version"]) == (capture["key"], "r1")
    assert stored["published_at"] == article().published_at
    assert (stored["authors"], stored["paragraphs"], stored["paragraph_blocks"]) == (["何青"], [TEXT], [[1]])
    assert stored["flags"] == [{"name": "unsure", "score": 0.5, "reason": "made up"}]
    assert (stored["revision"], stored["withdrawn_at"]) == (1, None)
    [found] = rows(database, "indicator")
    assert stored["paragraphs"][found["paragraph"]][found["span_start"] : found["span_end"]] == found["text"]
    assert (found["value"], found["value_high"], found["unit"]) == (Decimal(31), None, "家")
    assert (found["period_start"], found["period_end"]) == (date(2025, 1, 1), date(2025, 3, 2))
    assert [row["aliases"] for row in rows(database, "organisation")] == [["管委会"]]
    assert [row["name"] for row in rows(database, "person")] == ["唐晓舟"]


def test_findings_of_better_rules_come_into_the_row_and_keep_its_keys(database: Database) -> None:
    store(database, read(article()))
    [bare], [unknown] = rows(database, "article"), rows(database, "organisation")
    assert (bare["keywords"], bare["topic"], bare["topic_score"], bare["topic_cues"]) == ([], None, None, [])
    assert (bare["tables"], unknown["identity"]) == ([], None)
    better = article(
        keywords=("中试线", "产\x00值"),
        topic=Topic(name="产业", score=0.75, cues=("产值",)),
        tables=(Table(paragraph=0, rows=(("年", "家"), ("2025", "31"))),),
        organisations=(organisation(identity="绵阳高新区管委会"),),
    )
    assert outcomes(database, read(better, rules="r2"), now=LATER) == ["updated"]
    [found], [known] = rows(database, "article"), rows(database, "organisation")
    assert (found["keywords"], found["revision"], found["key"]) == (["中试线", "产\ufffd值"], 1, bare["key"])
    assert (found["topic"], found["topic_score"], found["topic_cues"]) == ("产业", 0.75, ["产值"])
    assert found["tables"] == [{"paragraph": 0, "rows": [["年", "家"], ["2025", "31"]]}]
    assert known == unknown | {"identity": "绵阳高新区管委会"}
    assert outcomes(database, read(better, rules="r2"), now=LATER) == ["unchanged"]


def test_the_same_again_changes_no_row(database: Database) -> None:
    readings = [read(article(), article("另一篇")), read(article(), address="b.html")]
    assert outcomes(database, *readings) == ["new", "new"]
    before = everything(database)
    assert outcomes(database, *readings, now=LATER) == ["unchanged", "unchanged"]
    assert everything(database) == before


def test_a_changed_article_is_updated_and_its_records_with_it(database: Database) -> None:
    store(database, read(article(), address="a.html"), read(article(), address="b.html"))
    before = everything(database)
    fewer = article(indicators=(indicator(Decimal(32)),), people=(), organisations=article().organisations)
    assert outcomes(database, read(fewer, content=b"2"), read(article(), address="b.html")) == ["updated", "unchanged"]
    after = everything(database)
    [changed] = [row for row in after["article"] if row["address"] == "a.html"]
    assert (changed["revision"], changed["since"]) == (1, NOW)  # it says what it said; only our findings differ
    assert after["revision"] == []
    assert [r["value"] for r in after["indicator"] if r["article_key"] == changed["key"]] == [Decimal(32)]
    assert [r for r in after["person"] if r["article_key"] == changed["key"]] == []
    assert after["organisation"] == before["organisation"]
    other = [row for row in before["article"] if row["address"] == "b.html"]
    assert [row for row in after["article"] if row["address"] == "b.html"] == other
    assert len(after["capture"]) == 3  # the former bytes stay


def test_other_rules_that_find_the_same_are_no_change(database: Database) -> None:
    store(database, read(article()))
    [before] = rows(database, "article")
    moved = article(blocks=(0, 2), paragraph_blocks=((2,),))
    assert outcomes(database, read(moved, rules="r2", content=b"2")) == ["unchanged"]
    [after] = rows(database, "article")
    changed = {name for name, value in after.items() if before[name] != value}
    assert changed == {"rules_version", "capture_key", "blocks", "paragraph_blocks"}
    assert [row["rules_version"] for row in rows(database, "page")] == ["r2"]


def test_a_record_read_with_other_confidence_keeps_its_key(database: Database) -> None:
    store(database, read(article()))
    [before] = rows(database, "indicator")
    assert outcomes(database, read(article(indicators=(indicator(confidence=0.5),)))) == ["updated"]
    assert rows(database, "indicator") == [before | {"confidence": 0.5}]


def test_an_article_gone_from_its_page_is_withdrawn_and_stays(database: Database) -> None:
    both = read(article("甲"), article("乙"), article("丙"))
    store(database, both)
    [stored] = store(database, read(article("甲"), article("丙"), content=b"2"), now=LATER)
    assert (stored.outcome, stored.withdrawn) == (Outcome.UPDATED, 1)
    assert {row["title"]: row["withdrawn_at"] for row in rows(database, "article")} == {
        "甲": None,
        "乙": LATER,
        "丙": None,
    }
    assert len(rows(database, "indicator")) == 3
    [again] = store(database, read(article("甲"), article("丙"), content=b"2"), now=LATER + timedelta(days=1))
    assert (again.outcome, again.withdrawn) == (Outcome.UNCHANGED, 0)
    assert sorted(str(row["withdrawn_at"]) for row in rows(database, "article")) == sorted(["None", "None", str(LATER)])
    assert outcomes(database, both) == ["updated"]
    assert [row["withdrawn_at"] for row in rows(database, "article")] == [None, None, None]


def test_a_page_without_an_article_is_skipped(database: Database) -> None:
    assert outcomes(database, read()) == ["skipped"]
    assert [row["articles"] for row in rows(database, "page")] == [0]
    assert outcomes(database, read(article(), content=b"2")) == ["new"]
    [stored] = store(database, read(content=b"3"))
    assert (stored.outcome, stored.withdrawn) == (Outcome.SKIPPED, 1)


def test_a_range_has_two_ends(database: Database) -> None:
    store(database, read(article(indicators=(indicator((Decimal("7.2"), Decimal("7.5"))),))))
    assert [(r["value"], r["value_high"]) for r in rows(database, "indicator")] == [(Decimal("7.2"), Decimal("7.5"))]


def test_figures_that_differ_in_one_respect_are_two_records(database: Database) -> None:
    alike = (indicator(), indicator(subject="德阳高新区"), indicator(name="项目"), indicator(Decimal(32)), indicator())
    store(database, read(article(indicators=alike)))
    assert len(rows(database, "indicator")) == 4  # the last says the same as the first


def test_text_that_a_database_cannot_hold_is_mended_in_place(database: Database) -> None:
    text = "绵阳\x00高新\ud800区"
    store(database, read(article(text, paragraphs=(text,), kicker=text)))
    [row] = rows(database, "article")
    assert row["title"] == row["kicker"] == row["paragraphs"][0] == "绵阳\ufffd高新\ufffd区"


def quarantine_row(address: str = "a.html", **fields: Any) -> dict[str, Any]:
    """Make a row of the quarantine."""
    row = {
        "key": page_key("s", address),
        "source": "s",
        "address": address,
        "capture_key": None,
        "outcome": "failed",
        "stage": "fetch",
        "reason": "is empty",
        "exception": None,
        "transient": False,
        "replay": f"ingest run s --only {address}",
        "since": NOW,
    }
    return row | fields


def put_in_quarantine(database: Database, *added: dict[str, Any]) -> None:
    """Put rows into quarantine."""
    store(database)
    with database.write() as connection:
        write.quarantine(connection, added)


def test_quarantine_keeps_when_it_began_and_goes_with_success(database: Database) -> None:
    put_in_quarantine(database, quarantine_row(), quarantine_row("b.html"))
    before = everything(database)
    put_in_quarantine(database, quarantine_row(since=LATER))
    assert everything(database) == before
    put_in_quarantine(database, quarantine_row(reason="is a folder", since=LATER))
    found = {row["address"]: row for row in rows(database, "quarantine")}
    assert (found["a.html"]["reason"], found["a.html"]["since"]) == ("is a folder", NOW)
    store(database, read(article()))
    assert [row["address"] for row in rows(database, "quarantine")] == ["b.html"]


def test_a_refused_row_leaves_nothing_behind(database: Database) -> None:
    store(database, read(article()))
    before = everything(database)
    bad = indicator()
    bad = replace(bad, start=9, end=3)
    with pytest.raises(IntegrityError):
        store(database, read(article("新"), address="c.html"), read(article(indicators=(bad,)), address="d.html"))
    assert everything(database) == before


def test_a_foreign_key_is_held(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as connection:
        write.store_readings(connection, [read(article())], NOW)  # there is no source ``s``


def test_what_is_known_of_pages_and_captures(database: Database) -> None:
    reading = read(article())
    store(database, reading, read(address="b.html"))
    with database.read() as connection:
        known = queries.known_pages(connection, "s", ["a.html", "b.html", "c.html"])
        captures = queries.known_captures(connection, "s", ["a.html"])
    assert {address: (page.rules_version, page.articles) for address, page in known.items()} == {
        "a.html": ("r1", 1),
        "b.html": ("r1", 0),
    }
    assert captures == {known["a.html"].capture_key: Pointer("x.warc.gz", 1, 2)}


def test_runs_are_told_newest_first(database: Database) -> None:
    for day in (1, 2):
        row = {
            "key": f"run{day}",
            "started_at": datetime(2025, 3, day, tzinfo=UTC),
            "ended_at": None,
            "sources": ["s"],
            "parameters": {"only": []},
            "rules_version": "r1",
            "outcomes": {},
            "error": None,
        }
        with database.write() as connection:
            queries.begin_run(connection, row)
    with database.write() as connection:
        queries.end_run(connection, "run2", at=LATER, outcomes={"s": {"new": 3}}, error=None)
    with database.read() as connection:
        runs = queries.last_runs(connection, 5)
        assert queries.counts(connection)["run"] == 2
    assert [(run["key"], run["ended_at"], run["outcomes"]) for run in runs] == [
        ("run2", LATER, {"s": {"new": 3}}),
        ("run1", None, {}),
    ]
