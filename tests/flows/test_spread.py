"""A backfill whose windows are shared by workers, one of whom is killed: the same rows as without workers."""

import asyncio
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.sources.load import load
from tests.fetch_web.site import Answer, Behaviour, Request, Site
from tests.flows.dated import days_before, listing, put
from tests.flows.project import Project
from tests.flows.workers import Worker, bring_down, workers
from tests.operate.running import SECONDS, ask, wait
from tests.resilience.operating import differing, plain

pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
UNTIL = datetime.now(UTC).date() - timedelta(days=2)
SINCE = UNTIL - timedelta(days=1)
SOURCES = ("north", "south")


class Held:
    """A page that answers nobody until it is let go."""

    def __init__(self, page: Behaviour) -> None:
        self.reached, self.let_go, self._page = threading.Event(), threading.Event(), page

    async def __call__(self, request: Request, answer: Answer) -> None:
        self.reached.set()
        await asyncio.to_thread(self.let_go.wait, SECONDS)
        await self._page(request, answer)


@pytest.fixture
def sites() -> Iterator[list[Site]]:
    pages = listing(days_before(UNTIL, 2), each=3)
    with Site(dict(pages)) as north, Site(dict(pages)) as south:
        yield [north, south]


@pytest.fixture
def spread(
    tmp_path: Path, sites: list[Site], monkeypatch: pytest.MonkeyPatch, prefect_server: str
) -> Iterator[Project]:
    """A project of two sources that are deployed."""
    from flows.applying import bring

    (tmp_path / "spread").mkdir()
    project = Project(tmp_path / "spread")
    (project.folder / "config" / "sources" / "pages.toml").unlink()
    for name, site in zip(SOURCES, sites, strict=True):
        put(project, site, name)
    for name in [name for name in os.environ if name.startswith("INGEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INGEST_CONFIG", str(project.folder / "config"))
    asyncio.run(bring(load(project.folder / "config").values()))
    yield project
    asyncio.run(bring_down())


def runs(api: str, *states: str) -> list[dict[str, Any]]:
    """Return the runs of our windows in some states."""
    mine = {"state": {"type": {"any_": states}}, "name": {"like_": f"{SINCE} to {UNTIL}"}}
    wanted = {"flow_runs": mine, "deployments": {"name": {"any_": SOURCES}}}
    found: list[dict[str, Any]] = ask(api, "/flow_runs/filter", wanted)
    return found


def unbroken(folder: Path, sites: list[Site]) -> Project:
    """Return a project whose windows were read without workers."""
    (folder / "unbroken").mkdir()
    project = Project(folder / "unbroken")
    (project.folder / "config" / "sources" / "pages.toml").unlink()
    for name, site in zip(SOURCES, sites, strict=True):
        put(project, site, name)
        project.run(name, since=SINCE, until=UNTIL, what="due")
    return project


def test_two_workers_share_a_backfill_and_one_is_killed(
    spread: Project, sites: list[Site], prefect_server: str, tmp_path: Path
) -> None:
    path = f"/{UNTIL:%Y/%m/%d}/2.html"
    held = Held(sites[0].behaviours[path])
    sites[0].behaviours[path] = held

    def kill_one(both: list[Worker]) -> set[str]:
        """Kill the one that works on the north, and do what the automation "a run has died" does 90 s later."""
        assert held.reached.wait(SECONDS), [worker.log.read_text() for worker in both]
        wait(lambda: not runs(prefect_server, "SCHEDULED", "PENDING"), "both to have begun: a process each tells whose")
        [first] = [run["id"] for run in runs(prefect_server, "RUNNING") if run["parameters"]["sources"] == ["north"]]
        killed = next(worker for worker in both if first in worker.runs)
        had = killed.runs
        killed.kill()
        held.let_go.set()
        at_work = {run["id"] for run in runs(prefect_server, "RUNNING", "PENDING")}  # the south may have just ended
        for run in had & at_work:
            state = {"type": "CRASHED", "name": "Crashed", "message": "no sign of life"}
            ask(prefect_server, f"/flow_runs/{run}/set_state", {"state": state, "force": True})
        return had & at_work

    async def done(both: list[Worker]) -> tuple[Any, set[str]]:
        from flows.backfill import backfill

        asked = backfill(sources=list(SOURCES), since=SINCE, until=UNTIL, window=2, spread=True)
        told, had = await asyncio.gather(asked, asyncio.to_thread(kill_one, both))
        return told, had

    with workers(spread, prefect_server, 2) as both:
        told, had = asyncio.run(done(both))
    assert {(unit.source, unit.told) for unit in told.done} == {(name, f"{SINCE} to {UNTIL}") for name in SOURCES}
    assert told.failed == []
    assert {run["id"] for run in runs(prefect_server, "CRASHED")} == had
    assert len(runs(prefect_server, "COMPLETED")) == len(SOURCES)
    here, there = plain(spread), plain(unbroken(tmp_path, sites))
    assert {table: differing(here[table], there[table]) for table in here if here[table] != there[table]} == {}
