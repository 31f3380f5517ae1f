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
#: What stands around a word: behind it, where its left vector counts, and before it, where its right one does. There
#: the other vector of each counts.
_STEPS = np.arange(1, REACH + 1)
_SIDES, _OTHER = np.array([_STEPS, -_STEPS]).T, np.array([[1], [0]])


class Vectors(NamedTuple):
    """The vectors of words on the left and on the right of another; the last row, all noughts, is no word's.

    ``rows`` has the row of each word by its number. A row has two vectors, left and right, of eight-bit numbers, and a
    scale for each: so they lie close together. The product of a left and a right one is how much likelier the second is
    behind the first than anywhere (a natural logarithm, as far as so few numbers hold it).
    """

    rows: Any
    numbers: Any
    scales: Any

    def plain(self, rows: Any) -> Any:
        """The vectors of some rows, before they are scaled."""
        return self.numbers.take(rows, 0, mode="clip").astype(np.float32)

    def of(self, rows: Any) -> Any:
        """The vectors of some rows."""
        return self.plain(rows) * self.scales[rows][..., None]


@cache
def vectors() -> Vectors:
    """The vectors of ``spun_vectors.bin``: a comment line, the words, then each side's scales and eight-bit numbers."""
    _, told, packed = (lexicon.DATA / "spun_vectors.bin").read_bytes().split(b"\n", 2)
    held, number = told.decode().split(" "), words().number
    sides = np.frombuffer(packed, np.uint8).reshape(2, -1)
    scales = sides[:, : 4 * len(held)].copy().view("<f4").T
    numbers = sides[:, 4 * len(held) :].view(np.int8).reshape(2, len(held), -1).swapaxes(0, 1)
    rows = np.full(len(number) + 1, len(held))
    rows[[number[word] for word in held]] = np.arange(len(held))
    none = (np.concatenate([each, np.zeros_like(each[:1])]) for each in (numbers, scales))
    return Vectors(rows, *map(np.ascontiguousarray, none))


class Fits(NamedTuple):
    """How well the tokens of a text go together: of each two that are ``1`` to ``REACH`` apart, by the first of them.

    ``plain`` are their vectors, ``scales`` what these are to be multiplied by, ``counted`` tells (1 or 0) which count
    as around others: words of two characters and more.
    """

    plain: Any
    scales: Any
    counted: Any
    apart: tuple[Any, ...]

    @classmethod
    def of(cls, text: Tokens) -> "Fits":
        """Those of a text."""
        held = vectors()
        rows = held.rows[text.numbers]
        plain, scales = held.plain(rows), held.scales[rows]
        (left, right), (one, two) = plain.swapaxes(0, 1), scales.T
        steps = range(1, REACH + 1)
        apart = [np.einsum("ij,ij->i", left[:-step], right[step:]) * one[:-step] * two[step:] for step in steps]
        return cls(plain, scales, words().longer[text.numbers].astype(np.float32), tuple(apart))

    def figures(self, looked: Any) -> Any:
        """How well some of the tokens go with what is around them, a row for each of ``NAMES``."""
        counted, (first, *_) = self.counted, self.apart
        around, size = np.zeros_like(counted), np.zeros_like(counted)
        for step, fits in enumerate(self.apart, 1):  # of all tokens: slices cost less than choosing
            around[step:] += counted[:-step] * fits
            around[:-step] += counted[step:] * fits
            size[step:] += counted[:-step]
            size[:-step] += counted[step:]
        return np.array([first[looked - 1] + first[looked], around[looked] / np.maximum(size[looked], 1)])

    def gains(self, places: Any, own: Any, others: Any) -> Any:
        """How much better the best of the synonyms of some tokens would go, a row for each of ``GAINS``.

        Args:
            places: The tokens.
            own: How well these themselves go, a row for each of ``NAMES``.
            others: The numbers of their synonyms, a row each, filled up with none.
        """
        held = vectors()
        at = places + _SIDES[:, :, None]
        near, counted = self.plain[at, _OTHER] * self.scales[at, _OTHER][..., None], self.counted[at][..., None]
        around = (near * counted).sum(0) / np.maximum(counted.sum((0, 1)), 1)
        beside = np.array([near[0], around])
        there, width = held.rows[others], held.numbers[0].size
        fits = held.of(there).reshape(*there.shape, width) @ beside.transpose(2, 1, 3, 0).reshape(-1, width, 2)
        fits[there == len(held.numbers) - 1] = -np.inf
        best = fits.max(1).T
        return np.where(np.isfinite(best), best - own, NOTHING)
