"""What looks after sources on a real Prefect server: quality, maintenance, quarantine tried again."""

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.store import measures
from ingest.store.engine import Database
from ingest.store.tables import Base
from tests.flows.project import PAGE, Project
from tests.operate.running import SECONDS

pytestmark = [
    # Prefect's clients leave sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(99)


@pytest.fixture(autouse=True)
def _here(project: Project, monkeypatch: pytest.MonkeyPatch, prefect_server: str) -> None:
    monkeypatch.chdir(project.folder)
    for name in [name for name in os.environ if name.startswith("INGEST_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PREFECT_API_URL", prefect_server)


def state_of(flow: Any, **parameters: Any) -> Any:
    """Run a flow in this process and return the state it ends in."""

    async def run() -> Any:
        return await flow(return_state=True, **parameters)

    return asyncio.run(run())


async def artifact(key: str) -> Any:
    """Return the newest artifact of a name."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
    from prefect.client.schemas.sorting import ArtifactSort

    async with get_client() as client:
        by_key = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
        found = await client.read_artifacts(artifact_filter=by_key, sort=ArtifactSort.CREATED_DESC, limit=1)
    return found[0]


async def events(name: str) -> list[dict[str, Any]]:
    """Return the events of a name once there is one."""
    from prefect.client.orchestration import get_client

    async with get_client() as client:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            asked = {"filter": {"event": {"name": [name]}}}
            answer = await client.request("POST", "/events/filter", json=asked)
            if found := answer.json()["events"]:
                return list(found)
            await asyncio.sleep(0.1)
    return []


def give_a_past(project: Project, source: str, articles: int, days: int = 12) -> None:
    """Make a source's past: a run a day with so many articles."""
    database = Database(project.settings().database)
    with database.write() as connection:
        [row] = measures.history(connection, source, datetime(2020, 1, 1, tzinfo=UTC))
        run = connection.execute(Base.metadata.tables["run"].select()).mappings().one()
        given = {name: row[name] for name in row if name not in {"key", "run_key", "source", "ended_at", "whole"}}
        for day in range(1, days + 1):
            at = row["ended_at"] - timedelta(days=day)
            new = dict(run) | {"key": f"{day:032}", "started_at": at, "ended_at": at}
            connection.execute(Base.metadata.tables["run"].insert(), new)
            measures.put(connection, new["key"], at=at, whole=True, given={source: given | {"standing": articles}})
    database.close()


def test_a_source_that_gives_too_little_fails_the_run_of_quality(project: Project) -> None:
    from flows.quality import quality

    project.put("a.txt")
    project.run()
    assert state_of(quality).name == "Completed"  # there is no past to compare it with
    give_a_past(project, "pages", articles=50)
    state = state_of(quality, sources=["pages"], days=30)
    assert (state.name, state.message) == ("Failed", "too low: pages; the artifact `quality` says what")
    found = asyncio.run(artifact("quality"))
    table = json_of(found.data)
    assert table[0] | {"why": ""} == {
        "source": "pages",
        "measure": "articles",
        "level": "low",
        "value": "1",
        "from": "26",
        "usual": "51",
        "to": "76",
        "compared with": 12,
        "why": "",
    }
    event = asyncio.run(events("ingest.quality.low"))[0]
    assert event["resource"]["prefect.resource.id"] == "ingest.source.pages"
    roles = {each["prefect.resource.role"]: each["prefect.resource.id"] for each in event["related"]}
    assert roles["source"] == "ingest.source.pages"
    assert {"flow-run", "flow"} <= roles.keys()
    assert event["payload"]["measures"][0]["measure"] == "articles"
    done = CliRunner().invoke(app, ["quality", "pages"])
    assert done.exit_code == 1
    assert "pages: low" in done.stdout
    assert state_of(quality, days=1).name == "Completed"  # the past is out of sight


def json_of(data: Any) -> Any:
    """Return an artifact's table."""
    import json

    return json.loads(data) if isinstance(data, str) else data


def test_maintenance_takes_each_step_and_fails_for_a_damaged_archive(project: Project) -> None:
    from flows.maintenance import maintenance

    project.put("a.txt")
    project.run()
    give_a_past(project, "pages", articles=1, days=3)
    runs = {row["key"] for row in project.rows("run")}
    state = state_of(maintenance, prefect_days=0, run_days=2)
    assert (state.name, state.message) == ("Completed", "archive, rows of runs, database")
    kept = {row["key"] for row in project.rows("run")}
    assert runs - kept == {f"{day:032}" for day in (2, 3)}
    assert {row["run_key"] for row in project.rows("measure")} == kept
    [path] = project.settings().archive.glob("*.gz")
    damage(path)
    state = state_of(maintenance, prefect_days=0, vacuum=False, run_days=0, verify_archive="whole")
    assert (state.name, state.message) == ("Failed", "archive: the log says what is wrong and what to do")
    assert state_of(maintenance, prefect_days=0, vacuum=False, run_days=0, verify_archive="no").name == "Completed"
    done = CliRunner().invoke(app, ["maintenance", "--no-vacuum", "--verify-archive", "whole"])
    assert (done.exit_code, "1 lost" in done.stdout) == (1, True)


def damage(path: Path) -> None:
    """Change a byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def test_prefect_forgets_runs_of_ours_that_are_old_and_no_others() -> None:
    from prefect import flow
    from prefect.client.orchestration import get_client

    from flows import maintenance as module

    @flow(name="of-somebody-else")
    async def other() -> None:
        pass

    @flow(name="backfill")
    async def mine() -> None:
        pass

    async def left() -> tuple[int, int]:
        async with get_client() as client:
            runs = await client.read_flow_runs(limit=200)
            names = {each.id: each.name for each in await client.read_flows()}
        told = [names[run.flow_id] for run in runs]
        return told.count("of-somebody-else"), told.count("backfill")

    async def scenario() -> None:
        for _ in range(3):
            await other()
            await mine()
        others, ours = await left()
        assert await module.forget_flow_runs(1) == 0
        assert await left() == (others, ours)
        assert await module.forget_flow_runs(-1) >= 3  # all that have ended before tomorrow
        assert await left() == (others, 0)

    asyncio.run(scenario())


def test_several_targets_are_tried_again_at_once(project: Project) -> None:
    project.source("other")
    (project.folder / "other").mkdir()
    (project.folder / "other" / "o.txt").write_bytes(PICTURE)
    for name in ("b.txt", "c|d `x`.txt"):
        project.put(name, PICTURE)
    project.run()
    project.put("b.txt", PAGE)
    (project.pages / "c|d `x`.txt").unlink()
    done = CliRunner().invoke(app, ["quarantine", "replay"])
    assert done.exit_code == 1, done.exception  # o.txt is a picture still
    assert "c|d `x`.txt is no longer there: `ingest run pages` clears it" in done.stderr
    assert done.stdout.splitlines()[-1] == "3 tried again, 1 are out of quarantine, 2 are still in it"
    assert [row["address"] for row in project.rows("quarantine")] == ["o.txt", "c|d `x`.txt"]
    assert [row["address"] for row in project.rows("article")] == ["b.txt"]
    assert len(project.rows("run")) == 3  # the first, and one for each source
