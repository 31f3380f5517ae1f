"""The holes of a source: windows that no run has covered, why, and the command that fills them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from ingest.sources.config import Source
from ingest.store import windows
from ingest.store.rows import Row
from ingest.store.windows import State
from ingest.turn import grid
from ingest.windows.cutting import days_of
from ingest.windows.due import days_from, holes
from ingest.windows.spans import Span

_NO_RUN = "no run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Windows that no run has covered, one after the other, and for one reason; its days are the first and the last.

    ``open_run`` is the run that is at it, or was when it was killed.
    """

    source: str
    since: date
    until: date
    windows: int
    why: str
    open_run: str | None = None

    @property
    def command(self) -> str:
        """What fills it."""
        return f"ingest backfill {self.source} --since {self.since} --until {self.until}"


def gaps(
    connection: Connection, source: Source, now: datetime, since: date | None = None, until: date | None = None
) -> Iterator[Gap]:
    """Yield the holes of a source, the oldest first: since a run has first taken on a window, or within some days."""
    mine = grid(source)
    if mine is None:
        return
    rows = [row for row in windows.rows(connection, source.name) if row["state"] in windows.IN_VAIN]
    known = windows.past(connection, source.name)
    asked = days_from(since, until, mine, now)
    waiting: Gap | None = None
    end: datetime | None = None
    for window in holes(known, mine, now, asked):
        gap = _gap(source.name, window, *days_of(window, mine.zone), rows)
        if waiting and window.since == end and (gap.why, gap.open_run) == (waiting.why, waiting.open_run):
            waiting = replace(waiting, until=gap.until, windows=waiting.windows + 1)
        else:
            yield from [waiting] if waiting else []
            waiting = gap
        end = window.until
    yield from [waiting] if waiting else []


def looked(connection: Connection, source: Source) -> datetime | None:
    """Return when the last run began that read all that was due of a source."""
    return windows.past(connection, source.name).looked


def _gap(source: str, window: Span, first: date, last: date, rows: Sequence[Row]) -> Gap:
    tried = [row for row in rows if window.overlaps(Span(row["since"], row["until"]))]
    newest = max(tried, key=lambda row: row["at"], default=None)
    why, run = _NO_RUN, None
    if newest and newest["state"] == State.BEGUN:
        why, run = "a run is at it", newest["run"]
    elif newest:
        tries = f" ({newest['tries']} times)" if newest["tries"] > 1 else ""
        why = f"{newest['state']}{tries}: {newest['reason']}"
    return Gap(source=source, since=first, until=last, windows=1, why=why, open_run=run)
