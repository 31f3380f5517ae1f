"""Whether a word stands in the company that it keeps in news: what is usually right before or right behind it."""

from functools import cache
from typing import Any

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun.known import words
from ingest.extract.spun.near import NOTHING
from ingest.extract.spun.tokens import Tokens

#: So many characters before and behind a word count as beside it, and so many tokens at most.
_REACH, _TOKENS = 6, 4
#: Where nobody wrote down what a word stands with.
UNKNOWN = -1
#: What a word stands with is told by its first two characters (one thing in eighteen has more), a single one counts
#: next to the word. They are kept by checksums, so many a word, filled up with noughts.
WIDTH = 20
_FACTOR = np.uint32(0x9E3779B1)
_GAP = np.uint32(1)  # a character that nothing has
#: What stands before a word, a gap, what stands behind it: places seen from the word's beginning and from its end.
_BEFORE, _BEHIND = np.arange(-_REACH, 0), np.arange(_REACH)


def checksum(first: Any, second: Any) -> Any:
    """The checksums of two characters each, given as code points; a single one is its own."""
    return first * _FACTOR + second


@cache
def _table() -> Any:
    """The checksums of what words stand with: ``spun_company.bin``, a comment line and rows by ``known`` number."""
    packed = (lexicon.DATA / "spun_company.bin").read_bytes()
    return np.frombuffer(packed, "<u4", offset=packed.index(b"\n") + 1).reshape(-1, WIDTH)


def company(text: Tokens, places: Any, each: Any) -> Any:
    """How many of the things that words usually stand with are beside some tokens; ``UNKNOWN`` where nobody knows.

    Args:
        text: A text.
        places: Tokens of it.
        each: Numbers of words for each of them, a row each: how it would be if they stood there.
    """
    beside = _beside(text, places)
    near = np.concatenate([checksum(beside[:-1], beside[1:]), beside[_REACH - 1 : _REACH]])
    rows, told = words().company[each], _table()
    which, column = np.nonzero(rows < len(told))
    there = told[rows[which, column]]
    counts = (near[:, which, None] == there).any(0).sum(1) + (beside[_REACH + 1, which, None] == there).sum(1)
    found = np.full(each.shape, UNKNOWN)
    found[which, column] = counts
    return found


def _beside(text: Tokens, places: Any) -> Any:
    """The characters before and behind tokens as code points, a column each, with gaps between and beyond."""
    starts, codes = text.starts, text.codes
    before, behind = starts[places] + _BEFORE[:, None], starts[places + 1] + _BEHIND[:, None]
    first = starts[np.maximum(places - _TOKENS, 0)]
    last = starts[np.minimum(places + 1 + _TOKENS, len(starts) - 1)]
    found = np.full((2 * _REACH + 1, len(places)), _GAP)
    np.copyto(found[:_REACH], codes.take(before, mode="clip"), where=before >= first)
    np.copyto(found[_REACH + 1 :], codes.take(behind, mode="clip"), where=behind < last)
    return found


def gains(found: Any) -> Any:
    """How much more of its usual company the best of a word's synonyms would find, by ``company`` of the word and them.

    ``NOTHING`` where nobody knows what any of them stands with.
    """
    best = found[:, 1:].max(1)
    return np.where(best == UNKNOWN, NOTHING, best - np.maximum(found[:, 0], 0))
