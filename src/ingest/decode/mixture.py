"""Bytes that are not of one charset: damaged ones, and fragments that another system wrote in another charset.

Where the page's charset reads a stretch badly, the cheapest way through its bytes is looked for: characters of either
charset at their surprise, a price for changing the charset, a higher one for a byte that is lost.
"""

import re
from collections.abc import Iterator
from functools import cache

from ingest.decode import fitting, lattice, plausible, reading, tables
from ingest.decode.lattice import Step

MIXABLE = ("utf-8", "gb18030", "big5hkscs")
Part = str | bytes  # of a page: text in its charset, or a stretch of bytes that does not read well in it

# Prices in bits. A damaged byte costs as much as three good characters, so that one is never given up for a rare
# character; its neighbours are cheap, for damage comes in stretches and a lost character has up to three bytes more.
_LOST = 30.0
_MORE_LOST = 10.0
_SWITCH = 18.0
# More for changing the charset next to a character that is not ASCII: fragments begin at a tag or a blank.
_MIDDLE = 12.0
_KNOWN_SWITCH = 8.0  # once the page is known to hold fragments in that charset
_LOST_EARLIER = 12.0
_GAIN = 10.0  # bits a new reading has to save before it replaces the plain one
_LONGEST = 4  # bytes of a character in any of these charsets
_PIECE = 4096  # bytes read at once; a stretch without a blank or a mark is seldom longer
_BUDGET = 200_000  # bytes of damage looked at closely; beyond, the page is no text
_READABLE = 13.0  # bits a character; Chinese takes 9 to 12
# Bytes below 0x30 are no part of a longer character in any of these charsets: a safe place to begin anew.
_STRETCH = re.compile(rb"[\x30-\xff]{1,%d}" % _PIECE)
_BREAK = re.compile(rb"[\x00-\x2f]+")
_HAN = re.compile("[\u4e00-\u9fff\u3000-\u301f“”‘’—…·！-～\x00-\x7f]*")  # what Chinese prose is made of


def parts(content: bytes, encoding: str) -> list[Part]:
    """A page in parts: what reads well in its charset as text, the stretches that do not as they are."""
    found: list[Part] = []
    for line in content.splitlines(keepends=True):
        text = fitting.plain(line, encoding)
        found += [text] if text is not None else _line(line, encoding)
    return found


def _line(content: bytes, encoding: str) -> Iterator[Part]:
    place = 0
    while place < len(content):
        if gap := _BREAK.match(content, place):
            yield gap.group().decode("ascii")
            place = gap.end()
            continue
        found = _STRETCH.match(content, place)
        stretch = found.group() if found else b""
        if len(stretch) == _PIECE:
            stretch = _whole(stretch, encoding)
        text = fitting.plain(stretch, encoding)
        yield stretch if text is None else text
        place += len(stretch)


def _whole(stretch: bytes, encoding: str) -> bytes:
    """A stretch that was cut for its length, less the character that the cut went through."""
    try:
        stretch.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start >= len(stretch) - 3:
            return stretch[: error.start]
    return stretch


class Reader:
    """Reads a page stretch by stretch and counts what it meets."""

    def __init__(self, encoding: str, known: str | None = None) -> None:
        """``known`` is a charset that the page is known to hold fragments in."""
        self.encodings = (encoding, *(e for e in MIXABLE if e != encoding))
        self.switches = [0.0] + [_KNOWN_SWITCH if e == known else _SWITCH for e in self.encodings[1:]]
        states = range(len(self.encodings) + 1)
        # What it costs to go on in each charset, by whether the byte before is not ASCII and by the state so far.
        self.prices = [[self._prices(state, middle=middle) for state in states] for middle in (False, True)]
        self.budget = _BUDGET
        self.known: dict[bytes, str] = {}  # a page of one damaged word repeated is searched once
        self.lost = 0
        self.foreign: dict[str, int] = {}

    def read(self, found: list[Part]) -> list[str]:
        """The texts of a page's parts."""
        return [self._stretch(part) if isinstance(part, bytes) else part for part in found]

    def _stretch(self, stretch: bytes) -> str:
        if (text := self.known.get(stretch)) is None:
            text = self.known[stretch] = self._searched(stretch)
        return text

    def _searched(self, stretch: bytes) -> str:
        encoding = self.encodings[0]
        plain = reading.decode(stretch, encoding)
        valid = reading.LOST not in plain
        way = None
        if len(stretch) <= self.budget:
            self.budget -= len(stretch)
            data = _Stretch(stretch, self.encodings)
            way = lattice.cheapest(len(stretch), lambda place, state: self._steps(data, place, state))
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

    def _steps(self, stretch: "_Stretch", place: int, state: int) -> list[Step]:
        lost = len(self.encodings)
        middle = place > 0 and stretch.data[place - 1] > 0x7F
        prices = self.prices[middle][state]
        steps = [Step(size, into, made, bits + prices[into]) for into, size, made, bits in stretch.at(place)]
        steps.append(Step(1, lost, "" if state == lost else reading.LOST, _MORE_LOST if state == lost else _LOST))
        return steps

    def _prices(self, state: int, *, middle: bool) -> list[float]:
        """The price of each charset; that of staying in one, and of coming back from lost bytes to the page's, is 0."""
        if state == len(self.encodings):
            return self.switches
        more = _MIDDLE if middle else 0.0
        return [
            0.0 if into == state else max(self.switches[state], price) + more
            for into, price in enumerate(self.switches)
        ]


class _Stretch:
    """A stretch of bytes, and what may begin at each of its places, which every state of a way asks for."""

    def __init__(self, data: bytes, encodings: tuple[str, ...]) -> None:
        self.data = data
        self._encodings = encodings
        self._found: dict[int, list[tuple[int, int, str, float]]] = {}

    def at(self, place: int) -> list[tuple[int, int, str, float]]:
        """The characters that may begin at a place: their charset's number, their bytes, themselves, their bits."""
        if place not in self._found:
            head = self.data[place : place + _LONGEST]
            sizes = [_size(head, encoding) for encoding in self._encodings]
            self._found[place] = [
                (into, size, character, _bits(character))
                for into, size in enumerate(sizes)
                if size <= len(head) and (character := _character(head[:size], self._encodings[into])) is not None
            ]
        return self._found[place]


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


def _size(head: bytes, encoding: str) -> int:
    """How many bytes the character has that begins here, if one does; its first two bytes say it."""
    first = head[0]
    if first < 0x80:
        return 1
    if encoding == "utf-8":
        return 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    return 4 if encoding == "gb18030" and head[1:2].isdigit() else 2


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
