"""The flow ``ingest``: a task for each chunk of each source, and one artifact that tells what the run did."""

from contextlib import suppress
from datetime import date
from typing import Literal

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact

from flows.chunks import read_chunks
from flows.report import markdown
from ingest import settings as configured
from ingest.chunk import Desk
from ingest.run import Orders, Run, begin, check_only, end, work
from ingest.sources.load import load, select
from ingest.store.engine import DatabaseError


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
        try:
            for source in chosen:
                await read_chunks(desk, run, source, work(desk, run, source), force=force)
        except BaseException as error:
            with suppress(DatabaseError):  # what stopped the run is to be told, not that it cannot be noted
                end(desk, run, error=f"{type(error).__name__}: {error}" if isinstance(error, Exception) else "stopped")
            raise
        end(desk, run)
    await acreate_markdown_artifact(key="ingest-run", markdown=markdown(run), description="What the run did")
    return run
