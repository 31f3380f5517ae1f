"""The first look at an article's words: what each says by itself, by vectors, and by what it was met with before."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun import alone, near, seen
from ingest.extract.spun.tokens import Tokens
from ingest.extract.spun.weights import Sum, classes

#: The figures of the first look beside those of a word by itself, and what counts together in it.
NAMES = (*near.NAMES, *seen.NAMES)
PAIRS = (
    ("beside", "chance"),
    ("around", "chance"),
    ("met_before", "met_behind"),
    ("apart_before", "apart_behind"),
    ("met_before", "usual"),
    ("met_behind", "usual"),
)
#: Figures of a word by itself that count in these, and those that have a table together.
_SHARED = ("chance", "usual")
_TABLES = (("beside", "around", "chance"), ("met_before", "met_behind", "usual"), ("apart_before", "apart_behind"))


class Look(NamedTuple):
    """What words say on the first look, and the figures it went by: a row for each of ``NAMES``."""

    says: Any
    figures: Any
    fits: near.Fits


@cache
def _sum() -> Sum:
    return Sum.of((*NAMES, *_SHARED), (*NAMES, *PAIRS), _TABLES)


def look(text: Tokens) -> Look:
    """What the words of an article say on the first look: logarithms of likelihood ratios."""
    fits, by_itself, own = near.Fits.of(text), alone.alone(), text.numbers[text.looked]
    found = np.concatenate([fits.figures(text.looked), seen.figures(text)])
    shared = [by_itself.classes[alone.NAMES.index(name)][own] for name in _SHARED]
    said = _sum().add(np.concatenate([classes(NAMES, found), shared]))
    return Look(by_itself.says[own] + said, found, fits)
