"""The shipped automations on a real server: each hears what it is there for, and does what it says."""

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.events.schemas.automations import AutomationCore

from ingest.sources.load import load
from tests.flows.project import Project
from tests.flows.test_care import give_a_past, state_of
from tests.flows.workers import bring_down
from tests.operate.running import ask, wait

pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
_OURS = "gaoxin-ingest: "
WITHIN = timedelta(seconds=10)  # in place of 90 seconds and of three days: the least that Prefect takes


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefect_server: str) -> Iterator[Project]:
    """A project with a source that has a schedule, and that is deployed."""
    from flows.applying import bring

    made = Project(tmp_path)
    made.source("pages", 'schedule = "0 4 1 1 *"\n')
    made.put("a.txt")
    for name in [name for name in os.environ if name.startswith("INGEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INGEST_CONFIG", str(made.folder / "config"))
    asyncio.run(bring(load(made.folder / "config").values()))
    yield made
    asyncio.run(bring_down())


@pytest.fixture
def hurried(project: Project, prefect_server: str) -> Iterator[dict[str, str]]:
    """The ids of the shipped automations by name, those that wait hurried; they are gone after the test."""
    made = asyncio.run(_hurry(project))
    yield made
    for key in made.values():
        ask(prefect_server, f"/automations/{key}", method="DELETE")


async def _hurry(project: Project) -> dict[str, str]:
    from prefect.client.orchestration import get_client

    from flows.alarms import install, shipped

    sources = list(load(project.folder / "config").values())
    async with get_client() as client:
        await install(client, sources, restore=True)
        there = {each.name: each.id for each in await client.read_automations()}
        for each in shipped(sources):
            await client.update_automation(there[each.name], _hurried(each))
        return {each.name.removeprefix(_OURS): str(there[each.name]) for each in shipped(sources)}


def _hurried(automation: AutomationCore) -> AutomationCore:
    if automation.trigger.within:  # type: ignore[union-attr]  # all of ours wait for events
        automation.trigger.within = WITHIN  # type: ignore[union-attr]
    return automation


async def flow_run(state: str) -> Any:
    """Return a run of the source's deployment that is at work, or has ended."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import State, StateType

    async with get_client() as client:
        deployment = await client.read_deployment_by_name("ingest/pages")
        made = await client.create_flow_run_from_deployment(deployment.id)
        await client.set_flow_run_state(made.id, State(type=StateType(state)), force=True)
        return await client.read_flow_run(made.id)


def show_life(run: Any) -> None:
    """Give a run's sign of life, as Prefect does every 30 seconds from within the run."""
    from prefect.flow_engine import FlowRunEngine

    from flows.ingest import ingest

    engine: Any = FlowRunEngine
    engine(flow=ingest, flow_run=run)._emit_flow_run_heartbeat()


def told(api: str, automation: str, event: str) -> list[dict[str, Any]]:
    """Return the events of an automation."""
    mine = {"event": {"name": [event]}, "resource": {"id": [f"prefect.automation.{automation}"]}}
    found: list[dict[str, Any]] = ask(api, "/events/filter", {"filter": mine})["events"]
    return found


def test_each_shipped_automation_fires(project: Project, hurried: dict[str, str], prefect_server: str) -> None:
    from flows.quality import quality

    whole = {"a run failed", "a run has died", "a run has not begun", "a source has drifted", "pages is stale"}
    assert hurried.keys() == whole
    taken = asyncio.run(flow_run("PENDING"))  # by a worker that goes before the run has a process
    dying = asyncio.run(flow_run("RUNNING"))
    show_life(dying)  # and no more after it
    asyncio.run(flow_run("FAILED"))
    project.run()
    give_a_past(project, "pages", articles=50)
    assert state_of(quality, sources=["pages"], days=30).name == "Failed"

    for name, key in hurried.items():
        for event in ("prefect.automation.triggered", "prefect.automation.action.executed"):
            wait(lambda: told(prefect_server, key, event), f"{name}: {event}")  # noqa: B023 - asked at once
    states = [ask(prefect_server, f"/flow_runs/{run.id}", method="GET")["state"] for run in (dying, taken)]
    assert [(state["type"], state["message"]) for state in states] == [
        ("CRASHED", "No sign of life for 90 seconds: the worker or its machine has gone."),
        ("CRASHED", "Pending for 10 minutes: the worker that took it has gone."),
    ]
    [drifted] = told(prefect_server, hurried["a source has drifted"], "prefect.automation.triggered")
    heard = drifted["payload"]["triggering_event"]  # what a notification would have to tell
    assert heard["resource"]["prefect.resource.id"] == "ingest.source.pages"
    assert "articles" in {each["measure"] for each in heard["payload"]["measures"]}
