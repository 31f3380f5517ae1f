"""Tunes what words say by what pages make of it: words of one author are odd together, which words alone do not tell.

The weights of ``Additive`` are moved, so that a page's figures that grow with them tell spun pages better. No more is
asked of the check: it reads other numbers.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from tests.spin.training.learning import Additive, regression

_SHARES = (0.01, 0.03, 0.1)
#: Where a word begins to count as loud, softly: what it says, and how steep.
_LOUD, _STEEP = (0.75, 1.0, 2.0), 2.0
_LOWEST, _HIGHEST = -8.0, 6.0
_ROUNDS, _BATCH, _RATE, _HEAD_RATE, _LAST = 4, 64, 0.004, 0.003, 0.05
#: How much it costs to move a weight, and how many of a page's words are left out of its turn: both hold it to what
#: many pages have in common. All of these by trial on unseen pages.
_PENALTY, _LEFT_OUT, _HEAD_PENALTY = 5e-4, 0.3, 3.0


class Page(NamedTuple):
    """A page: the classes of its words' figures, which of its different words each is, what else counts of it."""

    rows: Any
    which: Any
    beside: Any


class _Together(NamedTuple):
    """Some pages: their words' classes, to which word of which page each place belongs, how many words each has."""

    rows: Any
    which: Any
    times: Any
    page: Any
    sizes: Any

    @classmethod
    def of(cls, pages: Sequence[Page]) -> "_Together":
        sizes = np.array([page.which.max() + 1 for page in pages])
        starts = np.cumsum([0, *sizes[:-1]])
        which = np.concatenate([page.which + start for page, start in zip(pages, starts, strict=True)])
        rows = np.concatenate([page.rows for page in pages])
        return cls(rows, which, np.bincount(which), np.repeat(np.arange(len(pages)), sizes), sizes)

    def figures(self, weights: Any, bias: float, kept: Any) -> tuple[Any, Any]:
        """The figures of the pages, a row each, and how each grows with what each word says."""
        each = np.bincount(self.which, weights[self.rows].sum(1) + bias) / self.times
        size = np.maximum(np.bincount(self.page, kept, len(self.sizes)), 1.0)
        held = np.clip(each, _LOWEST, _HIGHEST)
        values, slopes, scales = [], [], []
        for share in _SHARES:
            odds = share * np.exp(held)
            values += [np.log(1 - share + odds)] * 2
            slopes += [odds / (1 - share + odds) * (held == each)] * 2
            scales += [size**-0.5, np.full_like(size, 0.1)]
        for least in _LOUD:
            loud = 1 / (1 + np.exp(-_STEEP * (each - least)))
            values.append(loud)
            slopes.append(_STEEP * loud * (1 - loud))
            scales.append(5 / size)
        values, slopes, scales = [*values, each], [*slopes, np.ones_like(each)], [*scales, 1 / size]
        found = [np.bincount(self.page, one * kept, len(size)) * by for one, by in zip(values, scales, strict=True)]
        grown = [one * kept * by[self.page] for one, by in zip(slopes, scales, strict=True)]
        return np.stack([*found, np.log(size)], 1), np.stack(grown, 1)

    def slope(self, size: int, words: Any) -> Any:
        """How the loss grows with each weight, given how it grows with what each word says."""
        places = (words / self.times)[self.which]
        return np.bincount(self.rows.ravel(), np.repeat(places, self.rows.shape[1]), size)


class _Adam:
    """Steps down a slope."""

    def __init__(self, size: int) -> None:
        self._mean, self._square, self._turn = np.zeros(size), np.zeros(size), 0

    def step(self, slope: Any, rate: Any) -> Any:
        self._turn += 1
        self._mean = 0.9 * self._mean + 0.1 * slope
        self._square = 0.99 * self._square + 0.01 * slope * slope
        mean, square = self._mean / (1 - 0.9**self._turn), self._square / (1 - 0.99**self._turn)
        return rate * mean / (np.sqrt(square) + 1e-8)


class _Head(NamedTuple):
    """What makes a verdict of pages' figures while words are tuned: weights, the constant last, of scaled figures."""

    weights: Any
    centre: Any
    spread: Any

    @classmethod
    def learn(cls, words: Additive, pages: Sequence[Page], labels: Any, worth: Any) -> "_Head":
        """By the words as they are."""
        found = []
        for at in range(0, len(pages), _BATCH):
            together = _Together.of(some := pages[at : at + _BATCH])
            figures, _ = together.figures(words.weights, words.bias, np.ones(len(together.page)))
            found.append(np.hstack([figures, [page.beside for page in some]]))
        table = np.concatenate(found)
        centre, spread = table.mean(0), table.std(0) + 1e-9
        return cls(regression((table - centre) / spread, labels, worth, _HEAD_PENALTY), centre, spread)

    def slope(self, told: Any, pages: Sequence[Page], labels: Any, worth: Any, draw: np.random.Generator) -> Any:
        """How the loss on some pages grows with all that is told: words' weights, the head's, the words' bias."""
        size = len(told) - len(self.weights) - 1
        together = _Together.of(pages)
        kept = draw.random(len(together.page)) > _LEFT_OUT
        figures, grown = together.figures(told[:size], told[-1], kept.astype(float))
        figures = (np.hstack([figures, [page.beside for page in pages]]) - self.centre) / self.spread
        head = told[size:-1]
        error = worth * (1 / (1 + np.exp(-(figures @ head[:-1] + head[-1]))) - labels) / len(pages)
        said = grown @ (head[:-1] / self.spread)[: grown.shape[1]] * error[together.page]
        return np.concatenate([together.slope(size, said), figures.T @ error, [error.sum(), said.sum()]])


def tune(words: Additive, pages: Sequence[Page], labels: Any, worth: Any) -> None:
    """Move the weights of words.

    Args:
        words: What words say as they are learnt one by one; changed in place.
        pages: The pages, healthy ones and copies.
        labels: 1 for a copy, 0 for a healthy page.
        worth: How much each page counts.
    """
    head, size, draw = _Head.learn(words, pages, labels, worth), len(words.weights), np.random.default_rng(0)
    told = np.concatenate([words.weights, head.weights, [words.bias]])
    adam, rates = _Adam(len(told)), np.repeat([_RATE, _HEAD_RATE], [size, len(told) - size])
    order = [n for _ in range(_ROUNDS) for n in draw.permutation(len(pages)).tolist()]
    for at in range(0, len(order), _BATCH):
        some = order[at : at + _BATCH]
        slope = head.slope(told, [pages[n] for n in some], labels[some], worth[some], draw)
        slope[:size] += 2 * _PENALTY * (told[:size] - words.weights)
        told -= adam.step(slope, rates) * (1 - (1 - _LAST) * at / len(order))
    words.weights, words.bias = told[:size], float(told[-1])
