"""``ingest browse``: articles and records in a browser."""

from typing import Annotated

import typer


def browse(
    host: Annotated[str, typer.Option(help="Where to listen; other than loopback needs INGEST_READER_TOKEN.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8300,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody decide on records.")] = False,
) -> None:
    """Show articles, records and zones in a browser, until Ctrl-C.

    It reads the database and the archive and changes nothing, but for decisions on records that are in doubt.
    """
    from ingest import settings
    from ingest.reader.serve import serve

    serve(settings.load(), host, port, writable=not read_only, told=typer.echo)
