"""A world whose flow is a backfill over windows of the web, shared by two workers of Prefect's pool."""

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from ingest.windows.cutting import days_of
from ingest.windows.spans import Span
from tests.fetch_web.site import Site
from tests.flows.dated import days_before, listing, put
from tests.flows.project import Project
from tests.flows.workers import Worker
from tests.resilience.world import PATIENCE, World

EACH = 25  # pages of a day
_ZONE = ZoneInfo("Asia/Shanghai")  # of the sources
_UNTIL = datetime.now(UTC).date() - timedelta(days=2)


class Spread(World):
    """See the module. A worker that was killed is followed by another, as a machine's own supervisor would have it."""

    def __init__(self, project: Project, postgres: Any, pages: int) -> None:
        self._days = -(-pages // EACH)
        left = f"SELECT {self._days * EACH} - (SELECT count(*) FROM page)"
        super().__init__(project, postgres, [*self.command, "--spread"], left)
        self.once(project.settings().database, ["deploy"])
        self._numbers = itertools.count()
        self._workers = [self._worker(), self._worker()]

    @property
    def command(self) -> list[str]:
        """What ``ingest`` is told; without workers."""
        since = _UNTIL - timedelta(days=self._days - 1)
        return ["backfill", "dated", "--since", since.isoformat(), "--until", _UNTIL.isoformat(), "--json"]

    def _worker(self) -> Worker:
        return Worker(self.project, self.api, next(self._numbers))

    def close(self) -> None:
        """End what still runs."""
        for worker in self._workers:
            worker.stop()
        super().close()

    def begin(self) -> None:
        """Start the flow, and the workers that have ended as they could not reach the server."""
        self._workers = [worker if worker.alive else self._worker() for worker in self._workers]
        super().begin()

    def kill_worker(self) -> bool:
        """Kill the worker that has a run, with it, and do what the automation "a run has died" does 90 s later."""
        worker = max(self._workers, key=lambda each: len(each.runs))
        had = worker.runs
        worker.kill()
        self._workers = [each for each in self._workers if each is not worker] + [self._worker()]
        state = {"type": "CRASHED", "name": "Crashed", "message": "no sign of life"}
        for run in had:
            with suppress(httpx.TransportError):
                now = httpx.get(f"{self.api}/flow_runs/{run}", timeout=PATIENCE).json()["state"]["type"]
                if now in {"RUNNING", "PENDING"}:
                    told = {"state": state, "force": True}
                    httpx.post(f"{self.api}/flow_runs/{run}/set_state", json=told, timeout=PATIENCE)
        return bool(had)

    def claims(self) -> int:
        """How many windows are said to be covered although a page of theirs is missing."""
        covered = [row for row in self.project.rows("coverage") if row["state"] == "covered"]
        pages = Counter(row["address"].rpartition("/")[0][-10:] for row in self.project.rows("page"))
        return sum(
            any(pages[f"{day:%Y/%m/%d}"] < EACH for day in _days(Span(row["since"], row["until"]))) for row in covered
        )


def _days(span: Span) -> Iterator[date]:
    first, last = days_of(span, _ZONE)
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


@contextmanager
def site(project: Project, pages: int) -> Iterator[Site]:
    """Give a site with so many pages, and make it the project's only source."""
    with Site(listing(days_before(_UNTIL, -(-pages // EACH)), each=EACH)) as running:
        put(project, running)
        (project.folder / "config" / "sources" / "pages.toml").unlink()
        yield running
