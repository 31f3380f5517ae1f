"""Robust statistics over a few dozen values: what is usual, and how far from it is unusual."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# A median absolute deviation times this is a standard deviation where values are normal.
_TO_SIGMA = 1.4826
# Modified z-scores beyond 3.5 are outliers: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.
_UNUSUAL = 3.5
# What one run in ten does is usual, whatever the median says: sources that publish nothing at weekends.
_TAIL = 0.1


@dataclass(frozen=True, slots=True)
class Band:
    """What is usual of a measure: its median, and the bounds beyond which a value is unusual."""

    low: float
    usual: float
    high: float


def band(values: Sequence[float], least: float) -> Band:
    """Return what is usual by some values, of which there is at least one.

    Args:
        values: The past, in any order.
        least: How far from the median a value is usual in any case, however alike the values are.
    """
    middle = median(values)
    spread = max(_UNUSUAL * _TO_SIGMA * median(abs(value - middle) for value in values), least)
    low, high = min(middle - spread, quantile(values, _TAIL)), max(middle + spread, quantile(values, 1 - _TAIL))
    return Band(low, middle, high)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values, 0 to 1, does not exceed; one of them, not one in between."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
