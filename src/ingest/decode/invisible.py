"""Characters that nobody sees or that stand in for others: zero-width, private use, radicals, full-width digits."""

import re
import unicodedata
from collections.abc import Iterator

from ingest.decode import reading
from ingest.decode.edits import Edit

_HAN = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uff00-\uff65"
# Between Han characters none of these has a use; in an emoji, Persian, Hindi or a long English word each has.
_ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\ufffb"
# Such a page's other characters between which they are taken away too; a soft hyphen beside Han is wrong by itself.
_BESIDE = re.compile(f"[{_HAN}\x20-\x7e\xa0-\u024f\u2010-\u2027\u2030-\u205e\u2100-\u218f\u2460-\u24ff]")
_CJK = re.compile(f"[{_HAN}]")
# A class first and its repetition behind it: `re` runs to the first of a class ten times faster than to a repetition.
_HIDDEN = re.compile(f"[{_ZERO_WIDTH}][{_ZERO_WIDTH}]*")
_NEVER = re.compile(f"[\ufeff{_CONTROL}][\ufeff{_CONTROL}]*")
_PRIVATE = re.compile("[\ue78d-\ue796\ue7c7\ue7c8\ue816-\ue864]")
# Radicals and compatibility characters that PDF files and old fonts have for the Han characters they look like.
_COMPATIBLE = re.compile("[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1d]")
_WIDE = "０-９Ａ-Ｚａ-ｚ"
_WIDE_NUMBER = re.compile(f"[{_WIDE}％](?:(?<=[{_WIDE}])[{_WIDE}]*(?:[．，：／－][０-９]+)*[％]?|(?<=[0-9]％))")
_SIGNS = re.compile(
    f"[{_ZERO_WIDTH}{_CONTROL}{_WIDE}％\ue78d-\ue864\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1d]"
)
_MIN_HIDDEN = 2  # one may be an example, or an editor's slip; a text against copying has many


def find(text: str) -> list[Edit]:
    """What to take away or to write plainly in a page's text."""
    first = _SIGNS.search(text)
    if not first:
        return []
    found = [_made("control", match, "") for match in _NEVER.finditer(text)]
    found += _hidden(text)
    for match in _PRIVATE.finditer(text):
        made = reading.promoted(match.group())
        if made is not None:
            found.append(_made("private-use", match, made))
    for kind, pattern in (("compatibility", _COMPATIBLE), ("width", _WIDE_NUMBER)):
        for match in pattern.finditer(text):
            made = unicodedata.normalize("NFKC", match.group())
            if made != match.group():
                found.append(_made(kind, match, made))
    return sorted(found)


def _hidden(text: str) -> Iterator[Edit]:
    """Characters of no width: beside Chinese where a page has several between Han, else soft hyphens between Han."""
    runs = [(match, *_neighbours(text, match)) for match in _HIDDEN.finditer(text) if "\ufeff" not in match.group()]
    inside = [bool(_CJK.match(before) and _CJK.match(after)) for _, before, after in runs]
    telling = sum(len(match.group()) for (match, _, _), between in zip(runs, inside, strict=True) if between)
    for (match, before, after), between in zip(runs, inside, strict=True):
        hyphen = not match.group().strip("\u00ad") and bool(_CJK.match(before) or _CJK.match(after))
        if (between and hyphen) or ((hyphen or telling >= _MIN_HIDDEN) and _useless(before, after)):
            yield _made("zero-width", match, "")


def _neighbours(text: str, match: re.Match[str]) -> tuple[str, str]:
    return text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]


def _useless(before: str, after: str) -> bool:
    """Whether characters of no width have no use between these two; empty is the beginning or end of the text."""
    if before == "":
        return _BESIDE.match(after) is not None
    return (before == "\n" or _BESIDE.match(before) is not None) and (
        after in {"", "\n"} or _BESIDE.match(after) is not None
    )


def _made(kind: str, match: re.Match[str], made: str) -> Edit:
    return Edit(match.start(), match.end(), made, kind)
