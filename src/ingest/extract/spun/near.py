"""How well words go with those around them, by vectors: also where nobody ever saw the very pair."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun import known

#: A gain where there is no synonym.
NOTHING = -8.0
#: The figures of the first look at a word, and what counts together with what it is by itself.
NAMES = ("beside", "around")
PAIRS = (("beside", "chance"), ("around", "chance"))
#: Those of a word in its place.
GAINS = ("beside_gain", "around_gain")
GAIN_PAIRS = (("beside_gain", "usual_gain"), ("around_gain", "usual"))
#: So many words before and behind count as around a word.
REACH = 3
_STEPS = np.arange(1, REACH + 1)
#: Of a word's synonyms the commonest are tried, so many, and those that spinners are known to put it in for.
_TRIED, _MOST = 6, 8
_REMEMBERED = 1 << 13  # words: what the pages of a field have in common


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
    words, number = told.decode().split(" "), known.words().number
    size = len(packed) // 2
    rows = np.full(len(number) + 1, len(words))
    rows[[number[word] for word in words]] = np.arange(len(words))
    return Vectors(rows, *(_side(packed[start : start + size], len(words)) for start in (0, size)))


def _side(packed: bytes, words: int) -> Side:
    scales = np.frombuffer(packed, "<f4", words)
    numbers = np.frombuffer(packed, np.int8, offset=4 * words).reshape(words, -1)
    return Side(np.vstack([numbers, np.zeros_like(numbers[:1])]), np.append(scales, np.float32(0)))


@lru_cache(maxsize=_REMEMBERED)
def tried(word: str) -> tuple[str, ...]:
    """The synonyms of a word that are tried in its place."""
    words = known.words()
    synonyms, usual = words.synonyms.get(word, ()), words.originals.get(word, frozenset())
    if usual:
        synonyms = tuple(sorted(synonyms, key=lambda one: (-words.chance[one], one)))
    return (synonyms[:_TRIED] + tuple(other for other in synonyms[_TRIED:] if other in usual))[:_MOST]


@lru_cache(maxsize=_REMEMBERED)
def _tried_numbers(word: str) -> list[int]:
    number = known.words().number
    found = [number[other] for other in tried(word)]
    return found + [-1] * (_MOST - len(found))


def tried_numbers(words: Sequence[str]) -> Any:
    """The numbers of the synonyms that are tried in the place of each word, filled up with -1."""
    return np.array([_tried_numbers(word) for word in words], int).reshape(-1, _MOST)


@cache
def longer() -> Any:
    """Which words, by number, are of two characters and more: 1, the others 0, and 0 for what is no word."""
    return np.array([*(len(word) > 1 for word in known.listed()), False], np.float32)


class Surroundings(NamedTuple):
    """What stands around some words: sums of vectors on either side, a row for each word.

    ``next_to`` is of the two neighbours, ``around`` the mean of the words of two characters and more within ``REACH``.
    """

    own: Any
    next_to: tuple[Any, Any]
    around: tuple[Any, Any]

    @classmethod
    def of(cls, numbers: Any, which: Any) -> "Surroundings":
        """Those of some of the words of a text, given the numbers of all (-1 for none) with ``REACH`` on either end."""
        rows, left, right = vectors()
        here, counted = rows[numbers], longer()[numbers]
        near_left, near_right = which[:, None] - _STEPS, which[:, None] + _STEPS
        size = np.maximum(counted[near_left].sum(1) + counted[near_right].sum(1), 1)[:, None]
        around_left = (left.of(here[near_left]) * counted[near_left][..., None]).sum(1) / size
        around_right = (right.of(here[near_right]) * counted[near_right][..., None]).sum(1) / size
        next_to = left.of(here[which - 1]), right.of(here[which + 1])
        return cls(here[which], next_to, (around_left, around_right))

    def figures(self) -> Any:
        """How well the words go with what is around them, a row of ``NAMES`` each."""
        _, left, right = vectors()
        own = left.of(self.own), right.of(self.own)
        return np.stack([_fit(*own, *sides) for sides in (self.next_to, self.around)], 1)

    def gains(self, texts: Sequence[str], numbers: Sequence[int]) -> Any:
        """How much better the best of the synonyms of some of the words would go, a row of ``GAINS`` each.

        Args:
            texts: These words.
            numbers: Which they are of all.
        """
        rows, left, right = vectors()
        others, own = rows[tried_numbers(texts)], self.own[numbers]
        missing = others == len(left.scales) - 1
        found = []
        for before, behind in (self.next_to, self.around):
            sides = before[numbers], behind[numbers]
            fits = _fit(left.of(others), right.of(others), sides[0][:, None], sides[1][:, None])
            fits[missing] = -np.inf
            best = fits.max(1, initial=-np.inf)
            found.append(np.where(np.isfinite(best), best - _fit(left.of(own), right.of(own), *sides), NOTHING))
        return np.stack(found, 1)


def _fit(left: Any, right: Any, before: Any, behind: Any) -> Any:
    """How well words fit between what stands before and behind."""
    return (right * before).sum(-1) + (left * behind).sum(-1)
