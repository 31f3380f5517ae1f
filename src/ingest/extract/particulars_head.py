"""What a page's head says about its article: meta tags and JSON-LD."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from ingest.model import Meta
from ingest.strip.byline_dates import Moment, compact_date, find_date
from ingest.strip.label_words import groups

_ZONE = re.compile(r"\d(?:(?P<utc>Z)|(?P<sign>[+-])(?P<h>\d\d):?(?P<m>\d\d))$")
_CHINA = timedelta(hours=8)
_DATES = ("datePublished", "pubDate", "dateCreated", "uploadDate")


def head_date(meta: Meta) -> Moment | None:
    """Return when the head says that the article was published, in Chinese time."""
    return next((m for value in _date_values(meta) if (m := _moment(value))), None)


def head_publisher(meta: Meta) -> str | None:
    """Return the outlet that the head names as the source."""
    names = groups("strip_text_meta")["publisher"]
    return next((v for n in names if (v := meta.properties.get(n, "").strip()) and len(v) <= 30), None)


def _date_values(meta: Meta) -> Iterator[str]:
    for item in meta.linked_data:
        yield from (value for name in _DATES if isinstance(value := item.get(name), str))
    for name in groups("strip_text_meta")["date"]:
        if name in meta.properties:
            yield meta.properties[name]


def _moment(value: str) -> Moment | None:
    found = find_date(value.strip())
    if found is None:
        day = compact_date(value)
        return Moment(day, None) if day else None
    zone = _ZONE.search(value.strip())
    return _in_china(found, zone) if zone and found.at else found


def _in_china(found: Moment, zone: re.Match[str]) -> Moment:
    """A moment printed with another zone's time, in Chinese time."""
    ahead = timedelta()
    if not zone["utc"]:
        ahead = timedelta(hours=int(zone["h"]), minutes=int(zone["m"])) * (1 if zone["sign"] == "+" else -1)
    at = _shifted(found.at, _CHINA - ahead)
    return Moment(at.date(), at) if at else found


def _shifted(at: datetime | None, by: timedelta) -> datetime | None:
    try:
        return at + by if at else None
    except OverflowError:
        return None
