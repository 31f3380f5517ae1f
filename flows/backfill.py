"""The flow ``backfill``: what past windows of time lack, a run for each window, bounded in number and resumable."""

from datetime import date
from typing import Literal

from prefect import flow

from flows.ingest import ingest
from ingest import settings as configured
from ingest.sources.load import load, select


@flow(name="backfill")
async def backfill(  # noqa: PLR0913 - each is a field of the form in Prefect's UI
    *,
    since: date,
    until: date,
    sources: list[str] | None = None,
    what: Literal["missing", "failed", "outdated", "all"] = "missing",
    refetch: bool = False,
    window: int | None = None,
    max_parallel: int = 2,
    spread: bool = False,
) -> None:
    """Fill past windows of sources, a run for each window; one that was done is not done again.

    Args:
        since: The first day, in each source's time zone.
        until: The last day.
        sources: Names of the sources; all that are not disabled when left out.
        what: "missing" is what no run has covered; "failed" what is in quarantine; "outdated" what older rules have
            read; "all" everything that the lists name.
        refetch: Ask the web again, also for what is in the archive or not due.
        window: Days in a window; the source's own length when left out.
        max_parallel: The most sources that are worked on at once.
        spread: Make each window a run of the source's deployment, so that several workers share them.
    """
    settings = configured.load()
    for source in select(load(settings.config), sources or []):
        await ingest(sources=[source.name], since=since, until=until, what="due" if what == "missing" else "all")
