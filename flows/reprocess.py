"""The flow ``reprocess``: pages that the archive holds read again by today's rules; no source is asked."""

import asyncio
from contextlib import suppress
from datetime import date

from prefect import flow
from prefect.runtime import flow_run

from flows.chunks import hired, reread_chunks
from flows.forms import SourceName
from flows.report import leave
from ingest import settings as configured
from ingest.chunk import Desk
from ingest.reprocess import Again, Rereading, chunks
from ingest.run import Run, begin, end
from ingest.sources.load import load, select
from ingest.store.engine import DatabaseError


@flow(name="reprocess")
async def reprocess(  # noqa: PLR0913 - each is a field of the form in Prefect's UI
    *,
    sources: list[SourceName] | None = None,
    since: date | None = None,
    until: date | None = None,
    everything: bool = False,
    processes: int = 1,
    runner: str | None = None,
    only: list[str] | None = None,
) -> Run:
    """Read pages again from the archive, by today's rules. What today's rules have read is left alone.

    A run that was stopped or killed goes on where it was when it is begun again: what it has stored is as of today.

    Args:
        sources: Names of the sources; all that are not disabled when left out.
        since: The first day on which the bytes were had, in UTC.
        until: The last such day.
        everything: Read also what today's rules have read; one that was stopped then begins anew.
        processes: How many processes of this machine read pages at once.
        runner: The address of a Dask scheduler whose workers read the pages, as dask://host:8786.
        only: Addresses of the only pages to read.
    """
    settings = configured.load()
    chosen = tuple(select(load(settings.config), sources or []))
    again = Again(everything=everything, since=since, until=until, only=tuple(only or ()))
    with Desk(settings) as desk:
        desk.archive.check()
        run = begin(desk, Rereading(sources=chosen, force=everything, again=again), flow_run.id)
        try:
            async with hired(desk, processes, runner) as crew:
                for source in chosen:
                    await reread_chunks(run, source, chunks(desk.database, settings, source, again), crew)
        except BaseException as error:
            with suppress(DatabaseError):  # what stopped the run is to be told, not that it cannot be noted
                end(desk, run, error=f"{type(error).__name__}: {error}" if isinstance(error, Exception) else "stopped")
            raise
        await asyncio.to_thread(end, desk, run)  # a backlog of articles to be linked takes minutes
    await leave(run, settings)
    return run
