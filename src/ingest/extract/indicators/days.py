"""Calendar sums: the days that a year, a quarter, some months, a season or a five-year plan take up."""

import re
from calendar import monthrange
from datetime import date

from ingest.extract.indicators import numerals

#: First and last day; the first is None for an open stretch.
Period = tuple[date | None, date]
Stretch = tuple[date, date]

_SEASONS = {"春季": 3, "夏季": 6, "秋季": 9}
_TO = r"(?:至|到|[—\-－–~～]{1,2})"
_MONTHS = re.compile(rf"(\d{{1,2}})月?[ \u3000]?{_TO}[ \u3000]?(\d{{1,2}})月")
_MONTH = re.compile(
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<part>份|初|末|底|[上中下]旬)?[ \u3000]?"
    r"(?:(?P<day>\d{1,2})[日号])?"
    rf"(?:{_TO}(?:(?P<later>\d{{1,2}})月)?(?P<last>\d{{1,2}})[日号])?"
)


def whole_year(year: int) -> Stretch:
    """A year from its first day to its last."""
    return date(year, 1, 1), date(year, 12, 31)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def back(day: date, number: int, of: str) -> date:
    """The day so many years (年) or months (个月) earlier; later for a negative number."""
    months = day.year * 12 + day.month - 1 - (number * 12 if of == "年" else number)
    year, month = divmod(max(months, 12), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def earlier(days: Stretch, year: int) -> Stretch:
    """The same days in another year, that the last of them lies in."""
    low, high = days
    first = year - (high.year - low.year)
    return (
        date(first, low.month, min(low.day, monthrange(first, low.month)[1])),
        date(year, high.month, min(high.day, monthrange(year, high.month)[1])),
    )


def length(period: Period | None) -> int:
    """Days of a period, both ends counted; 0 for an open one or none."""
    return (period[1] - period[0]).days + 1 if period and period[0] else 0


def plan(number: int) -> Stretch:
    """A five-year plan by its number; the sixth ran 1981 to 1985."""
    first = 1981 + 5 * (number - 6)
    return date(first, 1, 1), date(first + 4, 12, 31)


def part_of_year(year: int, part: str, published: date | None, *, given: bool) -> Stretch | None:
    """First and last day of a part of a year as printed (1至5月, 一季度, 上半年, 底); the whole year for none.

    ``given``: the year stands before it. Otherwise a month later than the publication means the year before.
    """
    if not part or part in ("全年", "年内") or "同期" in part:
        return whole_year(year)
    if "半年" in part:
        return (date(year, 1, 1), date(year, 6, 30)) if part[0] == "上" else (date(year, 7, 1), date(year, 12, 31))
    if "季度" in part:
        return _quarters(year, part)
    if part in _SEASONS:
        return date(year, _SEASONS[part], 1), month_end(year, _SEASONS[part] + 2)
    if part[0] in "前头":
        count = numerals.parse(re.sub(r"[前头个月]", "", part))
        return (date(year, 1, 1), month_end(year, int(count))) if count and count <= 12 else None
    return _edge(year, part.lstrip("年")) or _months(year, part, published, given=given)


def _edge(year: int, part: str) -> Stretch | None:
    """年底 is its last day; 年初 and 年中 are told as of the first."""
    if part in ("底", "末"):
        return date(year, 12, 31), date(year, 12, 31)
    return (date(year, 1, 1), date(year, 1, 1)) if part in ("初", "中") else None


def _quarters(year: int, part: str) -> Stretch | None:
    count = numerals.parse(re.sub(r"[^一二三四1-4]", "", part))
    if not count or count > 4:
        return None
    last = int(count) * 3
    return date(year, 1 if part[0] in "前头" else last - 2, 1), month_end(year, last)


def _months(year: int, part: str, published: date | None, *, given: bool) -> Stretch | None:
    several = _MONTHS.match(part)
    if several and "日" not in part:
        first, last = int(several[1]), int(several[2])
        return (date(year, first, 1), month_end(year, last)) if 1 <= first <= last <= 12 else None
    single = _MONTH.match(part)
    month = numerals.parse(single["month"]) if single else None
    if single is None or not month or month > 12:
        return None
    if not given and published and (year, month) > (published.year, published.month):
        year -= 1
    return _in_month(year, int(month), single)


def _in_month(year: int, month: int, told: re.Match[str]) -> Stretch | None:
    """The days told within a month: some of them, its end, or all."""
    if told["part"] in ("末", "底"):
        return month_end(year, month), month_end(year, month)
    if (told["part"] or "").endswith("旬"):
        begins, ends = {"上": (1, 10), "中": (11, 20)}.get(told["part"][0], (21, 0))
        return date(year, month, begins), date(year, month, ends) if ends else month_end(year, month)
    try:
        first = date(year, month, int(told["day"] or 1))
        if told["last"]:
            return first, date(year, int(told["later"] or month), int(told["last"]))
    except ValueError:
        return None
    return first, first if told["day"] else month_end(year, month)
