"""Which publications are wanted, by the dates that lists and addresses give."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone, tzinfo

from ingest.sources.web.links import Link

BEIJING = timezone(timedelta(hours=8))  # whose time a Chinese list prints and does not name
_DAY = timedelta(days=1)
# A day in an address, as content systems of Chinese sites write it: /t20261121_5.html, /2026/11/21/, /2026-11/21/,
# /202611/21/, /20261121/, and without zeros /2026/1/5/. A longer number is no day: an article's own may begin so.
_IN_ADDRESS = re.compile(
    r"(?<![\da-z])t?(20\d\d)(?:[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)|/(\d\d?)/(\d\d?)/)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From ``since`` until before ``until``; either may be open. What is said without a zone is of ``zone``."""

    since: datetime | None = None
    until: datetime | None = None
    zone: tzinfo = BEIJING

    def holds(self, link: Link) -> bool:
        """Whether a page is wanted: it is, unless it is known to lie outside.

        A page that has changed last before the window came out before it; one that changed later may have come out at
        any time. A date without an hour is the whole day.
        """
        if self.is_past(link):
            return False
        published = published_at(link)
        return self.until is None or published is None or self.aware(published) < self.aware(self.until)

    def is_past(self, link: Link) -> bool:
        """Whether a page, or what a list lists, lies before the window."""
        at = published_at(link) or link.changed
        return at is not None and self.since is not None and self._end(at) <= self.aware(self.since)

    def aware(self, at: datetime) -> datetime:
        """Return a time with its zone."""
        return at if at.tzinfo else at.replace(tzinfo=self.zone)

    def _end(self, at: datetime) -> datetime:
        """Return the moment after a publication: after its day, where the hour is not said."""
        days = at.tzinfo is None and at.time() == time.min
        return self.aware(at) + (_DAY if days else timedelta.resolution)


EVER = Window()


def published_at(link: Link) -> datetime | None:
    """Return when a page came out: as its list says, or its address."""
    return link.published or _in_address(link.url)


def _in_address(url: str) -> datetime | None:
    """Return the last day that an address names; sections have dates too, and stand before the page's own."""
    found = None
    for match in _IN_ADDRESS.finditer(url):
        try:
            found = datetime(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))  # noqa: DTZ001 - has no zone
        except ValueError:  # the 31st of February
            continue
    return found
