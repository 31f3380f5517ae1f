"""What a word says of spun text by itself: how common it is beside its synonyms, in the language and in news."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ingest.extract.spun import known
from ingest.extract.spun.weights import add, classes, weights

#: A gain where there is no synonym.
NOTHING = -8.0
NAMES = ("chance", "rarer", "together", "news", "news_gain", "news_original")
PAIRS = (("news", "chance"),)
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

    Args:
        word: A word of the lexicon.
        share: Gives the logarithm of a word's share of news.
    """
    chance, synonyms, originals = known.words().chance, known.words().synonyms, known.words().originals
    own, here, others, told = share(word), chance[word], synonyms.get(word, ()), originals.get(word, ())
    return (
        here,
        sum(chance[other] > here for other in others),
        math.log(sum(math.exp(chance[other]) for other in others)) - here if others else NOTHING,
        own - here,
        max(map(share, others)) - own if others else NOTHING,
        max(map(share, told)) - own if told else NOTHING,
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
