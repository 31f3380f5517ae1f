"""A backfill's plan: which runs fill what past windows lack, one run a window, in the order in which they are made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ingest.errors import ConfigError
from ingest.reprocess import Again
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.sources.discover import is_local
from ingest.store import backlog, kept, queries, windows
from ingest.store.engine import Database
from ingest.store.windows import State
from ingest.turn import grid
from ingest.windows.cutting import DAY, cut, days_of
from ingest.windows.due import is_hole
from ingest.windows.spans import Span

What = Literal["missing", "failed", "outdated", "all"]
# Addresses that a run is told: they stand in its row and in Prefect's.
_AT_ONCE = 500
_PAST = timedelta(days=90)  # how far before a backfill days are looked at, to say how many pages one has
_ITSELF = "."  # the address of a source whose lists could not be had


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a backfill is to fill. ``window`` is how many days a run has; the source's own length when it is None."""

    since: date
    until: date
    what: What = "missing"
    refetch: bool = False
    window: int | None = None

    def check(self) -> None:
        """See that it can be done.

        Raises:
            ConfigError: The days are in the wrong order, or a window has none.
        """
        if self.since > self.until:
            msg = f"since {self.since} is after until {self.until}"
            raise ConfigError(msg)
        if self.window is not None and self.window < 1:
            raise ConfigError("a window has one day at the least")

    def plain(self, sources: Sequence[Source]) -> dict[str, Any]:
        """What was asked for, as JSON can hold it: a backfill that is asked for again is known by it."""
        days = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        rest = {"what": self.what, "refetch": self.refetch, "window": self.window}
        return {"sources": [source.name for source in sources]} | days | rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A run of a backfill.

    Args:
        source: Of which source.
        kind: ``read`` its pages, or ``reprocess`` what the archive has.
        since: The first day; None for a source without dates, of which a run covers what there is now.
        until: The last day.
        only: Addresses, where it is about single pages.
        pages: How many pages the database has of it, or that are named: what it is about, not what it will find.
        requests: How many requests it may take: known for single pages, and for a window as many as windows took so
            far; None where nothing is known.
    """

    source: str
    kind: Literal["read", "reprocess"] = "read"
    since: date | None = None
    until: date | None = None
    only: tuple[str, ...] = ()
    pages: int = 0
    requests: int | None = None

    @property
    def told(self) -> str:
        """What it is about, for a person."""
        if self.only:
            return f"{len(self.only)} pages"
        if self.since is None:
            return "all there is now"
        return f"{self.since}" if self.since == self.until else f"{self.since} to {self.until}"

    @property
    def name(self) -> str:
        """What tells it from the other units of its backfill."""
        return " ".join([self.source, self.kind, self.told, *self.only[:1]])


def plan(database: Database, settings: Settings, source: Source, wanted: Wanted, began: datetime) -> list[Unit]:
    """Return the runs that a source needs; what was done since ``began``, by this backfill, is not done again."""
    with database.read() as connection:
        match wanted.what:
            case "failed":
                return list(_failed(connection, source, wanted))
            case "outdated":
                return list(_outdated(database, connection, settings, source, wanted))
            case _:
                return list(_windows(connection, source, wanted, began))


def _windows(connection: Connection, source: Source, wanted: Wanted, began: datetime) -> Iterator[Unit]:
    """Yield a unit for each window that is not covered; of ``all``, not since the backfill began."""
    rows = windows.rows(connection, source.name)
    mine = grid(source)
    if mine is None:
        if not any(row["state"] == State.LOOKED and row["since"] >= began for row in rows):
            pages = backlog.count_pages(connection, source.name)
            yield Unit(source=source.name, pages=pages, requests=0 if is_local(source) else pages)
        return
    under_way = mine.at(datetime.now(UTC)).since
    done = [row for row in rows if row["state"] == State.COVERED and (wanted.what == "missing" or row["at"] >= began)]
    covered = [Span(row["since"], row["until"]) for row in done]
    published = backlog.published_by_day(connection, source.name, wanted.since - _PAST, wanted.until)
    for window in cut(wanted.since, wanted.until, wanted.window or max(1, mine.length // DAY), mine.zone):
        # What is not over is never covered: it is the schedule's.
        if window.since < under_way and is_hole(Span(window.since, min(window.until, under_way)), covered):
            yield _of_window(source, *days_of(window, mine.zone), published)


def _of_window(source: Source, since: date, until: date, published: Mapping[date, int]) -> Unit:
    """Return the unit of a window. It may ask for a list and for as many pages as days had that had any."""
    pages = sum(number for day, number in published.items() if since <= day <= until)
    a_day = sum(published.values()) / len(published) if published else None
    requests = None if a_day is None else 1 + round(a_day * ((until - since).days + 1))
    return Unit(source=source.name, since=since, until=until, pages=pages, requests=requests)


def _failed(connection: Connection, source: Source, wanted: Wanted) -> Iterator[Unit]:
    """Yield units for what is in quarantine since days within those that are wanted.

    A folder is looked through as a whole: a run that is told an address which is no longer there refuses it.
    """
    zone = ZoneInfo(source.time_zone)
    rows = queries.quarantined(connection, source.name)
    mine = [row for row in rows if wanted.since <= row["since"].astimezone(zone).date() <= wanted.until]
    if mine and (is_local(source) or any(row["address"] == _ITSELF for row in mine)):
        yield Unit(source=source.name, pages=len(mine), requests=0 if is_local(source) else None)
        if is_local(source):
            return
    yield from _singly(source, (row["address"] for row in mine if row["address"] != _ITSELF))


def _outdated(
    database: Database, connection: Connection, settings: Settings, source: Source, wanted: Wanted
) -> Iterator[Unit]:
    """Yield units for pages that other rules have read, by the day on which their bytes were first had."""
    choice = Again(since=wanted.since, until=wanted.until).of(source)
    counted = kept.count(connection, choice)
    if not counted.pages:
        return
    if not wanted.refetch or is_local(source):
        unit = Unit(source=source.name, pages=counted.pages, requests=0)
        of_archive = replace(unit, kind="reprocess", since=wanted.since, until=wanted.until)
        yield unit if wanted.refetch else of_archive
        return
    pages = (page for stretch in kept.stretches(database, choice, settings.chunk_pages) for page in stretch)
    yield from _singly(source, (page.address for page in pages))


def _singly(source: Source, addresses: Iterable[str]) -> Iterator[Unit]:
    left = iter(addresses)
    while some := tuple(islice(left, _AT_ONCE)):
        yield Unit(source=source.name, only=some, pages=len(some), requests=len(some))
