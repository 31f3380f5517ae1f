"""``ingest trace``: from a record to the bytes that it was read from, proved by reading them again."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from sqlalchemy import Connection

    from ingest.model import SiteProfile
    from ingest.settings import Settings
    from ingest.trace import Rows, Trace

_SIGNS = {True: "proved", False: "FAILED", None: ""}


def trace(
    record: Annotated[str, typer.Argument(help="The record's key, or the beginning of it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Follow a record to its page's bytes, and prove each step.

    From the record to its sentence, block, capture and place in the archive. The bytes are read from the archive,
    compared with their digest, decoded, and read by today's rules; the record's span must hold the same words. Exit
    code 1 where a step does not hold.
    """
    from ingest import settings

    found = _trace(settings.load(), record)
    if as_json:
        steps = [{"name": step.name, "said": step.said, "held": step.held} for step in found.steps]
        key = found.rows.record["key"]
        typer.echo(json.dumps({"record": key, "proved": found.proved, "steps": steps}, ensure_ascii=False))
    else:
        _print(found)
    if not found.proved:
        raise typer.Exit(1)


def _trace(configured: "Settings", name: str) -> "Trace":
    from ingest.fetch.archive import Archive
    from ingest.sources.limits import MAX_BYTES
    from ingest.sources.load import load
    from ingest.store.engine import Database
    from ingest.trace import trace

    database = Database(configured.database, ask=True)
    try:
        with database.read() as connection:
            rows = _rows(connection, name)
            site = _site(connection, rows)
    finally:
        database.close()
    source = load(configured.config).get(rows.article["source"])  # None: it was removed since
    return trace(
        rows,
        Archive(configured.archive_place),
        max_bytes=source.max_bytes if source else MAX_BYTES,
        selectors=source.selectors if source else None,
        site=site,
    )


def _rows(connection: "Connection", name: str) -> "Rows":
    """Return the rows that the chain goes through. Foreign keys are held, so article and capture are there."""
    from ingest.store import lookup
    from ingest.store.keys import page_key
    from ingest.trace import Rows

    kind, record = lookup.record(connection, name)
    article = lookup.article(connection, record["article_key"])
    page = lookup.row(connection, "page", page_key(article["source"], article["address"]))
    capture = lookup.row(connection, "capture", article["capture_key"]) or {}
    return Rows(kind=kind, record=record, article=article, page=page, capture=capture)


def _site(connection: "Connection", rows: "Rows") -> "SiteProfile | None":
    """Return what is known of a page's site today."""
    from ingest.store.sites import profiles, site_of

    name = site_of(rows.article["source"], rows.article["address"], rows.capture["url"])
    return profiles(connection, [name]).get(name)


def _print(found: "Trace") -> None:
    console = Console()
    width = max(len(step.name) for step in found.steps)
    for step in found.steps:
        sign = f"  [{_SIGNS[step.held]}]" if _SIGNS[step.held] else ""
        line = f"{step.name.ljust(width)}  {step.said}{sign}"
        style = "red" if step.held is False else None
        console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)
    end = "The record holds: its words stand in these bytes." if found.proved else "The record is NOT proved."
    console.print(end, style=None if found.proved else "red", markup=False, highlight=False)
