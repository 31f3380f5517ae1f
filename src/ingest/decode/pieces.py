"""Pages whose bytes are not of one charset: damaged bytes, and fragments that another system wrote in another charset.

Where the page's charset reads a stretch badly, the cheapest way through its bytes is looked for: characters of either
charset at their surprise, a price for changing the charset, a higher one for a byte that is lost.
"""

import re
from functools import cache
from typing import NamedTuple

from ingest.decode import lattice, plausible, reading, signs, tables
from ingest.decode.lattice import Step

MIXABLE = ("utf-8", "gb18030", "big5hkscs")
# Prices in bits. A damaged byte costs as much as three good characters, so that one is never given up for a rare
# character; its neighbours are cheap, for damage comes in stretches and a lost character has up to three bytes more.
_LOST = 30.0
_MORE_LOST = 10.0
_SWITCH = 18.0
_MIDDLE = (
    12.0  # more for changing the charset next to a character that is not ASCII: fragments begin at a tag or a blank
)
_KNOWN_SWITCH = 8.0  # once the page is known to hold fragments in that charset
_LOST_EARLIER = 12.0
_GAIN = 10.0  # bits a new reading has to save before it replaces the plain one
_PIECE = 4096  # bytes read at once; a stretch without a blank or a mark is seldom longer
_BUDGET = 200_000  # bytes of damage looked at closely; beyond, the page is no text
# Bytes below 0x30 are no part of a longer character in any of these charsets: a safe place to begin anew.
_LONGEST = 4  # bytes of a character in any of these charsets
_EDGE = 64  # characters that show whether a page reads well from its first whole character on
_READABLE = 13.0  # bits a character; Chinese takes 9 to 12
_USUAL = 15.0  # bits; the common characters of Traditional script take 11 to 15
_SHIFTED = 4.0  # bits that a text has to save by beginning one byte later
_HEAD = re.compile("[^\x00-\x7f]{1,200}[\x00-\x7f]?")
_CUT_SHORT = re.compile("unexpected end|incomplete")
_STRETCH = re.compile(rb"[\x30-\xff]{1,%d}" % _PIECE)
_STRANGE = re.compile("[\x80-\x9f\ue000-\uf8ff]")  # what no charset has for text
_HAN = re.compile("[\u4e00-\u9fff\u3000-\u301f“”‘’—…·！-～\x00-\x7f]*")  # what Chinese prose is made of
_BREAK = re.compile(rb"[\x00-\x2f]+")


class Pieces(NamedTuple):
    """Text put together from pieces: how many stretches were lost, how many characters stood in another charset."""

    text: str
    lost: int
    foreign: dict[str, int]


def decode(content: bytes, encoding: str, text: str | None = None) -> Pieces:
    """Read bytes that are mostly of one charset.

    A page that is of one charset throughout costs one pass. ``encoding`` is the charset of most of it; others than
    UTF-8, GB 18030 and Big5 are read plainly. ``text`` is all of them in that charset, where somebody has read them.
    """
    if text is None:
        text = _plain(content, encoding)
    elif not _fits(text, encoding):
        text = None
    if text is not None:
        shifted = _shifted(content, encoding, text)
        return Pieces(shifted or text, shifted is not None, {})
    if (clipped := _clipped(content, encoding)) is not None:
        return clipped
    if encoding not in MIXABLE:
        text = reading.decode(content, encoding)
        return Pieces(text, text.count(reading.LOST), {})
    first = _Reader(encoding, _SWITCH)
    parts = first.read(content)
    if first.foreign and first.lost:
        second = _Reader(encoding, _SWITCH, known=max(first.foreign, key=lambda e: first.foreign[e]))
        parts, first = second.read(content), second
    return Pieces("".join(parts), first.lost, dict(first.foreign))


def _clipped(content: bytes, encoding: str) -> Pieces | None:
    """A page that is of the charset but for its first or last character, cut through on its way; None for any other.

    Without this the cheapest way through would read the halves of two neighbours as one character.
    """
    for begin in range(_LONGEST):
        end = len(content)
        try:
            text = reading.strictly(content[begin:] if begin else content, encoding)
        except UnicodeDecodeError as error:
            end = begin + error.start
            if end < len(content) - _LONGEST + 1 or not _CUT_SHORT.search(error.reason):
                continue
            text = reading.strictly(content[begin:end], encoding)
            if not begin and (shifted := _shifted(content[:end], encoding, text)):
                return Pieces(shifted + reading.LOST, 2, {})
        if begin and (plausible.mean(text[:_EDGE]) >= _READABLE):
            continue
        if not begin and end == len(content):
            return None  # whole, and yet no text: it holds stretches in another charset, or rare characters
        if _fits(text, encoding):
            marks = reading.LOST if begin else "", reading.LOST if end < len(content) else ""
            return Pieces(text.join(marks), sum(map(bool, marks)), {})
    return None


def _shifted(content: bytes, encoding: str, text: str) -> str | None:
    """A text that begins with the second half of a character, which made pairs of halves up to the first ASCII."""
    if encoding not in {"gb18030", "big5hkscs"} or content[:1].isascii() or not (head := _HEAD.match(text)):
        return None
    size = len(head.group().encode(encoding, "replace"))
    better = reading.decode(content[1:size], encoding)
    if max(map(tables.bits().__getitem__, better), default=_LOST) >= _USUAL:  # as it is in the halves of rare names
        return None
    if plausible.bits(better) + _LOST_EARLIER + _SHIFTED > plausible.bits(head.group()):
        return None
    try:
        return reading.LOST + reading.strictly(content[1:], encoding)
    except UnicodeDecodeError:
        return None


def _plain(content: bytes, encoding: str) -> str | None:
    """The bytes as text, if they are of the charset and read well; UTF-8 that is valid always does."""
    try:
        text = reading.strictly(content, encoding)
    except UnicodeDecodeError:
        return None
    return text if _fits(text, encoding) else None


def _fits(text: str, encoding: str) -> bool:
    """Whether bytes that are of a charset are text in it; in UTF-8 they always are."""
    if encoding not in {"gb18030", "big5hkscs"}:
        return True
    return not any(_STRANGE.search(f) or next(signs.alien(f), None) is not None for f in signs.foreign_blocks(text))


class _Reader:
    """Reads a page stretch by stretch and counts what it meets."""

    def __init__(self, encoding: str, switch: float, known: str | None = None) -> None:
        self.encodings = (encoding, *(e for e in MIXABLE if e != encoding))
        self.switches = [0.0] + [_KNOWN_SWITCH if e == known else switch for e in self.encodings[1:]]
        self.budget = _BUDGET
        self.known: dict[bytes, str] = {}  # a page of one damaged word repeated is searched once
        self.lost = 0
        self.foreign: dict[str, int] = {}

    def read(self, content: bytes) -> list[str]:
        parts = []
        for line in content.splitlines(keepends=True):
            text = _plain(line, self.encodings[0])
            parts += [text] if text is not None else self._line(line)
        return parts

    def _line(self, content: bytes) -> list[str]:
        parts = []
        place = 0
        while place < len(content):
            if gap := _BREAK.match(content, place):
                parts.append(gap.group().decode("ascii"))
                place = gap.end()
                continue
            found = _STRETCH.match(content, place)
            stretch = found.group() if found else b""
            if len(stretch) == _PIECE:
                stretch = self._whole(stretch)
            parts.append(self._stretch(stretch))
            place += len(stretch)
        return parts

    def _whole(self, stretch: bytes) -> bytes:
        """A stretch that was cut for its length, less the character that the cut went through."""
        try:
            stretch.decode(self.encodings[0])
        except UnicodeDecodeError as error:
            if error.start >= len(stretch) - 3:
                return stretch[: error.start]
        return stretch

    def _stretch(self, stretch: bytes) -> str:
        encoding = self.encodings[0]
        if (text := _plain(stretch, encoding)) is not None or (text := self.known.get(stretch)) is not None:
            return text
        text = self.known[stretch] = self._searched(stretch)
        return text

    def _searched(self, stretch: bytes) -> str:
        encoding = self.encodings[0]
        plain = reading.decode(stretch, encoding)
        valid = reading.LOST not in plain
        way = None
        if len(stretch) <= self.budget:
            self.budget -= len(stretch)
            way = lattice.cheapest(len(stretch), lambda place, state: self._steps(stretch, place, state))
        if way is None or (valid and (way.price > self._price(plain) - _GAIN or not _convinces(way, plain))):
            self.lost += plain.count(reading.LOST)
            return plain
        for _, step in way.steps:
            if step.into == len(self.encodings):
                self.lost += step.made != ""
            elif step.into > 0:
                name = self.encodings[step.into]
                self.foreign[name] = self.foreign.get(name, 0) + 1
        return "".join(step.made for _, step in way.steps)

    def _price(self, plain: str) -> float:
        return sum(map(tables.bits().__getitem__, plain))

    def _steps(self, data: bytes, place: int, state: int) -> list[Step]:
        lost = len(self.encodings)
        middle = place > 0 and data[place - 1] > 0x7F
        steps = [
            Step(size, index, character, bits + (self._switch(state, index, middle=middle) if index != state else 0.0))
            for index, encoding in enumerate(self.encodings)
            for size, character, bits in _characters(data[place : place + 4], encoding)
        ]
        steps.append(Step(1, lost, "" if state == lost else reading.LOST, _MORE_LOST if state == lost else _LOST))
        return steps

    def _switch(self, state: int, into: int, *, middle: bool) -> float:
        """The price of changing the charset; coming back from lost bytes to the page's own is free."""
        if state == len(self.encodings):
            return self.switches[into]
        return max(self.switches[state], self.switches[into]) + (_MIDDLE if middle else 0.0)


def _convinces(way: lattice.Way, plain: str) -> bool:
    """Whether a way that gives up bytes reads well where it differs from a reading that is valid.

    Behind a byte that was lost the halves of common characters make rare ones, and the way brings the common ones back.
    In a list of rare names (郗浛, 赟昀) every way is cheaper than the names, and reads like 俊③к病②S.
    """
    made = "".join(step.made for _, step in way.steps)
    if reading.LOST not in made:
        return True
    same = _alike(made, plain)
    end = _alike(made[same:][::-1], plain[same:][::-1])
    other = made[same : len(made) - end].replace(reading.LOST, "")
    return not other or (plausible.mean(other) < _READABLE and _HAN.fullmatch(other) is not None)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


_SIZES = {"utf-8": (1, 2, 3, 4), "gb18030": (1, 2, 4), "big5hkscs": (1, 2)}


def _characters(head: bytes, encoding: str) -> list[tuple[int, str, float]]:
    """The characters that may begin here in a charset: their bytes, themselves, their bits."""
    if head[0] < 0x80:
        sizes: tuple[int, ...] = (1,)
    else:
        sizes = tuple(size for size in _SIZES[encoding] if 1 < size <= len(head))
    found = [(size, _character(head[:size], encoding)) for size in sizes]
    return [(size, character, _bits(character)) for size, character in found if character is not None]


def _bits(character: str) -> float:
    """Surprise; the mark of a character that another system lost is no news in a page that holds it as such."""
    return _LOST_EARLIER if character == reading.LOST else tables.bits()[character]


@cache
def _character(data: bytes, encoding: str) -> str | None:
    """The one character that the bytes are, or None."""
    try:
        text = reading.strictly(data, encoding)
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None
