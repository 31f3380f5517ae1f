"""``ingest copies``, ``ingest copies --rebuild`` and ``ingest sources --trust`` on both engines."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.model import Flag
from ingest.store import copies_waiting
from ingest.store.engine import Database
from tests.copies.test_figures import BODY, key, made, page
from tests.store.pages import store


@pytest.fixture
def family(database: Database, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A folder with a database that holds an article and a copy with a figure changed."""
    (tmp_path / "config").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INGEST_DATABASE_URL", address)
    spun = (Flag(name="spun", score=0.9, reason="made up"), Flag(name="keyword-injected", score=0.9, reason="made up"))
    copy = made(tuple(p.replace("318.6", "381.6") for p in BODY), 5)
    store(database, page("head", made(BODY, 3)), page("copy", replace(copy, flags=spun)))
    return database


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_copy_is_shown_with_its_group_its_contradictions_and_a_diff(family: Database) -> None:
    shown = said("copies", "copy")
    assert f"  head   1.00  2025-04-03  {key('head')[:12]}" in shown
    assert "* spun   0.9" in shown
    assert "number '381.6亿', and the head has '318.6亿': ¶1" in shown
    assert "[-318.6-]" in shown or "[-1-]" in shown or "{+8+}" in shown
    told = json.loads(said("copies", "copy", "--json"))
    assert [row["kind"] for row in told["group"]] == ["head", "spun"]
    assert [(row["text"], row["of_head"]) for row in told["contradictions"]] == [("381.6亿", "318.6亿")]
    assert [change["name"] for change in told["changes"]] == ["paragraph"]


def test_groups_are_made_anew(family: Database) -> None:
    before = said("copies", "copy", "--json")
    assert "2 articles compared" in said("copies", "--rebuild")
    assert said("copies", "copy", "--json") == before


def test_an_article_that_waits_says_so(family: Database) -> None:
    with family.write() as connection:
        copies_waiting.note_gone(connection, [key("copy")])
    assert "its copies are not looked for yet" in said("copies", "copy")
    assert json.loads(said("copies", "copy", "--json"))["waits"]


def test_without_an_article_it_says_what_it_wants(family: Database) -> None:
    result = CliRunner().invoke(app, ["copies"])
    assert "say of which article" in str(result.exception)


def test_the_trust_sheet_counts_copies_spun_text_and_contradictions(family: Database) -> None:
    [sheet] = map(json.loads, said("sources", "--trust", "--json").splitlines())
    counts = {"articles": 2, "copies": 1, "heads": 1, "spun": 1, "injected": 1, "contradicting": 1, "damaged": 2}
    assert sheet | counts == sheet
    assert "50%" in said("sources", "--trust")
