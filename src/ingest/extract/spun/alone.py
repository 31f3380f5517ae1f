"""What a word says of spun text by itself: how common it is beside its synonyms, in the language and in news."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun.known import words
from ingest.extract.spun.near import NOTHING
from ingest.extract.spun.weights import Sum, classes, weights

NAMES = ("chance", "rarer", "together", "news", "news_gain", "news_original", "usual", "usual_gain")
PAIRS = (("news", "chance"), ("usual", "usual_gain"))

#: Less than any logarithm here, and next to nothing.
_LEAST, _TINY = -1e6, 1e-300


class Alone(NamedTuple):
    """What words say by themselves, by their numbers, and the classes of their figures: a row for each of ``NAMES``."""

    says: Any
    classes: Any


def figures(numbers: Any, share: Any) -> Any:
    """What is known of words by themselves, a row for each of ``NAMES``, but for counts and ratings in logarithms.

    ``chance`` is its share of running text and ``together`` how much commoner its synonyms together are; ``rarer`` is
    how many of them are commoner. ``news`` is how much commoner it is in news than elsewhere, ``news_gain`` how much
    commoner there the commonest synonym is, ``news_original`` of those that spinners are known to put it in for.
    ``usual`` is how ordinary it is in news by judgement, ``usual_gain`` how much more so the most ordinary synonym.

    Args:
        numbers: The words, by their numbers.
        share: The logarithms of all words' shares of news, by their numbers.
    """
    known = words()
    here, own, usual, others = known.chance[numbers], share[numbers], known.usual[numbers], known.synonyms[numbers]
    there = others != known.none
    chance = np.where(there, known.chance[others], -np.inf)
    news = np.where(there, share[others], -np.inf)
    told = np.where(known.originals[numbers], news, -np.inf)
    ordinary = np.where(there, known.usual[others], -1).max(1)
    return np.array(
        [
            here,
            (chance > here[:, None]).sum(1),
            or_nothing(together(chance) - here),
            own - here,
            or_nothing(news.max(1) - own),
            or_nothing(told.max(1) - own),
            usual,
            np.where(there.any(1), ordinary - usual, 0),
        ]
    )


def together(logarithms: Any) -> Any:
    """The logarithms of the sums of rows of numbers that are given by theirs, -inf for nought; at least ``_LEAST``."""
    top = np.maximum(logarithms.max(-1), _LEAST)
    return top + np.log(np.exp(logarithms - top[..., None]).sum(-1) + _TINY)


def or_nothing(gain: Any) -> Any:
    """Gains, and ``NOTHING`` where there is nothing to gain: there they are below all measure."""
    return np.where(gain > _LEAST / 2, gain, NOTHING)


@cache
def alone() -> Alone:
    """What the words of the lexicon say by themselves."""
    found = classes(NAMES, figures(np.arange(words().none + 1), words().news))
    return Alone(weights().bias + Sum.of(NAMES, (*NAMES, *PAIRS)).add(found), found)
