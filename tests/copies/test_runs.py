"""A run links what it stores, and what another run stored and did not come to link."""

from pathlib import Path
from typing import Any

import pytest

from ingest import run as runs
from ingest.choice import Orders
from ingest.chunk import Desk, run_chunk
from ingest.sources.load import load, select
from ingest.store import copies_waiting
from ingest.store.engine import DatabaseError
from tests.flows.project import PAGE, Project


@pytest.fixture
def project(tmp_path: Path, address: str) -> Project:
    """A project with two pages that are copies of each other."""
    made = Project(tmp_path, address)
    made.put("a.txt")
    made.put("b.txt", PAGE.replace("31", "32"))
    return made


def test_a_chunk_is_linked_once_it_is_stored(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies_waiting, "link_all", lambda _database: 0)
    project.run()
    assert project.rows("copywait") == []
    assert [row["kind"] for row in project.rows("copymember")].count("head") == 1


def test_what_is_not_linked_with_its_chunk_is_linked_as_the_run_ends(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any) -> None:
        raise DatabaseError("locked", transient=True)

    monkeypatch.setattr(copies_waiting, "link", locked)
    run = project.run()
    assert run.outcomes["pages"] == {"new": 2}
    assert project.rows("copywait") == []
    assert len(project.rows("copymember")) == 2


def test_a_run_that_breaks_off_says_what_waits_and_the_next_links_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project.settings()
    [source] = select(load(settings.config), [])
    with Desk(settings) as desk, monkeypatch.context() as patch:
        patch.setattr(copies_waiting, "link", lambda *_: None)
        run = runs.begin(desk, Orders(sources=(source,)))
        assert runs.take_turn(desk, run, source)
        for chunk in runs.work(desk, run, source):
            run_chunk(desk, source, chunk)
        runs.end(desk, run, error="stopped")
    [row] = project.rows("run")
    assert row["error"] == "stopped; the copies of 2 articles are not looked for yet: the next run does"
    assert len(project.rows("copywait")) == 2
    project.run()
    assert project.rows("copywait") == []
    assert len(project.rows("copymember")) == 2


def test_a_withdrawn_copy_is_in_no_group_when_the_run_ends(project: Project) -> None:
    project.run()
    assert len(project.rows("copymember")) == 2
    (project.pages / "b.txt").unlink()
    project.run()
    assert project.rows("copymember") == project.rows("copywait") == []
