"""Finds the quantities of a paragraph: number, bound, range, unit. What they mean is for others to say."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingest.extract.indicators import bounds, lexicon, numerals, spans
from ingest.extract.indicators.spans import Span

Value = Decimal | tuple[Decimal, Decimal]


class Quantity(NamedTuple):
    """A number with its unit. ``start`` to ``end`` takes in the words of its bound (超, 以上)."""

    start: int
    end: int
    number: int  # where the number itself starts
    value: Value
    unit: str
    kind: str  # of the unit, see the data file; "bare" where no unit is printed, "rank" for a placing
    bound: str = "exact"
    printed: str = ""  # the number as printed


_NUMBER = re.compile(
    "(?=[0-9０-９零〇一二两三四五六七八九十百千万亿])(?:"  # the look-ahead spares the alternatives elsewhere
    f"(?P<arabic>(?<![\\d.．]){numerals.ARABIC})"
    f"|百分之(?P<percent>{numerals.CHINESE}|\\d+(?:\\.\\d+)?)"
    f"|(?P<chinese>{numerals.CHINESE}))"
)
_PLAIN = re.compile(f"{numerals.ARABIC}|{numerals.CHINESE}")
#: What stands before a number below nothing.
_MINUS = frozenset("-－−")
_NEGATIVE = re.compile(r"(?:(?<=[\u4e00-\u9fff：，])|^)[-－−]$")
_PARTS = re.compile(r"(?<!\d)\d{1,6}(?:\.\d{1,6})?(?:[:：]\d{1,6}(?:\.\d{1,6})?){2,9}(?![:：\d])")
#: Digits with commas that part no thousands (1,23,4家) are a slip or a list and no number.
_COMMAS = re.compile(r"(?<![\d,])\d{1,6}(?:,\d{1,6}){2,60}(?![\d,])")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_MIDDLES = frozenset("余多几来 \u3000")
_MIDDLE = re.compile(r"[ \u3000]?(?P<some>[余多几]|来)?[ \u3000]?")
#: Behind 米 one or two digits are the rest of a height: 1米75.
_HALF_METRES = re.compile(r"\d{1,2}(?![\d.年月日]|[\u4e00-\u9fff])")
_DASHES = frozenset("至到—-–－~～ \u3000")
_DASH = re.compile(r"[ \u3000]?(?:至|到|[—\-－–~～]{1,2})[ \u3000]?(?=[\d零一二两三四五六七八九十百千万])")
#: What goes on with a unit: /, 每 and what comes in pairs.
_UNIT_GOES_ON = frozenset("/／每（(")
_PER = re.compile(r"(?:/|／|每)(?=[^\d，。；、])")
_PAIRED = re.compile(r"[（(](?:[人个件套项家户处条次])[）)]")
_SOME = frozenset("余多几来")
_TAIL = re.compile(r"[十百千万亿]+$")
#: Units printed otherwise than they are told.
_PRINTED = {"％": "%", "人民币": "元", "块钱": "元", "美金": "美元", "元钱": "元", "°C": "℃"}
#: No number worth reading is longer; guards against a page of digits.
_LONGEST = 24
#: Parts rounded to one place may miss a hundred by this much.
_ROUNDING = 0.6
#: The lower end of 3至5万 leaves the multiplier out where it is below this and the upper end is not.
_SMALL, _LARGE = 1000, 10000


def scan(text: str, blocked: list[Span]) -> list[Quantity]:
    """The quantities of a paragraph in order. Numbers within ``blocked`` spans (dates, clock times) are passed over."""
    found = proportions(text)
    slips = [m.span() for m in _COMMAS.finditer(text) if not _THOUSANDS.fullmatch(m[0])] if "," in text else []
    passed = spans.merge(blocked + slips + [(q.start, q.end) for q in found])
    done = 0
    for match in _NUMBER.finditer(text):
        start = match.start()
        if start < done or (passed and spans.around(passed, start)):
            continue
        quantity = _read(text, match)
        if quantity is not None:
            found.append(quantity)
            done = quantity.end
    return _share_units(text, sorted(found, key=lambda q: (q.start, q.number)))


def proportions(text: str) -> list[Quantity]:
    """The parts of a proportion such as 1.1:50.3:48.6 that add up to a hundred, one percentage each."""
    found: list[Quantity] = []
    if ":" not in text and "：" not in text:
        return found
    for match in _PARTS.finditer(text):
        parts = re.split("[:：]", match[0])
        if abs(sum(map(float, parts)) - 100) > _ROUNDING:
            continue
        start, end = match.span()
        at = start
        for part in parts:
            value = numerals.plain(Decimal(part))
            found.append(Quantity(start=start, end=end, number=at, value=value, unit="%", kind="percent", printed=part))
            at += len(part) + 1
    return found


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity whose number starts at a match; None where number and unit make none."""
    arabic, percent, chinese = match.groups()
    number, end = match.span()
    some, after = None, end
    if text[end : end + 1] in _MIDDLES and (middle := _MIDDLE.match(text, end)):
        some, after = middle["some"], middle.end()
    if chinese and not (lexicon.unit_at(text, after) or _DASH.match(text, after)):
        return None  # without unit or range a Chinese number counts nothing: 一些, 三峡
    value, bound = _value(arabic or percent or chinese)
    if value is None:
        return None
    start = number
    minus = text[start - 1 : start] in _MINUS and _NEGATIVE.search(text, max(0, start - 2), start)
    if minus and isinstance(value, Decimal):
        value, start = -value, start - 1
    if some and some != "来":
        bound = "over"
    unit, kind, stop = ("%", "percent", end) if percent else read_unit(text, after)
    if not unit:
        stop = after if some else end
    elif unit == "米" and isinstance(value, Decimal) and (rest := _HALF_METRES.match(text, stop)):
        value, stop = value + Decimal(f"0.{rest[0]}"), rest.end()
    quantity = Quantity(start, stop, number, value, unit, kind, bound, match[0])
    if text[stop : stop + 1] in _DASHES:
        quantity = _range(text, quantity)
    return _bounded(text, quantity)


@lru_cache(maxsize=4096)
def _value(printed: str) -> tuple[Value | None, str]:
    """The value of a printed number and the bound that stands in it: 十几 is over 10, 三四十 about 30 to 40."""
    value = numerals.parse(printed) if len(printed) < _LONGEST else None
    if value is None:
        return numerals.approximate(printed), "about"
    return value, "exact" if _SOME.isdisjoint(printed) else "over"


def read_unit(text: str, at: int) -> tuple[str, str, int]:
    """Unit, its kind and where it ends, at a position; an empty unit where there is none."""
    unit = lexicon.unit_at(text, at)
    if not unit:
        return "", "bare", at
    end = at + len(unit)
    kind = lexicon.unit_kinds()[unit]
    if kind == "money" and text.startswith("人民币", end):
        end += 3
    if text[end : end + 1] in _UNIT_GOES_ON:
        per = _PER.match(text, end)
        if per and (lower := lexicon.unit_at(text, per.end())):
            end = per.end() + len(lower)
            return text[at:end], "money" if kind == "money" else "measure", end
        if paired := _PAIRED.match(text, end):
            unit, end = unit + paired[0], paired.end()
    return _PRINTED.get(unit, unit), kind, end


def _range(text: str, low: Quantity) -> Quantity:
    """The whole range where the quantity is its lower end: 3至5家, 10%—20%, 2万到3万元; 由10%到30% is a change."""
    dash = _DASH.match(text, low.end)
    if dash is None or isinstance(low.value, tuple) or text[max(0, low.start - 1) : low.start] in ("从", "由"):
        return low
    number = _PLAIN.match(text, dash.end())
    high = numerals.parse(number[0]) if number and len(number[0]) < _LONGEST else None
    if number is None or high is None or low.value > high:
        return low
    unit, kind, end = read_unit(text, number.end())
    if not unit or (low.unit and not unit.startswith(low.unit)):
        return low
    first = low.value
    if not low.unit and high >= _LARGE and first < _SMALL:
        first = numerals.plain(first * _multiplier(number[0]))
    return low._replace(end=end, value=(first, high), unit=unit, kind=kind)


def _multiplier(printed: str) -> Decimal:
    tail = _TAIL.search(printed)
    return (numerals.parse("1" + tail[0]) if tail else None) or Decimal(1)


def _bounded(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the words of its bound taken in."""
    start, end, bound = bounds.read(text, quantity.start, quantity.end)
    return quantity._replace(start=start, end=end, bound=bound) if bound else quantity


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers in a row that leave the unit to the last one: 172亿、102亿千瓦时; 3、5和7家."""
    for i in range(len(found) - 2, -1, -1):
        here, after = found[i], found[i + 1]
        between = text[here.end : after.start].strip()
        if here.kind == "bare" and after.kind != "bare" and between in ("、", "和", "及", "与"):
            found[i] = here._replace(unit=after.unit, kind=after.kind)
    return found
