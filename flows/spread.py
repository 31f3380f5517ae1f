"""A backfill's units as runs of their sources' deployments, which the workers share among them."""

from datetime import UTC, datetime
from typing import Any

from prefect.deployments import arun_deployment

from ingest.backfill import Unit
from ingest.errors import IngestError
from ingest.store.keys import key

_MOST_ATTEMPTS = 20  # of one unit in one backfill, over all the times that it was asked for again


class NotDoneError(IngestError):
    """A unit of a backfill did not read what it was to read."""


async def at_a_worker(unit: Unit, parameters: dict[str, Any], backfill: str) -> None:
    """Make a unit a run of its source's deployment, and wait for it.

    A key holds two backfills from making the same run twice, and lets one that is started again find what the first has
    made. It counts attempts: Prefect gives a run that has failed for its key for ever.

    Raises:
        NotDoneError: It failed, or no attempt is left.
    """
    began = datetime.now(UTC)
    name = "reprocess/reprocess" if unit.kind == "reprocess" else f"ingest/{unit.source}"
    for attempt in range(1, _MOST_ATTEMPTS + 1):
        run = await arun_deployment(
            name,
            parameters={each: _plain(value) for each, value in parameters.items()},
            idempotency_key=key("unit", backfill, unit.name, attempt),
            flow_run_name=f"{unit.source} {unit.told}",
        )
        state = run.state
        if state and state.is_completed() and state.name != "Busy":
            return
        if run.end_time and run.end_time < began:  # its key is used up
            continue
        told = f"{state.name}: {state.message or ''}" if state else "it has no state"
        msg = f"run {run.name} ended as {told}"
        raise NotDoneError(msg)
    msg = f"{_MOST_ATTEMPTS} attempts failed"
    raise NotDoneError(msg)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
