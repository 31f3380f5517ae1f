"""Characters that nobody sees or that stand in for others: zero-width, private use, radicals, full-width digits."""

import re
import unicodedata
from functools import cache

from ingest.decode import reading
from ingest.model import Repair

_HAN = "\u2e80-\u2fdf\u3001-\u303f\u3400-\u9fff\uff00-\uff65"
# Between Han characters none of these has a use; in an emoji, Persian, Hindi or a long English word each has.
_ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\ufffb"
# Such a page's other characters between which they are taken away too; a soft hyphen beside Han is wrong by itself.
_BESIDE = f"{_HAN}\x20-\x7e\u2010-\u2027\u2030-\u205e"
_HIDDEN = re.compile(
    f"(?<=[{_BESIDE}\n])[{_ZERO_WIDTH}]+(?=[{_BESIDE}\n]|$)|(?:^|(?<=\n))[{_ZERO_WIDTH}]+(?=[{_BESIDE}])"
)
_TELLING = re.compile(f"(?<=[{_HAN}])[{_ZERO_WIDTH}]+(?=[{_HAN}])")
_HYPHEN = re.compile(f"(?<=[{_HAN}])\u00ad+(?=[{_HAN}])")
_NEVER = re.compile(f"\ufeff+|[{_CONTROL}]+")
_PRIVATE = re.compile("[\ue78d-\ue796\ue7c7\ue7c8\ue816-\ue864]")
# Radicals and compatibility characters that PDF files and old fonts have for the Han characters they look like.
_COMPATIBLE = re.compile("[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1d]")
_WIDE_NUMBER = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:[．，：／－][０-９]+)*[％]?|(?<=[0-9])％")
_MIN_HIDDEN = 2  # one may be an example, or an editor's slip; a text against copying has many


@cache
def signs() -> frozenset[str]:
    """The characters that give cause to look."""
    stretches = "".join((_ZERO_WIDTH, _CONTROL, "\ue78d-\ue864\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff０-９Ａ-Ｚａ-ｚ％"))
    pattern = re.compile(f"[{stretches}]")
    return frozenset(c for c in map(chr, range(0x10000)) if c not in "\n\r\t" and pattern.match(c))


def find(text: str) -> list[Repair]:
    """What to take away or to write plainly in a page's text."""
    repairs = [_gone("control", match) for match in _NEVER.finditer(text)]
    telling = sum(len(match.group()) for match in _TELLING.finditer(text))
    hidden = (_HIDDEN if telling >= _MIN_HIDDEN else _HYPHEN).finditer(text)
    repairs += [_gone("zero-width", match) for match in hidden if "\ufeff" not in match.group()]
    for match in _PRIVATE.finditer(text):
        made = reading.promoted(match.group())
        if made is not None:
            repairs.append(_made("private-use", match, made))
    for match in _COMPATIBLE.finditer(text):
        made = unicodedata.normalize("NFKC", match.group())
        if made != match.group():
            repairs.append(_made("compatibility", match, made))
    repairs += [
        _made("width", match, unicodedata.normalize("NFKC", match.group())) for match in _WIDE_NUMBER.finditer(text)
    ]
    return sorted(repairs, key=lambda repair: repair.start)


def _gone(kind: str, match: re.Match[str]) -> Repair:
    return _made(kind, match, "")


def _made(kind: str, match: re.Match[str], made: str) -> Repair:
    return Repair(kind=kind, start=match.start(), end=match.end(), found=match.group(), made=made)
