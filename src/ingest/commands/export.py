"""``ingest export``: rows to CSV, JSON Lines or Parquet."""

import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands import days
from ingest.commands.opening import asking
from ingest.commands.telling import complain
from ingest.errors import ConfigError

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from sqlalchemy import Connection

    from ingest.store.export.kinds import Filters
    from ingest.store.export.write import Style

_STDOUT = "-"
_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


def export(  # noqa: PLR0913 - the options of a command are its arguments
    kind: Annotated[
        str | None, typer.Argument(help="articles, indicators, organisations… or a view; see below.")
    ] = None,
    *,
    out: Annotated[str, typer.Option("--out", "-o", help="The file; - for standard output.")] = _STDOUT,
    format_: Annotated[
        str | None, typer.Option("--format", "-f", help="csv, jsonl or parquet; by the file's name when left out.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Only what is of articles about this zone.")] = None,
    source: Annotated[str | None, typer.Option(help="Only what is of this source.")] = None,
    since: Annotated[str | None, typer.Option(help="Published then or later: 2024, 2024-05, 2024-05-06.")] = None,
    until: Annotated[str | None, typer.Option(help="Published then or before.")] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="Only records as sure as that.")] = None,
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="What is of articles gone from their page too.")
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV that Excel opens as UTF-8.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="CSV without the ' before texts that a spreadsheet takes for a formula.")
    ] = False,
    dictionary: Annotated[
        bool, typer.Option("--dictionary", help="What every column means, its unit and source, and no rows.")
    ] = False,
) -> None:
    """Export articles, records or a view: CSV, JSON Lines, Parquet.

    FILE.columns.json beside it tells what the columns mean. KIND is articles, indicators, organisations, people,
    policies, programmes, honours, places, or one of the views indicators_by_zone, articles_by_zone,
    organisations_with_aliases, indicators_counted_once, review.
    """
    from ingest.store.export import kinds
    from ingest.store.export.write import Style

    if kind is not None and kind not in kinds.kinds():
        msg = f"there is no {kind!r} to export: {', '.join(kinds.kinds())}"
        raise ConfigError(msg)
    if dictionary:
        _print_dictionary(kind)
        return
    if kind is None:
        msg = f"say what to export: {', '.join(kinds.kinds())}"
        raise ConfigError(msg)
    filters = kinds.Filters(
        zone=zone,
        source=source,
        since=days.first(since, "--since"),
        until=days.last(until, "--until"),
        min_confidence=min_confidence,
        withdrawn=withdrawn,
    )
    _export(kind, filters, Style(_format(format_, out), bom, plain), out)


def _export(kind: str, filters: "Filters", style: "Style", out: str) -> None:
    from ingest.store.export import kinds, write

    kinds.query(kind, filters)  # what cannot be narrowed so is told before a file is begun
    with asking() as connection:
        checked = _checked(connection, filters)
        target = nullcontext(sys.stdout.buffer) if out == _STDOUT else write.replacing(Path(out))
        with target as file:
            rows = write.write(connection, kind, checked, style, file)
    if out != _STDOUT:
        beside = write.write_dictionary(kind, Path(out))
        complain(f"{rows} {kind} in {out}; what the columns mean: {beside}")


def _checked(connection: "Connection", filters: "Filters") -> "Filters":
    """Return the filters with the names that the database has."""
    from ingest.store.search import names

    if filters.zone is not None:
        filters = replace(filters, zone=names.place(connection, "zone", filters.zone))
    if filters.source is not None:
        names.source(connection, filters.source)
    return filters


def _format(named: str | None, out: str) -> str:
    from ingest.store.export.write import FORMATS

    format_ = named or ("csv" if out == _STDOUT else _SUFFIXES.get(Path(out).suffix.lower()))
    if format_ is None:
        msg = f"--out {out}: its name does not say the format: end it in {', '.join(_SUFFIXES)}, or say --format"
        raise ConfigError(msg)
    if format_ not in FORMATS:
        msg = f"--format {format_!r} is none: {', '.join(FORMATS)}"
        raise ConfigError(msg)
    return format_


def _print_dictionary(kind: str | None) -> None:
    """Print the data dictionary as a table in Markdown."""
    from ingest.store.export.write import dictionary

    names = ("export", "name", "type", "meaning", "unit", "source")
    typer.echo(f"| {' | '.join(names)} |\n|{' --- |' * len(names)}")
    for column in dictionary(kind):
        typer.echo(f"| {' | '.join(column[name] for name in names)} |")
