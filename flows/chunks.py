"""The task ``read_chunk``: some hundred pages from bytes to rows, tried again where that may help."""

import asyncio
from collections.abc import Iterable
from typing import Any

from prefect import State, Task, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun

from ingest.chunk import Desk, Watch, run_chunk
from ingest.model import Target
from ingest.run import Run, on_page
from ingest.sources.config import Source
from ingest.store.engine import DatabaseError
from ingest.tally import Tally

# A locked database or one that restarts is back within a minute, or it is not for a machine to mend.
_RETRY_SECONDS: list[float] = [2, 10, 40]
_DESKS: dict[str, Desk] = {}  # of the runs that this process works for, by the run's key


async def _is_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying a chunk again may help; a fault of ours would only fail again."""
    try:
        await state.aresult()
    except DatabaseError as error:
        return error.transient
    except Exception:  # noqa: BLE001 - whatever it is, it is not transient
        return False
    return False


@task(
    task_run_name="{source.name} {number}",
    retries=len(_RETRY_SECONDS),
    retry_delay_seconds=_RETRY_SECONDS,
    retry_condition_fn=_is_transient,
    cache_policy=NO_CACHE,
)
async def read_chunk(run: str, source: Source, targets: list[Target], number: int, *, force: bool) -> Tally:
    """Take a chunk of targets from bytes to rows."""
    watch = Watch(on_page=on_page.get())
    reading = asyncio.ensure_future(
        asyncio.to_thread(run_chunk, _DESKS[run], source, targets, force=force, watch=watch)
    )
    try:
        tally = await asyncio.shield(reading)
    except asyncio.CancelledError:
        watch.stop.set()
        await asyncio.wait([reading])  # a page at the most; then nothing of ours writes any more
        reading.exception()
        raise
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.outcomes.items()))
    get_run_logger().info("%s, chunk %d: %d pages: %s", source.name, number, len(targets), outcomes)
    for problem in tally.problems:
        get_run_logger().warning("%s: %s %s. Again: %s", source.name, problem.address, problem.reason, problem.replay)
    return tally


async def read_chunks(desk: Desk, run: Run, source: Source, chunks: Iterable[list[Target]], *, force: bool) -> None:
    """Read the chunks of a source, each as a task, and add what they did to the run's tally."""
    _DESKS[run.key] = desk
    try:
        for number, chunk in enumerate(chunks, 1):
            run.tallies[source.name].add(await read_chunk(run.key, source, chunk, number, force=force))
    finally:
        del _DESKS[run.key]
