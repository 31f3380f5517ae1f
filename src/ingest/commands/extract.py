"""``ingest extract``: pages in, one JSON object a page out. No database, no Prefect."""

import json
import sys
from typing import Annotated

import typer

from ingest import output
from ingest.commands.reading import fault, read_pages
from ingest.commands.telling import complain


def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Pages (.html .htm .txt, also .gz), or - for standard input.")
    ],
    url: Annotated[str | None, typer.Option(help="Where the page came from; helps to date it.")] = None,
    content_type: Annotated[str | None, typer.Option(help="The Content-Type it was sent with.")] = None,
    source: Annotated[str | None, typer.Option(help="A source whose selectors and encoding hold for it.")] = None,
    indent: Annotated[
        int | None, typer.Option(help="Indent the JSON by so many spaces; one line a page without it.")
    ] = None,
) -> None:
    """Print pages' articles and records as JSON, an object a page."""
    failed = False
    for name, page in read_pages(paths, url=url, content_type=content_type, source=source):
        if page is None:
            failed = True
            continue
        try:
            line = json.dumps(output.page(page, name), ensure_ascii=False, indent=indent)
        except Exception as error:  # noqa: BLE001 - a fault of ours on one page must not cost the others
            complain(fault(name, error))
            failed = True
            continue
        sys.stdout.write(line + "\n")  # at once, so that no reader meets half an object
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)
