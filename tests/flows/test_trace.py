"""From a record back to its bytes, with whatever may have happened to them since."""

import json
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import typer

from ingest import trace as tracing
from ingest.commands.trace import trace
from ingest.store.engine import Database
from ingest.store.lookup import NotOneError
from tests.flows.project import PAGE, Project


@pytest.fixture
def here(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that was run, whose folder we are in: a page in GB18030 with annotations of pinyin."""
    monkeypatch.chdir(project.folder)
    annotated = PAGE.replace("唐晓舟说", "唐晓舟(tángxiǎozhōu)说").replace("高新区新建", "高新區(qū)新建")
    project.put("a.txt", annotated.encode("gb18030"))
    project.put("b.txt", PAGE)
    project.run()
    return project


def steps(record: str, capsys: pytest.CaptureFixture[str], *, code: int = 0) -> dict[str, Any]:
    """Return what ``ingest trace --json`` says of a record, by step."""
    with pytest.raises(typer.Exit) if code else nullcontext():
        trace(record, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["proved"] == (code == 0)
    return {step["name"]: (step["said"], step["held"]) for step in told["steps"]}


def of_page(project: Project, table: str, address: str) -> list[dict[str, Any]]:
    """Return the records of a page."""
    [article] = [row for row in project.rows("article") if row["address"] == address]
    return [row for row in project.rows(table) if row["article_key"] == article["key"]]


def test_every_record_is_proved_from_its_bytes(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    tables = ("indicator", "organisation", "person", "place")
    records = [row for table in tables for row in of_page(here, table, "a.txt")]
    assert len(records) > 5
    for record in records:
        found = steps(record["key"], capsys)
        assert {name for name, (_, held) in found.items() if held} >= {"span", "bytes", "again", "record again"}
        assert f"«{record['text']}»" in found["span"][0]
    [person] = of_page(here, "person", "a.txt")
    found = steps(person["key"][:8], capsys)  # the beginning of a key will do
    said, _ = found["block"]
    assert "as published: «" in said
    [capture] = [row for row in here.rows("capture") if row["address"] == "a.txt"]
    where = f"{capture['archive_file']}, byte {capture['archive_offset']}, {capture['archive_length']} bytes long"
    assert found["archive"] == (where, None)


def test_a_person_reads_it_too(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    trace(of_page(here, "person", "b.txt")[0]["key"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("record ")
    assert lines[-1] == "The record holds: its words stand in these bytes."


def test_changed_rules_are_said(
    here: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "rules_version", lambda: "of tomorrow")
    found = steps(of_page(here, "person", "b.txt")[0]["key"], capsys)
    assert "THE RULES HAVE CHANGED SINCE" in found["rules"][0]
    assert found["record again"][1]


def test_other_bytes_in_the_archive_prove_nothing(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    [record] = of_page(here, "person", "b.txt")
    [file] = here.settings().archive.iterdir()
    with file.open("rb+") as warc:
        warc.seek(-40, 2)
        warc.write(b"\x00" * 8)
    said, held = steps(record["key"], capsys, code=1)["bytes"]
    assert not held
    assert "is damaged: bring the file back from its backup" in said
    shutil.rmtree(here.settings().archive)
    said, held = steps(record["key"], capsys, code=1)["bytes"]
    assert not held
    assert "cannot be read" in said


def test_a_row_that_was_changed_by_hand_is_found_out(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    [record] = of_page(here, "person", "b.txt")
    change(here.folder / "data" / "ingest.db", "UPDATE person SET text = '别人', name = '别人'")
    found = steps(record["key"], capsys, code=1)
    assert [found[name][1] for name in ("span", "bytes", "again")] == [False, True, False]


def test_a_span_that_was_moved_by_hand_is_found_out(here: Project, capsys: pytest.CaptureFixture[str]) -> None:
    [record] = of_page(here, "person", "b.txt")
    change(here.folder / "data" / "ingest.db", "UPDATE person SET span_start = 0, span_end = 3")
    assert steps(record["key"], capsys, code=1)["span"][1] is False


def change(path: Path, statement: str) -> None:
    """Change the database behind the program's back."""
    database = Database(f"sqlite:///{path}")
    with database.write() as connection:
        connection.exec_driver_sql(statement)
    database.close()


@pytest.mark.parametrize(("name", "words"), [("ffffffff", "there is no record"), ("唐", "is no key of a record")])
def test_what_is_no_record_is_told(here: Project, name: str, words: str) -> None:
    with pytest.raises(NotOneError, match=words):
        trace(name)
