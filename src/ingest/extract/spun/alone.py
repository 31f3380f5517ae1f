"""What a word says of spun text by itself: how common it is beside its synonyms, in the language and in news."""

import math
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun import known
from ingest.extract.spun.near import NOTHING
from ingest.extract.spun.weights import add, classes, weights

NAMES = ("chance", "rarer", "together", "news", "news_gain", "news_original", "usual", "usual_gain")
PAIRS = (("news", "chance"), ("usual", "usual_gain"))
#: The figures that count together with others in the first look at a word.
SHARED = ("chance", "usual")
#: How ordinary a word is that nobody judged, and a gain where nothing was judged.
_UNJUDGED = -1
_REMEMBERED = 1 << 13  # words: what the pages of a field have in common


class Alone(NamedTuple):
    """What a word says by itself, and the classes of its figures."""

    says: float
    classes: dict[str, int]


def figures(word: str, share: Callable[[str], float]) -> tuple[float, ...]:
    """What is known of a word by itself, in the order of ``NAMES``; all but the number of rarer ones are logarithms.

    ``chance`` is its share of running text and ``together`` how much commoner its synonyms together are; ``rarer`` is
    how many of them are commoner. ``news`` is how much commoner it is in news than elsewhere, ``news_gain`` how much
    commoner there the commonest synonym is, ``news_original`` of those that spinners are known to put it in for.
    ``usual`` is how ordinary it is in news by judgement, ``usual_gain`` how much more so the most ordinary synonym.

    Args:
        word: A word of the lexicon.
        share: Gives the logarithm of a word's share of news.
    """
    chance, synonyms, originals = known.words().chance, known.words().synonyms, known.words().originals
    usual = known.words().usual
    own, here, others, told = share(word), chance[word], synonyms.get(word, ()), originals.get(word, ())
    judged = usual.get(word, _UNJUDGED)
    return (
        here,
        sum(chance[other] > here for other in others),
        math.log(sum(math.exp(chance[other]) for other in others)) - here if others else NOTHING,
        own - here,
        max(map(share, others)) - own if others else NOTHING,
        max(map(share, told)) - own if told else NOTHING,
        judged,
        max((usual.get(other, _UNJUDGED) for other in others), default=judged) - judged,
    )


def _share(word: str) -> float:
    """The logarithm of a word's share of news; what nobody counted is as common there as elsewhere."""
    found = known.words().news.get(word)
    return known.words().chance[word] if found is None else found


@lru_cache(maxsize=_REMEMBERED)
def alone(word: str) -> Alone:
    """What a word of the lexicon says by itself."""
    found = classes(zip(NAMES, figures(word, _share), strict=True))
    return Alone(weights().bias + add(found, NAMES, PAIRS), found)


@cache
def _table() -> Any:
    """What each word says by itself, by its number, and its classes of ``SHARED``; NaN until it is asked for."""
    return np.full((len(known.listed()), 1 + len(SHARED)), np.nan)


def rows(numbers: Any) -> Any:
    """What words say by themselves and their classes of ``SHARED``, a row each, by their numbers."""
    table = _table()
    for number in set(numbers[np.isnan(table[numbers, 0])].tolist()):
        says, found = alone(known.listed()[number])
        table[number] = (says, *(found[name] for name in SHARED))
    return table[numbers]
