"""Numbers as Chinese prints them: 1.2万, １２, 3,000, 二十六, 两百多, 百余, 千万."""

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "半": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": Decimal(10**4), "亿": Decimal(10**8), "兆": Decimal(10**12)}

#: An Arabic number with the multiplier printed after it; 千 is none before 瓦, 米, 克, where it is a prefix.
ARABIC = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.．]\d+)?"
    r"(?:[ \u3000]?[多余几来]?(?:[十百千]?(?:万亿|[万亿])|[百千](?!分|瓦|米|克|伏|赫|卡|焦|帕|兆|安|字|周|比特)))?"
)
#: A Chinese number; 多, 余, 几 may stand before a multiplier (三百多万).
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+[万亿]*)?(?:[多余几来][十百千万亿]+)?"

_INNER = re.compile(r"[多余几来 \u3000,]")
_ARABIC_PARTS = re.compile(r"([\d.．]+)([十百千万亿]*)")


def is_arabic(text: str) -> bool:
    """Whether a number is printed in digits."""
    return text[:1].isdigit()


def parse(text: str) -> Decimal | None:
    """The value of a printed number, multipliers included; None if it is no number (二五, 百万百).

    ``多`` and the like inside are passed over: they are a bound and no part of the value.
    """
    text = _INNER.sub("", text)
    if is_arabic(text):
        found = _ARABIC_PARTS.fullmatch(text)
        if found is None:
            return None
        return Decimal(found[1].replace("．", ".")) * _multiplier(found[2])
    whole, _, rest = text.partition("点")
    value = _chinese(whole)
    if value is None or not rest:
        return value
    digits = rest.rstrip("万亿")
    fraction = Decimal("0." + "".join(str(_DIGITS[c]) for c in digits))
    return (value + fraction) * _multiplier(rest[len(digits) :])


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
    total, section, digit = Decimal(0), Decimal(0), None
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
            total = (total + (section or (0 if total else 1))) * _LARGE[c]
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
