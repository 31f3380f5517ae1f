"""Stretches of time, the end not within them, and what is left of some when others are taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time. Both ends know their zone; the second is not within it.

    Raises:
        ValueError: An end has no zone, or the second lies before the first.
    """

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None or self.until < self.since:
            msg = f"{self.since} to {self.until} is no stretch of time"
            raise ValueError(msg)

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies within."""
        return self.since <= at < self.until

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a moment."""
        return self.since < other.until and other.since < self.until


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in as few spans as can be, in order; empty ones are left out."""
    whole: list[Span] = []
    for span in sorted(spans):
        if span.since == span.until:
            continue
        if whole and span.since <= whole[-1].until:
            whole[-1] = Span(whole[-1].since, max(whole[-1].until, span.until))
        else:
            whole.append(span)
    return whole


def without(span: Span, others: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a span when others are taken away, in order."""
    here = span.since
    for other in merged(others):
        if other.since >= span.until:
            break
        if other.until <= here:
            continue
        if other.since > here:
            yield Span(here, other.since)
        here = other.until
    if here < span.until:
        yield Span(here, span.until)
