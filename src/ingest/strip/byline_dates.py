"""Dates and times as Chinese pages print them."""

import re
from datetime import date, datetime, time
from typing import NamedTuple

DATE = re.compile(
    r"""
    (?<!\d)
    (?P<y>(?:19|20)\d\d)\s?(?:[-./]|年)\s?
    (?P<m>1[0-2]|0?[1-9])\s?(?:[-./]|月)\s?
    (?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?
    (?:\s?[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?
    (?:
        [\sT]{0,4}(?P<half>上午|下午|晚上|凌晨|中午|早上)?\s?
        (?P<H>[01]?\d|2[0-3])\s?[:：时]\s?(?P<M>[0-5]\d)
        (?:\s?[:：分]\s?(?P<S>[0-5]\d)(?!\d))?分?秒?
    )?
    """,
    re.VERBOSE,
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
# 2019/0907, 2019-09/07, 2019/09/07, 20190907 as folders or file names of an address
_IN_URL = re.compile(
    r"[/_\-=.t](?P<y>(?:19|20)\d\d)[/\-_]?(?P<m>0[1-9]|1[0-2])[/\-_]?(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?=\d{0,12}(?:[/_\-.?&]|$))"
)
_AFTERNOON = frozenset({"下午", "晚上"})


class Moment(NamedTuple):
    """A day and, where it is printed, the time of day; ``start`` and ``end`` say where it stands."""

    day: date
    at: datetime | None
    start: int = 0
    end: int = 0


def find_date(text: str) -> Moment | None:
    """Return the first date that a text prints with its year, or None."""
    return next((m for m in map(_moment, DATE.finditer(text)) if m), None)


def all_dates(text: str) -> list[Moment]:
    """Return every date that a text prints with its year, in order."""
    if "20" not in text and "19" not in text:
        return []
    return [m for m in map(_moment, DATE.finditer(text)) if m]


def date_in_url(url: str) -> date | None:
    """Return the day that an address names: /2019/0907/, /20190907/, t20190907_1.html."""
    found = _IN_URL.search(url)
    return _day(found) if found else None


def compact_date(text: str) -> date | None:
    """Return the day in a text that is nothing but eight digits (20190907)."""
    found = _COMPACT.fullmatch(text.strip()[:8])
    return _day(found) if found else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:  # 2月30日
        return None


def _moment(found: re.Match[str]) -> Moment | None:
    day = _day(found)
    if day is None:
        return None
    if found["H"] is None:
        return Moment(day, None, found.start(), found.end())
    hour = int(found["H"])
    if found["half"] in _AFTERNOON and hour < 12:
        hour += 12
    at = datetime.combine(day, time(hour, int(found["M"]), int(found["S"] or 0)))  # naive: the page's local time
    return Moment(day, at, found.start(), found.end())
