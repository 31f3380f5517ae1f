"""Half-width marks that a crawl left in Chinese text, back to full width."""

import re
from collections.abc import Iterator

from ingest.decode import signs
from ingest.decode.edits import Edit

_WIDE = dict(zip(",:;!?()｡､｢｣", "，：；！？（）。、「」", strict=True))
_BRACKETS, _MARKS = "()", ",:;!?｡､｢｣"
_SIGN = re.compile("[,:;!?()｡､｢｣]")
_HANS = "\u3005\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{_HANS}]")
# What may stand between a mark and the Han character that says which text it belongs to: “保姆式”, 增长8.3%, (试行),
_BEFORE = "”’\"'）)】》〉」』％%‰℃\\s"
_AFTER = "“‘\"'（(【《〈「『\\s"
_CLOSING = re.compile(f"[{_BEFORE}]{{0,6}}$")
_OPENING = re.compile(f"[{_AFTER}]{{0,6}}")
_NUMBER = "0-9０-９.,+~～-"
_MARK = re.compile(f"[{_MARKS}](?:(?<=[{_HANS}].)|(?<=[{_BEFORE}{_NUMBER}].)|(?=[{_AFTER}]{{0,6}}[{_HANS}]))")
_NUMBER_END = re.compile(f"[{_NUMBER}]{{0,12}}$")
_ENTITY_END = re.compile("&#?[0-9A-Za-z]{1,10}$")
_REACH = 20  # characters before a mark that say what text it is in
_AHEAD = 8  # characters from a mark on that may do so
_INSIDE = 200  # characters of a bracket that are looked at
_OTHER = re.compile("[\u3041-\u30fa\u30fc-\u30ff\uac00-\ud7a3]")


def find(text: str) -> list[Edit]:
    """The marks to widen: beside Han characters, and brackets round Han or behind it.

    A mark between two figures (3,000 or 12:18), in an address or between two Latin words stays, and so does a run of
    question marks, which may stand for lost characters, and everything in a line with kana or Hangul.
    """
    if not _SIGN.search(text) or not _HAN.search(text):
        return []
    places = [*_marks(text), *_brackets(text)]
    if places and _OTHER.search(text):
        places = [place for place in places if not _OTHER.search(text, *_line(text, place))]
    return [Edit(place, place + 1, _WIDE[text[place]], "punctuation") for place in sorted(places)]


def _marks(text: str) -> Iterator[int]:
    for place in signs.standing(text, _MARKS):
        near = text[max(0, place - _REACH) : place + _AHEAD]
        if not near.isascii() and _MARK.match(text, place) and _in_chinese(text, place):
            yield place


def _line(text: str, place: int) -> tuple[int, int]:
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def _in_chinese(text: str, place: int) -> bool:
    """Whether a mark stands in Chinese text."""
    mark, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if (before.isdigit() and after.isdigit()) or (mark in "?!" and mark in {before, after}):
        return False
    if _HAN.match(before):
        return True
    if mark == ";" and _ENTITY_END.search(text, max(0, place - 12), place):
        return False
    if _behind_han(text, place, numbers=mark in "!?;" or not after.isascii()):
        return True
    opening = _OPENING.match(text, place + 1)
    return mark not in "!?" and opening is not None and _HAN.match(text, opening.end()) is not None


def _behind_han(text: str, place: int, *, numbers: bool) -> bool:
    """Whether the last character before a mark is Han, less what may stand between; figures too, if so asked."""
    head = text[max(0, place - _REACH) : place]
    head = _CLOSING.sub("", head)
    if numbers:
        head = _CLOSING.sub("", _NUMBER_END.sub("", head))
    return bool(head) and _HAN.match(head[-1]) is not None


def _brackets(text: str) -> Iterator[int]:
    """The round brackets that hold Han or follow Han; one without its other half when Han stands at its inside."""
    opened: list[int] = []
    for place in signs.standing(text, _BRACKETS):
        if opened and text.find("\n", opened[-1], place) >= 0:
            yield from (begin for begin in opened if _HAN.match(text, begin + 1))
            opened.clear()
        if text[place] == "(":
            opened.append(place)
        elif opened:
            begin = opened.pop()
            if _round_han(text, begin, place):
                yield from (begin, place)
        elif _HAN.match(text[place - 1 : place]):
            yield place
    yield from (begin for begin in opened if _HAN.match(text, begin + 1))


def _round_han(text: str, begin: int, end: int) -> bool:
    inside = _HAN.search(text, begin + 1, min(end, begin + _INSIDE)) is not None
    return inside or _HAN.match(text[begin - 1 : begin]) is not None or _behind_quoted_han(text, begin)


def _behind_quoted_han(text: str, place: int) -> bool:
    return text[place - 1 : place] in {"”", "》", "」", "’"} and _HAN.match(text[place - 2 : place - 1]) is not None
