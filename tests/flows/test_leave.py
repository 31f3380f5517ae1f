"""What was there once: deleted pages, removed sources, a lost archive, killed runs."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from ingest.choice import Orders
from ingest.chunk import Desk
from ingest.fetch.archive import Archive, Pointer
from ingest.leave import Met
from ingest.run import CRASHED, begin, end
from ingest.sources.load import load, select
from ingest.store.engine import Database
from tests.conftest import ROOT
from tests.flows.project import PAGE, Project
from tests.operate.postgres import hear_of_the_killed


def standing(project: Project) -> dict[str, bool]:
    """Return the addresses of all articles, and whether they stand."""
    return {row["address"]: row["withdrawn_at"] is None for row in project.rows("article")}


def test_a_deleted_page_takes_its_articles_along_and_brings_them_back(project: Project) -> None:
    for name in ("a.txt", "b.txt"):
        project.put(name)
    project.run()
    before = project.everything()
    (project.pages / "b.txt").unlink()
    assert project.run(limit=1).total.withdrawn == 0  # not all was looked at
    run = project.run()
    assert (run.total.withdrawn, run.outcomes) == (1, {"pages": {"unchanged": 1}})
    assert standing(project) == {"a.txt": True, "b.txt": False}
    gone = project.everything()
    assert project.run().total.withdrawn == 0
    assert project.everything() == gone
    project.put("b.txt")
    assert project.run().outcomes == {"pages": {"unchanged": 1, "updated": 1}}
    assert project.everything() == before


def test_a_folder_that_is_empty_or_away_withdraws_nothing(project: Project) -> None:
    """A disk that is not mounted is an empty folder."""
    project.put("a.txt")
    project.run()
    before = project.everything()
    (project.pages / "a.txt").unlink()
    project.run()
    assert project.everything() == before
    project.pages.rmdir()
    project.run()
    assert standing(project) == {"a.txt": True}


def test_what_lies_in_a_folder_that_cannot_be_listed_stands() -> None:
    met = Met()
    for address in ("a.txt", "closed/"):
        met.add(address)
    assert [met.may_have(each) for each in ("a.txt", "closed/b.txt", "c.txt")] == [True, True, False]
    assert [met.has(each) for each in ("a.txt", "closed/b.txt")] == [True, False]
    met.add("c.txt")
    assert met.has("c.txt")


def test_quarantine_of_a_source_that_is_gone_goes_with_a_run_of_all(project: Project) -> None:
    project.source("gone")
    project.put("a.txt")
    project.run(whole=True)
    assert [row["source"] for row in project.rows("quarantine")] == ["gone"]
    project.source("gone", 'disabled = "its site is closed"\n')
    project.run("pages")
    project.run(whole=True, limit=1)
    assert [row["source"] for row in project.rows("quarantine")] == ["gone"]
    project.run(whole=True)
    assert project.rows("quarantine") == []


def pointers(project: Project) -> dict[str, Pointer]:
    """Return where the captures lie, by address."""
    names = ("archive_file", "archive_offset", "archive_length")
    return {row["address"]: Pointer(*(row[name] for name in names)) for row in project.rows("capture")}


def test_a_lost_archive_is_filled_again(project: Project) -> None:
    project.put("a.txt")
    project.put("b.txt", PAGE.replace("31", "32"))
    project.put("c.html", b"\xff\xd8\xff\xe0" + bytes(99))
    project.run()
    before, rows = pointers(project), project.everything()
    shutil.rmtree(project.settings().archive)
    run = project.run()
    assert run.outcomes == {"pages": {"unchanged": 2, "quarantined": 1}}
    assert run.total.archived == 3
    after = pointers(project)
    assert not set(before.values()) & set(after.values())
    archive = Archive(project.settings().archive)
    for row in project.rows("capture"):
        assert archive.read(after[row["address"]], row["sha256"]) == (project.pages / row["address"]).read_bytes()
    assert project.run().total.archived == 0
    now = project.everything()
    assert {name: now[name] for name in now if name != "capture"} == {n: rows[n] for n in rows if n != "capture"}


def test_a_cut_file_of_the_archive_costs_only_what_was_cut(project: Project) -> None:
    for name in ("a.txt", "b.txt"):
        project.put(name, PAGE.replace("31", str(ord(name[0]))))
    project.run()
    before = pointers(project)
    [path] = project.settings().archive.iterdir()
    with path.open("rb+") as file:
        file.truncate(before["b.txt"].offset + 5)
    assert project.run().total.archived == 1
    after = pointers(project)
    assert after["a.txt"] == before["a.txt"]
    assert after["b.txt"] != before["b.txt"]


BEGIN = """
import sys
from pathlib import Path
from ingest.chunk import Desk
from ingest.choice import Orders
from ingest.run import begin
from tests.flows.project import Project
desk = Desk(Project(Path(sys.argv[1])).settings(database_url=sys.argv[2]))
begin(desk, Orders(sources=()))
print(flush=True)
sys.stdin.read()
"""


def test_a_killed_run_is_closed_by_the_next_and_a_living_one_is_not(project: Project, address: str) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN, str(project.folder), address],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    killed, living = children
    with killed, living:
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        hear_of_the_killed(address, living=1)
        project.put("a.txt")
        settings = project.settings(database_url=address)
        with Desk(settings) as desk:
            orders = Orders(sources=tuple(select(load(settings.config), [])))
            run = begin(desk, orders)
            told = {row.error: row.ended_at for row in runs(desk.database) if row.key != run.key}
            assert told.keys() == {None, CRASHED}
            assert told[CRASHED] == run.started_at
            assert told[None] is None
            end(desk, run)
        living.kill()
    if address.startswith("sqlite"):
        assert len(list(Path(desk.database.file or "").parent.glob("*-run-*"))) == 1  # the living one's, killed now


def runs(database: Database) -> list[Any]:
    """Return the rows of all runs."""
    from sqlalchemy import select as query

    from ingest.store.tables import Base

    with database.read() as connection:
        return list(connection.execute(query(Base.metadata.tables["run"])))
