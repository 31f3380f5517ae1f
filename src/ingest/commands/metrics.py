"""``ingest metrics``: counts of the database in Prometheus' text format, printed or served."""

import signal
from threading import Event
from typing import Annotated

import typer


def metrics(
    serve: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Serve them there until stopped, instead of printing them.")
    ] = None,
) -> None:
    """Print or serve how things stand, in Prometheus' text format.

    `ingest up` serves them too where INGEST_METRICS names an address. Whoever reaches it sees the names of the sources
    and how many articles they have: keep it on loopback or in a network that you trust.
    """
    from ingest import metrics as exposition
    from ingest import settings

    configured = settings.load()
    if serve is None:
        typer.echo(exposition.text(configured.database), nl=False)
        return
    with exposition.served(configured.database, serve) as url:
        typer.echo(f"metrics at {url}; Ctrl-C ends it")
        stopped = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        stopped.wait()
