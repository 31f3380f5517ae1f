"""``ingest sources``: what is to be ingested, and what is left aside and why."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.errors import TargetError

if TYPE_CHECKING:  # `ingest extract` must not wait for pydantic to be imported
    from ingest.settings import Settings
    from ingest.sources.config import Source


def sources(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a source for a program.")] = False,
    trust: Annotated[bool, typer.Option("--trust", help="Show what the database says of each.")] = False,
    as_schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a source's file.")] = False,
) -> None:
    """List the sources, and how many pages each names now."""
    if as_schema:
        from ingest.sources.schema import schema

        typer.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
        return
    if trust:
        from ingest.commands.trust import show

        show(as_json=as_json)
        return
    from ingest import settings
    from ingest.sources.load import load

    configured = settings.load()
    told = [_told(source, configured) for source in load(configured.config).values()]
    if as_json:
        for each in told:
            typer.echo(json.dumps(each, ensure_ascii=False))
        return
    table = Table("source", "kind", "pages", "title", "", box=None, pad_edge=False)
    for each in told:
        remark = f"disabled: {each['disabled']}" if each["disabled"] else each["problem"] or ""
        pages = "" if each["pages"] is None else str(each["pages"])
        table.add_row(each["name"], each["kind"], pages, Text(each["title"]), Text(remark, style="yellow"))
    Console().print(table)


def _told(source: "Source", configured: "Settings") -> dict[str, Any]:
    from ingest.sources.discover import discover

    told = {"name": source.name, "kind": source.kind, "title": source.title, "disabled": source.disabled}
    try:
        pages = None if source.disabled else sum(1 for _ in discover(source, configured.root))
    except TargetError as error:
        return told | {"pages": None, "problem": str(error)}
    return told | {"pages": pages, "problem": None}
