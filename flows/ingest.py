"""The flow ``ingest``: a task for each chunk of each source, and one artifact that tells what the run did."""

import asyncio
from contextlib import suppress
from datetime import date
from typing import Any, Literal

from prefect import State, Task, flow, get_run_logger, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun

from flows.report import markdown
from ingest import settings as configured
from ingest.chunk import Desk, Watch, run_chunk
from ingest.model import Target
from ingest.run import Orders, Run, begin, check_only, end, on_page, work
from ingest.sources.config import Source
from ingest.sources.load import load, select
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


@flow(name="ingest")
async def ingest(  # noqa: PLR0913 - each is a field of the form in Prefect's UI
    *,
    sources: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    what: Literal["due", "all"] = "due",
    limit: int | None = None,
    force: bool = False,
    only: list[str] | None = None,
    wait_minutes: int = 10,
) -> Run:
    """Read the pages of sources into the database.

    Args:
        sources: Names of the sources; all that are not disabled when left out.
        since: The first day of publication, in the source's time zone; for sources whose lists give dates.
        until: The last day of publication.
        what: "due" reads what no run has covered yet; "all" whatever the lists name, covered or not.
        limit: The most pages to read of each source.
        force: Read again what has not changed since it was last read.
        only: Addresses of the only pages to read.
        wait_minutes: How long to wait while another run of the same source is at work.
    """
    settings = configured.load()
    chosen = tuple(select(load(settings.config), sources or []))
    orders = Orders(sources=chosen, only=tuple(only or ()), limit=limit, force=force, whole=not sources)
    check_only(settings, orders)
    with Desk(settings) as desk:
        run = begin(desk, orders)
        _DESKS[run.key] = desk
        try:
            for source in chosen:
                for number, chunk in enumerate(work(desk, run, source), 1):
                    run.tallies[source.name].add(await read_chunk(run.key, source, chunk, number, force=force))
        except BaseException as error:
            with suppress(DatabaseError):  # what stopped the run is to be told, not that it cannot be noted
                end(desk, run, error=f"{type(error).__name__}: {error}" if isinstance(error, Exception) else "stopped")
            raise
        finally:
            del _DESKS[run.key]
        end(desk, run)
    await acreate_markdown_artifact(key="ingest-run", markdown=markdown(run), description="What the run did")
    return run
