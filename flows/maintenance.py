"""The flow ``maintenance``: the database made small and quick, the archive verified, old runs forgotten."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from prefect import flow, get_run_logger
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
from pydantic import Field

from ingest import settings as configured
from ingest.store import forget, sizes
from ingest.store.engine import Database

FLOWS = ("ingest", "backfill", "reprocess", "quality", "maintenance")  # ours: the server may be others' too
_PAGE = 200  # flow runs asked for at once, the most that Prefect gives (PREFECT_SERVER_API_DEFAULT_LIMIT)

Days = Annotated[int, Field(ge=0, le=36500)]


@flow(name="maintenance")
async def maintenance(
    *,
    vacuum: bool = True,
    verify_archive: Literal["no", "sample", "whole"] = "sample",
    prefect_days: Days = 30,
    run_days: Days = 400,
) -> dict[str, int]:
    """Look after what the runs leave: the database's room, the archive's bytes, old runs.

    Args:
        vacuum: Give back the room of what was deleted, and let the database's planner count again.
        verify_archive: Compare the archive with the database: "no", a "sample" of its records, or the "whole" of it.
        prefect_days: Delete Prefect's runs of our flows that ended more days ago than this; 0 keeps all.
        run_days: Delete our own notes on runs that ended more days ago than this; 0 keeps all.
    """
    done: dict[str, int] = {}
    if prefect_days:
        done["flow_runs"] = await forget_flow_runs(prefect_days)
    if vacuum:
        done["bytes"] = await asyncio.to_thread(_vacuum)
    get_run_logger().info("verify: %s, runs: %d days; done: %s", verify_archive, run_days, done)
    return done


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


def _vacuum() -> int:
    settings = configured.load()
    database = Database(settings.database)
    try:
        forget.resume(database, settings.archive)
        sizes.vacuum(database)
        with database.read() as connection:
            return sum(size.table_bytes or 0 for size in sizes.sizes(connection))
    finally:
        database.close()
