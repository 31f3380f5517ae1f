"""The flow ``maintenance``: the database made small and quick, the archive verified, old runs forgotten."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from prefect import State, flow, get_run_logger
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed, Failed
from pydantic import Field

from ingest import maintain
from ingest import settings as configured
from ingest.errors import IngestError
from ingest.settings import Settings

FLOWS = ("ingest", "backfill", "reprocess", "quality", "maintenance")  # ours: the server may be others' too
_PAGE = 200  # flow runs asked for at once, the most that Prefect gives (PREFECT_SERVER_API_DEFAULT_LIMIT)

Days = Annotated[int, Field(ge=0, le=36500)]
Step = Callable[[], Awaitable[str]]  # gives what came of it, for the log


class MaintenanceError(IngestError):
    """What was looked at is not as it should be."""


@flow(name="maintenance")
async def maintenance(
    *,
    vacuum: bool = True,
    verify_archive: Literal["no", "sample", "whole"] = "sample",
    prefect_days: Days = 30,
    run_days: Days = 400,
) -> State[Any]:
    """Look after what the runs leave: the database's room, the archive's bytes, old runs.

    Args:
        vacuum: Give back the room of what was deleted, and let the database's planner count again.
        verify_archive: Compare the archive with the database: "no", a "sample" of 1,000 captures, or the "whole" of it.
        prefect_days: Delete Prefect's runs of our flows that ended more days ago than this; 0 keeps all.
        run_days: Delete our own notes on runs that ended more days ago than this; 0 keeps all. Sources are compared
            with what these say.
    """
    settings = configured.load()
    steps: dict[str, Step] = {}
    if verify_archive != "no":
        sample = maintain.SAMPLE if verify_archive == "sample" else None
        steps["archive"] = lambda: asyncio.to_thread(_verify, settings, sample)
    if prefect_days:
        steps["Prefect's runs"] = lambda: _forget_flow_runs(prefect_days)
    if run_days:
        steps["rows of runs"] = lambda: asyncio.to_thread(_forget_runs, settings, run_days)
    if vacuum:
        steps["database"] = lambda: asyncio.to_thread(_vacuum, settings)
    failed = [name for name, step in steps.items() if not await _taken(name, step)]
    if failed:
        return Failed(message=f"{', '.join(failed)}: the log says what is wrong and what to do")
    return Completed(message=", ".join(steps) or "nothing was asked for")


async def _taken(name: str, step: "Step") -> bool:
    """Take a step and log what came of it; return whether all is well. One that fails keeps none from the next."""
    logger = get_run_logger()
    try:
        told = await step()
    except IngestError as error:
        logger.error("%s: %s", name, error)  # noqa: TRY400 - a sentence for people; its traceback says no more
        return False
    logger.info("%s: %s", name, told)
    return True


def _verify(settings: Settings, sample: int | None) -> str:
    done = maintain.verify(settings, sample=sample)
    if not done.well:
        msg = f"{done.told}: `ingest archive verify` lists them and says what to do"
        raise MaintenanceError(msg)
    return done.told


def _forget_runs(settings: Settings, days: int) -> str:
    return f"{maintain.forget_runs(settings, days=days):,} that ended more than {days} days ago are deleted"


def _vacuum(settings: Settings) -> str:
    before, after = maintain.vacuum(settings)
    return f"{before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB now"


async def _forget_flow_runs(days: int) -> str:
    return f"{await forget_flow_runs(days):,} that ended more than {days} days ago are deleted"


async def forget_flow_runs(days: int) -> int:
    """Delete Prefect's runs of our flows that ended more than so many days ago; return how many."""
    before = datetime.now(UTC) - timedelta(days=days)
    ended = FlowRunFilterState(type=FlowRunFilterStateType(any_=list(TERMINAL_STATES)))
    old = FlowRunFilter(state=ended, end_time=FlowRunFilterEndTime(before_=before))
    number = 0
    async with get_client() as client:
        while found := await _delete_some(client, old):
            number += found
    return number


async def _delete_some(client: PrefectClient, old: FlowRunFilter) -> int:
    """Delete a page of flow runs, one by one: what takes them in bulk is no part of Prefect's client yet."""
    ours = FlowFilter(name=FlowFilterName(any_=list(FLOWS)))
    runs = await client.read_flow_runs(flow_filter=ours, flow_run_filter=old, limit=_PAGE)
    for run in runs:
        with suppress(ObjectNotFound):  # Prefect's own vacuum was there first
            await client.delete_flow_run(run.id)
    return len(runs)
