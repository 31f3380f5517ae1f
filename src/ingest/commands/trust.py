"""``ingest sources --trust``: what copies, spun text, farms, damage and contradictions say of each source."""

import json

import typer
from rich.console import Console
from rich.table import Table

from ingest.commands.opening import asking

_WIDTH = 120  # of the table with a long name


def show(*, as_json: bool) -> None:
    """Print the trust sheets of the sources that the database has."""
    from ingest.quality.trust import row
    from ingest.store import copies_ask

    with asking() as connection:
        sheets = copies_ask.trust(connection)
    if as_json:
        for sheet in sheets:
            typer.echo(json.dumps(sheet, ensure_ascii=False))
        return
    rows = [row(sheet) for sheet in sheets]
    if not rows:
        typer.echo("The database has no sources yet: `ingest run` brings them.")
        return
    table = Table(box=None, pad_edge=False)
    for name in rows[0]:
        # Wider than a narrow terminal: it scrolls, where names in pieces could not be read.
        table.add_column(name, no_wrap=True, overflow="ignore", justify="left" if name == "source" else "right")
    for each in rows:
        table.add_row(*map(str, each.values()))
    Console(width=max(Console().width, _WIDTH)).print(table)
