"""``ingest run`` from end to end: the command, Prefect, the database, twice."""

import json
from pathlib import Path

from tests.commands.test_commands import ingest
from tests.flows.project import Project
from tests.flows.test_run import HOSTILE, hostile


def test_the_command_runs_the_flow_twice(tmp_path: Path) -> None:
    project = Project(tmp_path)
    hostile(project)
    home = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120"}
    first = ingest(project.folder, "run", **home)
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
    second = ingest(project.folder, "run", "--json", **home)
    assert second.returncode == 1, second.stderr
    told = json.loads(second.stdout)
    assert told["outcomes"] == {"pages": {"unchanged": 2, "failed": 5, "quarantined": 2}}
    assert {problem["address"] for problem in told["problems"]} == HOSTILE.keys()
    assert project.everything() == before
    assert len(project.rows("run")) == 2
    for path in project.pages.iterdir():
        if path.name in HOSTILE:
            path.rmdir() if path.is_dir() else path.unlink()
    third = ingest(project.folder, "run", "pages", **home)
    assert third.returncode == 0, third.stderr
    assert project.rows("quarantine") == []


def test_a_prefect_server_that_does_not_answer_is_told_in_one_line(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.put("a.txt")
    nobody = {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"}
    done = ingest(project.folder, "run", PREFECT_HOME=str(tmp_path / "prefect"), **nobody)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("ingest: Prefect's server does not answer: start it, or unset PREFECT_API_URL")
