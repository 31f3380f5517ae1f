"""What two articles' features say of them as a pair: the same for both, whichever came first.

Measured on 329 healthy texts of 150 to 450 characters and their copies by three spinners' tables (`tests/copies`,
`tests/spin`): two different texts share .13 of their triples at most (slices of one page .20), copies with a third of
their words replaced .20 and more, with a twentieth .77.
"""

from dataclasses import dataclass
from operator import eq

from ingest.copies.features import HASHES, Features, sparser
from ingest.copies.kinds import Kind

_LIKE = 0.2  # Jaccard index of the triples, where nothing else speaks for a copy
_LIKE_ANCHORED = 0.13  # where figures and names in their order do
_SAME = 0.6  # share of the shorter one's stretches: below, so many words differ that it was spun
_SAME_TRIPLES = 0.5
_WITHIN = 0.6  # share of a part's stretches that the whole has, and
_FEW = 3  # so many at the least
_PART = 0.55  # of the whole's length: what is longer is the same article, cut
_FIGURES = 3  # in both texts, and
_FIGURES_KEPT = 0.3  # fewer of them in common: a month's report in the words of the month before (or a copy ruined)
_RUNS = 2  # runs of three anchors in common, and
_ANCHORS_KEPT = 0.5  # as measured on spun copies: .895 to .974 of a copy's, of others .078 at most


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two articles are to each other; ``score`` is the share in common (0 to 1)."""

    kind: Kind
    score: float


def likeness(a: Features, b: Features) -> float:
    """Return the Jaccard index of the two texts' triples of characters, by their sketches."""
    same: int = sum(map(eq, a.sketch, b.sketch))
    return same / HASHES


def compare(a: Features, b: Features) -> Verdict | None:
    """Return what two articles are to each other: a copy, spun, or one a part of the other; None for different ones."""
    if a.digest == b.digest:
        return Verdict(Kind.COPY, 1.0)
    if _other_figures(a, b):
        return None
    common, share = _stretches(a, b)
    if min(a.length, b.length) < _PART * max(a.length, b.length):
        return Verdict(Kind.PART, share) if common >= _FEW and share >= _WITHIN else None
    like = likeness(a, b)
    if like >= _LIKE or (like >= _LIKE_ANCHORED and _anchored(a, b)):
        spun = share < _SAME and like < _SAME_TRIPLES
        return Verdict(Kind.SPUN if spun else Kind.COPY, like)
    return None


def _stretches(a: Features, b: Features) -> tuple[int, float]:
    """Return how many marks the two have in common, and what share of the shorter one's that is."""
    density = max(a.density, b.density)
    mine, theirs = sparser(a.marks, density), sparser(b.marks, density)
    common = len(mine & theirs)
    return common, common / max(1, min(len(mine), len(theirs)))


def _other_figures(a: Features, b: Features) -> bool:
    """Whether both have figures and these are others."""
    fewest = min(len(a.figures), len(b.figures))
    return fewest >= _FIGURES and len(a.figures & b.figures) < _FIGURES_KEPT * fewest


def _anchored(a: Features, b: Features) -> bool:
    fewest = min(len(a.anchors), len(b.anchors))
    return len(a.runs & b.runs) >= _RUNS and len(a.anchors & b.anchors) >= _ANCHORS_KEPT * fewest
