"""The flow ``ingest``: a task for each chunk of each source, and one artifact that tells what the run did."""

import asyncio
from contextlib import suppress
from datetime import date
from time import monotonic
from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.chunks import hired, read_chunks
from flows.report import leave
from ingest import settings as configured
from ingest.choice import Orders, check_only
from ingest.chunk import Desk
from ingest.crew import Crew
from ingest.run import Idle, Run, begin, end, finish, take_turn, work
from ingest.sources.config import Source
from ingest.sources.load import load, select
from ingest.store import alive, queries
from ingest.store.engine import DatabaseError

_ASK_SECONDS = 0.5  # between two tries to take a source that another run has


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
    processes: int = 1,
    runner: str | None = None,
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
        processes: How many processes of this machine read pages at once; those of the web are read by one.
        runner: The address of a Dask scheduler whose workers read the pages, as dask://host:8786.
    """
    settings = configured.load()
    chosen = tuple(select(load(settings.config), sources or []))
    orders = Orders(
        sources=chosen,
        only=tuple(only or ()),
        limit=limit,
        force=force,
        whole=not sources,
        what=what,
        since=since,
        until=until,
        scheduled=flow_run.scheduled_start_time,
    )
    check_only(settings, orders)
    with Desk(settings) as desk:
        run = begin(desk, orders, flow_run.id)
        try:
            async with hired(desk, processes, runner) as crew:
                for source in chosen:
                    await _work_on(desk, run, source, crew, wait_minutes * 60)
        except BaseException as error:
            with suppress(DatabaseError):  # what stopped the run is to be told, not that it cannot be noted
                end(desk, run, error=f"{type(error).__name__}: {error}" if isinstance(error, Exception) else "stopped")
            if isinstance(error, Exception):
                with suppress(Exception):
                    await leave(run, settings, broken=error)
            raise
        await asyncio.to_thread(end, desk, run)  # a backlog of articles to be linked takes minutes
    if run.turns:
        await leave(run, settings)
    done: Run = _ended(run)  # a state of ours has the run for its data: see ``outcome.given``
    return done


async def _work_on(desk: Desk, run: Run, source: Source, crew: Crew, patience: float) -> None:
    """Give a source its turn, once no other run is at work on it, within some seconds."""
    release = await _taken(desk, source, patience)
    if release is None:
        run.idle[source.name] = Idle.BUSY
        get_run_logger().warning("%s: %s", source.name, _who(desk, run, source))
        return
    try:
        if take_turn(desk, run, source):
            await read_chunks(desk, run, source, work(desk, run, source), crew)
            finish(desk, run, source)
        else:
            get_run_logger().info("%s: %s", source.name, run.idle[source.name])
    finally:
        release()


async def _taken(desk: Desk, source: Source, patience: float) -> alive.Release | None:
    """Take a source, waiting for as long as another run has it; None when it still has it after ``patience`` seconds.

    No lock is held meanwhile, so runs that wait for each other's sources cannot do so for ever.
    """
    until = monotonic() + patience
    while (release := alive.take(desk.database, source.name)) is None:
        if monotonic() > until:
            return None
        await asyncio.sleep(_ASK_SECONDS)
    return release


def _who(desk: Desk, run: Run, source: Source) -> str:
    """Say which run has a source."""
    with desk.database.read() as connection:
        others = [row for row in queries.open_runs(connection, source.name) if row["key"] != run.key]
    at_work = [f"run {row['key'][:12]} has been at work since {row['started_at']:%Y-%m-%d %H:%M} UTC" for row in others]
    return "; ".join(at_work) or "another run has been at work on it all the time"


def _ended(run: Run) -> Any:
    """Return the run, or a state that Prefect's UI shows by its name: nothing was due, busy; no list could be had."""
    failed = [f"{name}: {turn.failed}" for name, turn in run.turns.items() if turn.failed]
    if failed and len(failed) == len(run.turns):
        return Failed(message="; ".join(failed), data=run)
    if run.turns or not run.idle:
        return run
    named = Idle.BUSY if Idle.BUSY in run.idle.values() else Idle.NOTHING_DUE
    told = ", ".join(f"{name}: {why}" for name, why in run.idle.items())
    return Completed(name=named.value.capitalize(), message=told, data=run)
