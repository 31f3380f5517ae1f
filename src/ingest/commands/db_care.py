"""``ingest db stats|vacuum|reindex|forget``: how large it is, making it small, making its index, forgetting."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from ingest.commands.opening import opened
from ingest.errors import ConfigError

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.store.forget import Plan


def register(app: typer.Typer) -> None:
    """Make these commands part of ``ingest db``."""
    for command in (stats, vacuum, reindex, forget, allow):
        app.command()(command)


def stats(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Show how many rows and bytes each table has, and the archive."""
    from ingest.store.sizes import sizes

    with opened(ask=True) as (settings, database), database.read() as connection:
        found = sizes(connection)
    place = settings.archive_place
    archive = None if isinstance(place, str) else _bytes_in(place)  # a store of objects is not counted
    if as_json:
        typer.echo(json.dumps({"tables": [asdict(size) for size in found], "archive_bytes": archive}))
        return
    table = Table("table", "rows", "MB", "MB of indexes", box=None, pad_edge=False)
    for size in found:
        told = (_megabytes(size.table_bytes), _megabytes(size.index_bytes))
        table.add_row(size.table, "" if size.rows is None else f"{size.rows:,}", *told)
    console = Console()
    console.print(table)
    console.print(f"archive {_megabytes(archive)} MB", highlight=False)


def vacuum() -> None:
    """Give back the room of what was deleted; count rows anew.

    SQLite writes its file anew and needs as much room beside it meanwhile; no run can store until it is done.
    """
    from ingest import maintain

    with opened(ask=True) as (settings, database):
        name = database.name
    before, after = maintain.vacuum(settings)
    typer.echo(f"{name}: {_megabytes(before)} MB before, {_megabytes(after)} MB now")


def reindex(
    everything: Annotated[bool, typer.Option("--all", help="Make the whole index anew.")] = False,
) -> None:
    """Put articles into the index for searches that are not in it.

    Those are the articles that were there before the index was.
    """
    from ingest.store.search import index

    with opened(ask=False) as (_, database):
        done = index.reindex(database, everything=everything)
        typer.echo(f"{database.name}: {done} articles put into the index")


def forget(
    *,
    source: Annotated[str | None, typer.Option(help="Forget this source and all its pages.")] = None,
    article: Annotated[str | None, typer.Option(help="Forget this article (its key) and its page.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, without asking.")] = False,
    again: Annotated[bool, typer.Option("--allow-again", help="Let the next run fetch it anew.")] = False,
) -> None:
    """Forget a source or an article's page, with all that hangs on it.

    What that is, is said first.

    Rows of all kinds and former versions, what searches find, and in the archive the bytes themselves, which cannot be
    had again. Articles of one page go together: they are of the same bytes. The source's file stays, and no run reads
    again what was forgotten, until `ingest db allow` says so.
    """
    from ingest.store import forget as forgetting

    if (source is None) == (article is None):
        raise ConfigError("say what to forget: --source NAME or --article KEY")
    with opened(ask=False) as (settings, database):
        if resumed := forgetting.resume(database, settings.archive):
            typer.echo(f"went on where the last time was stopped: {resumed:,} bytes of the archive are gone")
        with database.read() as connection:
            scope = (
                forgetting.of_source(connection, source)
                if source is not None
                else forgetting.of_article(connection, str(article))
            )
            planned = forgetting.plan(connection, scope, settings.archive)
        _tell(planned)
        if not yes and not (sys.stdin.isatty() and typer.confirm("Forget all this?")):
            typer.echo("nothing was done; --yes does it")
            return
        forgetting.carry_out(database, planned, settings.archive, again=again)
        typer.echo("forgotten; " + ("the next run may fetch it anew" if again else "`ingest db allow` takes that back"))


def allow(
    source: Annotated[str, typer.Option(help="What was forgotten of this source, or the source whole.")],
    address: Annotated[str | None, typer.Option(help="Only the page of this address.")] = None,
) -> None:
    """Let runs fetch again what was forgotten.

    Exit code 1 where nothing was.
    """
    from ingest.store import forgotten

    with opened(ask=False) as (_, database), database.write() as connection:
        number = forgotten.allow(connection, source, address)
    typer.echo(f"{source}: {number} taken back" if number else f"{source}: nothing of that was forgotten")
    if not number:
        raise typer.Exit(1)


def _tell(planned: "Plan") -> None:
    console = Console(highlight=False)
    of = (
        f"the page {planned.scope.address} of {planned.scope.source}" if planned.scope.address else planned.scope.source
    )
    console.print(f"To be forgotten: {of}", markup=False, soft_wrap=True)
    for title in planned.titles:
        console.print(f"  {title}", markup=False, soft_wrap=True)
    if (more := planned.rows.get("article", 0) - len(planned.titles)) > 0:
        console.print(f"  and {more} more", markup=False)
    console.print(", ".join(f"{number} {name}" for name, number in planned.rows.items()) or "no rows", soft_wrap=True)
    records = len({*planned.erasure.captures, *planned.erasure.others})
    console.print(f"in the archive {records} records, {planned.archived:,} bytes, for good", soft_wrap=True)


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*")) if folder.is_dir() else 0


def _megabytes(number: int | None) -> str:
    return "?" if number is None else f"{number / 1e6:,.1f}"
