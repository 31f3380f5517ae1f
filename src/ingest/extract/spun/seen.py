"""Which words were met side by side in healthy news: what a spinner puts in seldom was."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ingest.extract.spun.known import pair_keys
from ingest.extract.spun.pairs import MISSING, Pairs
from ingest.extract.spun.tokens import Tokens

#: The figures of the first look at a word: with its neighbours, and with what stands beyond one word (规模以上_企业).
NAMES = ("met_before", "met_behind", "apart_before", "apart_behind")
#: The figure of a pair that cannot be met, for no word stands there; that of one met in more articles than one.
NO_WORD, OFTEN = -1, 2
#: In how many articles pairs were met, by their keys.
Met = Callable[[Any], Any]
#: Makes other keys of pairs with a word between them than of neighbours: an odd number (of Steele and Vigna).
_APART = np.uint64(0xD1342543DE82EF95)


def apart_keys(first: Any, second: Any) -> Any:
    """The numbers by which pairs with a word between them are kept, by the words' own; 0 where one is no word."""
    return pair_keys(first, second) * _APART


@cache
def _pairs() -> Pairs:
    return Pairs.read("spun_seen", "<u4")


def met(wanted: Any) -> Any:
    """In how many healthy articles pairs were met, ``OFTEN`` at most, by their keys."""
    found = _pairs().find(wanted)
    found[found == MISSING] = 0
    return found


def figures(text: Tokens, asked: Met = met) -> Any:
    """How often the words looked at were met with what stands around them, a row for each of ``NAMES``.

    Args:
        text: A text.
        asked: Tells how often pairs were met.
    """
    beside = pair_keys(text.numbers[:-1], text.numbers[1:])
    apart = apart_keys(text.numbers[:-2], text.numbers[2:])
    wanted = np.concatenate([beside, apart])
    found = np.where(wanted > 0, asked(wanted), np.int8(NO_WORD))
    return found[np.array([text.looked - 1, text.looked, text.looked - 2 + len(beside), text.looked + len(beside)])]


def gains(wanted: Any, there: Any, asked: Met = met) -> Any:
    """On how many sides the best of words' synonyms was met with what stands there; ``NO_WORD`` where there is none.

    Args:
        wanted: The keys of the pairs: on either side, a row of synonyms each with what stands there.
        there: Which of the synonyms there are.
        asked: Tells how often pairs were met.
    """
    both = ((wanted > 0) & (asked(wanted) > 0)).sum(0)
    return np.where(there, both, NO_WORD).max(1)
