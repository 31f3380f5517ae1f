"""The ``ingest`` command: its verbs, its exit codes, and errors as one line each."""

import sys
from io import TextIOWrapper

import typer

from ingest.commands import (
    archive,
    backfill,
    browse,
    check,
    copies,
    db,
    db_care,
    deploy,
    doctor,
    explain,
    export,
    extract,
    gaps,
    history,
    maintenance,
    metrics,
    new_source,
    quality,
    quarantine,
    report,
    reprocess,
    review,
    run,
    search,
    sources,
    status,
    trace,
    up,
)
from ingest.commands.telling import complain
from ingest.errors import IngestError

app = typer.Typer(
    name="ingest",
    help="Read damaged Chinese web pages about high-tech zones into articles and records with evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(run.run)
app.command()(backfill.backfill)
app.command()(gaps.gaps)
app.command()(reprocess.reprocess)
app.command()(extract.extract)
app.command()(explain.explain)
app.command()(sources.sources)
app.command()(new_source.new_source)
app.command()(check.check)
app.command()(status.status)
app.command()(quality.quality)
app.command()(maintenance.maintenance)
app.command()(metrics.metrics)
app.command()(search.search)
app.command()(export.export)
app.command()(report.report)
app.command()(history.history)
app.command()(copies.copies)
app.command()(trace.trace)
app.command()(browse.browse)
app.command()(up.up)
app.command()(deploy.deploy)
app.command()(doctor.doctor)
db_care.register(db.app)
app.add_typer(db.app, name="db")
app.add_typer(archive.app, name="archive")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(review.app, name="review")


def main() -> None:
    """Run the command. Exit codes: 0 all well; 1 something could not be read; 2 wrong usage."""
    _speak_utf8()
    try:
        app()
    except IngestError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe has left: `ingest extract … | head`
        sys.stderr.close()
        sys.exit(1)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: a cron job in the C locale has Chinese pages too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
