"""Figures and times as they are read in Chinese: 1,234.5 亿元 for 123,450,000,000 元, 2023 for a year's two ends."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

# What numbers are counted in: 万 and 亿 may stand behind Arabic numerals, 千 and 百 may not (GB/T 15835-2011, 5.1).
_SIZES = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_CLOSE = ("%", "‰", "°")  # units that stand at the digits
Row = Mapping[str, Any]


def written(value: Decimal | float) -> str:
    """Write a number with thousands apart and no digit that it does not have: 1,234.5."""
    if not isinstance(value, Decimal):
        return f"{value:,}"
    plain = f"{value:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def counted(value: Decimal, unit: str = "") -> str:
    """Write a number in the shortest way that loses no digit, with its unit: 1,234.5 亿元, 31 家, 6.5%."""
    ways = [(written(value / size), sign) for size, sign in _SIZES if abs(value) >= size]
    digits, size = min([(written(value), ""), *ways], key=lambda way: len(way[0]) + len(way[1]))
    return _with(digits, size + unit)


def figure(row: Row) -> str:
    """Write what an indicator says: its bound, its value or both ends of its range, its unit.

    A bound is the text's own word, which is of the size: 压缩超60% is -60 and over, and written over 60% down.
    """
    return _said(row, counted)


def exact(row: Row) -> str:
    """Write the same with all digits."""
    return _said(row, lambda value, unit: _with(written(value), unit))


def period(row: Row) -> str:
    """Write the time of a figure: 2023, 2023-01 to 2023-06, until 2023-06-30; nothing where it has none."""
    start, end = row["period_start"], row["period_end"]
    if start is None or end is None:
        return f"until {end}" if end else f"since {start}" if start else ""
    if (start.day, end.day) == (1, monthrange(end.year, end.month)[1]):
        cut = 4 if (start.month, end.month) == (1, 12) else 7  # of 2023-12-31
        return _both(start, end, cut)
    return _both(start, end, 10)


def fell(row: Row) -> bool:
    """Whether a change or growth went down, wholly where it is a range."""
    highest = row["value"] if row["value_high"] is None else row["value_high"]
    return row["aspect"] in {"change", "growth"} and bool(highest < 0)


def upside(row: Row) -> Row:
    """Return a figure that fell without its sign: from -5 to -3 is by 3 to 5."""
    ends = [-value for value in (row["value_high"], row["value"]) if value is not None]
    return {**row, "value": ends[0], "value_high": ends[1] if len(ends) > 1 else None}


def _both(start: date, end: date, cut: int) -> str:
    first, last = start.isoformat()[:cut], end.isoformat()[:cut]
    return first if first == last else f"{first} to {last}"


def _said(row: Row, way: Callable[[Decimal, str], str]) -> str:
    if row["bound"] != "exact" and fell(row):
        return _said(upside(row), way) + " down"
    low, high, unit = row["value"], row["value_high"], row["unit"]
    bound = "" if row["bound"] == "exact" else f"{row['bound']} "
    return bound + (way(low, unit) if high is None else f"{way(low, unit)} to {way(high, unit)}")


def _with(digits: str, behind: str) -> str:
    return digits + (behind if not behind or behind.startswith(_CLOSE) else f" {behind}")
