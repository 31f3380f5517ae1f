"""Time expressions of a paragraph and the days they mean, reckoned from the publication date."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ingest.extract.indicators import days, numerals
from ingest.extract.indicators.days import Period
from ingest.extract.indicators.timewords import PATTERN


class Time(NamedTuple):
    """A time expression.

    ``kind``: range (a stretch of days), since, until (截至…), now (目前), goal (到2025年), base and same (what is
    compared with: 比上年, 去年同期), vague (近年来: the period before it no longer holds), loose (当时: says nothing),
    reference (16年前: a distance in time), clock.
    """

    start: int
    end: int
    kind: str
    period: Period | None = None
    text: str = ""
    before: Period | None = None  # for 16年前 and the like: the year meant
    aim: date | None = None  # the last day where the figure is an aim: 今年 ends with the year then, not today


#: Parts of a year that belong to the year last named, in whichever sentence; a month only to one of its own.
_WHOLE = ("全年", "年内", "年底", "年末", "年初", "年中")
_THIS = ("今年", "本年", "本年度")
_BASES = ("比", "较", "同", "与", "和", "对比", "相比", "以")
_RELATIVE = {"去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1}
_NEAR = {"昨": -1, "今": 0, "前": -2, "明": 1}
_NO_DIGIT = re.compile(r"\D")
_AHEAD = ("未来", "今后")
#: What says that a month without a year is still to come: 将于11月17日.
_TO_COME = re.compile("(?:将|预计|计划|拟|定于|有望)[于在至到]?$")
#: A longer distance in years is a slip or no distance.
_FARTHEST = 200


@dataclass(frozen=True, slots=True)
class _Clock:
    """What expressions are reckoned from: the publication date, and the year last named before the expression."""

    published: date | None
    year: int | None

    def year_of(self, told: str) -> int | None:
        """The year meant; 当年 and a bare month take the year last named, else the year of publication."""
        digits = _NO_DIGIT.sub("", told)
        if digits:
            return int(digits)
        if told[:1] == "二":
            parsed = numerals.parse(told.rstrip("年"))
            return int(parsed) if parsed else None
        if told in ("当年", "同年"):
            return self.year
        if told in ("次年", "翌年"):
            return self.year + 1 if self.year else None
        if not told and self.year is not None:
            return self.year
        return self.published.year + _RELATIVE.get(told, 0) if self.published else None


def find_times(text: str, published: date | None, year: int | None = None) -> list[Time]:
    """The time expressions of a paragraph in order.

    Args:
        text: The paragraph.
        published: The day the article came out; without it 今年 and 目前 mean no days.
        year: The year last named before this paragraph, for 3月24日 where nothing dates the article.
    """
    found: list[Time] = []
    named, sentence = (year if published is None else None), -1
    for match in PATTERN.finditer(text):
        near = published is None or match["alone"] in _WHOLE or text.rfind("。", max(0, sentence), match.start()) < 0
        time = _read(match, _Clock(published, named if near else None))
        if time is None:
            continue
        if time.period and time.kind in ("range", "until", "since") and match["year"]:
            named, sentence = (time.period[0] or time.period[1]).year, match.end()
        found.append(time)
    return found


def _time(match: re.Match[str], kind: str, period: Period | None = None) -> Time:
    return Time(start=match.start(), end=match.end(), kind=kind, period=period, text=match[0])


def _read(match: re.Match[str], clock: _Clock) -> Time | None:
    published = clock.published
    if match["calendar"]:
        return _calendar(match, clock)
    if match["now"]:
        return _time(match, "now", (None, published) if published else None)
    if match["plan"]:
        return _plan(match, published)
    if match["span"] or match["stretch"]:
        return _span(match, published) if match["span"] else _stretch(match, published)
    if match["day"] or match["dayonly"]:
        return _day(match, published)
    return _time(match, "vague" if match["vague"] else "loose" if match["loose"] else "clock")


def _calendar(match: re.Match[str], clock: _Clock) -> Time:
    """A year, a part of one, or both, with what stands before and behind it: 截至2020年底, 2021年以来, 比上年."""
    lead, tail, part = match["lead"] or "", match["tail"] or "", match["sub"] or match["alone"] or ""
    same = bool(match["same"]) or "同期" in part
    year = clock.year_of(match["year"] or ("去年" if same else ""))
    given = bool(match["year"] or _TO_COME.search(match.string, max(0, match.start() - 4), match.start("calendar")))
    found = days.part_of_year(year, part, clock.published, given=given) if year else None
    if match["to"] and found:
        found = (found[0], days.whole_year(int(_NO_DIGIT.sub("", match["to"])[-4:]))[1])
    start = match.start() if lead else match.start("calendar")
    kind = _kind(lead, tail, same=same)
    period: Period | None = found
    if found and kind == "since":
        period = (found[0], clock.published) if clock.published else None
    elif found and kind in ("until", "goal"):
        period = (None, found[1])
    elif found and kind == "range" and match["year"] in _THIS and not part and clock.published:
        period = (found[0], clock.published)
    aim = found[1] if found else None
    return Time(start=start, end=match.end(), kind=kind, period=period, text=match[0], aim=aim)


def _kind(lead: str, tail: str, *, same: bool) -> str:
    if lead in _BASES and not tail:
        return "base"
    if same:
        return "same"
    if tail.endswith("以来") or tail in ("至今", "起", "开始"):
        return "since"
    if lead.startswith("截"):
        return "until"
    return "goal" if lead in ("到", "至") or tail in ("前", "之前", "以前") else "range"


def _plan(match: re.Match[str], published: date | None) -> Time | None:
    """A five-year plan: “十三五”期间."""
    number = numerals.parse(re.sub(r"[“”\"]|五[”\"]?(?:规划期|期间|时期|以来|末|初)?$", "", match["plan"]))
    if number is None or number < 6:
        return None
    first, last = days.plan(int(number))
    tail = match["ptail"]
    if tail == "以来":
        return _time(match, "since", (first, published) if published else None)
    if tail == "末":
        return _time(match, "range", (last, last))
    return _time(match, "range", (first, last)) if tail else _time(match, "vague")


def _stretch(match: re.Match[str], published: date | None) -> Time:
    """过去三年, without 里 or 来 behind it."""
    number = numerals.parse(match["stretched"])
    if published is None or not number:
        return _time(match, "reference")
    if match["stretch"] in _AHEAD:
        return _ahead(match, published, int(number), match["unit"])
    return _time(match, "since", (days.back(published, int(number), match["unit"]), published))


def _span(match: re.Match[str], published: date | None) -> Time | None:
    """N年来, 近N年间, N年前, N天后: distances in time, which count nothing themselves."""
    far, side, of = match["far"] or "", match["side"], match["of"]
    if far in ("连续", "每", "约") or (side == "里" and of != "年"):
        return None
    number = numerals.parse(match["count"]) if match["count"] not in ("几", "数") else None
    if not number or published is None or of not in ("年", "个月") or number > _FARTHEST:
        return _time(match, "vague" if side in ("来", "以来", "间", "内") else "reference")
    if far in _AHEAD and side in ("内", "以内", "之内", "里", "间", "期间"):
        return _ahead(match, published, int(number), of)
    day = days.back(published, int(number), of)
    if side in ("来", "以来") or (side in ("间", "期间") and far in ("近", "过去", "最近")):
        return _time(match, "since", (day, published))
    meant = days.whole_year(day.year) if side in ("前", "之前", "以前") and of == "年" else None
    return Time(start=match.start(), end=match.end(), kind="reference", text=match[0], before=meant)


def _ahead(match: re.Match[str], published: date, number: int, of: str) -> Time:
    """未来三年: an aim by its last day."""
    return _time(match, "goal", (None, days.back(published, -number, of)))


def _day(match: re.Match[str], published: date | None) -> Time:
    """昨天, 上月, or a bare 9日: a day of the month of publication, up to it."""
    word = match["day"]
    if published is None or (word and word[0] == "上" and word != "上月") or word == "本周":
        return _time(match, "vague" if word else "clock")
    if word == "本月":
        return _time(match, "range", (published.replace(day=1), published))
    if word == "上月":
        last = published.replace(day=1) - timedelta(1)
        return _time(match, "range", (last.replace(day=1), last))
    if word:
        day = published + timedelta(_NEAR[word[0]])
        return _time(match, "range", (day, day))
    number = int(_NO_DIGIT.sub("", match["dayonly"]))
    if not 1 <= number <= published.day:
        return _time(match, "clock")
    return _time(match, "range", (published.replace(day=number),) * 2)
