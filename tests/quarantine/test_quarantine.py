"""Quarantine as a person works with it: seen, tried again, let go; and what belongs to sources that are gone."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ingest.cli import app
from ingest.errors import IngestError
from ingest.store import quarantine, write
from ingest.store.engine import Database
from ingest.store.keys import page_key
from ingest.store.quarantine import Pick
from tests.flows.project import PAGE, Project
from tests.store.pages import rows

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(99)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that we are in, with two sources, a good page, and three that are in quarantine."""
    project = Project(tmp_path)
    project.source("other")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "o.txt").write_bytes(PICTURE)
    for name in ("a.txt", "b_1.txt", "c|d `x`.txt"):
        project.put(name, PICTURE if name != "a.txt" else PAGE)
    project.run()
    for name in [name for name in os.environ if name.startswith("INGEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return project


def ingest(*args: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, args)


def told(*args: str) -> str:
    """Return what a command says, once it ended well."""
    done = ingest(*args)
    assert done.exit_code == 0, (done.stderr, done.exception)
    return done.stdout


def refused(*args: str) -> tuple[int, str]:
    """Return with which code a command refuses, and what it says."""
    done = ingest(*args)
    assert isinstance(done.exception, IngestError)
    return done.exception.exit_code, str(done.exception)


def listed(*options: str) -> list[dict[str, Any]]:
    """Return what a list with some options has."""
    return [json.loads(line) for line in told("quarantine", "list", "--json", *options).splitlines()]


def row(source: str, address: str, **changed: Any) -> dict[str, Any]:
    """Make a row."""
    made: dict[str, Any] = {
        "key": page_key(source, address),
        "source": source,
        "address": address,
        "capture_key": None,
        "outcome": "failed",
        "stage": "fetch",
        "reason": "HTTP 503",
        "exception": None,
        "transient": True,
        "replay": f"ingest run {source} --only {address}",
        "since": NOW,
    }
    return made | changed


def test_it_is_picked_by_source_stage_reason_age_and_key(database: Database) -> None:
    from ingest.store import queries

    with database.write() as connection:
        for name in ("s", "t"):
            queries.put_source(connection, {"name": name, "kind": "files", "title": name, "language": "zh"})
        old = NOW - timedelta(days=9)
        write.quarantine(
            connection, [row("s", "1"), row("s", "2", stage="read", since=old), row("t", "100%", reason="50% _x")]
        )

    def picked(**asked: Any) -> list[str]:
        with database.read() as connection:
            pick = Pick(**asked)
            found = [each["address"] for each in quarantine.rows(connection, pick)]
            assert sum(quarantine.counts(connection, pick).values()) == len(found)
        return found

    assert picked() == ["1", "2", "100%"]
    assert picked(sources=("t",)) == ["100%"]
    assert picked(sources_but=("t",)) == ["1", "2"]
    assert picked(stage="read") == ["2"]
    assert picked(outcome="quarantined") == []
    assert picked(reason="http") == ["1", "2"]
    assert picked(reason="% _X") == ["100%"]
    assert picked(reason="5%3") == picked(reason="_TTP") == []
    assert picked(until=NOW - timedelta(days=1)) == ["2"]
    assert picked(since=NOW - timedelta(days=1)) == ["1", "100%"]
    assert picked(names=("2", page_key("t", "100%")[:9])) == ["2", "100%"]
    assert picked(names=("%",)) == picked(names=(page_key("s", "1")[:7],)) == []
    with database.write() as connection:
        assert quarantine.drop(connection, [page_key("s", "1"), page_key("t", "100%"), "none"]) == 2
    assert [each["address"] for each in rows(database, "quarantine")] == ["2"]


def test_list_and_show_tell_the_reason_and_the_way_out(project: Project) -> None:
    out = told("quarantine", "list")
    assert "2 quarantined at sniff: pages" in out
    assert "1 quarantined at sniff: other" in out
    assert "pages: c|d `x`.txt" in out
    assert "is a PNG picture" in out
    assert "ingest quarantine replay KEY tries again" in out
    short = told("quarantine", "list", "--limit", "1")
    assert "and 2 more" in short
    assert [each["address"] for each in listed("--source", "pages")] == ["b_1.txt", "c|d `x`.txt"]
    assert listed("--stage", "fetch") == listed("--older-than", "1 hour") == []
    key = page_key("pages", "b_1.txt")
    assert told("quarantine", "show", key[:8]).startswith(f"key:         {key}\n")
    assert json.loads(told("quarantine", "show", "b_1.txt", "--json"))["key"] == key
    code, said = refused("quarantine", "show", "b_2.txt")
    assert (code, said.startswith("not in quarantine: b_2.txt;")) == (1, True)


def test_what_belongs_to_a_source_that_is_gone_is_told_and_let_go(project: Project) -> None:
    (project.folder / "config" / "sources" / "other.toml").unlink()
    project.source("pages", 'disabled = "its site is closed"\n')
    project.source("third")
    out = told("quarantine", "list")
    assert "other was removed: its targets cannot be tried again; `ingest quarantine drop --source other --yes`" in out
    assert "pages is disabled: its site is closed: its targets cannot be tried again" in out
    assert "tries again" not in out
    status = told("status")
    assert "again: ingest run" not in status
    assert "other was removed" in status
    assert {each["orphaned"] for each in listed()} == {
        "other was removed",
        "pages is disabled: its site is closed",
    }
    done = ingest("quarantine", "replay")
    assert done.exit_code == 1
    assert "left alone: the source other was removed" in done.stderr
    out = told("quarantine", "drop", "--orphans")
    assert "other: 1 targets with their reasons; the bytes of 1 stay in the archive and no run will name them" in out
    assert out.endswith("nothing was done; --yes does it\n")
    assert len(project.rows("quarantine")) == 3
    assert "1 are out" in told("quarantine", "drop", "--orphans", "--source", "other", "--yes")
    assert "2 are out" in told("quarantine", "drop", "--orphans", "--yes")
    assert project.rows("quarantine") == []
    assert len(project.rows("capture")) == 4


def test_nothing_is_let_go_without_saying_what(project: Project) -> None:
    code, said = refused("quarantine", "drop", "--yes")
    assert (code, said.startswith("say which")) == (2, True)
    code, said = refused("quarantine", "drop", "--older-than", "long", "--yes")
    assert (code, "is no duration" in said) == (2, True)
    assert len(project.rows("quarantine")) == 3
