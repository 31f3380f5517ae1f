"""Numbers as Chinese prints them: 1.2万, １２, 3,000, 1亿2000万, 二十六, 两百多, 百余, 千万."""

import re
from decimal import Decimal
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "半": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": Decimal(10**4), "亿": Decimal(10**8), "兆": Decimal(10**12)}

#: 千 and 百 are no multipliers before these: 瓦, 米, 克 take 千 as a prefix.
_MULTIPLIER = r"(?:[十百千]?(?:万亿|[万亿])|[百千](?!分|瓦|米|克|伏|赫|卡|焦|帕|兆|安|字|周|比特))"
#: An Arabic number with the multiplier printed after it, and what goes on from it in smaller ones: 3万2千, 1万2500.
#: Behind 万 one digit and 千 go together even before 瓦 (1万5千瓦), and the digit may be Chinese (1万五千).
#: 年 behind the last digits makes them a year that follows a number.
ARABIC = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.．]\d+)?"
    rf"(?:[ \u3000]?[多余几来]?{_MULTIPLIER}"
    rf"(?:(?<=万)[\d一二两三四五六七八九]千|[ \u3000]?\d{{1,4}}[ \u3000]?{_MULTIPLIER}){{0,4}}"
    r"(?:(?<=[万亿千百])\d{3,4}(?![\d.．,年]))?)?"
)
#: A Chinese number; 多, 余, 几 may stand before a multiplier (三百多万).
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+[万亿]*)?(?:[多余几来][十百千万亿]+)?"

#: 1万五千 is 1万5千.
_MIXED = str.maketrans({"．": "."} | {c: str(i) for c, i in _DIGITS.items() if i})
_INNER = re.compile(r"[多余几来 \u3000,]")
_ARABIC_PARTS = re.compile(r"([\d.．]+)([十百千万亿]*)")
_ARABIC_WHOLE = re.compile(r"[\d.．]+[十百千万亿]*(?:\d+[十百千万亿]+){0,4}\d*")


def is_arabic(text: str) -> bool:
    """Whether a number is printed in digits."""
    return text[:1].isdigit()


@lru_cache(maxsize=4096)
def parse(text: str) -> Decimal | None:
    """The value of a printed number, multipliers included; None if it is no number (二五, 百万百, 3万5万).

    ``多`` and the like inside are passed over: they are a bound and no part of the value.
    """
    text = _INNER.sub("", text)
    if is_arabic(text):
        return _arabic(text.translate(_MIXED))
    whole, _, rest = text.partition("点")
    value = _chinese(whole)
    if value is None or not rest:
        return value
    digits = rest.rstrip("万亿")
    fraction = Decimal("0." + "".join(str(_DIGITS[c]) for c in digits))
    return plain((value + fraction) * _multiplier(rest[len(digits) :]))


def plain(value: Decimal) -> Decimal:
    """A value without trailing zeros and without an exponent: 1970000000 for 1970000000.0."""
    return Decimal(format(value.normalize(), "f"))


def _arabic(text: str) -> Decimal | None:
    """The sum of the parts of a number in digits (1亿2000万), each smaller than the one before; else None."""
    if text.isdecimal():
        return Decimal(text)
    if not _ARABIC_WHOLE.fullmatch(text):
        return None
    closed, parts = Decimal(0), Decimal(0)  # of the sections up to the last 万 or 亿, and after it
    last = Decimal("Infinity")
    for part in _ARABIC_PARTS.finditer(text):
        times = _multiplier(part[2])
        value = Decimal(part[1]) * times
        large = _LARGE.get(part[2][-1:])
        if value >= last:
            if large is None or last >= _LARGE["万"] or value >= parts * large:
                return None
            parts *= large  # 1千5百万: the last multiplier holds for both
        parts += value
        if large is not None:
            closed, parts = closed + parts, Decimal(0)
        last = times
    return plain(closed + parts)


def _multiplier(text: str) -> Decimal:
    product = Decimal(1)
    for c in text:
        product *= _LARGE.get(c) or Decimal(_SMALL[c])
    return product


def _chinese(text: str) -> Decimal | None:
    """A Chinese number by place (三百二十, 百万) or digit by digit (二〇二一)."""
    if not text:
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text)) if _reads_as_digits(text) else None
    total, section, digit, last = Decimal(0), Decimal(0), None, Decimal(0)
    for c in text:
        if c in _DIGITS:
            if digit not in (None, 0):
                return None  # two digits side by side: 三四 is an approximation, 二五 a slogan
            digit = _DIGITS[c]
        elif c in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[c]
            digit = None
        else:
            section += digit or 0
            if total and _LARGE[c] < last:
                total += section * _LARGE[c]  # 一亿二千万
            else:
                total = (total + (section or (0 if total else 1))) * _LARGE[c]
            last = _LARGE[c]
            section, digit = Decimal(0), None
    if digit and text[-2:-1] in ("百", "千", "万"):
        digit *= {"百": 10, "千": 100, "万": 1000}[text[-2]]  # 三百五 is 350
    return total + section + (digit or 0)


def _reads_as_digits(text: str) -> bool:
    """Digit by digit only as years and the like are printed; 两三 or 七八 is an approximation."""
    return len(text) >= 3 or "〇" in text or "零" in text


def approximate(text: str) -> tuple[Decimal, Decimal] | None:
    """The ends of 三四十, 七八百万, 两三: neighbouring digits that say a range; None if it is none."""
    found = re.fullmatch(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)", text)
    if found is None or _DIGITS[found[2]] != _DIGITS[found[1]] + 1:
        return None
    times = _multiplier(found[3])
    return _DIGITS[found[1]] * times, _DIGITS[found[2]] * times
