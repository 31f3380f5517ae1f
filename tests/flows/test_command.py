"""``ingest run`` from end to end: the command, Prefect, the database, twice."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from tests.commands.test_commands import ingest
from tests.flows.project import PAGE, Project
from tests.flows.test_run import HOSTILE, hostile
from tests.operate.running import SECONDS, ask, within

# Runs that are planned have no beginning yet.
LAST = {"flow_runs": {"start_time": {"is_null_": False}}, "sort": "START_TIME_DESC", "limit": 1}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Prefect's folder: made by the first run, as on a user's machine, and there for the next."""
    return str(tmp_path_factory.mktemp("home") / "prefect")


def test_the_command_runs_the_flow_twice(project: Project, home: str) -> None:
    hostile(project)
    first = ingest(project.folder, "run", PREFECT_HOME=home)
    assert first.returncode == 1, first.stderr
    assert first.stderr == ""  # Prefect's own lines do not drown the summary
    assert "Traceback" not in first.stdout
    head, counts = first.stdout.splitlines()[:2]
    assert dict(zip(head.split()[:5], counts.split()[:5], strict=True)) == {
        "source": "pages",
        "pages": "9",
        "new": "2",
        "failed": "5",
        "quarantined": "2",
    }
    for address, (outcome, _, words) in HOSTILE.items():
        [line] = [line for line in first.stdout.splitlines() if line.startswith(f"{outcome}: pages: {address}: ")]
        assert words in line
    before = project.everything()
    second = ingest(project.folder, "run", "--json", PREFECT_HOME=home)
    assert second.returncode == 1, second.stderr
    told = json.loads(second.stdout)
    assert told["outcomes"] == {"pages": {"unchanged": 2, "failed": 5, "quarantined": 2}}
    assert {problem["address"] for problem in told["problems"]} == HOSTILE.keys()
    assert project.everything() == before
    assert len(project.rows("run")) == 2


def test_with_a_server_that_runs_already_the_command_uses_it(project: Project, prefect_server: str, home: str) -> None:
    project.put("a.txt")
    done = ingest(project.folder, "run", "pages", PREFECT_HOME=home, PREFECT_API_URL=prefect_server)
    assert (done.returncode, done.stderr) == (0, "")
    runs = ask(prefect_server, "/flow_runs/filter", LAST)
    assert [(run["state_name"], run["parameters"]["sources"]) for run in runs] == [("Completed", ["pages"])]


def test_an_archive_that_cannot_be_written_is_told_in_one_line(
    project: Project, prefect_server: str, home: str
) -> None:
    project.put("a.txt")
    (project.folder / "data").mkdir()
    (project.folder / "data" / "archive").write_bytes(b"in the way")
    done = ingest(project.folder, "run", PREFECT_HOME=home, PREFECT_API_URL=prefect_server)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith(f"ingest: the archive {project.folder / 'data' / 'archive'} cannot be written (File exists)")
    [row] = project.rows("run")
    assert row["error"].startswith("ArchiveError: the archive")


def test_on_a_terminal_there_is_a_bar_and_ctrl_c_ends_the_run(project: Project, home: str) -> None:
    project.source("gone")  # counting its pages for the bar must not end the run
    for number in range(3000):
        project.put(f"{number:04}.txt", PAGE.replace("31", str(number + 31)))
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", "from ingest.cli import main; main()", "run"]
    theirs_not = ("INGEST_", "PREFECT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(theirs_not)}
    environment |= {"PREFECT_HOME": home, "COLUMNS": "100", "TERM": "xterm"}
    running = subprocess.Popen(
        command, cwd=project.folder, env=environment, stderr=theirs, stdout=theirs, start_new_session=True
    )
    os.close(theirs)
    shown = ""
    while not re.search(r" [1-9]\d*/3000", shown):  # pages are being read
        shown += os.read(ours, 10_000).decode("utf-8", "replace")
    os.killpg(running.pid, signal.SIGINT)  # to all in the foreground, as a terminal does
    began = time.monotonic()
    with suppress(OSError):  # how a terminal says that the other end has left
        while more := os.read(ours, 10_000):
            shown += more.decode("utf-8", "replace")
    os.close(ours)
    assert running.wait(SECONDS) == 130, shown[-2000:]
    assert time.monotonic() - began < within(60)  # a run that waited for a dead server took minutes
    assert "ingest: stopped; the chunks that were done are stored" in shown
    assert "Traceback" not in shown
    [row] = project.rows("run")
    assert row["error"] == "stopped"


def test_a_prefect_server_that_does_not_answer_is_told_in_one_line(project: Project, home: str) -> None:
    project.put("a.txt")
    nobody = {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"}
    done = ingest(project.folder, "run", PREFECT_HOME=home, **nobody)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("ingest: Prefect's server does not answer: start it, or unset PREFECT_API_URL")


def test_a_run_whose_only_source_cannot_be_reached_has_failed_and_says_why(
    project: Project, prefect_server: str, home: str
) -> None:
    project.source("gone")
    done = ingest(project.folder, "run", "gone", PREFECT_HOME=home, PREFECT_API_URL=prefect_server)
    assert (done.returncode, done.stderr) == (1, "")
    assert "failed: gone: its folder gone does not exist" in done.stdout
    runs = ask(prefect_server, "/flow_runs/filter", LAST)
    [(name, message)] = [(run["state_name"], run["state"]["message"]) for run in runs]
    assert name == "Failed"
    assert message.startswith("gone: its folder gone does not exist")


def test_a_backfill_shows_its_plan_and_then_does_it(project: Project, prefect_server: str, home: str) -> None:
    project.put("a.txt")
    asked = ["backfill", "pages", "--since", "2026-11-01", "--until", "2026-11-03"]
    plan = ingest(project.folder, *asked, "--dry-run", "--json", PREFECT_HOME=home)
    assert [(run["source"], run["kind"], run["since"]) for run in json.loads(plan.stdout)["runs"]] == [
        ("pages", "read", None)  # a folder has no days
    ]
    assert project.rows("article") == []
    done = ingest(project.folder, *asked, PREFECT_HOME=home, PREFECT_API_URL=prefect_server)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 runs done\n", "")
    assert len(project.rows("article")) == 1
    wrong = ingest(project.folder, "backfill", "--since", "2026-11-03", "--until", "2026-11-01", PREFECT_HOME=home)
    assert (wrong.returncode, wrong.stderr) == (2, "ingest: since 2026-11-03 is after until 2026-11-01\n")
