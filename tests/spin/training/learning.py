"""Logistic regressions: one over classes of figures, whose weights add up, and one over the figures of pages."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

_CLASSES, _COARSE = 14, 7
_ROUNDS, _BATCH, _PENALTY = 15, 1024, 3e-4
#: A page's figures are held between such shares of those learnt from; what the square of a weight costs, of those that
#: tell: both by trial on unseen pages.
_HELD, _PAGE_PENALTY = (0.005, 0.995), 33.0
Pairs = Sequence[tuple[str, str]]


def edges(table: Any, names: Sequence[str]) -> dict[str, list[float]]:
    """Where the classes of each figure begin: as many values in each, as far as they differ."""
    return {name: _edges(table[:, number], _CLASSES) for number, name in enumerate(names)}


def _edges(values: Any, classes: int) -> list[float]:
    cuts = np.quantile(values, np.linspace(0, 1, classes + 1)[1:-1])
    return [float(cut) for cut in np.unique(np.round(cuts, 3))]


class Additive:
    """Weights of classes of figures and of pairs of classes. ``columns`` has them by name, ``bias`` for even odds."""

    def __init__(self, names: Sequence[str], pairs: Pairs, cuts: dict[str, list[float]]) -> None:
        self.names, self.pairs, self.edges = list(names), list(pairs), cuts
        sizes = [len(cuts[name]) + 1 for name in names]
        sizes += [(len(cuts[one]) + 1) * (len(cuts[two]) + 1) for one, two in pairs]
        self._starts = np.cumsum([0, *sizes])
        self.weights, self.bias = np.zeros(self._starts[-1]), 0.0

    def rows(self, table: Any) -> Any:
        """The classes of each row, as numbers in one list of weights."""
        found = {n: np.searchsorted(self.edges[n], table[:, i], "right") for i, n in enumerate(self.names)}
        columns = list(found.values())
        columns += [found[one] * (len(self.edges[two]) + 1) + found[two] for one, two in self.pairs]
        return np.stack([column + start for column, start in zip(columns, self._starts, strict=False)], 1)

    def learn(self, table: Any, labels: Any) -> "Additive":
        """Fit the weights by Adam."""
        rows, size = self.rows(table), int(self._starts[-1])
        weights, bias, step = np.zeros(size), 0.0, 0
        mean, square, order = np.zeros(size + 1), np.zeros(size + 1), np.random.default_rng(0)
        for turn in range(_ROUNDS):
            rate, shuffled = 0.03 * (1 - turn / _ROUNDS) + 0.002, order.permutation(len(rows))
            for at in range(0, len(rows), _BATCH):
                some = shuffled[at : at + _BATCH]
                error = 1 / (1 + np.exp(-(weights[rows[some]].sum(1) + bias))) - labels[some]
                slope = np.bincount(rows[some].ravel(), np.repeat(error, rows.shape[1]), minlength=size) / len(some)
                slope = np.append(slope + _PENALTY * weights, error.mean())
                step += 1
                mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
                move = rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
                weights -= move[:-1]
                bias -= float(move[-1])
        share = labels.mean()
        self.weights, self.bias = weights, bias - math.log(share / (1 - share))
        self.centre(rows[labels == 0])
        return self

    def centre(self, healthy: Any) -> None:
        """Have each column say nothing of healthy words on the whole, so that those left out are not missed.

        Args:
            healthy: The classes of such words, as ``rows`` has them.
        """
        means = self.weights[healthy].mean(0)
        self.weights -= np.repeat(means, np.diff(self._starts))
        self.bias += float(means.sum())

    def say(self, table: Any, first: Sequence[str] = (), pairs: Pairs = ()) -> Any:
        """What each row says, the logarithm of a likelihood ratio; by some figures and pairs alone if named."""
        said = self.weights[self.rows(table)]
        names = [*self.names, *self.pairs]
        chosen = [names.index(one) for one in (*first, *pairs)] if first else range(len(names))
        return said[:, list(chosen)].sum(1) + self.bias

    @property
    def columns(self) -> dict[str, list[float]]:
        """The weights of each figure's classes, and of each pair's."""
        names = [*self.names, *(f"{one} {two}" for one, two in self.pairs)]
        parts = np.split(self.weights, self._starts[1:-1])
        return {name: [round(float(w), 3) for w in part] for name, part in zip(names, parts, strict=True)}


def regression(rows: Any, labels: Any, worth: Any, penalty: float) -> Any:
    """Weights and bias (last) of a logistic regression, by Newton's method.

    Args:
        rows: The figures of each, of about one spread.
        labels: 1 or 0.
        worth: How much each counts, 1 on the whole.
        penalty: What the square of a weight costs: so many rows are needed to outweigh it.
    """
    table = np.hstack([rows, np.ones((len(rows), 1))])
    weights, held = np.zeros(table.shape[1]), np.diag([penalty] * rows.shape[1] + [1e-9])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (worth * (chance - labels)) + held @ weights
        weights -= np.linalg.solve((table.T * (worth * chance * (1 - chance))) @ table + held, slope)
    return weights


class Paged(NamedTuple):
    """What a page's figures say, each held between two values."""

    low: Any
    high: Any
    weights: Any
    bias: float

    @classmethod
    def learn(cls, found: Any, labels: Any, worth: Any) -> "Paged":
        """Learn from pages, a row of figures each."""
        low, high = np.quantile(found, _HELD, axis=0)
        held = np.clip(found, low, high)
        centre, spread = held.mean(0), held.std(0) + 1e-9
        *weights, bias = regression((held - centre) / spread, labels, worth, _PAGE_PENALTY)
        weights = np.array(weights) / spread
        return cls(low, high, weights, float(bias - weights @ centre))

    def value(self, found: Any) -> float:
        """The logarithm of the odds that a page is spun."""
        return float(self.weights @ np.clip(found, self.low, self.high) + self.bias)

    def written(self) -> dict[str, Any]:
        """As the weights' file has it."""
        rows = np.stack([self.low, self.high, self.weights], 1)
        return {"figures": [[round(float(one), 4) for one in row] for row in rows], "bias": round(self.bias, 4)}
