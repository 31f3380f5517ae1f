"""The flow ``backfill``: what past windows of time lack, a run for each window, bounded in number and resumable."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.artifacts import acreate_table_artifact
from prefect.states import Completed, Failed

from flows.forms import SourceName
from flows.ingest import ingest
from flows.outcome import given
from flows.spread import NotDoneError, Spread, at_a_worker, check
from ingest import settings as configured
from ingest.backfill import Unit, Wanted, plan
from ingest.run import Idle, Run
from ingest.sources.load import load, select
from ingest.store import queries, windows
from ingest.store.engine import Database

_WAIT_MINUTES = 120  # for a source that another run has: its own schedule's, or another backfill's window
_MOST_ROWS = 1000  # of the table in the UI


@dataclass(slots=True)
class Backfilled:
    """What came of a backfill's units, in the order in which they ended."""

    done: list[Unit] = field(default_factory=list)
    failed: list[tuple[Unit, str]] = field(default_factory=list)

    @property
    def told(self) -> str:
        """How many were done, and what is left."""
        left = f"; {len(self.failed)} failed: the same backfill again does these" if self.failed else ""
        return f"{len(self.done)} runs done{left}" if self.done or self.failed else "nothing due"


@flow(name="backfill")
async def backfill(  # noqa: PLR0913 - each is a field of the form in Prefect's UI
    *,
    since: date,
    until: date,
    sources: list[SourceName] | None = None,
    what: Literal["missing", "failed", "outdated", "all"] = "missing",
    refetch: bool = False,
    window: int | None = None,
    max_parallel: int = 2,
    spread: bool = False,
) -> Backfilled:
    """Fill past windows of sources, a run for each window; one that was done is not done again.

    Args:
        since: The first day, in each source's time zone.
        until: The last day.
        sources: Names of the sources; all that are not disabled when left out.
        what: "missing" is what no run has covered; "failed" what is in quarantine since these days; "outdated" what
            other rules have read, by the day on which it was first had; "all" everything that the lists name.
        refetch: Ask the web again, also for what is in the archive or not due.
        window: Days in a window; the source's own length when left out.
        max_parallel: The most sources that are worked on at once; of one source the windows follow each other.
        spread: Make each window a run of the source's deployment, so that several workers share them.
    """
    wanted = Wanted(since=since, until=until, what=what, refetch=refetch, window=window)
    wanted.check()
    settings = configured.load()
    chosen = select(load(settings.config), sources or [])
    database = Database(settings.database)
    try:
        planned = datetime.now(UTC)
        with database.write() as connection:
            of_before = windows.open_backfill(connection, wanted.plain(chosen), at=planned)
            for source in chosen:  # their ledgers hang on their rows
                names = ("name", "kind", "title", "language", "trust")
                row = {name: getattr(source, name) for name in names}
                queries.put_source(connection, row)
        units = [plan(database, settings, source, wanted, of_before["began_at"]) for source in chosen]
        get_run_logger().info("%d runs are planned for %d sources", sum(map(len, units)), len(chosen))
        if spread:
            await check(unit for mine in units for unit in mine)
        told = await _all(units, wanted, max_parallel, Spread(of_before["key"], planned) if spread else None)
        if not told.failed:
            with database.write() as connection:
                windows.close_backfill(connection, of_before["key"], at=datetime.now(UTC))
    finally:
        database.close()
    await _show(told)
    state: Backfilled = _state(told)  # a state of ours has it for its data: see ``outcome.given``
    return state


async def _all(units: Sequence[Sequence[Unit]], wanted: Wanted, max_parallel: int, spread: Spread | None) -> Backfilled:
    """Run the units, so many sources at once."""
    told = Backfilled()
    room = asyncio.Semaphore(max(1, max_parallel))

    async def of_source(mine: Sequence[Unit]) -> None:
        async with room:
            for unit in mine:
                await _one(unit, wanted, spread, told)

    async with asyncio.TaskGroup() as group:
        for mine in units:
            group.create_task(of_source(mine))
    return told


async def _one(unit: Unit, wanted: Wanted, spread: Spread | None, told: Backfilled) -> None:
    """Run a unit; what stops it is told, and the others go on."""
    try:
        if spread:
            await at_a_worker(unit, _parameters(unit, wanted), spread)
        else:
            await _here(unit, wanted)
    except Exception as error:  # noqa: BLE001 - one window's trouble is no other's
        told.failed.append((unit, f"{type(error).__name__}: {error}"))
        get_run_logger().warning("%s, %s: %s", unit.source, unit.told, error)
    else:
        told.done.append(unit)


async def _here(unit: Unit, wanted: Wanted) -> None:
    """Run a unit as a part of this flow.

    Raises:
        NotDoneError: It did not read what it was to read.
    """
    if unit.kind == "reprocess":
        from flows.reprocess import reprocess

        await reprocess.with_options(flow_run_name=_run_name(unit))(**_parameters(unit, wanted))
        return
    named = ingest.with_options(flow_run_name=_run_name(unit))
    run: Run = await given(await named(**_parameters(unit, wanted), return_state=True))
    if why := run.idle.get(unit.source):
        if why is Idle.BUSY:
            raise NotDoneError("another run was at work on the source all the time")
        return
    turn = run.turns[unit.source]
    if turn.failed:
        raise NotDoneError(turn.failed)


def _parameters(unit: Unit, wanted: Wanted) -> dict[str, Any]:
    """Return the parameters of a unit's flow."""
    days = {"since": unit.since, "until": unit.until} if unit.since else {}
    if unit.kind == "reprocess":
        return {"sources": [unit.source]} | days
    singly = {"only": list(unit.only), "force": True} if unit.only else {"force": wanted.refetch}
    what = "due" if wanted.what == "missing" and not unit.only else "all"
    return {"sources": [unit.source], "what": what, "wait_minutes": _WAIT_MINUTES} | days | singly


def _run_name(unit: Unit) -> str:
    return f"{unit.source} {unit.told}"


async def _show(told: Backfilled) -> None:
    """Leave a table of what was done, what failed first."""
    rows = [{"source": u.source, "window": u.told, "what came of it": why} for u, why in told.failed]
    rows += [{"source": u.source, "window": u.told, "what came of it": "done"} for u in told.done]
    if rows:
        await acreate_table_artifact(key="backfill", table=rows[:_MOST_ROWS], description=told.told)


def _state(told: Backfilled) -> Any:
    if told.failed:
        return Failed(message=told.told, data=told)
    return told if told.done else Completed(name="Nothing due", message=told.told, data=told)
