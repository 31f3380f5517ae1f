"""``ingest archive``: whether what is kept of the pages is what was had, and all of it."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.commands.telling import some

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.fetch.verify import Finding, Seen

app = typer.Typer(help="Look after the archive.", no_args_is_help=True, rich_markup_mode=None)

_WAY_OUT = (
    "bring the files back from their backup. Where there is none: move a damaged file away, and `ingest run --force` "
    "archives again what the sources still have; `ingest db forget --article KEY` takes out what they have no longer"
)
_OF_STRAYS = (
    "records without a row are of runs that were killed, of one that is at work now, or of a database that was lost: "
    'a source of kind "warc" over the archive\'s folder reads them'
)


@app.callback()
def archive() -> None:
    """Look after the archive."""


@app.command()
def verify(
    source: Annotated[str | None, typer.Option(help="Only the captures of this source.")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Only so many captures, drawn by lot.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="A record without a row is a fault too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a finding, the sum last.")] = False,
) -> None:
    """Hold the archive against the database.

    Every capture's bytes are held against their digest, and every record against its row. With --source or --sample,
    and for an archive in a store of objects, only the captures' records are looked at: what else lies in the files is
    not. Exit code 1 where a capture's bytes are not there or not those that were archived.
    """
    from ingest import settings
    from ingest.fetch.verify import Fault, Seen
    from ingest.maintain import findings
    from ingest.store.engine import Database
    from ingest.store.search import names

    configured = settings.load()
    database = Database(configured.database, ask=True)
    seen, met = Seen(), Counter[Fault]()
    try:
        with database.read() as connection:
            chosen = names.source(connection, source) if source else None
            for finding in findings(connection, configured, chosen, sample, seen):
                met[finding.fault] += finding.rows or 1
                typer.echo(json.dumps(_plain(finding), ensure_ascii=False) if as_json else _told(finding))
    finally:
        database.close()
    harmless = set() if strict else {Fault.STRAY, Fault.TORN}
    _sum_up(seen, met, bad=bool(met.keys() - harmless), as_json=as_json)


def _told(finding: "Finding") -> str:
    from ingest.fetch.verify import Fault

    place = f"{finding.file} from byte {finding.offset}, {finding.length} bytes"
    match finding.fault:
        case Fault.NO_FILE:
            return f"no file: {finding.file}, to which {finding.rows} captures point"
        case Fault.LOST if finding.row:
            return f"lost: {finding.row.source}: {finding.row.address} ({place}): cut off, damaged or not what was had"
        case Fault.TORN:
            return f"torn: {place}: the end of a run that was killed; no capture is in it"
        case Fault.STRAY:
            return f"stray: {place}: a capture without a row"
    return f"{finding.fault}: {place}: no record can be read here; no capture is in it"


def _plain(finding: "Finding") -> dict[str, Any]:
    told: dict[str, Any] = {"fault": finding.fault, "file": finding.file}
    if finding.rows:
        return told | {"captures": finding.rows}
    told |= {"offset": finding.offset, "length": finding.length}
    return told | ({"source": finding.row.source, "address": finding.row.address} if finding.row else {})


def _sum_up(seen: "Seen", met: "Counter[Any]", *, bad: bool, as_json: bool) -> None:
    if as_json:
        sums = {"captures": seen.rows, "records": seen.records, "files": seen.files, "bytes": seen.bytes}
        typer.echo(
            json.dumps(sums | {"findings": {str(fault): number for fault, number in met.items()}, "well": not bad})
        )
    else:
        found = ", ".join(f"{number} {fault}" for fault, number in met.items()) or "all is well"
        looked = [some(seen.rows, "capture"), some(seen.records, "record"), f"{seen.bytes:,} bytes"]
        files = f" in {some(seen.files, 'file')}" if seen.files else ""  # of a sample, files are not looked through
        typer.echo(f"{', '.join(looked)}{files}: {found}")
        if bad:
            typer.echo(_WAY_OUT)
        if "stray" in met:
            typer.echo(_OF_STRAYS)
    if bad:
        raise typer.Exit(1)
