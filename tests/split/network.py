"""Fits the network by which headlines are told from headings (``ingest.strip.label_heads_net``)."""

from typing import NamedTuple

import numpy as np

from ingest.strip.label_heads_net import Net
from ingest.strip.label_heads_topic import Signs

_NETS, _UNITS = 5, 16  # nets whose answers are averaged: they err apart; hidden units of each
_ROUNDS, _BATCH, _STEP = 40, 256, 0.004
_RIDGE = 0.001
_LEFT_OUT = 0.1  # of the signs, by turns: no sign is leant on alone
_NARROW = 0.05  # added to the deviations, so that a rare sign does not outweigh all


class _Part(NamedTuple):
    """One net of the average, on signs as they are: weights into the units, round them, and out of them."""

    inner: np.ndarray
    base: np.ndarray
    outer: np.ndarray


def fit(signs: list[Signs], headline: list[bool]) -> Net:
    """Return the network for lines' signs and whether each is a headline; both sides weigh alike."""
    names = tuple(sorted(signs[0]))
    x = np.array([[each[name] for name in names] for each in signs])
    y = np.array(headline, dtype=float)
    parts = [_part(x, y, np.random.default_rng(seed)) for seed in range(_NETS)]
    hidden = np.concatenate([p.inner[:, :-1] for p in parts], axis=1)
    straight = sum(p.inner[:, -1:] for p in parts) / _NETS
    base = np.concatenate([*(p.base[:-1] for p in parts), [sum(p.base[-1] for p in parts) / _NETS]])
    outer = np.concatenate([p.outer for p in parts]) / _NETS
    return Net(names, np.hstack([hidden, straight]), base, outer)


def _part(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> _Part:
    """One net, by Adam; its units are tangents, and the last column of ``inner`` goes round them."""
    middle, spread = x.mean(axis=0), x.std(axis=0) + _NARROW
    scaled, share = (x - middle) / spread, y.mean()
    weight = np.where(y > 0, 0.5 / share, 0.5 / (1 - share))
    size = x.shape[1]
    inner = np.hstack([rng.normal(0, size**-0.5, (size, _UNITS)), np.zeros((size, 1))])
    fitted = [inner, np.zeros(_UNITS + 1), rng.normal(0, 0.3, _UNITS)]
    mean, square, step = [np.zeros_like(p) for p in fitted], [np.zeros_like(p) for p in fitted], 0
    for turn in range(_ROUNDS):
        order = rng.permutation(len(x))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            step += 1
            seen = scaled[chosen] * (rng.random((len(chosen), size)) > _LEFT_OUT) / (1 - _LEFT_OUT)
            for n, slope in enumerate(_slopes(fitted, seen, y[chosen], weight[chosen])):
                mean[n], square[n] = 0.9 * mean[n] + 0.1 * slope, 0.999 * square[n] + 0.001 * slope**2
                pace = _STEP * (1 - turn / _ROUNDS) / (1 - 0.9**step)
                fitted[n] -= pace * mean[n] / (np.sqrt(square[n] / (1 - 0.999**step)) + 1e-8)
    inner, base, outer = fitted
    return _Part(inner / spread[:, None], base - (middle / spread) @ inner, outer)


def _slopes(fitted: list[np.ndarray], x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> list[np.ndarray]:
    """The slopes of the loss (logistic, with a ridge) in the net's weights, for some lines."""
    inner, base, outer = fitted
    units = x @ inner + base
    bent = np.tanh(units[:, :-1])
    said = 1 / (1 + np.exp(-(bent @ outer + units[:, -1])))
    off = (weight * (said - y) / len(y))[:, None]
    back = np.hstack([off * outer * (1 - bent**2), off])
    return [x.T @ back + _RIDGE * inner, back.sum(axis=0), bent.T @ off[:, 0] + _RIDGE * outer]
