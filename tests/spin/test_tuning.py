"""Weights of words, moved by what pages make of them."""

import numpy as np

from tests.spin.training.learning import Additive, Paged
from tests.spin.training.tuning import Page, tune

SIZES = (40, 120)


def pages(spun: int, draw: np.random.Generator) -> list[Page]:
    """Pages of words with two figures of two classes. A copy has a few more words that are odd by the first."""
    found = []
    for size in draw.integers(*SIZES, 100).tolist():
        odd = draw.random(size) < 0.1 + 0.1 * spun
        own = np.full(size, draw.random() < 0.5)  # an author's habit, in all of a page's words or in none
        found.append(Page(np.stack([odd, 2 + own], 1).astype(int), np.arange(size), draw.random(1)))
    return found


def test_what_tells_pages_counts_more_and_an_authors_habit_no_more() -> None:
    draw = np.random.default_rng(1)
    words = Additive(["odd", "habit"], [], {"odd": [0.5], "habit": [0.5]})
    words.weights, words.bias = np.array([0.0, 0.3, 0.0, 0.3]), 0.0
    labels = np.repeat([0.0, 1.0], 100)
    tune(words, [*pages(0, draw), *pages(1, draw)], labels, np.ones(200))
    told = words.weights[1] - words.weights[0]
    assert told > 0.31
    assert words.weights[3] - words.weights[2] < 0.3


def test_pages_are_told_by_their_figures_held_between_bounds() -> None:
    draw = np.random.default_rng(2)
    rows, labels = draw.normal(size=(400, 3)), np.repeat([0.0, 1.0], 200)
    rows[:, 0] += 3 * labels
    learnt = Paged.learn(rows, labels, np.ones(400))
    right = [learnt.value(row) > 0 for row in rows]
    assert np.mean(right == (labels > 0)) > 0.85
    assert learnt.value(np.array([1e9, 0, 0])) == learnt.value(np.array([learnt.high[0], 0, 0]))
