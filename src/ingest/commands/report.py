"""``ingest report``: the overview as a file to mail."""

from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.telling import complain
from ingest.errors import ConfigError

_STEPS = ("day", "month", "year")


def report(
    html: Annotated[Path, typer.Option("--html", metavar="OUT", help="The file to write.")],
    by: Annotated[str | None, typer.Option(help="Articles by day, month or year; chosen by the data.")] = None,
) -> None:
    """Write the overview as one HTML file, to mail.

    It needs nothing else and has no script.
    """
    from ingest import settings
    from ingest.reader.report import report as made
    from ingest.store.export.write import replacing

    if by is not None and by not in _STEPS:
        msg = f"--by {by!r} is none: {', '.join(_STEPS)}"
        raise ConfigError(msg)
    content = made(settings.load(), by).encode()
    with replacing(html) as out:
        out.write(content)
    complain(f"{html}: {len(content):,} bytes")
