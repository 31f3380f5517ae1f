"""Text of one charset that was decoded in another: the ways it goes wrong, and all of it as bytes read anew."""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ingest.decode import codes, plausible, reading

_UTF8 = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_BETTER = 8.0  # bits that the few characters at a suspicious place have to save for more of them to be looked at


class Wrong(NamedTuple):
    """A way text goes wrong: the charset it was decoded in, those it may be in."""

    was: str
    true: tuple[str, ...]


WRONGS = (
    Wrong("cp1252", ("utf-8", "gb18030", "big5hkscs")),
    Wrong("gb18030", ("utf-8", "big5hkscs")),
    Wrong("big5hkscs", ("gb18030", "utf-8")),
)


class Slot(NamedTuple):
    """A character read anew: the best guess and, where bytes were lost, everything it may be, likeliest first.

    ``start`` is the offset of the wrong character that its first byte is from, or None if that is in the middle of it.
    """

    start: int | None
    made: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class Stretch:
    """A stretch of the wrong text and what it reads as: ``start`` and ``end`` are offsets in that text."""

    start: int
    end: int
    true: str
    slots: list[Slot] = field(default_factory=list)

    @property
    def made(self) -> str:
        """What the stretch reads as."""
        return "".join(slot.made for slot in self.slots)

    @property
    def guessed(self) -> int:
        """How many of its characters are one of several."""
        return sum(bool(slot.choices) for slot in self.slots)


@cache
def utf8_in_gbk() -> re.Pattern[str]:
    """Three characters of GBK whose bytes are two of UTF-8, wherever the first begins: no Chinese text has such."""
    first, rest = range(0xE3, 0xEA), range(0x80, 0xC0)
    begin, middle, end = (_class(leads, trails) for leads, trails in ((first, rest), (rest, first), (rest, rest)))
    return re.compile(f"{begin}{middle}{end}|{middle}{end}{begin}|{end}{begin}{middle}")


def _class(leads: range, trails: range) -> str:
    """A class of a regular expression for the characters of GBK that have these bytes."""
    made = (bytes([lead, trail]).decode("gbk", "ignore") for lead in leads for trail in trails)
    return f"[{''.join(sorted({c for c in made if len(c) == 1 and c > '~'}))}]"


def whole(text: str, wrong: Wrong) -> list[Stretch]:
    """All of a text read anew, where no byte of it was lost: one stretch for each true charset that fits."""
    by_character: dict[str, bytes] = {}
    for character in set(text):  # most texts hold some that rule out a charset, so that the first of them ends it
        written = codes.encoded(character, wrong.was)
        if written is None:
            return []
        by_character[character] = written
    known = [by_character[character] for character in text]
    data = b"".join(known)
    found = []
    for true in wrong.true:
        try:
            made = reading.strictly(data, true)
        except UnicodeDecodeError:
            continue
        if made != text:
            found.append(Stretch(0, len(text), true, _aligned(known, made, true)))
    return found


def _aligned(parts: list[bytes], made: str, true: str) -> list[Slot]:
    """The characters of a new reading, each with the wrong character that its bytes begin at."""
    begins = dict(zip(accumulate(map(len, parts), initial=0), range(len(parts) + 1), strict=True))
    slots, place = [], 0
    for character in made:
        slots.append(Slot(begins.get(place), character))
        place += len(_written(character, true))
    return slots


@cache
def _written(character: str, true: str) -> bytes:
    """The bytes of a character that was read from them."""
    return (codes.encoded(character, true) if true == "gb18030" else None) or character.encode(true, "replace")


def promising(text: str, places: list[int], wrong: Wrong) -> bool:
    """Whether it is worth looking for stretches: near a suspicious place the bytes read better, or are UTF-8."""
    for place in places:
        near = text[max(0, place - 8) : place + 12]
        data = b"".join(codes.encoded(character, wrong.was) or b"" for character in near)
        if len(_UTF8.findall(data)) >= 2:
            return True
        close = text[max(0, place - 1) : place + 6]
        data = b"".join(codes.encoded(character, wrong.was) or b"" for character in close)
        read = (reading.decode(data, true) for true in wrong.true if true != "utf-8")
        if any(plausible.bits(made) < plausible.bits(close) - _BETTER for made in read):
            return True
    return False
