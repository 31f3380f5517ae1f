"""The flow on a real Prefect server: a task for each chunk, one artifact a run, retries for what passes."""

import asyncio
import os
import time
from typing import Any

import pytest

from ingest.errors import ConfigError
from ingest.run import Run, on_page
from tests.flows.project import PAGE, Project
from tests.operate.running import SECONDS

pytestmark = [
    pytest.mark.usefixtures("prefect_server"),
    # Prefect's clients leave sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def run_flow(**parameters: Any) -> Run:
    """Run the flow in this process."""
    from flows.ingest import ingest

    run: Run = asyncio.run(ingest(**parameters))
    return run


async def ask(chunks: int) -> tuple[Any, list[Any], Any]:
    """Return the last flow run, its task runs in order once so many of them have ended, and its artifacts."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        ArtifactFilter,
        ArtifactFilterFlowRunId,
        FlowRunFilter,
        FlowRunFilterId,
        FlowRunFilterStartTime,
    )
    from prefect.client.schemas.sorting import FlowRunSort

    async with get_client() as client:
        begun = FlowRunFilter(start_time=FlowRunFilterStartTime(is_null_=False))  # others are planned only
        [flow_run] = await client.read_flow_runs(flow_run_filter=begun, sort=FlowRunSort.START_TIME_DESC, limit=1)
        mine = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run.id]))
        until = time.monotonic() + SECONDS  # the server writes task runs down some seconds after they are done
        while time.monotonic() < until:
            tasks = await client.read_task_runs(flow_run_filter=mine)
            if len(tasks) >= chunks and all(not chunks or (task.state and task.state.is_final()) for task in tasks):
                break
            await asyncio.sleep(0.1)
        by_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run.id]))
        artifacts = await client.read_artifacts(artifact_filter=by_run)
    return flow_run, sorted(tasks, key=lambda task: str(task.name)), artifacts


@pytest.fixture(autouse=True)
def _here(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.folder)
    for name in [name for name in os.environ if name.startswith("INGEST_")]:
        monkeypatch.delenv(name)


def test_a_chunk_is_a_task_and_a_run_leaves_one_artifact(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INGEST_CHUNK_PAGES", "2")
    for name in ("a.txt", "b.txt", "c.txt"):
        project.put(name)
    project.put("d|d.txt", b"\x89PNG\r\n\x1a\n" + bytes(99))
    pages: list[int] = []
    on_page.set(lambda: pages.append(1))
    run = run_flow()
    on_page.set(lambda: None)
    assert run.outcomes == {"pages": {"new": 3, "quarantined": 1}}
    assert len(pages) == 4
    flow_run, tasks, [artifact] = asyncio.run(ask(chunks=2))
    assert flow_run.state_name == "Completed"
    assert [(task.name, task.state_name) for task in tasks] == [("pages 1", "Completed"), ("pages 2", "Completed")]
    assert (artifact.key, artifact.type) == ("ingest-run-pages", "markdown")
    lines = artifact.data.splitlines()
    records = run.total.records
    assert records > 0
    assert f"| pages | 3 |  |  |  |  | 1 | 4 | 3 | {records} |" in lines
    assert any(line.startswith("| pages | d\\|d.txt | sniff | is a PNG picture") for line in lines)
    assert any(line.endswith("| `ingest run pages --only 'd\\|d.txt'` |") for line in lines)
    assert "![outcomes](data:image/svg+xml;base64," in artifact.data
    assert artifact.description == f"pages: 3 new, 1 quarantined; 3 articles read, {records:,} records"
    assert [row["outcomes"] for row in project.rows("run")] == [run.outcomes]


def test_parameters_choose_what_is_read(project: Project) -> None:
    project.source("other")
    for name in ("a.txt", "b.txt", "c.txt"):
        project.put(name)
    assert run_flow(sources=["pages"], limit=2).outcomes == {"pages": {"new": 2}}
    assert run_flow(sources=["pages"], only=["c.txt"]).outcomes == {"pages": {"new": 1}}
    assert run_flow(sources=["pages"], force=True).outcomes == {"pages": {"unchanged": 3}}
    with pytest.raises(ConfigError, match="did you mean `pages`"):
        run_flow(sources=["page"])
    flow_run, _, _ = asyncio.run(ask(chunks=0))
    assert flow_run.state_name == "Failed"


def test_a_chunk_is_tried_again_while_the_database_is_away(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.chunks as module
    from ingest.chunk import run_chunk
    from ingest.store.engine import DatabaseError

    project.put("a.txt")
    tries: list[int] = []

    def away_once(*args: Any, **options: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            msg = "the database restarts"
            raise DatabaseError(msg, transient=True)
        return run_chunk(*args, **options)

    monkeypatch.setattr(module, "run_chunk", away_once)
    monkeypatch.setattr(module.read_chunk, "retry_delay_seconds", [0, 0, 0])
    assert run_flow().outcomes == {"pages": {"new": 1}}
    assert len(tries) == 2


def test_a_fault_of_ours_ends_the_run_at_once_and_is_noted(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.chunks as module

    tries: list[int] = []

    def broken(*_: Any, **__: Any) -> Any:
        tries.append(1)
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr(module, "run_chunk", broken)
    project.put("a.txt", PAGE)
    with pytest.raises(ZeroDivisionError):
        run_flow()
    assert len(tries) == 1
    [row] = project.rows("run")
    assert row["error"] == "ZeroDivisionError: of ours"
    assert row["ended_at"] is not None
    _, _, artifacts = asyncio.run(ask(chunks=0))
    [page] = [each.data for each in artifacts if each.key == "ingest-run-pages"]
    assert page.startswith("**Ended before its time:** ZeroDivisionError\\: of ours\n"), [
        (each.key, each.type) for each in artifacts
    ]


def test_a_cancelled_run_stores_nothing_of_the_chunk_in_hand(project: Project) -> None:
    from flows.ingest import ingest

    for number in range(200):
        project.put(f"{number:03}.txt", PAGE.replace("31", str(number + 31)))

    async def cancel_at_the_third_page() -> None:
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()
        seen: list[int] = []

        def advance() -> None:
            seen.append(1)
            if len(seen) == 3:
                loop.call_soon_threadsafe(begun.set)

        on_page.set(advance)
        running = asyncio.ensure_future(ingest())
        await begun.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert len(seen) < 200

    asyncio.run(cancel_at_the_third_page())
    assert project.rows("article") == project.rows("capture") == []
    [row] = project.rows("run")
    assert row["error"] == "stopped"
    assert project.run().outcomes == {"pages": {"new": 200}}


def test_a_cron_schedule_yields_scheduled_runs(prefect_server: str) -> None:
    """With SQLAlchemy 2.1 the scheduler makes no run and says nothing: pyproject's cap is what this test holds."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId

    from flows.ingest import ingest

    async def scheduled() -> list[Any]:
        deployment = await ingest.ato_deployment(name="nightly", cron="30 2 * * *", parameters={"limit": 1})
        key = await deployment.aapply()
        async with get_client() as client:
            mine = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[key]))
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                if runs := await client.read_flow_runs(flow_run_filter=mine):
                    return list(runs)
                await asyncio.sleep(0.1)
        return []

    runs = asyncio.run(scheduled())
    assert runs
    assert {run.state_name for run in runs} == {"Scheduled"}
    assert {run.expected_start_time.strftime("%H:%M") for run in runs} == {"02:30"}
    assert all(run.parameters == {"limit": 1} for run in runs)
