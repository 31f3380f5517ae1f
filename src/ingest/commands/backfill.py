"""``ingest backfill``: fill what past windows of sources lack; ``--dry-run`` shows the plan."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ingest.commands.days import first, last
from ingest.commands.in_process import run_flow
from ingest.commands.telling import some

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from flows.backfill import Backfilled
    from ingest.backfill import Unit, Wanted

_MOST_ROWS = 400  # of a plan on the terminal: a year of days


class What(StrEnum):
    """What a backfill fills."""

    MISSING = "missing"
    FAILED = "failed"
    OUTDATED = "outdated"
    ALL = "all"


def backfill(  # noqa: PLR0913 - each is an option of the command
    *,
    since: Annotated[str, typer.Option(metavar="DAY", help="The first day: 2024, 2024-05 or 2024-05-06.")],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="The sources; all when left out.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="The last day; today when left out.")] = None,
    what: Annotated[
        What, typer.Option(help="What no run covered, what is in quarantine, what other rules have read, or all.")
    ] = What.MISSING,
    refetch: Annotated[
        bool, typer.Option("--refetch", help="Ask the web again, also for what the archive has or is not due.")
    ] = False,
    window: Annotated[int | None, typer.Option(min=1, metavar="DAYS", help="Days that a run has.")] = None,
    max_parallel: Annotated[int, typer.Option(min=1, max=64, help="The most sources that are worked on at once.")] = 2,
    spread: Annotated[
        bool, typer.Option("--spread", help="Have each window run by the source's deployment, for several workers.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and do nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Fill what past windows of sources lack.

    Each window is a run of its own. Stopped, it goes on where it was.
    """
    from ingest.backfill import Wanted

    today = datetime.now(UTC).date()
    days = {"since": first(since, "--since") or today, "until": last(until, "--until") or today}
    wanted = Wanted(**days, what=what.value, refetch=refetch, window=window)
    wanted.check()
    units = _plan(names or [], wanted)
    if dry_run:
        _show(units, as_json=as_json)
        return
    told = run_flow(
        lambda: _flow(names, wanted, max_parallel, spread=spread),
        pages=lambda: sum(unit.pages for unit in units),
        show=not as_json,
    )
    _tell(told, as_json=as_json)


def _plan(names: list[str], wanted: "Wanted") -> "list[Unit]":
    """Return the plan as it is now; the flow makes it anew when it begins."""
    from ingest import settings
    from ingest.backfill import plan
    from ingest.sources.load import load, select
    from ingest.store import windows
    from ingest.store.engine import Database

    configured = settings.load()
    chosen = select(load(configured.config), names)
    database = Database(configured.database)
    try:
        with database.read() as connection:
            began = windows.began_before(connection, wanted.plain(chosen)) or datetime.now(UTC)
        return [unit for source in chosen for unit in plan(database, configured, source, wanted, began)]
    finally:
        database.close()


async def _flow(names: list[str] | None, wanted: "Wanted", max_parallel: int, *, spread: bool) -> "Backfilled":
    from flows.backfill import backfill as flow
    from flows.outcome import given

    state: Any = await flow(
        since=wanted.since,
        until=wanted.until,
        sources=names,
        what=wanted.what,
        refetch=wanted.refetch,
        window=wanted.window,
        max_parallel=max_parallel,
        spread=spread,
        return_state=True,
    )
    told: Backfilled = await given(state)
    return told


def _show(units: "list[Unit]", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"runs": [asdict(unit) for unit in units]}, ensure_ascii=False, default=_iso))
        return
    console = Console()
    table = Table("source", "window", "run", "pages known", "requests, about", box=None, pad_edge=False)
    for unit in units[:_MOST_ROWS]:
        asked = "?" if unit.requests is None else str(unit.requests)
        table.add_row(unit.source, unit.told, unit.kind, str(unit.pages), asked)
    console.print(table)
    left = f" ({len(units) - _MOST_ROWS} not shown: --json has them)" if len(units) > _MOST_ROWS else ""
    unknown = any(unit.requests is None for unit in units)
    requests = sum(unit.requests or 0 for unit in units)
    least = "at least " if unknown else "about "
    told = f"{some(len(units), 'run')}{left}, {least}{some(requests, 'request')}; nothing was done"
    console.print(told, highlight=False)


def _tell(told: "Backfilled", *, as_json: bool) -> None:
    if as_json:
        failed = [{"source": unit.source, "window": unit.told, "why": why} for unit, why in told.failed]
        done = [{"source": unit.source, "window": unit.told} for unit in told.done]
        typer.echo(json.dumps({"done": done, "failed": failed}, ensure_ascii=False))
    else:
        console = Console()
        for unit, why in told.failed:
            line = f"failed: {unit.source}, {unit.told}: {why}"
            console.print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)
        console.print(told.told, markup=False, highlight=False)
    if told.failed:
        raise typer.Exit(1)


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
