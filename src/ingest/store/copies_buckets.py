"""Which articles are first in the buckets of those that come or go, before and after: these are compared with all.

What was first and is so no more loses comparisons, what is newly first has to make them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from ingest.copies import Features
from ingest.store import copies_marks
from ingest.store.copies_marks import Holders


class Buckets:
    """The buckets of articles that come or go. To be made before any mark of theirs is written or removed."""

    def __init__(self, connection: Connection, came: Mapping[int, Features], went: Mapping[int, Features]) -> None:
        self._connection = connection
        self._came, self._went = came, went.keys()
        self._before = copies_marks.firsts(connection, of((*came.values(), *went.values())))
        self._now: Holders = self._before
        self._wholly: Holders = {}

    def neighbours(self, number: int, features: Features) -> set[int]:
        """Return what an article that goes was compared with; its marks are there still."""
        crowded = {b for b in features.buckets if len(self._before.get(b, ())) > copies_marks.FIRST}
        leading = {b for b in crowded if number in self._before[b][: copies_marks.FIRST]}
        found = {n for members in copies_marks.holders(self._connection, leading).values() for n in members}
        return found.union(*(self._before.get(b, ())[: copies_marks.FIRST] for b in features.buckets)) - {number}

    def look_again(self) -> None:
        """Find out what is first now, when the marks are written and removed."""
        self._now = self._after()
        changed = {
            b
            for b, members in self._now.items()
            if len(members) > copies_marks.FIRST and self._first(b) != self._former(b)
        }
        self._wholly = copies_marks.holders(self._connection, changed)

    def pushed_out(self) -> dict[int, tuple[set[int], Sequence[int]]]:
        """Return by bucket what was first in it and is still there, but no longer first; and all that is in it."""
        found = {b: (self._former(b) - self._first(b) - self._went, members) for b, members in self._wholly.items()}
        return {b: (pushed, members) for b, (pushed, members) in found.items() if pushed}

    def newly_first(self) -> dict[int, set[int]]:
        """Return what has to be compared with all of a bucket although it did not come: by article, the others."""
        found: dict[int, set[int]] = {}
        for bucket, members in self._before.items():
            if len(members) > copies_marks.FIRST:
                for number in self._first(bucket) - self._former(bucket):
                    found.setdefault(number, set()).update(self._wholly.get(bucket, self._first(bucket)))
        return found

    def near(self, number: int, features: Features) -> Iterable[Collection[int]]:
        """Yield what an article is to be compared with, for each bucket of its own that is known here."""
        for bucket in features.buckets & self._now.keys():
            first = self._now[bucket][: copies_marks.FIRST]
            yield self._wholly.get(bucket, first) if number in first else first

    def _after(self) -> Holders:
        """Return the first of each bucket: as before, with what came, without what went.

        Only where one went that was among the first, and there were more than these, they are asked for again.
        """
        found = {b: {n for n in members if n not in self._went} for b, members in self._before.items()}
        short = {b for b, some in found.items() if len(some) < len(self._before[b]) > copies_marks.FIRST}
        for n, features in self._came.items():
            for bucket in features.buckets:
                found.setdefault(bucket, set()).add(n)
        asked = copies_marks.firsts(self._connection, short)
        return {b: sorted(some)[: copies_marks.FIRST + 1] for b, some in found.items() if some} | asked

    def _first(self, bucket: int) -> set[int]:
        return set(self._now.get(bucket, ())[: copies_marks.FIRST])

    def _former(self, bucket: int) -> set[int]:
        return set(self._before.get(bucket, ())[: copies_marks.FIRST])


def of(articles: Iterable[Features]) -> frozenset[int]:
    """Return all buckets of articles."""
    return frozenset[int]().union(*(each.buckets for each in articles))


def firsts_of(connection: Connection, articles: Mapping[int, Features]) -> dict[int, set[int]]:
    """Return for each article the first of its buckets: what any article that is written is compared with."""
    first = copies_marks.firsts(connection, of(articles.values()))
    return {
        n: {o for b in f.buckets for o in first.get(b, ())[: copies_marks.FIRST]} - {n} for n, f in articles.items()
    }
