"""The holes of a source: windows that no run has covered, why, and the command that fills them."""

from collections.abc import Collection, Iterator, Sequence
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
    connection: Connection,
    source: Source,
    now: datetime,
    days: tuple[date | None, date | None] = (None, None),
    dead: Collection[str] = (),
) -> Iterator[Gap]:
    """Yield the holes of a source, the oldest first.

    Args:
        connection: To the database.
        source: Whose holes.
        now: What is over by now is looked at.
        days: The first and the last day; without any, since a run has first taken on a window.
        dead: The runs that were killed and not noted as such yet: see ``alive.dead``.
    """
    mine = grid(source)
    if mine is None:
        return
    rows = [row for row in windows.rows(connection, source.name) if row["state"] in windows.IN_VAIN]
    known = windows.past(connection, source.name)
    asked = days_from(*days, mine, now)
    waiting: Gap | None = None
    end: datetime | None = None
    for window in holes(known, mine, now, asked):
        first, last = days_of(window, mine.zone)
        why, run = _why(window, rows, dead)
        gap = Gap(source=source.name, since=first, until=last, windows=1, why=why, open_run=run)
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


def _why(window: Span, rows: Sequence[Row], dead: Collection[str]) -> tuple[str, str | None]:
    """Return why a window is not covered, and the run that is at it."""
    tried = [row for row in rows if window.overlaps(Span(row["since"], row["until"]))]
    newest = max(tried, key=lambda row: row["at"], default=None)
    if newest is None:
        return _NO_RUN, None
    if newest["state"] == State.BEGUN:
        return ("its run was killed" if newest["run"] in dead else "a run is at it"), newest["run"]
    tries = f" ({newest['tries']} times)" if newest["tries"] > 1 else ""
    return f"{newest['state']}{tries}: {newest['reason']}", None
