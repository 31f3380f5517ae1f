"""Which words were met side by side in healthy news: what a spinner puts in seldom was."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun import known, near

#: The figures of the first look at a word, and what counts together in them.
NAMES = ("met_before", "met_behind")
PAIRS = (("met_before", "met_behind"), ("met_before", "usual"), ("met_behind", "usual"))
#: The figure of a pair that cannot be met, for no word stands there; that of one met in more articles than one.
NO_WORD, OFTEN = -1, 2
#: In how many articles pairs were met, by their keys.
Met = Callable[[Any], Any]


def keys(first: Any, second: Any) -> Any:
    """The numbers by which pairs of words are kept, by the words' own; 0 where one has none (-1)."""
    found = first * len(known.listed()) + second
    return np.where((first < 0) | (second < 0), 0, found).astype(np.uint32)


@cache
def _pairs() -> tuple[Any, Any]:
    """The keys of ``spun_seen.bin``, in order, and in how many articles each was met. A comment line goes before."""
    _, _, packed = (lexicon.DATA / "spun_seen.bin").read_bytes().partition(b"\n")
    size = len(packed) // 5
    return np.frombuffer(packed, "<u4", size), np.frombuffer(packed, np.int8, size, 4 * size)


def met(wanted: Any) -> Any:
    """In how many healthy articles pairs were met, ``OFTEN`` at most, by their keys."""
    pairs, times = _pairs()
    at = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return np.where(pairs[at] == wanted, times[at], 0)


def figures(before: Any, words: Any, behind: Any, asked: Met = met) -> Any:
    """How often words were met with what stands before and behind them, a row of ``NAMES`` each.

    Args:
        before: The numbers of the words before them, -1 where none stands there.
        words: Those of the words.
        behind: Those of the words behind them.
        asked: Tells how often pairs were met.
    """
    wanted = np.stack([keys(before, words), keys(words, behind)], 1)
    return np.where(wanted, asked(wanted), NO_WORD)


def gains(texts: Sequence[str], before: Any, behind: Any, asked: Met = met) -> Any:
    """On how many sides the best of a word's synonyms was met with what stands there; ``NO_WORD`` if it has none."""
    others = near.tried_numbers(texts)
    sides = [keys(before[:, None], others), keys(others, behind[:, None])]
    both = sum((wanted > 0) & (asked(wanted) > 0) for wanted in sides)
    return np.where(others >= 0, both, NO_WORD).max(1, initial=NO_WORD)
