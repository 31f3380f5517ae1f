"""The measures of a source, each as a series over its runs, the newest first."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt
from typing import Any

from ingest.quality.sample import FIELDS, Sample

_POOL = 20  # articles that make a share worth comparing: one article more or less is .05
# A share that moves by less is noise, as the mix of briefs, notices and reports changes from day to day; it is also
# what one odd page of four does to a pool. What breaks takes a particular to nothing, or nearly so.
_SHARE = 0.2
_CHARSETS = 0.3  # the same of the mix of charsets, which adds up the shares of several
_SIGMAS = 3  # of a count's or a share's own error


class Level(StrEnum):
    """What a measure says of a source, the better ones first."""

    OK = "ok"
    UNKNOWN = "unknown"  # too little to compare
    HIGH = "high"  # to be looked at
    LOW = "low"  # something is broken


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run gave of a source, as the store has it."""

    ended_at: datetime
    whole: bool
    outcomes: dict[str, int]
    sample: Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A measure over the runs, the newest first. ``least`` gives, for the usual value, a distance that means nothing.

    ``below`` and ``above`` say what it means to lie below or above what is usual or expected.
    """

    measure: str
    values: tuple[float, ...]
    least: Callable[[float], float]
    below: Level = Level.LOW
    above: Level = Level.HIGH
    share: bool = False  # 0 to 1
    note: str = ""


def series(runs: Sequence[Measured]) -> list[Series]:
    """Return the measures of a source by its runs, the newest first.

    Counts are of whole runs. Shares and lengths are of articles: runs that read a few are put together until there are
    enough of them, so that a page more or less decides nothing.
    """
    whole = [run for run in runs if run.whole]
    pools = pooled(run.sample for run in runs)
    return [
        Series(measure="articles", values=tuple(float(run.sample.met) for run in whole), least=_least_count),
        _shares("failed", [(_problems(run), sum(run.outcomes.values())) for run in whole], below=Level.OK),
        *(_shares(f"fill: {name}", [(pool.filled[name], pool.news) for pool in pools]) for name in FIELDS),
        Series(measure="body length", values=tuple(_middle(pool) for pool in pools), least=lambda usual: usual / 2),
        _shares("left out", [(pool.left_out, pool.left_out + pool.kept) for pool in pools], below=Level.HIGH),
        _shares("spun", [(pool.spun, pool.news) for pool in pools], below=Level.OK),
        _charsets(pools),
    ]


def pooled(samples: Iterable[Sample]) -> list[Sample]:
    """Put neighbouring samples together until each pool has enough articles; what is left over makes none."""
    pools: list[Sample] = []
    pool = Sample()
    for sample in samples:
        if sample.news:
            pool.add(sample)
        if pool.news >= _POOL:
            pools.append(pool)
            pool = Sample()
    return pools


def _shares(measure: str, counts: Sequence[tuple[int, int]], *, below: Level = Level.LOW) -> Series:
    """Return a series of shares. What is left out is counted in characters, whose number says nothing of the error."""
    counts = [(some, of) for some, of in counts if of]
    number = min(counts[0][1], 1000) if counts else 1

    def least(usual: float) -> float:
        near = (usual * number + 2) / (number + 4)  # Agresti and Coull, 1998: a share of 1 has an error too
        return max(_SHARE, _SIGMAS * sqrt(near * (1 - near) / number))

    return Series(measure=measure, values=tuple(some / of for some, of in counts), least=least, below=below, share=True)


def _charsets(pools: Sequence[Sample]) -> Series:
    """Return how far each pool's mix of charsets is from that of all others: 0 the same, 1 none in common."""
    every: Counter[str] = Counter()
    for pool in pools:
        every.update(pool.charsets)
    values = [_distance(pool.charsets, every - pool.charsets) for pool in pools] if len(pools) > 1 else []
    note = ", ".join(f"{name} {number}" for name, number in pools[0].charsets.most_common(3)) if pools else ""
    return Series(
        measure="charsets",
        values=tuple(values),
        least=lambda _: _CHARSETS,
        below=Level.OK,
        share=True,
        note=note,
    )


def _distance(some: Counter[Any], others: Counter[Any]) -> float:
    """Return the total variation between two mixes: the share that would have to change to make one the other."""
    mine, theirs = some.total() or 1, others.total() or 1
    return sum(abs(some[name] / mine - others[name] / theirs) for name in some | others) / 2


def _problems(run: Measured) -> int:
    return run.outcomes.get("failed", 0) + run.outcomes.get("quarantined", 0)


def _middle(pool: Sample) -> float:
    """Return the median length of a pool's articles."""
    half = pool.lengths.total() / 2
    seen = 0
    for length in sorted(pool.lengths):
        seen += pool.lengths[length]
        if seen >= half:
            return float(length)
    return 0.0


def _least_count(usual: float) -> float:
    """Return how far a count may lie from the usual one: half of it, or what chance alone does to small ones."""
    return max(usual / 2, _SIGMAS * sqrt(usual))
