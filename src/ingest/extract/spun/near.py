"""How well words go with those around them, by vectors: also where nobody ever saw the very pair."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun.known import words
from ingest.extract.spun.tokens import REACH, Tokens

#: A gain where there is no synonym.
NOTHING = -8.0
#: The figures of the first look at a word.
NAMES = ("beside", "around")
#: Those of a word in its place.
GAINS = ("beside_gain", "around_gain")
_STEPS = np.arange(1, REACH + 1)
_NEXT = (_STEPS == 1).astype(np.float32)  # counts the neighbour alone


class Side(NamedTuple):
    """The vectors of words on one side of another: eight-bit numbers and a scale each, as they lie close together."""

    numbers: Any
    scales: Any

    def of(self, rows: Any) -> Any:
        """The vectors of some rows."""
        return self.numbers[rows] * self.scales[rows][..., None]


class Vectors(NamedTuple):
    """The vectors of words on the left and on the right of another; the last row, all noughts, is no word's.

    ``rows`` has the row of each word by its number. The product of a left and a right one is how much likelier the
    second is behind the first than anywhere (a natural logarithm, as far as so few numbers hold it).
    """

    rows: Any
    left: Side
    right: Side


@cache
def vectors() -> Vectors:
    """The vectors of ``spun_vectors.bin``: a comment line, the words, then each side's scales and eight-bit numbers."""
    _, told, packed = (lexicon.DATA / "spun_vectors.bin").read_bytes().split(b"\n", 2)
    held, number = told.decode().split(" "), words().number
    size = len(packed) // 2
    rows = np.full(len(number) + 1, len(held))
    rows[[number[word] for word in held]] = np.arange(len(held))
    return Vectors(rows, *(_side(packed[start : start + size], len(held)) for start in (0, size)))


def _side(packed: bytes, held: int) -> Side:
    scales = np.frombuffer(packed, "<f4", held)
    numbers = np.frombuffer(packed, np.int8, offset=4 * held).reshape(held, -1)
    return Side(np.vstack([numbers, np.zeros_like(numbers[:1])]), np.append(scales, np.float32(0)))


class Fits(NamedTuple):
    """How well the tokens of a text go together: of each two that are ``1`` to ``REACH`` apart, by the first of them.

    ``rows`` are the rows of their vectors, ``counted`` tells (1 or 0) which count as around others: words of two
    characters and more.
    """

    rows: Any
    counted: Any
    apart: tuple[Any, ...]

    @classmethod
    def of(cls, text: Tokens) -> "Fits":
        """Those of a text."""
        rows, *sides = vectors()
        here = rows[text.numbers]
        left, right = (side.numbers[here].astype(np.float32) for side in sides)
        scale, other = (side.scales[here] for side in sides)
        apart = [
            np.einsum("ij,ij->i", left[:-step], right[step:]) * (scale[:-step] * other[step:])
            for step in range(1, REACH + 1)
        ]
        return cls(here, words().longer[text.numbers].astype(np.float32), tuple(apart))

    def figures(self, looked: Any) -> Any:
        """How well some of the tokens go with what is around them, a row for each of ``NAMES``."""
        counted, (first, *_) = self.counted, self.apart
        around, size = np.zeros(len(looked), np.float32), np.zeros(len(looked), np.float32)
        for step, fits in enumerate(self.apart, 1):
            before, behind = looked - step, looked + step
            size += counted[before] + counted[behind]
            around += counted[before] * fits[before] + counted[behind] * fits[looked]
        return np.stack([first[looked - 1] + first[looked], around / np.maximum(size, 1)])

    def gains(self, places: Any, own: Any, others: Any) -> Any:
        """How much better the best of the synonyms of some tokens would go, a row for each of ``GAINS``.

        Args:
            places: The tokens.
            own: How well these themselves go, a row for each of ``NAMES``.
            others: The numbers of their synonyms, a row each, filled up with none.
        """
        rows, left, right = vectors()
        back, ahead = places[:, None] - _STEPS, places[:, None] + _STEPS
        counted = self.counted[back], self.counted[ahead]
        size = np.maximum(counted[0].sum(1) + counted[1].sum(1), 1)[:, None]
        sides = [
            np.stack([_NEXT + 0 * one, one / size], 1) @ vectors_of.of(self.rows[at])
            for one, vectors_of, at in zip(counted, (left, right), (back, ahead), strict=True)
        ]
        there = rows[others]
        fits = left.of(there) @ sides[1].swapaxes(1, 2) + right.of(there) @ sides[0].swapaxes(1, 2)
        fits[there == len(left.scales) - 1] = -np.inf
        best = fits.max(1).T
        return np.where(np.isfinite(best), best - own, NOTHING)
