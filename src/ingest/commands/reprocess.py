"""``ingest reprocess``: pages that the archive holds, read again by today's rules: a Prefect flow in this process."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from ingest.commands.days import first, last
from ingest.commands.in_process import run_flow
from ingest.commands.run import Processes, Runner, tell

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.reprocess import Again
    from ingest.run import Run
    from ingest.store.kept import Counted


def reprocess(  # noqa: PLR0913, PLR0917 - each is an option of the command
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="The sources; all when left out.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Read only this page; may be given again.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only bytes that were first had from then on.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Only bytes that were first had until then.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Read also what today's rules have read.")] = False,
    processes: Processes = 1,
    runner: Runner = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many pages would be read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Read pages again from the archive by today's rules.

    Those, that is, that other rules have read; no source is asked.
    """
    from ingest import settings
    from ingest.reprocess import Again, counted
    from ingest.sources.load import load, select
    from ingest.store.engine import Database

    configured = settings.load()
    chosen = select(load(configured.config), names or [])
    again = Again(
        everything=everything, since=first(since, "--since"), until=last(until, "--until"), only=tuple(only or ())
    )
    database = Database(configured.database, ask=True)
    try:
        counts = counted(database, chosen, again)
    finally:
        database.close()
    if dry_run:
        _show(counts, as_json=as_json)
        return
    done = run_flow(
        lambda: _flow(names, again, processes, runner),
        pages=lambda: sum(count.pages for count in counts.values()),
        show=not as_json,
    )
    tell(done, configured, as_json=as_json)


async def _flow(names: list[str] | None, again: "Again", processes: int, runner: str | None) -> "Run":
    from flows.reprocess import reprocess as flow

    return await flow(
        sources=names,
        since=again.since,
        until=again.until,
        everything=again.everything,
        processes=processes,
        runner=runner,
        only=list(again.only) or None,
    )


def _show(counts: "dict[str, Counted]", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({name: asdict(count) for name, count in counts.items()}))
        return
    table = Table("source", "to read", "of quarantine", "left as they are", "gone, so left", box=None, pad_edge=False)
    for name, count in counts.items():
        table.add_row(name, *map(str, (count.pages, count.quarantined, count.left, count.gone)))
    Console().print(table)
