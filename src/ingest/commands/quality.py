"""``ingest quality``: each source beside what is expected of it and beside its own past."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.quality.judge import Finding

_STYLES = {"low": "red", "high": "yellow", "ok": "", "unknown": "dim"}
_COLUMNS = ("measure", "level", "value", "from", "usual", "to")


def quality(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="The sources; all when left out.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="How many days back a source's own past goes.")] = 90,
    everything: Annotated[bool, typer.Option("--all", help="Show what is well, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a source for a program.")] = False,
) -> None:
    """Compare sources with what is expected and with their past.

    Exit code 1 where something is too low.
    """
    from ingest.quality.judge import worst
    from ingest.quality.series import Level

    found = _findings(names or [], days)
    console = Console()
    for name, findings in found.items():
        if as_json:
            told = {"source": name, "level": worst(findings), "measures": [asdict(each) for each in findings]}
            typer.echo(json.dumps(told, ensure_ascii=False))
        else:
            _print(console, name, findings, everything=everything or bool(names))
    if any(worst(findings) is Level.LOW for findings in found.values()):
        raise typer.Exit(1)


def _findings(names: list[str], days: int) -> dict[str, list["Finding"]]:
    from datetime import UTC, datetime

    from ingest import settings
    from ingest.quality import ask
    from ingest.sources.load import load, select
    from ingest.store.engine import Database

    configured = settings.load()
    chosen = select(load(configured.config), names)
    database = Database(configured.database, ask=True)
    try:
        return ask.findings(database, chosen, now=datetime.now(UTC), days=days)
    finally:
        database.close()


def _print(console: Console, name: str, findings: list["Finding"], *, everything: bool) -> None:
    from ingest.quality.judge import worst
    from ingest.quality.series import Level
    from ingest.quality.telling import row

    level = worst(findings).value
    why = f" ({findings[0].why})" if level == Level.UNKNOWN and findings and not everything else ""
    console.print(Text(f"{name}: {level}{why}", style=_STYLES[level] or "bold"))
    shown = [each for each in findings if everything or each.level.value in {"low", "high"}]
    table = Table(*_COLUMNS, "", box=None, pad_edge=False)
    for each in shown:
        told = row(each)
        table.add_row(
            *(Text(str(told[column])) for column in _COLUMNS), Text(each.why), style=_STYLES[each.level.value]
        )
    if shown:
        console.print(table)
