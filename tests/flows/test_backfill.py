"""Backfills on a real Prefect server: a run a window, resumable, and with schedules at the same time."""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT
from tests.fetch_web.site import Site, fixed
from tests.flows.dated import days_before, listing, put
from tests.flows.project import PAGE, Project
from tests.operate.running import SECONDS, ask, wait

pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
YESTERDAY = datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1)
FIRST = YESTERDAY - timedelta(days=29)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(listing(days_before(YESTERDAY, 32))) as running:
        yield running


@pytest.fixture
def dated(project: Project, site: Site, monkeypatch: pytest.MonkeyPatch) -> Project:
    put(project, site)
    monkeypatch.chdir(project.folder)
    for name in [name for name in os.environ if name.startswith("INGEST_")]:
        monkeypatch.delenv(name)
    return project


def run_backfill(**asked: Any) -> Any:
    """Run the flow in this process; return its state and what it gives."""
    from flows.backfill import backfill

    async def ended() -> tuple[Any, Any]:
        state: Any = await backfill(**asked, return_state=True)
        return state, await state.aresult(raise_on_failure=False)

    return asyncio.run(ended())


def covered(project: Project) -> int:
    """Return how many days are covered."""
    rows = [row for row in project.rows("coverage") if row["state"] == "covered"]
    return sum((row["until"] - row["since"]).days for row in rows)


@pytest.mark.usefixtures("prefect_server")
def test_a_window_that_fails_is_done_by_the_same_backfill_again(dated: Project, site: Site) -> None:
    since, until = YESTERDAY - timedelta(days=4), YESTERDAY
    up = site.behaviours["/list.html"]
    site.behaviours["/list.html"] = fixed("503 Away")
    state, told = run_backfill(since=since, until=until, sources=["dated"], window=2)
    assert (state.name, len(told.done), len(told.failed)) == ("Failed", 0, 3)
    site.behaviours["/list.html"] = up
    state, told = run_backfill(since=since, until=until, sources=["dated"], window=2)
    assert (state.name, [unit.told for unit in told.done]) == (
        "Completed",
        [
            f"{since} to {since + timedelta(days=1)}",
            f"{since + timedelta(days=2)} to {until - timedelta(days=1)}",
            f"{until}",
        ],
    )
    assert covered(dated) == 5
    assert len(dated.rows("article")) == 5
    asked = len(site.log)
    state, told = run_backfill(since=since, until=until, sources=["dated"])
    assert (state.name, told.done, len(site.log)) == ("Nothing due", [], asked)
    state, told = run_backfill(since=since, until=until, sources=["dated"], what="all", refetch=True)
    assert (state.name, len(told.done)) == ("Completed", 5)
    assert len(dated.rows("article")) == 5
    assert all(row["ended_at"] for row in dated.rows("backfill"))


@pytest.mark.usefixtures("prefect_server")
def test_what_failed_is_asked_for_again(dated: Project, site: Site) -> None:
    path = f"/{YESTERDAY:%Y/%m/%d}/1.html"
    page, site.behaviours[path] = site.behaviours[path], fixed("404 Not Found")
    dated.put("a.txt", b"")
    dated.run(limit=2)
    assert len(dated.rows("quarantine")) == 2
    site.behaviours[path] = page
    dated.put("a.txt", PAGE)
    _, told = run_backfill(since=YESTERDAY, until=date.max, what="failed")
    assert {(unit.source, unit.told) for unit in told.done} == {("dated", "1 pages"), ("pages", "all there is now")}
    assert dated.rows("quarantine") == []


AT_ONCE = """
import asyncio, sys
from datetime import date
from ingest import prefect_defaults
prefect_defaults.apply(quiet=True)
from flows.backfill import backfill
from flows.ingest import ingest
first, last = map(date.fromisoformat, sys.argv[1:3])
asked = {"ingest": lambda: ingest(sources=["dated"])}
asked["backfill"] = lambda: backfill(since=first, until=last, sources=["dated"])
async def together():
    await asyncio.gather(*(asked[what]() for what in sys.argv[3:]))
print(flush=True)
sys.stdin.readline()
asyncio.run(together())
"""


def test_two_schedules_and_three_backfills_at_once(
    dated: Project, site: Site, prefect_server: str, address: str
) -> None:
    """One lock, no page asked for twice, nobody waits for ever; in three processes, on both engines."""
    dated.database = address
    last = YESTERDAY
    since = last - timedelta(days=3)
    environment = os.environ | {
        "PREFECT_API_URL": prefect_server,
        "PREFECT_HOME": str(dated.folder / "prefect"),
        "INGEST_DATABASE_URL": address,
        "PYTHONPATH": str(ROOT),
    }
    children = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, since.isoformat(), last.isoformat(), *together],
            cwd=dated.folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for together in [["ingest", "backfill"], ["ingest", "backfill"], ["backfill"]]
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "\n", child.communicate()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        _, said = child.communicate(timeout=480)
        assert child.returncode == 0, said
    asked = Counter(request.path for request in site.log if request.path.count("/") > 1)
    assert set(asked.values()) == {1}
    articles = dated.rows("article")
    # Where a schedule comes first it reads all that the list names; where the backfills do, it has nothing left to do.
    assert 4 <= len(articles) == len(asked) <= 32
    assert {row["error"] for row in dated.rows("run")} == {None}
    assert all(row["ended_at"] for row in dated.rows("run"))
    assert not [row for row in dated.rows("coverage") if row["state"] in {"begun", "failed", "partial"}]


SERVE = """
import sys
from ingest import prefect_defaults
prefect_defaults.apply(quiet=True)
from flows.backfill import backfill
backfill.serve(name="backfill", pause_on_shutdown=False)
"""


def test_a_backfill_of_thirty_windows_is_triggered_through_the_api(
    dated: Project, site: Site, prefect_server: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("server")
    environment = os.environ | {"PREFECT_API_URL": prefect_server, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment |= {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    environment |= {"INGEST_CONFIG": str(dated.folder / "config")}
    with (home / "log").open("wb") as log:
        runner = subprocess.Popen(
            [sys.executable, "-c", SERVE], cwd=dated.folder, env=environment, stdout=log, stderr=log
        )
    try:
        deployment = _served(prefect_server, runner, home / "log")["id"]
        asked = {"since": FIRST.isoformat(), "until": YESTERDAY.isoformat(), "sources": ["dated"]}
        made = ask(prefect_server, f"/deployments/{deployment}/create_flow_run", {"parameters": asked})["id"]
        ended = _ended(prefect_server, made)
        assert (ended["state"]["name"], ended["state"]["message"]) == ("Completed", ended["state"]["message"])
        children = {"flow_runs": {"parent_flow_run_id": {"any_": [made]}}}
        mine = ask(prefect_server, "/flow_runs/filter", children)
        assert Counter(each["state"]["name"] for each in mine) == {"Completed": 30}
        days = {(FIRST + timedelta(days=number)).isoformat() for number in range(30)}
        assert {(each["parameters"]["since"], each["parameters"]["until"]) for each in mine} == {(d, d) for d in days}
        [table] = ask(prefect_server, "/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [made]}}})
        assert len(json.loads(table["data"])) == 30
        again = ask(prefect_server, f"/deployments/{deployment}/create_flow_run", {"parameters": asked})["id"]
        assert _ended(prefect_server, again)["state"]["name"] == "Nothing due"
    finally:
        runner.terminate()
        runner.wait(SECONDS)
    assert covered(dated) == 30
    assert len(dated.rows("article")) == 30
    assert set(Counter(request.path for request in site.log if request.path.count("/") > 1).values()) == {1}


def _served(api: str, runner: subprocess.Popen[bytes], log: Path) -> Any:
    def deployed() -> Any:
        assert runner.poll() is None, log.read_text("utf-8", "replace")
        return ask(api, "/deployments/filter", {"deployments": {"name": {"any_": ["backfill"]}}})

    return wait(deployed, "the deployment")[0]


def _ended(api: str, run: str) -> Any:
    def ended() -> Any:
        found = ask(api, f"/flow_runs/{run}", method="GET")
        return found if found["state"]["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

    return wait(ended, "the end of the run", 480)
