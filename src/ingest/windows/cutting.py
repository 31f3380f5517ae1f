"""Time cut into windows, as the clocks of a source's zone count days.

A window never reaches over midnight but as whole days: lists give days more often than hours. A day is from its first
moment to the next day's: 23 or 25 hours long when clocks change, and without any moment where a zone left a day out
(Samoa, 2011).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ingest.windows.spans import Span

DAY = timedelta(days=1)


def first_moment(day: date, zone: tzinfo) -> datetime:
    """Return when a day begins in a zone, in UTC.

    Where midnight happens twice, the first one; where clocks leave it out, the moment at which they do.
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)


def span_of(first: date, last: date, zone: tzinfo) -> Span:
    """Return the time from the first moment of a day to the end of the same or a later one."""
    return Span(first_moment(first, zone), first_moment(last + DAY, zone))


def days_of(span: Span, zone: tzinfo) -> tuple[date, date]:
    """Return the first and the last day that a span has a moment of."""
    last = max(span.until - timedelta(microseconds=1), span.since)
    return span.since.astimezone(zone).date(), last.astimezone(zone).date()


def whole_days(span: Span, zone: tzinfo) -> Span:
    """Return a span widened to whole days."""
    return span_of(*days_of(span, zone), zone)


def cut(first: date, last: date, days: int, zone: tzinfo) -> Iterator[Span]:
    """Yield windows from one day through another, counted from the first; the last one may be shorter."""
    here = first
    while here <= last:
        end = min(here + timedelta(days=days - 1), last)
        if (window := span_of(here, end, zone)).since < window.until:
            yield window
        here = end + DAY


@dataclass(frozen=True, slots=True)
class Grid:
    """All time, in windows of one length that lie the same for every run.

    A length of a day or more is taken in whole days, counted from a Monday. A shorter one is counted from the first
    moment of each day; the day's last window has what is left of it.
    """

    length: timedelta
    zone: tzinfo

    def at(self, moment: datetime) -> Span:
        """Return the window that a moment lies in."""
        return next(window for window in self._of_day(moment.astimezone(self.zone).date()) if window.holds(moment))

    def between(self, since: datetime, until: datetime) -> Iterator[Span]:
        """Yield the windows that lie wholly between two moments, in order."""
        day = since.astimezone(self.zone).date()
        while first_moment(day, self.zone) < until:
            windows = list(self._of_day(day))
            yield from (window for window in windows if since <= window.since and window.until <= until)
            day = days_of(windows[-1], self.zone)[1] + DAY if windows else day + DAY

    def before(self, window: Span) -> Span:
        """Return the window before another."""
        return self.at(window.since - timedelta(microseconds=1))

    def _of_day(self, day: date) -> Iterator[Span]:
        """Yield the windows that hold a moment of a day."""
        if self.length >= DAY:
            days = -(-self.length // DAY)
            first = date.fromordinal((day.toordinal() - 1) // days * days + 1)
            yield from cut(first, first + timedelta(days=days - 1), days, self.zone)
            return
        whole = span_of(day, day, self.zone)
        here = whole.since
        while here < whole.until:
            yield Span(here, min(here + self.length, whole.until))
            here += self.length
