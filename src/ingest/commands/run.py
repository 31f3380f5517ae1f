"""``ingest run``: the pages of sources into the database, as a Prefect flow in this process."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ingest.commands.days import first, last
from ingest.commands.in_process import run_flow
from ingest.model import Outcome

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from ingest.choice import Orders
    from ingest.run import Run
    from ingest.settings import Settings

_MOST_PROBLEMS = 20  # told on the terminal; `ingest status` has them all
Processes = Annotated[
    int, typer.Option(min=1, help="Read pages in so many processes at once; those of the web are read by one.")
]
Runner = Annotated[
    str | None, typer.Option(metavar="dask://HOST:PORT", help="Read pages on the workers of a Dask cluster.")
]


def run(  # noqa: PLR0913, PLR0917 - each is an option of the command
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="The sources; all when left out.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Read only this page; may be given again.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Read so many pages of each source at the most.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Read again what has not changed.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only what came out from then on, as far as lists say.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Only what came out until then.")] = None,
    due: Annotated[
        bool, typer.Option("--due", help="As a schedule does: only what no run has covered, and what is new.")
    ] = False,
    processes: Processes = 1,
    runner: Runner = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")] = False,
) -> None:
    """Read the pages of the sources into the database.

    Exit code 1 where a page could not be read; 2 for wrong usage.
    """
    from ingest import settings
    from ingest.choice import Orders, check_only
    from ingest.sources.load import load, select
    from ingest.store import address

    configured = settings.load()
    address.check(configured.database)  # before Prefect is started
    chosen = tuple(select(load(configured.config), names or []))
    orders = Orders(
        sources=chosen,
        only=tuple(only or ()),
        limit=limit,
        force=force,
        whole=not names,
        what="due" if due else "all",
        since=first(since, "--since"),
        until=last(until, "--until"),
    )
    check_only(configured, orders)
    done = run_flow(
        lambda: _flow(orders, processes, runner), pages=lambda: _count(configured, orders), show=not as_json
    )
    tell(done, configured, as_json=as_json)


def tell(done: "Run", configured: "Settings", *, as_json: bool) -> None:
    """Print what a run did; the command ends with 1 where a page could not be read."""
    if as_json:
        typer.echo(json.dumps(summary(done), ensure_ascii=False))
    else:
        _print(done, configured.database_shown)
    if not done.total.well or "busy" in done.idle.values():
        raise typer.Exit(1)


async def _flow(orders: "Orders", processes: int, runner: str | None) -> "Run":
    from flows.ingest import ingest
    from flows.outcome import given

    names = None if orders.whole else [source.name for source in orders.sources]
    state: Any = await ingest(
        sources=names,
        what=orders.what,
        since=orders.since,
        until=orders.until,
        only=list(orders.only) or None,
        limit=orders.limit,
        force=orders.force,
        processes=processes,
        runner=runner,
        return_state=True,
    )
    done: Run = await given(state)
    return done


def _count(configured: "Settings", orders: "Orders") -> int:
    """Return how many targets are known before the network is asked."""
    from ingest.choice import local_targets

    return sum(1 for _ in local_targets(configured, orders))


def summary(done: "Run") -> dict[str, Any]:
    """Return what a run did as JSON can hold it."""
    total = done.total
    return {
        "run": done.key,
        "outcomes": done.outcomes,
        "idle": {name: why.value for name, why in done.idle.items()},
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
    for name, why in done.idle.items():
        console.print(f"{name}: {why}", markup=False, highlight=False)
    for name, tally in done.tallies.items():
        counts = [tally.targets, *(tally.outcomes[outcome] for outcome in met), tally.articles, tally.records]
        table.add_row(name, *map(str, counts))
    if done.tallies or done.idle:
        console.print(table)
    else:
        console.print("every source is disabled: `ingest sources` says why", markup=False, highlight=False)
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
