"""The flow ``quality``: each source beside what is expected of it and beside its own past."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

from prefect import State, flow, get_run_logger
from prefect.artifacts import acreate_table_artifact
from prefect.events import emit_event
from prefect.states import Completed, Failed
from pydantic import Field

from flows.forms import SourceName
from ingest import settings as configured
from ingest.quality import ask, trust
from ingest.quality.judge import Finding, worst
from ingest.quality.series import Level
from ingest.quality.telling import row
from ingest.sources.config import Source
from ingest.sources.load import load, select
from ingest.store import copies_ask
from ingest.store.engine import Database

EVENT = "ingest.quality.low"  # for each source with a measure that is too low
_TRUST = "What copies, spun text, farms, damage and contradictions say of each source: `ingest sources --trust`"
_MOST_ROWS = 1000  # Prefect's UI takes 17 s for a table of ten times as many

Days = Annotated[int, Field(ge=1, le=3650)]


@flow(name="quality")
async def quality(*, sources: list[SourceName] | None = None, days: Days = 90) -> State[Any]:
    """Compare sources with what is expected of them and with their own past; too low fails, too high warns.

    Args:
        sources: Names of the sources; all that are not disabled when left out.
        days: How far back a source's own past goes.
    """
    settings = configured.load()
    chosen = select(load(settings.config), sources or [])
    found = await asyncio.to_thread(_findings, settings.database, chosen, days)
    await acreate_table_artifact(key="quality", table=_table(found), description=_described(found))
    sheets = await asyncio.to_thread(_trust, settings.database)
    await acreate_table_artifact(key="trust", table=sheets[:_MOST_ROWS], description=_TRUST)
    for name, findings in found.items():
        _tell(name, findings)
    broken = [name for name, findings in found.items() if worst(findings) is Level.LOW]
    if broken:
        return Failed(message=f"too low: {', '.join(broken)}; the artifact `quality` says what")
    odd = sum(worst(findings) is Level.HIGH for findings in found.values())
    return Completed(message=f"{len(found)} sources, {odd} to be looked at")


def _findings(database_address: str, sources: Iterable[Source], days: int) -> dict[str, list[Finding]]:
    database = Database(database_address, ask=True)
    try:
        return ask.findings(database, sources, now=datetime.now(UTC), days=days)
    finally:
        database.close()


def _trust(database_address: str) -> list[dict[str, Any]]:
    database = Database(database_address, ask=True)
    try:
        with database.read() as connection:
            return [trust.row(sheet) for sheet in copies_ask.trust(connection)]
    finally:
        database.close()


def _tell(name: str, findings: Iterable[Finding]) -> None:
    """Log what is wrong with a source, and tell of what is too low by an event that automations can hear."""
    logger = get_run_logger()
    for finding in findings:
        if finding.level in {Level.LOW, Level.HIGH}:
            logger.warning("%s: %s is %s: %s", name, finding.measure, row(finding)["value"], finding.why)
    low = [finding for finding in findings if finding.level is Level.LOW]
    if low:
        source = {"prefect.resource.id": f"ingest.source.{name}", "prefect.resource.name": name}
        emit_event(
            EVENT,
            resource=source,
            related=[source | {"prefect.resource.role": "source"}],
            payload={"source": name, "measures": [row(finding) for finding in low]},
        )


def _table(found: dict[str, list[Finding]]) -> list[dict[str, Any]]:
    """Return the findings as rows of an artifact, what is wrong first."""
    order = [Level.LOW, Level.HIGH, Level.OK, Level.UNKNOWN]
    every = [finding for findings in found.values() for finding in findings]
    return [row(finding) for finding in sorted(every, key=lambda each: order.index(each.level))][:_MOST_ROWS]


def _described(found: dict[str, list[Finding]]) -> str:
    told = ", ".join(f"{name}: {worst(findings)}" for name, findings in list(found.items())[:_MOST_ROWS])
    return f"Each source beside what is expected of it and beside its own past. {told}"
