"""The task ``read_chunk``: some hundred pages from bytes to rows, by whoever is free, tried again where that may help.

Prefect sees a task for each chunk, in the flow's process; who does the work is the crew's affair and knows nothing of
Prefect. So a task costs the same wherever its pages are read, and no worker needs to reach Prefect's server.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from threading import Event
from typing import Any

from prefect import State, Task, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun

from flows.report import warnings
from ingest.chunk import Desk, Watch, reread_chunk, run_chunk
from ingest.crew import Alone, Crew, Job, WorkerError, crew
from ingest.fetch.archive import ArchiveError
from ingest.model import Target
from ingest.run import Run, on_page
from ingest.sources.config import Source
from ingest.sources.discover import is_local
from ingest.store.engine import DatabaseError
from ingest.store.kept import Kept
from ingest.tally import Tally

# A locked database or one that restarts is back within a minute, or it is not for a machine to mend.
_RETRY_SECONDS: list[float] = [2, 10, 40]
_CREWS: dict[str, Crew] = {}  # who works for a run of this process, by the run's key


async def _is_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying a chunk again may help; a fault of ours would only fail again."""
    try:
        await state.aresult()
    except (DatabaseError, ArchiveError) as error:
        return error.transient
    except WorkerError:
        return True
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
async def read_chunk(run: str, source: Source, number: int, job: Job, pages: int) -> Tally:
    """Take a chunk from bytes to rows."""
    stop = Event()
    watch = Watch(stop, on_page.get())
    reading = asyncio.ensure_future(asyncio.to_thread(_CREWS[run].do, job, watch, pages))
    try:
        tally = await asyncio.shield(reading)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([reading])  # a page at the most; then nothing of ours writes any more
        reading.exception()
        raise
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.outcomes.items()))
    get_run_logger().info("%s, chunk %d: %d pages: %s", source.name, number, pages, outcomes)
    for line in warnings(source.name, tally):
        get_run_logger().warning(line)
    return tally


@asynccontextmanager
async def hired(desk: Desk, processes: int = 1, runner: str | None = None) -> AsyncIterator[Crew]:
    """Give those who are to work on chunks: see ``ingest.crew.crew``."""
    found = await asyncio.to_thread(crew, desk, processes=processes, runner=runner)
    try:
        yield found
    finally:
        await asyncio.to_thread(found.close)


async def read_chunks(
    desk: Desk, run: Run, source: Source, chunks: Iterable[list[Target]], by: Crew | None = None
) -> None:
    """Read the chunks of a source, each as a task, and add what they did to the run's tally.

    A site is asked by this process alone, or several would ask it faster than it allows.
    """
    jobs = ((partial(run_chunk, source=source, targets=chunk, force=run.orders.force), len(chunk)) for chunk in chunks)
    await _work(by if by and is_local(source) else Alone(desk), run, source, jobs)


async def reread_chunks(run: Run, source: Source, chunks: Iterable[list[Kept]], by: Crew) -> None:
    """Read chunks of what the archive holds again, each as a task, and add what they did to the run's tally."""
    jobs = ((partial(reread_chunk, source=source, chunk=chunk, force=run.orders.force), len(chunk)) for chunk in chunks)
    await _work(by, run, source, jobs)


async def _work(by: Crew, run: Run, source: Source, jobs: Iterator[tuple[Job, int]]) -> None:
    """Have jobs done, as many at once as there are hands; the next is looked for while they are under way."""
    under_way: set[asyncio.Future[Tally]] = set()
    _CREWS[run.key] = by
    number = 0
    try:
        while (found := await asyncio.to_thread(next, jobs, None)) is not None:
            number += 1
            job, pages = found
            under_way.add(asyncio.ensure_future(read_chunk(run.key, source, number, job, pages)))
            if len(under_way) >= by.size:
                under_way = await _some_done(under_way, run, source)
        while under_way:
            under_way = await _some_done(under_way, run, source)
    finally:
        await _end(under_way)
        del _CREWS[run.key]


async def _some_done(under_way: set[asyncio.Future[Tally]], run: Run, source: Source) -> set[asyncio.Future[Tally]]:
    """Wait for one at least; return those that are not done."""
    done, rest = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
    under_way -= done
    for each in done:
        run.tallies[source.name].add(each.result())
    return rest


async def _end(under_way: set[asyncio.Future[Tally]]) -> None:
    """Cancel what is under way and wait until it has ended: nothing is stored by a run that is over."""
    for each in under_way:
        each.cancel()
    for each in under_way:
        with suppress(Exception, asyncio.CancelledError):
            await each
