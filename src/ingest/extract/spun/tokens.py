"""An article's words for the check of spun text: those that the finders cut, and rarer ones put together again."""

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun.known import words
from ingest.extract.words import sentence

#: So many tokens that are no words stand between paragraphs and at both ends, so that whoever looks so far to either
#: side of a word finds something there.
REACH = 3
_MARGIN = "\n" * REACH
#: The longest word that is put together again.
_LONGEST = 4
#: Of a text so many characters a word are looked at: what has more is no text.
_CHARACTERS = 20
_HAN, _HANS = 0x4E00, 0x5200
_PLANE = 1 << 16
_HASHES, _FACTOR = np.uint32(1 << 19), np.uint32(0x9E3779B1)


class Tokens(NamedTuple):
    """A text as it is looked at: words in order, signs and other script as single characters or runs.

    Attributes:
        text: Its paragraphs with ``REACH`` line ends between them and at both ends.
        paragraphs: Where each paragraph begins in it.
        codes: Its characters as code points.
        starts: Where each token begins in it; it ends where the next begins.
        numbers: The numbers of the tokens, ``known.words().none`` for what is no word of the lexicon.
        looked: The tokens that are looked at: words of two characters and more that are in the lexicon.
    """

    text: str
    paragraphs: Any
    codes: Any
    starts: Any
    numbers: Any
    looked: Any

    @classmethod
    def of(cls, paragraphs: Sequence[str], most: int) -> "Tokens":
        """The tokens of a text, as far as the dictionary's first ``most`` words of it reach.

        The finders' dictionary leaves rare words out (研习), and synonyms of spinners are rare: they are put together
        again of what the dictionary cut.
        """
        pieces, begins, found, sizes = _cut(paragraphs, most)
        text = f"{_MARGIN}{_MARGIN.join(pieces)}{_MARGIN}"
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        numbers = _characters().take(codes, mode="clip")
        held = np.zeros(len(codes), np.int8)  # of each place, 1 where a word goes on, 2 where one begins
        if found:
            longer, size = [word for _, word in found], len(found)
            starts = np.fromiter([start for start, _ in found], np.intp, size) + np.repeat(begins, sizes)
            ends = starts + np.fromiter(map(len, longer), np.intp, size)
            held[starts + 1], held[ends] = 1, -1  # a word ends where no other goes on
            np.cumsum(held, dtype=np.int8, out=held)
            held[starts] = 2
            numbers[starts] = np.fromiter(map(words().number.get, longer, repeat(words().none)), np.uint16, size)
        _join(text, codes, (held == 0) & (codes - np.uint32(_HAN) < _HANS), numbers, held)
        starts = np.flatnonzero(held != 1)
        numbers = numbers[starts].astype(np.intp)
        return cls(text, begins, codes, starts, numbers, np.flatnonzero(words().longer[numbers]))

    def word(self, token: int) -> str:
        """The text of a token; there is always one behind it."""
        return self.text[self.starts[token] : self.starts[token + 1]]


def _cut(paragraphs: Sequence[str], most: int) -> tuple[list[str], Any, list[tuple[int, str]], list[int]]:
    """The paragraphs that are looked at, where each begins, the dictionary's words in all, and how many each has."""
    pieces: list[str] = []
    begins: list[int] = []
    sizes: list[int] = []
    found: list[tuple[int, str]] = []
    at, room = REACH, most * _CHARACTERS
    for text in paragraphs:
        longer, left, end = sentence(text).longer(), most - len(found), len(text)
        if len(longer) > left:
            longer, end = longer[:left], longer[left][0]
        if end > room:
            longer, end = [(start, word) for start, word in longer if start + len(word) <= room], room
        pieces.append(text[:end])
        begins.append(at)
        sizes.append(len(longer))
        found += longer
        at += end + REACH
        room -= end
        if len(found) == most or not room:
            break
    return pieces, np.array(begins), found, sizes


def _join(text: str, codes: Any, loose: Any, numbers: Any, held: Any) -> None:
    """Put the words of the lexicon together again, the longest at each place.

    Two characters where both stand alone, three and four also of the dictionary's words (本_年度, 移动_电话): so the
    lexicon's language model has them.
    """
    number, free = words().number, 0
    first = np.flatnonzero(loose[:-_LONGEST] & loose[1 : 1 - _LONGEST])
    first = first[_openings(2)[_hashed(codes, first, 2)]]
    longer = np.flatnonzero((held[:-_LONGEST] != 1) & ((held[1 : 1 - _LONGEST] != 1) | (held[2 : 2 - _LONGEST] != 1)))
    longer = longer[_openings(3)[_hashed(codes, longer, 3)]]
    for start in np.union1d(first, longer).tolist():
        if start < free:
            continue
        for end in range(start + _LONGEST, start + 1, -1):
            if held[end] == 1 or (found := number.get(text[start:end])) is None:
                continue
            if end - start > 2 or loose[start]:
                numbers[start], free = found, end
                held[start + 1 : end] = 1
            break


def _hashed(codes: Any, starts: Any, size: int) -> Any:
    """Numbers below ``_HASHES`` for so many characters from some places on."""
    found = codes[starts]
    for step in range(1, size):
        found = found * _FACTOR + codes[starts + step]
    return found % _HASHES


@cache
def _openings(size: int) -> Any:
    """Whether a word may begin with so many characters, by their number: that of others is seldom the same."""
    openings = "".join({word[:size] for word in words().texts if len(word) >= size})
    codes = np.frombuffer(openings.encode("utf-32-le"), "<u4")
    table = np.zeros(_HASHES, bool)
    table[_hashed(codes, np.arange(0, len(codes), size), size)] = True
    return table


@cache
def _characters() -> Any:
    """The numbers of single characters by their code points; the last is of all beyond the first plane."""
    table = np.full(_PLANE, words().none, np.uint16)
    for number in np.flatnonzero(~words().longer[:-1]).tolist():
        table[ord(words().texts[number])] = number
    return table
