"""When a source is run: cron expressions, time zones and durations, checked while the file is read."""

import difflib
import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

_FIELDS = 5  # of a cron expression; a sixth, of seconds, is no part of Prefect's
_DURATION = re.compile(r"(\d{1,6})\s*(minute|hour|day|week)s?")
_DURATION_PATTERN = r"^\d{1,6}\s*(minute|hour|day|week)s?$"


def _is_cron(value: str) -> str:
    """Return a cron expression that both cron and Prefect understand.

    Raises:
        ValueError: It has no five fields, or one of them is out of its range.
    """
    from datetime import UTC, datetime

    from cronsim import CronSim, CronSimError  # Prefect's own reader is inside Prefect, which takes 2 s to import

    fields = value.split()
    if len(fields) != _FIELDS:
        msg = 'no cron expression: write minute, hour, day, month, day of the week, as in "30 6 * * *"'
        raise ValueError(msg)
    try:
        next(CronSim(value, datetime(2024, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        msg = f"no cron expression: {str(error).lower()}"
        raise ValueError(msg) from None
    except StopIteration:
        raise ValueError("a cron expression of a time that never comes") from None
    return value


def _is_zone(value: str) -> str:
    """Return the name of a time zone of the IANA's database.

    Raises:
        ValueError: There is none of that name.
    """
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # a name that is a folder of the database is an OSError
        close = difflib.get_close_matches(value, sorted(available_timezones()), n=1)
        msg = f"no time zone: {'did you mean' if close else 'for example'} {(*close, 'Asia/Shanghai')[0]}"
        raise ValueError(msg) from None
    return value


def _duration(value: Any) -> Any:
    """Return the time that ``3 days``, ``12 hours``, ``90 minutes`` or ``2 weeks`` says.

    Raises:
        ValueError: It says none, or none at all.
    """
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not int(found[1]):
        raise ValueError('no duration: write a number and minutes, hours, days or weeks, as in "3 days"')
    return timedelta(**{f"{found[2]}s": int(found[1])})


Cron = Annotated[str, AfterValidator(_is_cron)]
TimeZone = Annotated[str, AfterValidator(_is_zone)]
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration, json_schema_input_type=Annotated[str, Field(pattern=_DURATION_PATTERN)]),
]
