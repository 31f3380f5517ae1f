"""``ingest maintenance``: what the flow of the same name does to the database and the archive, without Prefect."""

from enum import StrEnum
from typing import Annotated

import typer


class Extent(StrEnum):
    """How much of the archive is verified."""

    NO = "no"
    SAMPLE = "sample"
    WHOLE = "whole"


def maintenance(
    *,
    vacuum: Annotated[bool, typer.Option(help="Give back the room of what was deleted.")] = True,
    verify_archive: Annotated[Extent, typer.Option(help="How much of the archive is verified.")] = Extent.SAMPLE,
    run_days: Annotated[int, typer.Option(min=0, help="Delete rows of runs older than so many days; 0: none.")] = 400,
) -> None:
    """Verify the archive, tidy the database.

    It verifies a part of the archive, deletes rows of old runs, vacuums; exit code 1 for a fault. Prefect's own old
    runs are deleted by the flow `maintenance`, which `ingest up` runs once a week.
    """
    from ingest import maintain, settings
    from ingest.store.engine import Database

    configured = settings.load()
    Database(configured.database, ask=True).close()  # where there is none, none is made
    well = True
    if verify_archive is not Extent.NO:
        done = maintain.verify(configured, sample=maintain.SAMPLE if verify_archive is Extent.SAMPLE else None)
        well = done.well
        typer.echo(f"archive: {done.told}" + ("" if well else ": `ingest archive verify` says what to do"))
    if run_days:
        typer.echo(f"runs: {maintain.forget_runs(configured, days=run_days):,} rows of old ones are deleted")
    if vacuum:
        before, after = maintain.vacuum(configured)
        typer.echo(f"database: {before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB now")
    if not well:
        raise typer.Exit(1)
