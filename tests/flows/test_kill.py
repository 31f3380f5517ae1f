"""A run killed at any moment, and run again: the database is that of an unbroken run, and no capture is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.fetch.archive import Archive, Pointer, inspect
from tests.conftest import ROOT
from tests.flows.project import PAGE, Project

# What says when and where in the archive, not what: it differs from one unbroken run to the next.
PLACE_AND_TIME = {"captured_at", "since", "archive_file", "archive_offset", "archive_length"}
KILLS = 5
SCRIPT = """
import sys
from pathlib import Path
from tests.flows.project import Project
Project(Path(sys.argv[1])).run(chunk_pages=4, on_page=lambda: print(flush=True))
"""


def make(folder: Path) -> Project:
    """Make a project of 80 pages, two of them bad."""
    project = Project(folder)
    for number in range(78):
        project.put(f"{number:03}.txt", PAGE.replace("31", str(number + 31)))
    project.put("empty.txt", b"")
    project.put("picture.html", b"\xff\xd8\xff\xe0" + bytes(99))
    return project


def said(project: Project) -> dict[str, list[dict[str, object]]]:
    """Return all rows of all tables but ``run``, less place and time."""
    return {
        table: [{name: value for name, value in row.items() if name not in PLACE_AND_TIME} for row in rows]
        for table, rows in project.everything().items()
    }


def test_a_killed_run_is_mended_by_the_next(tmp_path_factory: pytest.TempPathFactory) -> None:
    killed, unbroken = make(tmp_path_factory.mktemp("killed")), make(tmp_path_factory.mktemp("unbroken"))
    moments = random.Random(2)
    stored = []
    for kill in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(killed.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout is not None
            for _ in range(80 * (kill + 1) // (KILLS + 1)):
                child.stdout.readline()  # a page is read; what is done of it now is left to chance
            time.sleep(moments.uniform(0, 0.02))
            child.kill()
        stored.append(len(killed.rows("article")))
    assert len(set(stored)) == KILLS, stored  # each got further, none to the end
    assert max(stored) < 78
    killed.run(chunk_pages=4)
    unbroken.run()
    assert said(killed) == said(unbroken)
    archive = Archive(killed.settings().archive)
    for row in killed.rows("capture"):
        pointer = Pointer(row["archive_file"], row["archive_offset"], row["archive_length"])
        assert archive.read(pointer, row["sha256"]) == (killed.pages / row["address"]).read_bytes()
    assert sum(row["ended_at"] is None for row in killed.rows("run")) <= KILLS
    assert sum(inspect(path).captures for path in archive.folder.iterdir()) >= len(killed.rows("capture"))
