"""``ingest up``: Prefect's server with its UI, the schedules of the sources, and a worker that runs what is due."""

from contextlib import ExitStack
from typing import Annotated

import typer
from rich.console import Console


def up(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the UI is on this machine.")] = 4200,
) -> None:
    """Run the schedules and Prefect's UI, until Ctrl-C.

    It starts a Prefect server (SQLite in data/prefect), deploys a run for each source with the schedule of its file,
    and works on what is due. With PREFECT_API_URL it uses the server that is named there, and only deploys and works.
    What was paused in the UI stays paused. Where INGEST_METRICS names an address, Prometheus finds its metrics there.
    """
    from flows.up import up as bring_up
    from ingest import settings

    console = Console()

    def say(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=True)

    configured = settings.load()
    with ExitStack() as stack:
        if configured.metrics:
            from ingest.metrics import served

            say(f"Metrics for Prometheus: {stack.enter_context(served(configured.database, configured.metrics))}")
        bring_up(configured, port, say)
