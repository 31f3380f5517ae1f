"""Stretches of a paragraph: merged, looked up, sliced in logarithmic time, for lines of 200,000 characters too."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

Span = tuple[int, int]

_FAR = 1 << 60
_start = attrgetter("start")


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


PlacedT = TypeVar("PlacedT", bound=_Placed)


def merge(found: Iterable[Span]) -> list[Span]:
    """The stretches in order, overlapping ones joined."""
    spans = [*found]
    if len(spans) < 2:
        return spans
    spans.sort()
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def around(merged: Sequence[Span], position: int) -> Span | None:
    """The one of some disjoint stretches in order that a position lies in."""
    if not merged:
        return None
    index = bisect_right(merged, (position, _FAR)) - 1
    return merged[index] if index >= 0 and position < merged[index][1] else None


def near(merged: Sequence[Span], lo: int, hi: int) -> Sequence[Span]:
    """Those of some disjoint stretches in order that touch ``lo`` to ``hi``."""
    first = max(0, bisect_right(merged, (lo, _FAR)) - 1)
    return merged[first : bisect_left(merged, (hi, 0))]


def starting(items: Sequence[PlacedT], lo: int, hi: int) -> Sequence[PlacedT]:
    """Those of some things in order of their start that start at ``lo`` or later and before ``hi``."""
    return items[bisect_left(items, lo, key=_start) : bisect_left(items, hi, key=_start)] if items else items
