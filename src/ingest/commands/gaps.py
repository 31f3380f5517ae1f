"""``ingest gaps``: which windows of time no run has covered, why, and the command that fills them."""

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from ingest.commands.days import first, last
from ingest.commands.telling import some

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.gaps import Gap
    from ingest.sources.config import Source

Found = list[tuple["Source", "datetime | None", "list[Gap]"]]


def gaps(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="The sources; all when left out.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="From this day on, and not from the first that a run took on.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Until this day.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Show which windows no run has covered, and what fills them."""
    found = _find(names or [], first(since, "--since"), last(until, "--until"))
    if as_json:
        typer.echo(json.dumps({source.name: _plain(looked, holes) for source, looked, holes in found}))
    else:
        _print(found)


def _find(names: list[str], since: date | None, until: date | None) -> Found:
    from ingest import settings
    from ingest.gaps import gaps as gaps_of
    from ingest.gaps import looked
    from ingest.sources.load import load, select
    from ingest.store import alive
    from ingest.store.engine import Database

    configured = settings.load()
    chosen = select(load(configured.config), names)
    database = Database(configured.database, ask=True)
    try:
        with database.read() as connection:
            now, dead = datetime.now(UTC), alive.dead(connection, database)
            days = (since, until)
            holes = [list(gaps_of(connection, each, now, days, dead)) for each in chosen]
            return [(each, looked(connection, each), some) for each, some in zip(chosen, holes, strict=True)]
    finally:
        database.close()


def _plain(looked: "datetime | None", holes: "list[Gap]") -> dict[str, Any]:
    return {
        "looked": looked.isoformat() if looked else None,
        "gaps": [
            {
                "since": gap.since.isoformat(),
                "until": gap.until.isoformat(),
                "windows": gap.windows,
                "why": gap.why,
                "run": gap.open_run,
                "command": gap.command,
            }
            for gap in holes
        ],
    }


def _print(found: Found) -> None:
    from ingest.turn import grid

    console = Console()
    for source, looked, holes in found:
        when = f"last read {looked.astimezone():%Y-%m-%d %H:%M}" if looked else "never read as a whole"
        what = some(len(holes), "gap") if holes else "no gap"
        told = what if grid(source) else "its pages come without dates: a run covers what there is"
        console.print(f"{source.name}: {told}; {when}", style="bold" if holes else None, markup=False, highlight=False)
        for gap in holes:
            days = f"{gap.since}" if gap.since == gap.until else f"{gap.since} to {gap.until}"
            console.print(f"    {days}: {gap.why}", markup=False, highlight=False, soft_wrap=True)
            console.print(f"        {gap.command}", markup=False, highlight=False, soft_wrap=True)
