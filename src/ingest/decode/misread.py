"""Text of one charset that was decoded in another: the ways it goes wrong, and all of it as bytes read anew."""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ingest.decode import codes, plausible, reading

_HEAD = 64  # characters
_CLIPPED = 30.0  # bits of the character that the end of a text's beginning may cut through
# Two Han characters in UTF-8; one may well stand in the bytes of Chinese text by chance.
_UTF8 = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2}")
_LIKELY = 15.0  # bits a character; Chinese takes 9 to 12, a name 14
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


def whole(text: str, wrong: Wrong) -> list[Stretch]:
    """All of a text read anew, where no byte of it was lost: one stretch for each true charset that fits."""
    trues = _fitting(text[:_HEAD], wrong)  # none for most texts
    parts = _written(text, wrong.was) if trues else None
    if parts is None:
        return []
    data = b"".join(parts)
    found = []
    for true in trues:
        try:
            made = reading.strictly(data, true)
        except UnicodeDecodeError:
            continue
        if made != text and plausible.bits(made) < plausible.bits(text):
            found.append(Stretch(0, len(text), true, _aligned(parts, made, true)))
    return found


def _fitting(head: str, wrong: Wrong) -> list[str]:
    """The charsets that a text's beginning reads no worse in."""
    parts = _written(head, wrong.was)
    if parts is None:
        return []
    data, most = b"".join(parts), plausible.bits(head) + _CLIPPED
    return [t for t in wrong.true if reading.decodes(data, t) and plausible.bits(reading.decode(data, t)) < most]


def _written(text: str, was: str) -> list[bytes] | None:
    """The bytes that each character was decoded from, or None if one is not of the charset."""
    parts = []
    for character in text:
        part = codes.encoded(character, was)
        if part is None:
            return None
        parts.append(part)
    return parts


def _aligned(parts: list[bytes], made: str, true: str) -> list[Slot]:
    """The characters of a new reading, each with the wrong character that its bytes begin at."""
    begins = dict(zip(accumulate(map(len, parts), initial=0), range(len(parts) + 1), strict=True))
    slots, place = [], 0
    for character in made:
        slots.append(Slot(begins.get(place), character))
        place += len(_bytes(character, true))
    return slots


@cache
def _bytes(character: str, true: str) -> bytes:
    """The bytes of a character that was read from them."""
    return (codes.encoded(character, true) if true == "gb18030" else None) or character.encode(true, "replace")


def promising(text: str, places: list[int], wrong: Wrong) -> bool:
    """Whether it is worth looking for stretches: near a suspicious place the bytes read better, or are UTF-8."""
    return any(
        any(map(_likely, _UTF8.findall(_own(text[max(0, place - 8) : place + 12], wrong.was)[1])))
        or _gains(text[max(0, place - 1) : place + 6], wrong)
        for place in places
    )


def _likely(data: bytes) -> bool:
    return plausible.mean(data.decode("utf-8", "replace")) < _LIKELY


def _gains(close: str, wrong: Wrong) -> bool:
    """Whether the characters of a charset among a few read better in another."""
    kept, data = _own(close, wrong.was)
    most = plausible.bits(kept) - _BETTER
    return most > 0 and any(plausible.bits(reading.decode(data, true)) < most for true in wrong.true if true != "utf-8")


def _own(text: str, was: str) -> tuple[str, bytes]:
    """Those of some characters that are of a charset or a mark of loss, and the bytes of the former."""
    known = [(character, codes.encoded(character, was) or b"") for character in text]
    return "".join([c for c, data in known if data or c == reading.LOST]), b"".join([data for _, data in known])
