"""Compares articles with their candidates, as few pairs as will do, with the features of some in memory at a time."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from ingest.copies import Features, Kind, compare
from ingest.store import copies_marks
from ingest.store.copies_union import Node, Union

_AT_ONCE = 2  # of an article's candidates, then twice as many: mostly the likeliest is a copy, and spares the rest
Candidates = Mapping[int, Collection[int]]
Parts = dict[tuple[int, int], float]  # by the numbers of part and whole: the share of the part that the whole has


class Comparing:
    """Articles by their number, and their features as they are asked for."""

    def __init__(self, connection: Connection, known: Mapping[int, Features]) -> None:
        self._connection = connection
        self._features = dict(known)

    def features(self, numbers: Iterable[int]) -> dict[int, Features]:
        """Return the features of those of some articles that have any."""
        wanted = set(numbers)
        missing = wanted - self._features.keys()
        self._features |= {n: each.features for n, each in copies_marks.kept(self._connection, missing).items()}
        return {n: self._features[n] for n in wanted if n in self._features}

    def join(
        self, own: Mapping[int, Features], candidates: Candidates, union: Union, nodes: Mapping[int, Node]
    ) -> Parts:
        """Compare articles with their candidates where the two do not hang together yet; join those that are copies.

        Args:
            own: The features of the articles.
            candidates: Of each, the likeliest first.
            union: What hangs together, and takes what is found to.
            nodes: What of it an article is, where it is not itself.

        Returns:
            Those that are part of another.
        """
        parts: Parts = {}
        left, at_once = {n: list(others) for n, others in candidates.items()}, _AT_ONCE
        while left:
            left = {n: rest for n, others in left.items() if (rest := _apart(n, others, union, nodes))}
            asked = {o for others in left.values() for o in others[:at_once]}
            theirs = {**self.features(asked - own.keys()), **own}
            for one, others in left.items():
                for other in others[:at_once]:
                    node, another = nodes.get(one, one), nodes.get(other, other)
                    if union.root(node) == union.root(another):
                        continue
                    verdict = compare(theirs[one], theirs[other])
                    if verdict and verdict.kind is Kind.PART:
                        parts[_ordered(one, theirs[one], other, theirs[other])] = verdict.score
                    elif verdict:
                        union.join(node, another)
            left = {n: others[at_once:] for n, others in left.items() if len(others) > at_once}
            at_once *= 2
        return parts


def _apart(one: int, others: Iterable[int], union: Union, nodes: Mapping[int, Node]) -> list[int]:
    """Return those that do not hang together with one."""
    root = union.root(nodes.get(one, one))
    return [other for other in others if union.root(nodes.get(other, other)) != root]


def _ordered(one: int, a: Features, other: int, b: Features) -> tuple[int, int]:
    return (one, other) if a.length < b.length else (other, one)
