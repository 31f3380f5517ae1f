"""What a run, or a part of one, did: outcomes that add up to its targets, and what a person should know of it."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ingest.model import Outcome
from ingest.quality.sample import Sample

_SLOWEST = 5  # pages kept, by the time they took
_MOST_PROBLEMS = 1000  # kept, of a kilobyte each: a site that is down has 100,000 of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A target that gave no rows, and the way out."""

    source: str
    address: str
    outcome: Outcome
    stage: str
    reason: str
    replay: str
    exception: str | None = None
    transient: bool = False


@dataclass(slots=True)
class Tally:
    """Counts that can be added. Damage and what was left out are of the pages that were read this time."""

    outcomes: Counter[str] = field(default_factory=Counter)
    articles: int = 0  # of the pages that were read
    records: int = 0  # of these articles
    withdrawn: int = 0  # articles found gone from their page
    archived: int = 0  # captures that were new
    repairs: Counter[str] = field(default_factory=Counter)  # by kind
    flags: Counter[str] = field(default_factory=Counter)  # by name
    left_out: Counter[str] = field(default_factory=Counter)  # characters by label
    kinds: Counter[str] = field(default_factory=Counter)  # pages that are no article, by what they are
    problems: list[Problem] = field(default_factory=list)  # the first thousand; quarantine has them all
    slowest: list[tuple[float, str]] = field(default_factory=list)  # seconds and address, the slowest first
    sample: Sample = field(default_factory=Sample)  # what the pages look like, for `ingest quality`

    @property
    def targets(self) -> int:
        """How many targets there were: exactly one outcome each."""
        return self.outcomes.total()

    @property
    def troubled(self) -> int:
        """How many targets failed or are in quarantine; ``problems`` tells of the first of them."""
        return self.outcomes[Outcome.FAILED] + self.outcomes[Outcome.QUARANTINED]

    @property
    def well(self) -> bool:
        """Whether no target failed."""
        return not self.troubled

    @property
    def measures(self) -> dict[str, Any]:
        """What is kept of it for later comparison: the columns of ``measure`` that are counts."""
        return {"outcomes": {name: number for name, number in self.outcomes.items() if number}} | self.sample.row()

    def timed(self, seconds: float, address: str) -> None:
        """Note how long a page took."""
        self.slowest = heapq.nlargest(_SLOWEST, [*self.slowest, (seconds, address)])

    def add(self, other: "Tally") -> None:
        """Add the counts of another part."""
        for name in ("outcomes", "repairs", "flags", "left_out", "kinds"):
            getattr(self, name).update(getattr(other, name))
        for name in ("articles", "records", "withdrawn", "archived"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.problems = (self.problems + other.problems)[:_MOST_PROBLEMS]
        self.sample.add(other.sample)
        self.slowest = heapq.nlargest(_SLOWEST, self.slowest + other.slowest)
