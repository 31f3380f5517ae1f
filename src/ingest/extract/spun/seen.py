"""Which words were met side by side in healthy news: what a spinner puts in seldom was."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from ingest.extract.spun.known import pair_keys
from ingest.extract.spun.pairs import MISSING, Pairs
from ingest.extract.spun.tokens import Tokens

#: The figures of the first look at a word.
NAMES = ("met_before", "met_behind")
#: The figure of a pair that cannot be met, for no word stands there; that of one met in more articles than one.
NO_WORD, OFTEN = -1, 2
#: In how many articles pairs were met, by their keys.
Met = Callable[[Any], Any]


@cache
def _pairs() -> Pairs:
    return Pairs.read("spun_seen", "<u4")


def met(wanted: Any) -> Any:
    """In how many healthy articles pairs were met, ``OFTEN`` at most, by their keys."""
    found = _pairs().find(wanted)
    found[found == MISSING] = 0
    return found


def figures(text: Tokens, asked: Met = met) -> Any:
    """How often the words looked at were met with what stands before and behind them, a row for each of ``NAMES``.

    Args:
        text: A text.
        asked: Tells how often pairs were met.
    """
    wanted = pair_keys(text.numbers[:-1], text.numbers[1:])
    found = np.where(wanted > 0, asked(wanted), np.int8(NO_WORD))
    return np.array([found[text.looked - 1], found[text.looked]])


def gains(wanted: Any, there: Any, asked: Met = met) -> Any:
    """On how many sides the best of words' synonyms was met with what stands there; ``NO_WORD`` where there is none.

    Args:
        wanted: The keys of the pairs: on either side, a row of synonyms each with what stands there.
        there: Which of the synonyms there are.
        asked: Tells how often pairs were met.
    """
    both = ((wanted > 0) & (asked(wanted) > 0)).sum(0)
    return np.where(there, both, NO_WORD).max(1)
