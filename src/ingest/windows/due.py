"""What a run of a source is to read, by what runs before it have covered; and what it may claim at its end.

A run reads what no run has covered, the window that is under way, and the one before that once more: lists are late,
and corrections come on the first day. It claims only windows that were over when it began, and only if it ended well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ingest.windows.cutting import DAY, Grid, first_moment, whole_days
from ingest.windows.spans import Span, merged, without

# A site that could not be read three times in a row is left to `ingest gaps` and a person, for whom it waits.
MOST_TRIES = 3
# A claim this far ahead of the clock was made by a clock that was wrong, and is none.
_AHEAD = timedelta(days=1)
_FIRST_DAY = date(1994, 1, 1)  # of the web in China, and of a range of days without a beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What runs have covered of a source.

    ``tried`` is how often windows were taken on in vain, ``looked`` when the last run began that read all that was due.
    """

    covered: tuple[Span, ...] = ()
    tried: dict[Span, int] = field(default_factory=dict)
    looked: datetime | None = None

    @property
    def begins(self) -> datetime | None:
        """The first moment that a run has taken on."""
        return min((span.since for span in (*self.covered, *self.tried)), default=None)

    def believed(self, now: datetime) -> "Past":
        """Return the same without what a clock has told that was ahead of this one."""
        looked = self.looked if self.looked and self.looked <= now else None
        covered = tuple(span for span in self.covered if span.until <= now + _AHEAD)
        return Past(covered=covered, tried=self.tried, looked=looked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a run is to read.

    Args:
        reads: The publications that it reads; None for all that the lists name.
        claims: The windows that are covered once it has ended well, each for itself.
        first: Nothing was known of the source, so that it claims what its lists turn out to reach back to.
        left: Windows that wait for a backfill, beyond what a run heals.
    """

    reads: tuple[Span, ...] | None = None
    claims: tuple[Span, ...] = ()
    first: bool = False
    left: int = 0


def since_last(past: Past, grid: Grid, now: datetime, heal: int) -> Due:
    """Return what a run of the schedule is to read; of the holes it heals the newest ``heal``."""
    past = past.believed(now)
    if past.begins is None:
        return Due(first=True)
    under_way = grid.at(now)
    lacking = list(_lacking(grid, Span(min(past.begins, under_way.since), under_way.since), past.covered))
    open_to_us = [window for window in lacking if past.tried.get(window, 0) < MOST_TRIES]
    claims = tuple(open_to_us[len(open_to_us) - min(heal, len(open_to_us)) :])
    reads = (*claims, grid.before(under_way), under_way)
    return Due(
        reads=tuple(merged(whole_days(span, grid.zone) for span in reads)),
        claims=claims,
        left=len(lacking) - len(claims),
    )


def between(past: Past, asked: Span, grid: Grid, now: datetime, *, again: bool) -> Due | None:
    """Return what a run over some days is to read; None where nothing of it is missing, unless it is wanted ``again``.

    The days are one window, of which is claimed what was over when the run began.
    """
    covered = past.believed(now).covered
    over = Span(asked.since, max(min(asked.until, grid.at(now).since), asked.since))
    missing = [asked] if again else list(without(asked, covered))
    if not missing or (not again and asked.since >= now):
        return None
    claims = merged(
        Span(max(each.since, over.since), min(each.until, over.until)) for each in missing if each.overlaps(over)
    )
    return Due(reads=tuple(merged(whole_days(each, grid.zone) for each in missing)), claims=tuple(claims))


def is_hole(window: Span, covered: Iterable[Span]) -> bool:
    """Whether any moment of a window is not covered."""
    return next(without(window, covered), None) is not None


def is_late_double(past: Past, scheduled: datetime | None, now: datetime) -> bool:
    """Whether a run that began after this one was scheduled has read all that was due: an outage sets off several."""
    looked = past.believed(now).looked
    return scheduled is not None and looked is not None and scheduled <= looked


def first_claim(grid: Grid, oldest: datetime | None, began: datetime) -> Span:
    """Return what a run over all that the lists name takes on: from their oldest date to the window under way.

    Lists without dates say nothing of the past: it is the window before, so that counting begins.
    """
    under_way = grid.at(began)
    before = grid.before(under_way)
    return Span(min(grid.at(oldest).since if oldest else before.since, before.since), under_way.since)


def reached(claim: Span, grid: Grid, oldest: datetime | None, *, whole: bool) -> Span | None:
    """Return how much of a claim lists bear out that gave dates down to ``oldest``: a feed drops what is old.

    ``whole``: the lists were read to their end, and name all that there is. Lists without a date are believed.
    """
    if whole or oldest is None or oldest <= claim.since:
        return claim
    window = grid.at(oldest)
    start = window.since if window.since == oldest else window.until
    return Span(max(start, claim.since), claim.until) if start < claim.until else None


def holes(past: Past, grid: Grid, now: datetime, asked: Span | None = None) -> Iterator[Span]:
    """Yield the windows that no run has covered, from the first one that a run has taken on, or within ``asked``."""
    past = past.believed(now)
    since = asked.since if asked else past.begins
    until = min(asked.until, grid.at(now).since) if asked else grid.at(now).since
    if since is not None and since < until:
        yield from _lacking(grid, Span(since, until), past.covered)


def _lacking(grid: Grid, whole: Span, covered: Iterable[Span]) -> Iterator[Span]:
    """Yield the windows of a stretch of time of which a moment is not covered."""
    done = whole.since
    for gap in without(whole, covered):
        for window in grid.between(max(grid.at(gap.since).since, done), whole.until):
            if window.since >= gap.until:
                break
            yield window
            done = window.until


def days_from(since: date | None, until: date | None, grid: Grid, now: datetime) -> Span | None:
    """Return the time that two days name, either of which may be left out; None for neither."""
    if since is None and until is None:
        return None
    end = first_moment(until + DAY, grid.zone) if until else whole_days(grid.at(now), grid.zone).until
    start = first_moment(since or _FIRST_DAY, grid.zone)
    return Span(min(start, end), end)
