"""Days as people write them on a command line: 2024, 2024-05, 2024-05-06."""

import re
from calendar import monthrange
from datetime import date

from ingest.errors import ConfigError

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def first(written: str | None, option: str) -> date | None:
    """Return the first day of a year, month or day; None for None.

    Raises:
        ConfigError: It is none.
    """
    return _days(written, option)[0] if written is not None else None


def last(written: str | None, option: str) -> date | None:
    """Return the last day of a year, month or day; None for None.

    Raises:
        ConfigError: It is none.
    """
    return _days(written, option)[1] if written is not None else None


def _days(written: str, option: str) -> tuple[date, date]:
    found = _DAY.fullmatch(written.strip())
    msg = f"{option} {written!r} is no day: write 2024, 2024-05 or 2024-05-06"
    if found is None:
        raise ConfigError(msg)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:  # a month 13; monthrange says so by an error of its own, which is one of these
        raise ConfigError(msg) from error
