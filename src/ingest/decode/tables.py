"""What this room knows about characters: how common each is and which are Traditional; read from ``data/`` once."""

import string
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise

# Bits of surprise of what the counted dictionary does not hold. The figures are round: a Chinese text takes 9 to 10
# bits a character, one read in a wrong charset 16 to 20, and what decides is the sum over all of a text's characters.
_ASCII = (
    dict.fromkeys(" \n", 4.0)
    | dict.fromkeys("\t\r", 6.0)
    | dict.fromkeys(string.ascii_lowercase, 5.5)
    | dict.fromkeys(string.digits, 6.0)
    | dict.fromkeys(string.ascii_uppercase, 7.0)
    | dict.fromkeys(string.punctuation, 7.5)
)
_MARKS = (
    dict.fromkeys("，。、", 5.0)
    | dict.fromkeys("“”：；（）《》！？·—…‘’「」『』【】", 8.0)
    | dict.fromkeys("\u3000％％＋－．～〔〕〈〉℃×①②③④⑤●■★→", 11.0)
)
_HAN_BITS = 24.0  # a Han character that no word of the dictionary holds; the rarest that some word holds has 27
_BLOCKS = (  # the last code point of a stretch, and its bits
    (0x007F, 25.0),  # control characters
    (0x009F, 30.0),
    (0x00FF, 11.0),  # Latin-1: letters with accents, signs
    (0x017F, 14.0),
    (0x036F, 20.0),
    (0x03FF, 12.0),  # Greek
    (0x045F, 9.5),  # Cyrillic
    (0x1DFF, 20.0),
    (0x1EFF, 14.0),  # Latin for Vietnamese
    (0x206F, 14.0),
    (0x2BFF, 15.0),  # symbols, arrows, boxes
    (0x303F, 14.0),
    (0x30FF, 13.0),  # kana
    (0x33FF, 18.0),
    (0xABFF, _HAN_BITS),
    (0xD7A3, 14.5),  # Hangul: more than half of it is rare
    (0xDFFF, 30.0),
    (0xF8FF, 30.0),  # private use
    (0xFAFF, _HAN_BITS),
    (0xFEFF, 20.0),
    (0xFF5E, 11.0),  # full-width forms
    (0xFFFF, 30.0),
    (0x1FFFF, 22.0),
    (0x3FFFF, 26.0),  # the planes of rare Han characters
    (0x10FFFF, 30.0),
)


def rows(name: str) -> list[str]:
    """The lines of a data file, less its origin and empty ones."""
    text = files("ingest.data").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


class _Bits(dict[str, float]):
    """Bits by character; what is asked for and not there is taken from its block."""

    def __missing__(self, character: str) -> float:
        unassigned = unicodedata.category(character) == "Cn"
        value = 30.0 if unassigned else next(v for last, v in _BLOCKS if ord(character) <= last)
        self[character] = value
        return value


@cache
def counted() -> dict[str, float]:
    """How surprising the characters are that Chinese text is made of, in bits."""
    table = _ASCII | _MARKS
    for row in rows("decode_characters.txt"):
        weight, characters = row.split("\t")
        table.update(dict.fromkeys(characters, float(weight)))
    return table


@cache
def bits() -> dict[str, float]:
    """How surprising any character is in a Chinese text, in bits; for `dict.__getitem__`, it grows as it is asked."""
    return _Bits(counted())


@cache
def traditional() -> frozenset[str]:
    """Characters that stand in Traditional script alone."""
    return frozenset("".join(rows("decode_traditional.txt")))


@cache
def likely(bits: float) -> frozenset[int]:
    """The code points above ASCII that take fewer bits than that; unassigned ones of the blocks among them."""
    found = {ord(c) for c, own in counted().items() if own < bits and c > "\x7f"}
    for (last, _), (end, own) in pairwise(_BLOCKS):
        if own < bits:
            found.update(range(last + 1, end + 1))
    return frozenset(found)


def spans(codes: Iterable[int]) -> str:
    """Code points as the inside of a regular expression's class."""
    joined: list[list[int]] = []
    for code in sorted(codes):
        if joined and code == joined[-1][1] + 1:
            joined[-1][1] = code
        else:
            joined.append([code, code])
    return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in joined)
