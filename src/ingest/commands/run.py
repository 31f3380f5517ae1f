"""``ingest run``: the pages of sources into the database, as a Prefect flow in this process."""

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ingest import prefect_defaults
from ingest.errors import IngestError
from ingest.model import Outcome

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.run import Orders, Run
    from ingest.settings import Settings

_MOST_PROBLEMS = 20  # told on the terminal; `ingest status` has them all


class FlowError(IngestError):
    """Prefect could not run the flow."""


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
    from ingest.run import Orders, check_only
    from ingest.sources.load import load, select

    configured = settings.load()
    chosen = tuple(select(load(configured.config), names or []))
    orders = Orders(sources=chosen, only=tuple(only or ()), limit=limit, force=force)
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
    from ingest.run import on_page, targets

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not (show and console.is_terminal)) as progress:
        bar = progress.add_task("Prefect starts", total=None)
        prefect_defaults.apply(quiet=True)
        from flows.ingest import ingest

        def advance() -> None:
            progress.update(bar, advance=1, description="pages")

        if not progress.disable:
            total = sum(1 for source in orders.sources for _ in targets(configured, orders, source))
            progress.update(bar, total=total)
        on_page.set(advance)
        names = [source.name for source in orders.sources]
        only = list(orders.only) or None
        try:
            return asyncio.run(ingest(sources=names, only=only, limit=orders.limit, force=orders.force))
        except RuntimeError as error:  # Prefect has no class of its own for these two
            if "ephemeral Prefect API server" in str(error):
                msg = "Prefect's temporary server did not start: `prefect server start` shows why"
                raise FlowError(msg) from error
            if "Failed to reach API" in str(error):
                msg = "Prefect's server does not answer: start it, or unset PREFECT_API_URL to run without one"
                raise FlowError(msg) from error
            raise


def summary(done: "Run") -> dict[str, Any]:
    """Return what a run did as JSON can hold it."""
    total = done.total
    return {
        "run": done.key,
        "outcomes": done.outcomes,
        "targets": total.targets,
        "articles": total.articles,
        "withdrawn": total.withdrawn,
        "problems": [asdict(problem) for problem in total.problems],
    }


def _print(done: "Run", database: str) -> None:
    console = Console()
    total = done.total
    met = [outcome for outcome in Outcome if total.outcomes[outcome]]
    table = Table("source", "pages", *met, "articles read", box=None, pad_edge=False)
    for name, tally in done.tallies.items():
        table.add_row(name, str(tally.targets), *(str(tally.outcomes[o]) for o in met), str(tally.articles))
    console.print(table)
    for problem in total.problems[:_MOST_PROBLEMS]:
        place = f"{problem.source}: {problem.address}"
        console.print(f"{problem.outcome}: {place}: {problem.reason}", style="yellow", markup=False, highlight=False)
        console.print(f"    again: {problem.replay}", markup=False, highlight=False, soft_wrap=True)
    if len(total.problems) > _MOST_PROBLEMS:
        console.print(f"and {len(total.problems) - _MOST_PROBLEMS} more: `ingest status` lists them", markup=False)
    if total.outcomes[Outcome.SKIPPED]:
        console.print(f"skipped: {total.outcomes[Outcome.SKIPPED]} pages on which there is no article", markup=False)
    if total.withdrawn:
        console.print(f"{total.withdrawn} articles are no longer on their pages, and were marked withdrawn")
    console.print(f"stored in {database}", markup=False, highlight=False, soft_wrap=True)
