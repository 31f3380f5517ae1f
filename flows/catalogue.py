"""The one list of deployments: ``ingest up``, ``ingest deploy`` and ``prefect.yaml`` are all made of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ingest.sources.config import Source

POOL = "ingest"  # the work pool of all deployments
POOL_TYPE = "process"
# Flows at work at once in the whole pool. Each is a process of 200 to 600 MB that keeps a core busy.
POOL_LIMIT = 4
TAG = "gaoxin-ingest"  # all our deployments have it, so that those of removed sources are found again
SLUG = "config"  # of the schedule that we make; what a person adds in the UI has none or another
# With a command of its own a worker starts a run at once. Without one it copies the worker's folder first, in a
# process of its own, to look there for the code; ours is installed.
# The automation that believes a run dead counts on a sign of life every 30 seconds; Prefect's own is 180.
JOB: dict[str, Any] = {"command": "python -m prefect.engine", "env": {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}}
_ZONE = "Asia/Shanghai"  # of what looks after the sources, whose sites are there
_QUALITY = "30 7 * * *"  # after the night's runs, before people come
_MAINTENANCE = "0 4 * * 0"  # Sunday, when sites publish least


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A deployment as it should be. ``limit`` is how many of its runs may be at work at once; others wait."""

    flow: str
    name: str
    description: str
    tags: tuple[str, ...] = (TAG,)
    parameters: dict[str, Any] = field(default_factory=dict)
    cron: str | None = None
    time_zone: str = _ZONE
    limit: int = 1

    @property
    def full_name(self) -> str:
        """The name that Prefect's commands know it by."""
        return f"{self.flow}/{self.name}"

    @property
    def entrypoint(self) -> str:
        """Where the flow is found, on every machine that has this package installed."""
        return f"flows.{self.flow}.{self.flow}"


def catalogue(sources: Iterable[Source]) -> list[Planned]:
    """Return the deployments of a config folder: one for each source that is not disabled, and what serves them all."""
    return [*(_of(source) for source in sources if not source.disabled), *_COMMON]


def _of(source: Source) -> Planned:
    when = f"`{source.schedule}`, {source.time_zone}" if source.schedule else "only when somebody starts it"
    return Planned(
        flow="ingest",
        name=source.name,
        description=f"{source.title}. Reads what is new of `{source.name}`; runs {when}.",
        tags=(TAG, f"source:{source.name}"),
        parameters={"sources": [source.name]},
        cron=source.schedule,
        time_zone=source.time_zone,
    )


_COMMON = (
    Planned(
        flow="backfill",
        name="backfill",
        description="Fills past windows of sources: since and until are the first and the last day. "
        "Started again after a stop, it goes on where it was.",
        limit=3,
    ),
    Planned(
        flow="reprocess",
        name="reprocess",
        description="Reads again what is in the archive, with today's rules; the network is not asked.",
    ),
    Planned(
        flow="quality",
        name="quality",
        description="Compares each source with what is expected of it and with its own past.",
        cron=_QUALITY,
    ),
    Planned(
        flow="maintenance",
        name="maintenance",
        description="Vacuums the database, verifies the archive, forgets old runs.",
        cron=_MAINTENANCE,
    ),
)
