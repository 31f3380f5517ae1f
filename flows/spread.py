"""A backfill's units as runs of their sources' deployments, which the workers share among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import get_client, get_run_logger
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterIdempotencyKey
from prefect.client.schemas.objects import FlowRun, WorkerStatus
from prefect.deployments import arun_deployment
from prefect.exceptions import ObjectNotFound

from flows.catalogue import POOL
from ingest.backfill import Unit
from ingest.errors import ConfigError, IngestError
from ingest.store.keys import key

_MOST_ATTEMPTS = 20  # of one unit in one backfill, over all the times that it was asked for again
# A unit whose worker died is given to another at once. What kills worker after worker is left to a person.
_MOST_CRASHES = 3
_LOOK_SECONDS = 2.0  # between two looks at a run; Prefect's own 5 would be most of a short window's time


@dataclass(frozen=True, slots=True)
class Spread:
    """Which backfill the units belong to, and when they were found missing: what was completed after that counts."""

    backfill: str
    planned: datetime


class NotDoneError(IngestError):
    """A unit of a backfill did not read what it was to read."""


async def check(units: Iterable[Unit]) -> None:
    """See that there are deployments for units, and say so where no worker is at work just now.

    Raises:
        ConfigError: A deployment is missing.
    """
    names = sorted({_deployment(unit) for unit in units})
    if not names:
        return
    async with get_client() as client:
        for name in names:
            try:
                await client.read_deployment_by_name(name)
            except ObjectNotFound as error:
                msg = f"there is no deployment {name} whose workers could share the windows: `ingest deploy` makes it"
                raise ConfigError(msg) from error
        workers = await client.read_workers_for_work_pool(POOL)
    if not any(worker.status is WorkerStatus.ONLINE for worker in workers):
        get_run_logger().warning("no worker is at work in the pool %s: the windows wait for one", POOL)


async def at_a_worker(unit: Unit, parameters: dict[str, Any], spread: Spread) -> None:
    """Make a unit a run of its source's deployment, and wait for it; one whose worker died is made again.

    A key holds two backfills from making the same run twice, and lets one that is started again find what the first has
    made. It counts attempts: Prefect gives the run that has ended for its key for ever, and a window may be missing
    still although its run was completed, as pages failed in passing.

    Args:
        unit: What is to be done.
        parameters: Of its flow.
        spread: The backfill that it belongs to.

    Raises:
        NotDoneError: It failed, or no attempt is left.
    """
    keys = [key("unit", spread.backfill, unit.name, attempt) for attempt in range(1, _MOST_ATTEMPTS + 1)]
    ended = await _ended(keys)
    if any(_is_done(run) and run.end_time and run.end_time >= spread.planned for run in ended.values()):
        return
    crashes = 0
    for name in (each for each in keys if each not in ended):
        run = await _run(unit, parameters, name)
        if _is_done(run):
            return
        if run.state and run.state.is_crashed() and (crashes := crashes + 1) < _MOST_CRASHES:
            get_run_logger().warning("%s, %s: the worker of run %s died: it is made again", *_names(unit, run))
            continue
        told = f"{run.state.name}: {run.state.message or ''}" if run.state else "it has no state"
        msg = f"run {run.name} ended as {told}"
        raise NotDoneError(msg)
    msg = f"{_MOST_ATTEMPTS} attempts failed"
    raise NotDoneError(msg)


async def _run(unit: Unit, parameters: dict[str, Any], name: str) -> FlowRun:
    """Make the run of a key, or find the one that is under way, and wait until it has ended."""
    return await arun_deployment(
        _deployment(unit),
        parameters={each: _plain(value) for each, value in parameters.items()},
        idempotency_key=name,
        flow_run_name=f"{unit.source} {unit.told}",
        poll_interval=_LOOK_SECONDS,
    )


async def _ended(keys: list[str]) -> dict[str, FlowRun]:
    """Return the runs that have ended, by their key."""
    mine = FlowRunFilter(idempotency_key=FlowRunFilterIdempotencyKey(any_=keys))
    async with get_client() as client:
        runs = await client.read_flow_runs(flow_run_filter=mine)
    return {run.idempotency_key: run for run in runs if run.idempotency_key and run.state and run.state.is_final()}


def _is_done(run: FlowRun) -> bool:
    """Whether a run did its work: one that found its source busy did not."""
    return run.state is not None and run.state.is_completed() and run.state.name != "Busy"


def _names(unit: Unit, run: FlowRun) -> tuple[str, str, str]:
    return unit.source, unit.told, run.name


def _deployment(unit: Unit) -> str:
    return "reprocess/reprocess" if unit.kind == "reprocess" else f"ingest/{unit.source}"


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
