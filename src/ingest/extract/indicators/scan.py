"""Finds the quantities of a paragraph: number, bound, range, unit. What they mean is for others to say."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest.extract.indicators import lexicon, numerals

Value = Decimal | tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit. ``start`` to ``end`` takes in the words of its bound (超, 以上)."""

    start: int
    end: int
    number: int  # where the number itself starts
    value: Value
    unit: str
    kind: str  # of the unit, see the data file; "bare" where no unit is printed
    bound: str = "exact"
    printed: str = ""  # the number as printed


_NUMBER = re.compile(
    f"(?P<arabic>(?<![\\d.．]){numerals.ARABIC})|百分之(?P<percent>{numerals.CHINESE}|\\d+(?:\\.\\d+)?)"
    f"|(?P<chinese>{numerals.CHINESE})"
)
_NEGATIVE = re.compile(r"(?:(?<=[\u4e00-\u9fff：，])|^)[-－−]$")
_PARTS = re.compile(r"\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,}(?![:：\d])")
_MIDDLE = re.compile(r"[ \u3000]?(?:([余多几])|来)?[ \u3000]?")
_DASH = re.compile(r"[ \u3000]?(?:至|到|[—\-－–~～]{1,2})[ \u3000]?(?=[\d零一二两三四五六七八九十百千万])")
_PER = re.compile(r"(?:/|／|每)(?=[^\d，。；、])")
_PAIRED = re.compile(r"[（(](?:[人个件套项家户处条次])[）)]")

_OVER = "超过了?|超出|超|逾|突破了?|突破性?达到|不低于|不少于|不小于|至少|高于|大于|多于|上|过|破|最低|不下"
_UNDER = "不足|不到|近乎|接近|将近|近|不高于|不超过|不大于|少于|小于|至多|最多|最长|低于|未达|不满|最高不超过"
_ABOUT = "大约|约为|约合|约达|约占|约有|约|大概|左右"
_BEFORE = re.compile(f"(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT}))[ \u3000]?$")
_AFTER = re.compile(
    r"[ \u3000]?(?:(?P<over>及?以上|之多|有余|开外|(?<=[年元天月吨人次个家米时里倍%成番亩户位名项公])[余多](?![少样数元名]))"
    r"|(?P<under>以内|之内|及?以下)|(?P<about>左右|上下(?!半|游|楼|班|车|联|贯|级)))"
)
#: How far before a number its bound may begin; 最高不超过 is the longest.
_REACH = 6


def scan(text: str, blocked: list[tuple[int, int]]) -> list[Quantity]:
    """The quantities of a paragraph in order. Numbers within ``blocked`` spans (dates, clock times) are passed over."""
    found = shares(text)
    blocked = blocked + [(q.start, q.end) for q in found]
    done = 0
    for match in _NUMBER.finditer(text):
        if match.start() < done or any(a <= match.start() < b for a, b in blocked):
            continue
        quantity = _read(text, match)
        if quantity is None:
            continue
        found.append(quantity)
        done = quantity.end
    return _share_units(text, sorted(found, key=lambda q: (q.start, q.number)))


def shares(text: str) -> list[Quantity]:
    """The parts of a proportion such as 1.1:50.3:48.6 that add up to a hundred, one percentage each."""
    found = []
    for match in _PARTS.finditer(text):
        parts = re.split("[:：]", match[0])
        if abs(sum(map(float, parts)) - 100) > _ROUNDING:
            continue
        at = match.start()
        for part in parts:
            found.append(
                Quantity(
                    start=match.start(),
                    end=match.end(),
                    number=at,
                    value=Decimal(part),
                    unit="%",
                    kind="percent",
                    printed=part,
                )
            )
            at += len(part) + 1
    return found


#: Parts rounded to one place may miss a hundred by this much.
_ROUNDING = 0.6


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity whose number starts at a match; None where number and unit make none."""
    printed = match["arabic"] or match["percent"] or match["chinese"]
    value: Value | None = numerals.parse(printed) if len(printed) < _LONGEST else None
    bound = None
    if value is None:
        value = numerals.approximate(printed)
        bound = "about"
    if value is None:
        return None
    end = match.end()
    if any(c in printed for c in "余多几来"):
        bound = "over"
    below = _NEGATIVE.search(text, max(0, match.start() - 2), match.start())
    if below and not isinstance(value, tuple):
        value = -value
    middle = _MIDDLE.match(text, end)
    if middle and middle[1]:
        bound = "over"
    unit, kind, at = ("%", "percent", end) if match["percent"] else read_unit(text, middle.end() if middle else end)
    if middle and middle[0].strip() and not unit:
        unit, kind, at = "", "bare", middle.end()
    quantity = Quantity(
        start=match.start(),
        end=at if unit or (middle and middle[1]) else end,
        number=match.start(),
        value=value,
        unit=unit,
        kind=kind,
        bound=bound or "exact",
        printed=match[0],
    )
    return _bounds(text, _range(text, quantity), match.start())


#: No number worth reading is longer; guards against a page of digits.
_LONGEST = 24


def read_unit(text: str, at: int) -> tuple[str, str, int]:
    """Unit, its kind and where it ends, at a position; an empty unit where there is none."""
    match = lexicon.unit_pattern().match(text, at)
    if match is None:
        return "", "bare", at
    unit, end = match[0], match.end()
    kind = lexicon.unit_kinds()[unit]
    if kind == "money" and text.startswith("人民币", end):
        end += 3
    per = _PER.match(text, end)
    if per and (lower := lexicon.unit_pattern().match(text, per.end())):
        return text[at : lower.end()], "money" if kind == "money" else "measure", lower.end()
    paired = _PAIRED.match(text, end)
    if paired:
        unit, end = unit + paired[0], paired.end()
    return {"％": "%", "人民币": "元", "块钱": "元", "美金": "美元", "元钱": "元", "°C": "℃"}.get(unit, unit), kind, end


@cache
def _after_dash() -> re.Pattern[str]:
    return re.compile(f"({numerals.ARABIC}|{numerals.CHINESE})")


def _range(text: str, low: Quantity) -> Quantity:
    """The whole range where the quantity is its lower end: 3至5家, 10%—20%, 2万到3万元."""
    dash = _DASH.match(text, low.end)
    if dash is None or isinstance(low.value, tuple) or _changes(text, low.start):
        return low
    number = _after_dash().match(text, dash.end())
    high = numerals.parse(number[1]) if number and len(number[1]) < _LONGEST else None
    if number is None or high is None:
        return low
    unit, kind, end = read_unit(text, number.end())
    if not unit or (low.unit and not unit.startswith(low.unit)):
        return low
    first = low.value
    while first > high and first < high * 10**8:  # 3至5万元: the lower end leaves the multiplier out
        return low
    if not low.unit and high >= 10000 and first < 1000:
        first = first * _multiplier_of(number[1])
    return replace(low, end=end, value=(first, high), unit=unit, kind=kind)


def _multiplier_of(printed: str) -> Decimal:
    tail = re.search(r"[十百千万亿]+$", printed)
    return (numerals.parse("1" + tail[0]) or Decimal(1)) if tail else Decimal(1)


def _changes(text: str, start: int) -> bool:
    """Whether 从 or 由 stands before a number: 由10%到30% is a change and no range."""
    return text[max(0, start - 1) : start] in ("从", "由")


def _bounds(text: str, quantity: Quantity, start: int) -> Quantity:
    """The quantity with the words of its bound taken in."""
    bound, end = quantity.bound, quantity.end
    after = _AFTER.match(text, end)
    if after and not (after["under"] and text.startswith("以下简称", after.start())):
        end = after.end()
        bound = after.lastgroup or bound
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if before and not _no_bound(text, before):
        start = before.start()
        bound = before.lastgroup or bound
    return replace(quantity, start=start, end=end, bound=bound)


def _no_bound(text: str, before: re.Match[str]) -> bool:
    """上, 过, 近 and the like as part of another word: 网上3家, 通过5项, 附近3公里, 以上."""
    word, left = before[0].strip(), text[max(0, before.start() - 1) : before.start()]
    if word.startswith("突破") and _BREAKTHROUGH.search(text, before.end(), before.end() + 24):
        return True
    return (word in ("上", "过", "近", "破", "超", "高于", "约") and left in _GLUED.get(word, "")) or (
        word == "上" and text[before.end()] not in "百千万"
    )


#: 突破634项关键技术 breaks through them; 突破3000亿元 goes beyond.
_BREAKTHROUGH = re.compile(r"^[\d ]+[项个][^，。]{0,8}?(?:技术|难题|瓶颈|难关|壁垒)")
_GLUED = {
    "上": "网以线会马晚早路船车身市海史册础场面基桌地",
    "过": "通经超透不渡度越路穿错",
    "近": "附邻临靠最远亲新",
    "破": "突打攻侦",
    "约": "节签条合公预契大",
    "超": "赶",
}


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers in a row that leave the unit to the last one: 172亿、102亿千瓦时; 3、5和7家."""
    for i in range(len(found) - 2, -1, -1):
        here, after = found[i], found[i + 1]
        if (
            here.kind == "bare"
            and after.kind != "bare"
            and text[here.end : after.start].strip() in ("、", "和", "及", "与")
        ):
            found[i] = replace(here, unit=after.unit, kind=after.kind)
    return found
