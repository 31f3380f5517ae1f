"""A source's turn in a run: what it is to read, and what the ledger of windows is told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ingest.choice import Orders
from ingest.errors import TargetError
from ingest.leave import Met
from ingest.model import Outcome
from ingest.sources.config import Source
from ingest.sources.web.config import FeedSource, ListingSource, ListsSource, SitemapSource
from ingest.sources.web.discover import Fetched, Get
from ingest.sources.web.links import Link
from ingest.sources.web.window import EVER, Window, published_at
from ingest.store import windows
from ingest.store.windows import State, Taker
from ingest.tally import Tally
from ingest.windows import due
from ingest.windows.cutting import Grid
from ingest.windows.due import Due
from ingest.windows.spans import Span, without


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Window):
    """The publications that a turn reads. It keeps the oldest date that the lists gave, wanted or not.

    Args:
        parts: Windows of which one must hold a page; all of it when there is none.
        dates: The oldest date so far, if any.
    """

    parts: Sequence[Window] = ()
    dates: list[datetime] = field(default_factory=list)

    def holds(self, link: Link) -> bool:
        """Whether a page is wanted: it is, unless it is known to lie outside of all parts."""
        if published := published_at(link):
            self.dates[:] = [min([self.aware(published), *self.dates])]
        return not self.parts or any(part.holds(link) for part in self.parts)


@dataclass(slots=True, kw_only=True)
class Turn:
    """What a run is to read of a source, and what it met while it did."""

    source: Source
    began: datetime
    due: Due
    settles: bool  # it reads all that is due, so that others that were to do the same need not
    met: Met = field(default_factory=Met)
    reading: Reading | None = None  # None for a source without lists that give dates
    lists: int = 0  # that were asked for
    broken: str | None = None  # why a list that others name could not be had, where it may be had tomorrow
    failed: str | None = None  # why the source's own lists could not be had
    over: bool = False

    @property
    def window(self) -> Window:
        """Which publications are wanted."""
        return self.reading or EVER

    @property
    def oldest(self) -> datetime | None:
        """The oldest date that the lists gave."""
        return next(iter(self.reading.dates), None) if self.reading else None

    @property
    def whole(self) -> bool:
        """Whether the lists were read to their end, and name all that the source has. A feed names the newest only."""
        return isinstance(self.source, ListsSource) and self.lists < self.source.max_lists

    def asking(self, get: Get) -> Get:
        """Return a ``get`` that is the same, and lets the turn know what came of it."""

        def counted(url: str) -> Fetched:
            self.lists += 1
            try:
                return get(url)
            except TargetError as error:
                if error.transient:
                    self.broken = f"the list {url} could not be read: {error}"
                raise

        return counted


def grid(source: Source) -> Grid | None:
    """Return the windows of a source; None for one whose targets come without dates: folders, WARC files, addresses."""
    if isinstance(source, FeedSource | SitemapSource | ListingSource):
        return Grid(source.window, ZoneInfo(source.time_zone))
    return None


def plan(connection: Connection, orders: Orders, source: Source, now: datetime) -> Turn | None:
    """Return what a run is to read of a source now; None where nothing is due."""
    past = windows.past(connection, source.name)
    mine = grid(source)
    settles = not orders.partial and not orders.dated
    of_schedule = orders.what == "due" and settles
    if of_schedule and not orders.force and due.is_late_double(past, orders.scheduled, now):
        return None
    found: Due | None = Due()
    if mine and (asked := due.days_from(orders.since, orders.until, mine, now)):
        found = due.between(past, asked, mine, now, again=orders.what == "all" or orders.partial)
    elif mine and of_schedule:
        found = due.since_last(past, mine, now, source.heal)
    elif mine and settles:
        found = Due(first=True)
    if found is None:
        return None
    claims = () if orders.partial else found.claims
    found = Due(reads=found.reads, claims=claims, first=found.first and not orders.partial, left=found.left)
    return Turn(source=source, began=now, due=found, settles=settles, reading=_reading(found, mine))


def _reading(found: Due, mine: Grid | None) -> Reading | None:
    if mine is None:
        return None
    spans = found.reads or ()
    parts = tuple(Window(since=span.since, until=span.until, zone=mine.zone) for span in spans)
    return Reading(parts=parts, since=spans[0].since if spans else None, zone=mine.zone)


def note_begin(connection: Connection, turn: Turn, run: str) -> None:
    """Note in the ledger of windows what a turn takes on."""
    windows.begin(connection, Taker(turn.source.name, run, turn.began), turn.due.claims)


def note_end(connection: Connection, turn: Turn, tally: Tally, *, run: str, at: datetime) -> None:
    """Note what a turn has covered, all of whose chunks are stored, and what it has not."""
    taker = Taker(turn.source.name, run, at)
    if mine := grid(turn.source):
        claims = [due.first_claim(mine, turn.oldest, turn.began)] if turn.due.first else turn.due.claims
        if trouble := _trouble(turn, tally):
            windows.fall_short(connection, taker, claims, *trouble)
        else:
            _claim(connection, taker, turn, claims, mine)
        windows.settle(connection, taker)
    if turn.settles and not turn.failed:
        windows.look(connection, taker, turn.began)


def note_break(connection: Connection, turn: Turn, reason: str, *, run: str, at: datetime) -> None:
    """Note that a run ended in the midst of a turn."""
    windows.fall_short(connection, Taker(turn.source.name, run, at), turn.due.claims, State.FAILED, reason)


def _claim(connection: Connection, taker: Taker, turn: Turn, claims: Iterable[Span], mine: Grid) -> None:
    """Claim windows, as far back as the lists went."""
    for claim in claims:
        reached = due.reached(claim, mine, turn.oldest, whole=turn.whole)
        covered = [reached] if reached else []
        windows.cover(connection, taker, covered)
        if turn.oldest and reached != claim:
            reason = f"the lists go back no further than {turn.oldest:%Y-%m-%d %H:%M %Z}"
            windows.fall_short(connection, taker, without(claim, covered), State.PARTIAL, reason)


def _trouble(turn: Turn, tally: Tally) -> tuple[State, str] | None:
    """Return what keeps a turn from having covered anything."""
    if turn.failed:
        return State.FAILED, turn.failed
    if turn.broken:
        return State.PARTIAL, turn.broken
    passing = sum(problem.transient and problem.outcome is Outcome.FAILED for problem in tally.problems)
    if passing:
        return State.PARTIAL, f"{passing} of {tally.targets} pages failed in passing"
    return None
