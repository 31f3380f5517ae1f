"""``ingest status``: the last runs, the rows of each table, what is in quarantine."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.commands.quarantined import orphaned
from ingest.errors import ConfigError

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.settings import Settings
    from ingest.sources.config import Source

_RUNS = 10
_RECORDS = ["indicator", "organisation", "person", "policy", "programme", "honour", "place"]
# What a person asks for; the tables that serve these are for `ingest db stats`.
_ROWS = ["page", "article", *_RECORDS, "decision", "revision", "capture"]
_QUARANTINED = 20  # told; `ingest quarantine list` has them all


def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Show the last runs, rows stored, and what is in quarantine."""
    from ingest import settings

    configured = settings.load()
    told = _ask(configured)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, default=_iso))
        return
    console = Console()
    console.print(f"database: {configured.database_shown}", markup=False, highlight=False, soft_wrap=True)
    if told is None:
        console.print("There is none yet: `ingest run` makes it.", markup=False)
        return
    _print_runs(console, told["runs"])
    console.print(_two_columns("rows", {name: told["rows"][name] for name in _ROWS}))
    _print_kinds(console, told["pages"])
    _print_quarantine(console, told["quarantine"], _sources(configured))


def _ask(configured: "Settings") -> dict[str, Any] | None:
    """Return what the database knows; None where there is no database, which is not made by asking."""
    from ingest.store import queries
    from ingest.store.engine import Database, NoDatabaseError

    try:
        database = Database(configured.database, ask=True)
    except NoDatabaseError:
        return None
    try:
        with database.read() as connection:
            return {
                "runs": queries.last_runs(connection, _RUNS),
                "rows": queries.counts(connection),
                "pages": queries.kinds(connection),
                "quarantine": queries.quarantined(connection),
            }
    finally:
        database.close()


def _print_runs(console: Console, runs: list[dict[str, Any]]) -> None:
    table = Table("run", "took", "outcomes", "", title="Last runs", title_justify="left", box=None, pad_edge=False)
    for run in runs:
        counts = [f"{source}: " + _counts(outcomes) for source, outcomes in run["outcomes"].items()]
        when = run["started_at"].astimezone().strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(when, _took(run), Text("\n".join(counts)), Text(run["error"] or "", style="red"))
    console.print(table)


def _took(run: dict[str, Any]) -> str:
    from ingest.run import CRASHED

    if run["ended_at"] is None:
        return "not ended"
    if run["error"] == CRASHED:  # its end is when it was found
        return "killed"
    return f"{(run['ended_at'] - run['started_at']).total_seconds():.1f} s"


def _counts(outcomes: dict[str, int]) -> str:
    return ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items()) or "no pages"


def _two_columns(title: str, counts: dict[str, int]) -> Table:
    table = Table(title, "", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for name, number in counts.items():
        table.add_row(name, f"{number:,}")
    return table


def _print_kinds(console: Console, pages: dict[str, dict[str, int]]) -> None:
    """Say what the pages are from which no article was read."""
    for source, kinds in pages.items():
        others = {kind: number for kind, number in kinds.items() if kind != "article"}
        if others:
            console.print(f"{source}: pages without an article: {_counts(others)}", markup=False, highlight=False)


def _print_quarantine(console: Console, rows: list[dict[str, Any]], known: "Mapping[str, Source] | None") -> None:
    """Tell of the first rows in quarantine, each with the way out; of sources that are gone there is only one."""
    if not rows:
        console.print("Nothing is in quarantine.")
        return
    console.print(f"In quarantine: {len(rows):,}", highlight=False)
    for row in rows[:_QUARANTINED]:
        line = f"{row['outcome']}: {row['source']}: {row['address']}: {row['reason']}"
        console.print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)
        gone = known is not None and orphaned(row["source"], known)
        console.print(f"    {gone or 'again: ' + row['replay']}", markup=False, highlight=False, soft_wrap=True)
    if len(rows) > _QUARANTINED:
        console.print(f"and {len(rows) - _QUARANTINED:,} more: `ingest quarantine list`", markup=False, highlight=False)
    if known and any(orphaned(row["source"], known) for row in rows):
        console.print("`ingest quarantine drop --orphans` lets those go whose sources are gone", markup=False)


def _sources(configured: "Settings") -> "Mapping[str, Source] | None":
    """Return the sources by name; None while a file of theirs is broken, which is no reason to say nothing."""
    from ingest.sources.load import load

    with suppress(ConfigError):
        return load(configured.config)
    return None


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
