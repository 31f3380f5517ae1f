"""``ingest quarantine list|show|replay|drop``: targets that gave no rows, tried again or let go."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from ingest.commands.opening import asking, opened
from ingest.commands.quarantined import orphaned, picked, rows_of, sources_of
from ingest.errors import ConfigError

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.sources.config import Source

app = typer.Typer(
    help="See targets that gave no rows, try them again, let them go.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_SHOWN = 50
_SHORT = 8  # digits of a key that tell it from others

Names = Annotated[list[str] | None, typer.Argument(metavar="[KEY|ADDRESS]...", help="These; all when left out.")]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Only of this source; may be given again.")]
Stage = Annotated[str | None, typer.Option(help="Only of this step: discover, fetch, sniff, read, store…")]
Reason = Annotated[str | None, typer.Option(help="Only those whose reason has these words.")]
Older = Annotated[str | None, typer.Option("--older-than", help='Only what is in it for longer: "3 days".')]
Newer = Annotated[str | None, typer.Option("--newer-than", help='Only what came since: "12 hours".')]
Orphans = Annotated[bool, typer.Option("--orphans", help="Only of sources that were removed or disabled.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a target for a program.")]


@app.command(name="list")
def list_(  # noqa: PLR0913 - each is an option of the command
    *,
    source: Sources = None,
    stage: Stage = None,
    reason: Reason = None,
    older_than: Older = None,
    newer_than: Newer = None,
    orphans: Orphans = False,
    limit: Annotated[int, typer.Option(min=1, help="Show so many at the most.")] = _SHOWN,
    as_json: AsJson = False,
) -> None:
    """List what is in quarantine, each with its reason and way out."""
    from ingest.store import quarantine

    with opened(ask=True) as (settings, database):
        known = sources_of(settings)
        pick = picked(known, (), source, stage=stage, reason=reason, ages=(older_than, newer_than), orphans=orphans)
        with database.read() as connection:
            counts = quarantine.counts(connection, pick)
            rows = quarantine.rows(connection, pick, None if as_json else limit)
    if as_json:
        _print_json(rows, known)
        return
    console = Console(highlight=False)
    if not counts:
        console.print("Nothing of the kind is in quarantine.")
    for (name, outcome, step), number in counts.items():
        console.print(f"{number:,} {outcome} at {step}: {name}", markup=False)
    for row in rows:
        console.print(f"{row['key'][:_SHORT]}  {row['source']}: {row['address']}", markup=False, soft_wrap=True)
        console.print(f"          {row['reason']}", style="yellow", markup=False, soft_wrap=True)
    _hint(console, rows, known, sum(counts.values()))


@app.command()
def show(
    names: Annotated[list[str], typer.Argument(metavar="KEY|ADDRESS...", help="A key, its beginning, or an address.")],
    as_json: AsJson = False,
) -> None:
    """Show all that is known of targets in quarantine.

    Reason, traceback, capture, and the command that tries again.
    """
    from ingest.store.quarantine import Pick

    with opened(ask=True) as (settings, database):
        rows, known = rows_of(database, Pick(names=tuple(names))), sources_of(settings)
    if as_json:
        _print_json(rows, known)
        return
    console = Console(highlight=False)
    for row in rows:
        for name, value in row.items():
            if value not in {None, ""}:
                told = value.astimezone().isoformat(" ", "seconds") if isinstance(value, datetime) else str(value)
                console.print(f"{name + ':':<13}{_indented(told)}", markup=False, soft_wrap=True)
        if orphan := orphaned(row["source"], known):
            console.print(f"It cannot be tried again: the source {orphan}.", style="yellow", markup=False)
        console.print()


@app.command()
def replay(  # noqa: PLR0913 - each is an option of the command
    names: Names = None,
    *,
    source: Sources = None,
    stage: Stage = None,
    reason: Reason = None,
    older_than: Older = None,
    newer_than: Newer = None,
) -> None:
    """Try targets again: all, when nothing narrows it down.

    What is read leaves quarantine.
    """
    from ingest.commands.replay import again

    with opened(ask=True) as (settings, database):
        known = sources_of(settings)
        pick = picked(known, names, source, stage=stage, reason=reason, ages=(older_than, newer_than))
        rows = rows_of(database, pick)
    if not rows:
        typer.echo("Nothing of the kind is in quarantine.")
        return
    tried = [row for row in rows if not orphaned(row["source"], known)]
    for name in sorted({row["source"] for row in rows} - {row["source"] for row in tried}):
        typer.echo(f"left alone: the source {orphaned(name, known)}; {_drop_of(name)} lets its targets go", err=True)
    again(settings, [known[name] for name in sorted({row["source"] for row in tried})], tried)
    with asking() as connection:
        from ingest.store import quarantine
        from ingest.store.quarantine import Pick

        left = {row["key"] for row in quarantine.rows(connection, Pick())}
    still = sum(row["key"] in left for row in rows)
    typer.echo(f"{len(tried)} tried again, {len(rows) - still} are out of quarantine, {still} are still in it")
    if still:
        raise typer.Exit(1)


@app.command()
def drop(  # noqa: PLR0913 - each is an option of the command
    names: Names = None,
    *,
    source: Sources = None,
    stage: Stage = None,
    reason: Reason = None,
    older_than: Older = None,
    newer_than: Newer = None,
    orphans: Orphans = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, without asking.")] = False,
) -> None:
    """Let targets go out of quarantine without reading them.

    What is lost with them is said first.
    """
    from ingest.store import quarantine

    with opened(ask=False) as (settings, database):
        known = sources_of(settings)
        narrowed = any((names, source, stage, reason, older_than, newer_than, orphans))
        if not narrowed:
            raise ConfigError("say which: keys, --source, --stage, --reason, --older-than or --orphans")
        ages = (older_than, newer_than)
        pick = picked(known, names, source, stage=stage, reason=reason, ages=ages, orphans=orphans)
        rows = rows_of(database, pick)
        if not rows:
            typer.echo("Nothing of the kind is in quarantine.")
            return
        _tell_loss(rows, known)
        if not yes and not (sys.stdin.isatty() and typer.confirm("Let them go?")):
            typer.echo("nothing was done; --yes does it")
            return
        with database.write() as connection:
            number = quarantine.drop(connection, [row["key"] for row in rows])
        typer.echo(f"{number} are out of quarantine")


def _tell_loss(rows: Sequence[dict[str, Any]], known: Mapping[str, "Source"]) -> None:
    console = Console(highlight=False)
    for name in sorted({row["source"] for row in rows}):
        mine = [row for row in rows if row["source"] == name]
        archived = sum(row["capture_key"] is not None for row in mine)
        told = f"{name}: {len(mine)} targets with their reasons; the bytes of {archived} stay in the archive"
        comes_back = " and no run will name them" if orphaned(name, known) else "; a run that fails brings them back"
        console.print(told + comes_back, markup=False, soft_wrap=True)
    console.print("Lost is the note why nothing was read from them; no article goes.")


def _hint(console: Console, rows: Sequence[dict[str, Any]], known: Mapping[str, "Source"], total: int) -> None:
    if total > len(rows):
        console.print(f"and {total - len(rows):,} more: --limit shows more, --source, --stage and --reason fewer")
    for name in sorted({row["source"] for row in rows}):
        if told := orphaned(name, known):
            console.print(f"{told}: its targets cannot be tried again; {_drop_of(name)} lets them go", markup=False)
    if any(not orphaned(row["source"], known) for row in rows):
        console.print("ingest quarantine show KEY tells more, ingest quarantine replay KEY tries again", markup=False)


def _drop_of(source: str) -> str:
    return f"`ingest quarantine drop --source {source} --yes`"


def _print_json(rows: Sequence[dict[str, Any]], known: Mapping[str, "Source"]) -> None:
    for row in rows:
        told = row | {"since": row["since"].isoformat(), "orphaned": orphaned(row["source"], known) or None}
        typer.echo(json.dumps(told, ensure_ascii=False))


def _indented(text: str) -> str:
    return text.strip().replace("\n", "\n" + " " * 13)
