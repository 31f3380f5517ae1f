"""The flow ``reprocess`` and its command on a real Prefect server, with processes of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.store.engine import Database
from tests.commands.test_commands import ingest
from tests.flows.project import PAGE, Project
from tests.operate.running import SECONDS, ask, within
from tests.reprocess.rereading import as_of_old_rules, outcomes, reread

PAGES = 30
MANY = 40 * PAGES  # chunks for longer than it takes to see that the first is stored, and to stop


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was run, whose rows are those of other rules."""
    made = Project(tmp_path)
    for number in range(PAGES):
        made.put(f"{number:03}.txt", PAGE.replace("31", str(number + 31)))
    made.run()
    as_of_old_rules(made)
    return made


def test_the_command_reads_again_on_two_processes(project: Project, prefect_server: str) -> None:
    own = {"PREFECT_API_URL": prefect_server, "INGEST_CHUNK_PAGES": "10", "PREFECT_HOME": str(project.folder / "home")}
    planned = ingest(project.folder, "reprocess", "--dry-run", "--json", **own)
    assert json.loads(planned.stdout) == {"pages": {"pages": PAGES, "quarantined": 0, "left": 0, "gone": 0}}
    done = ingest(project.folder, "reprocess", "--processes", "2", "--json", **own)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["outcomes"] == {"pages": {"updated": PAGES}}
    wanted = {"flows": {"name": {"any_": ["reprocess"]}}, "sort": "START_TIME_DESC", "limit": 1}
    [run] = ask(prefect_server, "/flow_runs/filter", wanted)
    assert (run["state_name"], run["parameters"]["processes"]) == ("Completed", 2)
    again = ingest(project.folder, "reprocess", "--json", **own)
    assert json.loads(again.stdout)["targets"] == 0
    assert {row["cause"] for row in project.rows("revision")} == {"rules"}


def test_sigterm_ends_it_soon_and_the_next_run_goes_on(project: Project, prefect_server: str) -> None:
    for number in range(PAGES, MANY):
        project.put(f"{number:03}.txt", PAGE.replace("31", str(number + 31)))
    project.run()
    as_of_old_rules(project)
    own = {"PREFECT_API_URL": prefect_server, "INGEST_CHUNK_PAGES": "10", "PREFECT_HOME": str(project.folder / "home")}
    command = [sys.executable, "-c", "from ingest.cli import main; main()", "reprocess", "--processes", "2"]
    with subprocess.Popen(
        command, cwd=project.folder, env=os.environ | own, stderr=subprocess.PIPE, text=True
    ) as running:
        until = time.monotonic() + SECONDS
        while not _stored(project) and time.monotonic() < until:
            time.sleep(0.05)
        began = time.monotonic()
        running.terminate()
        _, told = running.communicate(timeout=SECONDS)
        took = time.monotonic() - began
    assert running.returncode == 128 + signal.SIGTERM, (told, took, _stored(project))
    assert "stopped; the chunks that were done are stored" in told
    assert took < within(10)
    stored = _stored(project)
    assert 0 < stored < MANY
    assert stored % 10 == 0  # whole chunks
    last = max(project.rows("run"), key=lambda row: str(row["started_at"]))
    assert last["error"] == "stopped"
    assert outcomes(reread(project))["updated"] == MANY - stored


def _stored(project: Project) -> int:
    """Count what is read again, which must not take as long as to read it."""
    database = Database(project.settings().database, ask=True)
    with database.read() as connection:
        number = connection.scalar(text("SELECT count(*) FROM article WHERE publisher <> 'old'"))
    database.close()
    return int(number or 0)
