"""Time expressions of a paragraph and the days they mean, reckoned from the publication date."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.extract.indicators import numerals

Period = tuple[date | None, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time expression.

    ``kind``: range (a stretch of days), now (目前), until (截至…), goal (到2025年), since, base (what is compared with),
    vague (近年来: says that the period before it no longer holds), reference (16年前 as mere distance), clock.
    """

    start: int
    end: int
    kind: str
    period: Period | None = None
    text: str = ""
    before: Period | None = None  # for 16年前 and the like: the year meant


_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
_YEAR = r"(?:(?<!\d)(?:19|20)\d{2}[ \u3000]?年度?|二[〇零]?[〇零一二][〇零一二三四五六七八九]年|今年|本年度?|去年|上年度?|前年|明年|当年|同年|次年|翌年)"
_SUB = (
    rf"(?:第?[一二三四1-4]季度|[上下]半年|前{_N}个?(?:月|季度)|头{_N}个月"
    rf"|(?<!\d)\d{{1,2}}月?[ \u3000]?(?:至|到|[—\-－–~～]{{1,2}})[ \u3000]?\d{{1,2}}月份?(?!\d*日)"
    rf"|(?:(?<!\d)\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份|初|末|底|中旬|上旬|下旬)?(?:[ \u3000]?\d{{1,2}}[日号])?"
    rf"(?:(?:至|到|[—\-－–~～]{{1,2}})(?:\d{{1,2}}月)?\d{{1,2}}[日号])?"
    r"|年[底末初](?!期|始|预算|计划|目标|确定)|年中(?!的)|全年|年内|夏季|秋季|冬季|春季)"
)
#: What a time expression may begin with; the look-ahead spares the long alternation at every other character.
_FIRST = '0-9０-９一二两三四五六七八九十百几数今本去上前明当同次翌第下头夏秋冬春年全截到至自从于比较与和以对相目现如迄眼“"近过未最此另约连距每这昨日接长多随晚早午晨'
_PATTERN = re.compile(
    rf"(?=[{_FIRST}])(?:"
    rf"(?P<lead>截至|截止到?|到|至|自|从|于|比|较|同|与|和|以|对比|相比)?[ \u3000]?"
    rf"(?P<calendar>(?P<year>{_YEAR})[ \u3000]?(?P<to>(?:至|到|[—\-－–~～]{{1,2}})(?:(?:19|20)\d{{2}})年)?(?P<sub>{_SUB}|[底末初](?!期|始|步))?(?P<same>同期)?|(?P<alone>{_SUB}|去年同期|上年同期))"
    r"(?P<tail>以来|(?:[\u4e00-\u9fff]{1,7}?)以来|至今|起(?!步|来|草|到|飞|降|重)|开始|期间|之前|以前|前(?!三|两|\d|十|四|五|六|列|景|沿|往|提|期|后|茅|端|瞻|进|所)|之后|以后|间(?!接|隔|距))?"
    r"|(?P<now>截[至止]目前|到目前为止|目前|当前|现在|如今|迄今为止|迄今|至今|眼下|现已|今日起)"
    r"|(?P<plan>(?:[“\"](?:十[一二三四五六]?|[六七八九])五[”\"]|(?:十[一二三四五六]?|[六七八九])五(?=规划期|期间|时期|以来|末|初))(?P<ptail>规划期|期间|时期|以来|末|初)?)"
    rf"|(?P<span>(?P<far>近|过去|最近|未来|今后|此后|前|这|每|另|约|头|连续|距今|此后的)?[ \u3000]?(?P<count>\d{{1,4}}|[一二两三四五六七八九十百]{{1,4}}|几|数)(?:余|多)?(?P<of>年|个月|个季度|天|周|个星期|小时|个小时|分钟|秒|日)多?(?P<side>以来|来(?=[，,的、 ])|来(?=\S)|前|后|之前|之后|以前|以后|以内|之内|内|间|之间|期间|里))"
    rf"|(?P<stretch>过去|最近|未来|今后)(?P<stretched>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})(?P<unit>年|个月)(?!多|半)"
    r"|(?P<vague>近年来?|近日|日前|近期|近来|接下来|下一步|今后|未来|长期以来|一直以来|多年来)|(?P<loose>本季度?|上季度?|本财年|当天|当日|当月|报告期[内末]?|此前|此后|当时|随后|同期|前期)"
    r"|(?P<day>昨日|昨天|今天|今日|前天|明天|上周末?|本周|本月|上月)"
    r"|(?P<dayonly>(?<![\d月.])\d{1,2}[日号](?!线|楼|院|机|文|令|公告|决议|门|机组|航站|地块|矿|井|车))"
    r"|(?P<clock>\d{1,2}[:：]\d{2}(?::\d{2})?|\d{1,2}[时点](?:\d{1,2}分(?!钟)|许|整|半|钟)?(?![\d.]|间|代|期|评)|(?<=[午晨晚早])[一二三四五六七八九十]{1,2}[时点](?:半|许|钟)?)"
    r"|(?P<era>(?:上世纪|本世纪|20世纪)?[一二三四五六七八九\d]0?十?年代|\d{1,2}世纪))"
)
_MONTHS = re.compile(r"(\d{1,2})月?[ \u3000]?(?:至|到|[—\-－–~～]{1,2})[ \u3000]?(\d{1,2})月")
_MONTH = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(份|初|末|底)?[ \u3000]?(?:(\d{1,2})[日号])?(?:(?:至|到|[—\-－–~～]{1,2})(?:(\d{1,2})月)?(\d{1,2})[日号])?"
)
_BASES = ("比", "较", "同", "与", "和", "对比", "相比", "以")


def find_times(text: str, published: date | None, year: int | None = None) -> list[Time]:
    """The time expressions of a paragraph in order.

    Args:
        text: The paragraph.
        published: The day the article came out; without it 今年 and 目前 mean no days.
        year: The year last named before this paragraph, for 3月24日 where nothing dates the article.
    """
    found: list[Time] = []
    named, at = (year, 0) if published is None else (None, 0)
    for match in _PATTERN.finditer(text):
        near = match["alone"] in _WHOLE or "。" not in text[at : match.start()] or published is None
        time = _read(match, published, named if near else None)
        if time is None:
            continue
        if time.period and time.kind in ("range", "until", "since") and match["year"]:
            named, at = (time.period[0] or time.period[1]).year, match.end()
        found.append(time)
    return found


def _read(match: re.Match[str], published: date | None, year: int | None) -> Time | None:
    start, end, text = match.start(), match.end(), match[0]
    if match["calendar"]:
        return _calendar(match, published, year)
    if match["now"]:
        return Time(start=start, end=end, kind="now", period=(None, published) if published else None, text=text)
    if match["plan"]:
        return _plan(match, published)
    if match["span"]:
        return _span(match, published)
    if match["stretch"]:
        number = numerals.parse(match["stretched"])
        past = match["stretch"] in ("过去", "最近") and published is not None and number is not None
        days = (_back(published, int(number), match["unit"]), published) if past and published and number else None
        return Time(start=start, end=end, kind="since" if past else "reference", period=days, text=text)
    if match["day"] or match["dayonly"]:
        return _day(match, published)
    kind = "vague" if match["vague"] else "loose" if match["loose"] else "clock"
    return Time(start=start, end=end, kind=kind, text=text)


def _calendar(match: re.Match[str], published: date | None, year: int | None) -> Time:
    lead, tail = match["lead"] or "", match["tail"] or ""
    sub = match["sub"] or match["alone"] or ""
    start = match.start() + (len(match[0]) - len(match[0].lstrip())) if lead else match.start("calendar")
    named = _year(match["year"] or ("去年" if sub in ("去年同期", "上年同期") else ""), published, year)
    days = _days(named, sub, published, given=bool(match["year"])) if named else None
    if match["to"] and days:
        days = (days[0], date(int(re.sub(r"\D", "", match["to"])[-4:]), 12, 31))
    common = {"start": start, "end": match.end(), "text": match[0]}
    if lead in _BASES and not tail:
        return Time(kind="base", period=days, **common)
    if match["same"] or "同期" in sub:
        return Time(kind="same", period=days, **common)
    if tail.endswith("以来") or tail in ("至今", "起", "开始"):
        return Time(kind="since", period=(days[0], published) if days and published else None, **common)
    if lead.startswith("截"):
        return Time(kind="until", period=(None, days[1]) if days else None, **common)
    if lead in ("到", "至") or tail in ("前", "之前", "以前"):
        return Time(kind="goal", period=(None, days[1]) if days else None, **common)
    return Time(kind="range", period=days, **common)


#: Parts of a year that belong to the year last named, in whichever sentence; a month only to one of its own.
_WHOLE = ("全年", "年内", "年底", "年末", "年初", "年中")


def _year(text: str, published: date | None, year: int | None) -> int | None:
    """The year meant; 当年 and a bare month take the year last named, else the year of publication."""
    digits = re.sub(r"\D", "", text)
    if digits:
        return int(digits)
    if text[:1] == "二":
        parsed = numerals.parse(text.rstrip("年"))
        return int(parsed) if parsed else None
    if text in ("当年", "同年"):
        return year
    if text in ("次年", "翌年"):
        return year + 1 if year else None
    if not text and year is not None:
        return year
    if published is None:
        return None
    return published.year + {"去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1}.get(text, 0)


def _days(year: int, sub: str, published: date | None, *, given: bool) -> tuple[date, date] | None:
    """First and last day of a part of a year; the whole year for none. Not ``given``: the latest one before publication."""
    whole = (date(year, 1, 1), date(year, 12, 31))
    if not sub or sub in ("全年", "年内") or "同期" in sub:
        return whole
    if "半年" in sub:
        return (whole[0], date(year, 6, 30)) if sub[0] == "上" else (date(year, 7, 1), whole[1])
    if "季度" in sub:
        return _quarters(year, sub)
    if sub[0] in "前头":
        count = numerals.parse(re.sub(r"[前头个月]", "", sub))
        return (whole[0], _month_end(year, int(count))) if count and count <= 12 else None
    if sub in _SEASONS:
        return date(year, _SEASONS[sub], 1), _month_end(year, _SEASONS[sub] + 2)
    if sub.lstrip("年") in ("底", "末"):
        return whole[1], whole[1]
    if sub.lstrip("年") in ("初", "中"):
        return whole[0], whole[0]
    return _months(year, sub, published, given=given)


_SEASONS = {"春季": 3, "夏季": 6, "秋季": 9}


def _quarters(year: int, sub: str) -> tuple[date, date] | None:
    count = numerals.parse(re.sub(r"[^一二三四1-4]", "", sub))
    if not count or count > 4:
        return None
    last = int(count) * 3
    first = 1 if sub[0] in "前头" else last - 2
    return date(year, first, 1), _month_end(year, last)


def _months(year: int, sub: str, published: date | None, *, given: bool) -> tuple[date, date] | None:
    several = _MONTHS.match(sub)
    if several and "日" not in sub:
        first, last = int(several[1]), int(several[2])
        return (date(year, first, 1), _month_end(year, last)) if 1 <= first <= last <= 12 else None
    single = _MONTH.match(sub)
    month = numerals.parse(single[1]) if single else None
    if single is None or not month or month > 12:
        return None
    first = int(month)
    if not given and published and (year, first) > (published.year, published.month):
        year -= 1  # the latest such month; a coming one is told with its year or with 将
    try:
        if single[5]:
            return date(year, first, int(single[3] or 1)), date(year, int(single[4] or first), int(single[5]))
        if single[3]:
            return date(year, first, int(single[3])), date(year, first, int(single[3]))
    except ValueError:
        return None
    if single[2] in ("末", "底"):
        return _month_end(year, first), _month_end(year, first)
    return date(year, first, 1), _month_end(year, first)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _plan(match: re.Match[str], published: date | None) -> Time | None:
    """A five-year plan: the sixth ran 1981 to 1985. Only in quotes or with a word of time behind it."""
    if match["plan"][0] not in '“"' and not match["ptail"]:
        return None
    number = numerals.parse(re.sub(r"[“”\"]|五[”\"]?(?:规划期|期间|时期|以来|末|初)?$", "", match["plan"]))
    if number is None or number < 6:
        return None
    first = 1981 + 5 * (int(number) - 6)
    days = (date(first, 1, 1), date(first + 4, 12, 31))
    if match["ptail"] == "以来":
        kind, period = "since", (days[0], published) if published else None
    elif match["ptail"] == "末":
        kind, period = "range", (days[1], days[1])
    else:
        kind, period = ("range", days) if match["ptail"] else ("vague", None)
    return Time(start=match.start(), end=match.end(), kind=kind, period=period, text=match[0])


def _span(match: re.Match[str], published: date | None) -> Time | None:
    """N年来, 近N年间, N年前, N天后: distances in time, which count nothing themselves."""
    far, side, of = match["far"] or "", match["side"], match["of"]
    common = {"start": match.start(), "end": match.end(), "text": match[0]}
    if far in ("连续", "每", "约") or (side == "里" and of != "年"):
        return None
    number = numerals.parse(match["count"]) if match["count"] not in ("几", "数") else None
    if number is None or published is None or of not in ("年", "个月") or number > 200:
        return Time(kind="vague" if side in ("来", "以来", "间", "内") else "reference", **common)
    earlier = _back(published, int(number), of)
    if side in ("来", "以来") or (side in ("间", "期间") and far in ("近", "过去", "最近")):
        return Time(kind="since", period=(earlier, published), **common)
    if side in ("前", "之前", "以前") and of == "年":
        whole = (date(earlier.year, 1, 1), date(earlier.year, 12, 31))
        return Time(kind="reference", before=whole, **common)
    return Time(kind="reference", **common)


def _back(day: date, number: int, of: str) -> date:
    months = day.year * 12 + day.month - 1 - (number * 12 if of == "年" else number)
    year, month = divmod(months, 12)
    return date(max(year, 1), month + 1, min(day.day, monthrange(max(year, 1), month + 1)[1]))


def _day(match: re.Match[str], published: date | None) -> Time:
    common = {"start": match.start(), "end": match.end(), "text": match[0]}
    if published is None:
        return Time(kind="vague" if match["day"] else "clock", **common)
    word = match["day"]
    if word in ("昨日", "昨天", "今天", "今日", "前天", "明天"):
        day = published + timedelta({"昨": -1, "今": 0, "前": -2, "明": 1}[word[0]])
        return Time(kind="range", period=(day, day), **common)
    if word == "本月":
        return Time(kind="range", period=(published.replace(day=1), published), **common)
    if word == "上月":
        last = published.replace(day=1) - timedelta(1)
        return Time(kind="range", period=(last.replace(day=1), last), **common)
    if word:
        return Time(kind="vague", **common)
    number = int(re.sub(r"\D", "", match["dayonly"]))
    try:
        day = published.replace(day=number)
    except ValueError:
        return Time(kind="clock", **common)
    return Time(kind="range", period=(day, day), **common) if day <= published else Time(kind="clock", **common)
