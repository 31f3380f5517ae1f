"""``ingest run``: the pages of sources into the database, as a Prefect flow in this process."""

import asyncio
import json
import signal
from contextlib import suppress
from dataclasses import asdict
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ingest import prefect_defaults
from ingest.errors import IngestError
from ingest.model import Outcome

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from flows.server import Server
    from ingest.choice import Orders
    from ingest.run import Run
    from ingest.settings import Settings

_MOST_PROBLEMS = 20  # told on the terminal; `ingest status` has them all


class FlowError(IngestError):
    """Prefect could not run the flow."""


class StoppedError(IngestError):
    """The run was stopped by a signal, whose number makes the exit code as in a shell."""

    def __init__(self, number: int) -> None:
        super().__init__("stopped; the chunks that were done are stored, and the next run goes on from there")
        self.exit_code = 128 + number


def run(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="The sources; all when left out.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Read only this page; may be given again.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Read so many pages of each source at the most.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Read again what has not changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Read the pages of the sources into the database; tell what became of each."""
    from ingest import settings
    from ingest.choice import Orders, check_only
    from ingest.sources.load import load, select
    from ingest.store import engine

    configured = settings.load()
    engine.check(configured.database)  # before Prefect is started
    chosen = tuple(select(load(configured.config), names or []))
    orders = Orders(sources=chosen, only=tuple(only or ()), limit=limit, force=force, whole=not names)
    check_only(configured, orders)
    done = _run_flow(configured, orders, show=not as_json)
    if as_json:
        typer.echo(json.dumps(summary(done), ensure_ascii=False))
    else:
        _print(done, configured.database_shown)
    if not done.total.well:
        raise typer.Exit(1)


def _run_flow(configured: "Settings", orders: "Orders", *, show: bool) -> "Run":
    """Run the flow in this process, with a bar on the terminal while it does."""
    console = Console(stderr=True)
    text = TextColumn("{task.description}")
    columns = (SpinnerColumn(), text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not (show and console.is_terminal)) as progress:
        bar = progress.add_task("Prefect starts", total=None)
        prefect_defaults.apply(quiet=True)
        from flows.server import temporary_server

        with temporary_server() as server:  # it starts while we import Prefect
            from ingest.run import on_page

            on_page.set(lambda: progress.update(bar, advance=1, description="pages"))
            if not progress.disable:
                progress.update(bar, total=_count(configured, orders))
            return _run_on(server, orders)


def _count(configured: "Settings", orders: "Orders") -> int:
    """Return how many targets are known before the network is asked."""
    from ingest.choice import local_targets

    return sum(1 for _ in local_targets(configured, orders))


def _run_on(server: "Server | None", orders: "Orders") -> "Run":
    """Run the flow on our temporary server, or on the one that is configured."""
    from prefect.exceptions import TerminationSignal
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.server import hand_in

    stopped = Event()
    # A prefect.toml may name a server too; what it says is known only now.
    ours = {PREFECT_API_URL: server.wait()} if server and not PREFECT_API_URL.value() else {}
    try:
        with temporary_settings(ours):
            return asyncio.run(_until_stopped(orders, stopped))
    except (KeyboardInterrupt, asyncio.CancelledError) as error:
        raise StoppedError(signal.SIGINT) from error
    except TerminationSignal as error:
        raise StoppedError(error.signal) from error
    except RuntimeError as error:  # Prefect has no class of its own for this
        if stopped.is_set():
            raise StoppedError(signal.SIGINT) from error
        if "Failed to reach API" in str(error):
            msg = "Prefect's server does not answer: start it, or unset PREFECT_API_URL to run without one"
            raise FlowError(msg) from error
        raise FlowError(_fault(error)) from error
    except IngestError:
        raise
    except Exception as error:
        if stopped.is_set():  # Ctrl-C reaches Prefect's server too, and what it can no longer be told is an error
            raise StoppedError(signal.SIGINT) from error
        raise FlowError(_fault(error)) from error
    finally:
        if ours:
            hand_in()


async def _until_stopped(orders: "Orders", stopped: Event) -> "Run":
    """Run the flow; Ctrl-C cancels it and is noted, and a second one ends the process at once."""
    from flows.ingest import ingest

    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop() -> None:
        stopped.set()
        loop.remove_signal_handler(signal.SIGINT)
        if task:
            task.cancel()

    with suppress(NotImplementedError):  # Windows: asyncio's own way, which a failing server may mistake for a fault
        loop.add_signal_handler(signal.SIGINT, stop)
    names = None if orders.whole else [source.name for source in orders.sources]
    return await ingest(
        sources=names, what=orders.what, only=list(orders.only) or None, limit=orders.limit, force=orders.force
    )


def _fault(error: Exception) -> str:
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a fault of the program ended the run ({said}): report it; PREFECT_LOGGING_LEVEL=ERROR shows where it lies"


def summary(done: "Run") -> dict[str, Any]:
    """Return what a run did as JSON can hold it."""
    total = done.total
    return {
        "run": done.key,
        "outcomes": done.outcomes,
        "targets": total.targets,
        "articles": total.articles,
        "records": total.records,
        "withdrawn": total.withdrawn,
        "problems": [asdict(problem) for problem in total.problems],
    }


def _print(done: "Run", database: str) -> None:
    console = Console()
    total = done.total
    met = [outcome for outcome in Outcome if total.outcomes[outcome]]
    table = Table("source", "pages", *met, "articles read", "records", box=None, pad_edge=False)
    for name, tally in done.tallies.items():
        counts = [tally.targets, *(tally.outcomes[outcome] for outcome in met), tally.articles, tally.records]
        table.add_row(name, *map(str, counts))
    console.print(table)
    for problem in total.problems[:_MOST_PROBLEMS]:
        place = problem.source if problem.address == "." else f"{problem.source}: {problem.address}"
        line = f"{problem.outcome}: {place}: {problem.reason}"
        console.print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)
        console.print(f"    again: {problem.replay}", markup=False, highlight=False, soft_wrap=True)
    if len(total.problems) > _MOST_PROBLEMS:
        console.print(f"and {len(total.problems) - _MOST_PROBLEMS} more: `ingest status` lists them", markup=False)
    if total.outcomes[Outcome.SKIPPED]:
        kinds = ", ".join(f"{number} {kind}" for kind, number in total.kinds.most_common())
        told = f"skipped: {total.outcomes[Outcome.SKIPPED]} pages" + (f" without an article: {kinds}" if kinds else "")
        console.print(told, markup=False, highlight=False)
    if total.withdrawn:
        console.print(f"{total.withdrawn} articles are no longer on their pages, and were marked withdrawn")
    console.print(f"stored in {database}", markup=False, highlight=False, soft_wrap=True)
