"""Where a text may have been read in a wrong charset: a healthy page pays a pass in C and a look at some places."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from ingest.decode import plausible, reading, tables

# What bytes read as Latin-1 or Windows-1252 become: letters with accents and signs, close together.
WEST = "\u0080-\u009f\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
_LETTERS = WEST.replace("\u00a1-\u00ff", "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff")
_WESTERN = re.compile(f"[{_LETTERS}][^\n<>]{{0,2}}[{WEST}]|[{WEST}][^\n<>]{{0,2}}[{_LETTERS}]")
_RARE = 18.0  # bits; Chinese text holds one such character in a thousand, seldom two together
_APART = 3  # places from one rare character to the next, of two that stand together
_CLOSE = 4  # characters on either side of two rare ones that are looked at
_HOT = 14.5  # bits a character there: of 57 news pages 6 have such a place, of damaged lines all
_RARE_NEAR = 3  # characters three times as far round it that are rare; a word of two that are is a word
_STEP = 4  # characters behind a suspicious place that tell nothing new
BLOCK = 500_000  # characters or bytes looked at at once
_ASCII = bytes(range(0x80))
_NO_HAN = bytes({*range(0x100)} - {*range(0xE4, 0xEA)})


def foreign(text: str | bytes) -> str:
    """The characters that are not ASCII of a text, or of bytes in UTF-8; ten times faster than looking at each."""
    if isinstance(text, str):
        return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return text.translate(None, _ASCII).decode("utf-8", "ignore")  # a block's edge may cut a character


def han(text: str) -> int:
    """How many Han characters a text holds, less rare ones of Extension A: those that UTF-8 begins with E4 to E9."""
    return len(text.encode("utf-8", "surrogatepass").translate(None, _NO_HAN))


def suspicious(text: str | bytes) -> bool:
    """Whether a text, or bytes in UTF-8, may hold some that was read in a wrong charset; ASCII is passed over."""
    return any(next(places(block), None) is not None for block in foreign_blocks(text))


def foreign_blocks(text: str | bytes) -> Iterator[str]:
    """What `foreign` gives, a block at a time, so that a text of 100 MB is not held three times more."""
    for begin in range(0, len(text), BLOCK):
        yield foreign(text[begin : begin + BLOCK] if len(text) > BLOCK else text)


def places(text: str) -> Iterator[int]:
    """The suspicious places of a text in order, one of several that stand together.

    They are letters of Windows-1252 close together, bytes of UTF-8 read as GBK, and rare characters in rare company.
    """
    letters, leads, likely = _letters(), _leads(), tables.likely(_RARE)
    done, before = 0, -len(text)
    for match in _any().finditer(text):
        place, character = match.start(), match[0]
        suspect = place >= done and (
            (character in letters and _WESTERN.search(text, max(0, place - 3), place + 4) is not None)
            or (character in leads and _utf8_in_gbk().search(text, max(0, place - 2), place + 3) is not None)
        )
        if ord(character) not in likely:
            if not suspect and place >= done and (place - before <= _APART or _is_strange(character)):
                suspect = _alien(text, before, place)
            before = place
        if suspect:
            yield place
            done = place + _STEP


def alien(text: str, begin: int = 0) -> Iterator[int]:
    """Places of rare characters in rare company, from one on."""
    before = -len(text)
    for match in _rare().finditer(text, begin):
        place = match.start()
        if (place - before <= _APART or _is_strange(match[0])) and _alien(text, before, place):
            yield place
        before = place


def is_alien(text: str) -> bool:
    """Whether rare characters stand in rare company anywhere in a text; ASCII is passed over."""
    few = len(list(islice(_rare().finditer(text), _RARE_NEAR))) < _RARE_NEAR  # as in most articles
    return not few and next(alien(foreign(text)), None) is not None


def standing(text: str, characters: str) -> list[int]:
    """Where any of a few rare characters stands, in order; `str.find` runs to the next ten times faster than `re`."""
    found = []
    for character in characters:
        place = text.find(character)
        while place >= 0:
            found.append(place)
            place = text.find(character, place + 1)
    return sorted(found)


def rare_in(text: str) -> int:
    """How many of a text's characters Chinese text holds less than once in a thousand."""
    return len(_rare().findall(text))


def _alien(text: str, before: int, place: int) -> bool:
    """Whether a rare character, with the rare one before it, stands where no Chinese text has it."""
    together = place - before <= _APART and min(text[before + 1 : place], default="\x80") > "\x7f"
    if not together and not _is_strange(text[place]):
        return False
    start, end = before if together else place, place + 1
    rare = _rare().findall(text, max(0, start - 3 * _CLOSE), end + 3 * _CLOSE)
    if len(rare) < _RARE_NEAR or rare.count(reading.LOST) > len(rare) - 2:
        return False
    return plausible.mean(text[max(0, start - _CLOSE) : end + _CLOSE]) >= _HOT


def _is_strange(character: str) -> bool:
    """Whether a character is one that no charset has for text: a control character or one for private use."""
    return "\x80" <= character <= "\x9f" or "\ue000" <= character <= "\uf8ff"


@cache
def _rare() -> re.Pattern[str]:
    return re.compile(f"[^\x00-\x7f{tables.spans(tables.likely(_RARE))}]")


@cache
def _letters() -> frozenset[str]:
    pattern = re.compile(f"[{_LETTERS}]")
    return frozenset(c for c in map(chr, range(0x80, 0x300)) if pattern.match(c))


@cache
def _any() -> re.Pattern[str]:
    """A character of any of the three kinds: one class, which `re` looks for ten times faster than an alternative."""
    plain = tables.likely(_RARE) - {ord(c) for c in _letters() | _leads()}
    return re.compile(f"[^\x00-\x7f{tables.spans(plain)}]")


# Bytes of UTF-8 by their place in a Han character.
_FIRST, _REST = range(0xE3, 0xEA), range(0x80, 0xC0)


@cache
def _leads() -> frozenset[str]:
    """Characters of GBK whose bytes are the first of a Han character in UTF-8 and one behind it."""
    return _of_gbk(_FIRST, _REST)


@cache
def _utf8_in_gbk() -> re.Pattern[str]:
    """Three characters of GBK whose bytes are two of UTF-8, wherever the first begins: no Chinese text has such."""
    kinds = _leads(), _of_gbk(_REST, _FIRST), _of_gbk(_REST, _REST)
    begin, middle, end = (f"[{''.join(sorted(kind))}]" for kind in kinds)
    return re.compile(f"{begin}{middle}{end}|{middle}{end}{begin}|{end}{begin}{middle}")


def _of_gbk(leads: range, trails: range) -> frozenset[str]:
    """The characters of GBK that have these bytes."""
    made = (bytes([lead, trail]).decode("gbk", "ignore") for lead in leads for trail in trails)
    return frozenset(c for c in made if len(c) == 1 and c > "~")
