"""Which articles are copies of each other, kept up to date as they come, change and go.

What stands in the tables is a function of the articles that stand on their pages, whatever the order in which they
came. Two articles are compared if a band of their sketches is the same, or two marks that are not common; `compare`
asks nothing else; a group is what hangs together by copies. One writer at a time links (PostgreSQL: a lock until the
end of the transaction; SQLite has one writer anyhow), so two that come at once find each other.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, delete, select, text

from ingest.copies import Features, Kind, compare, features
from ingest.store import copies_groups, copies_marks, keys
from ingest.store.copies_marks import Turned
from ingest.store.engine import Database
from ingest.store.tables import Base
from ingest.store.upsert import batches, insert, upsert

_T = Base.metadata.tables
_ARTICLE, _TEXT, _MEMBER, _PART = (_T[name] for name in ("article", "copytext", "copymember", "copypart"))
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_NUMBER = 0x636F70696573  # any, as long as all who link take the same
_DIGITS = 15  # of a key in hex: 60 bits, which both engines' numbers hold
BOTH = 2  # marks that two texts share by chance are one: 三个两位的 set phrases seldom come in twos
_MIRRORED = 8  # different characters that only the published text has: readings, Traditional ones
_BATCH = 500  # articles that `rebuild` links in one transaction
_COLUMNS = ("key", "title", "paragraphs", "originals")
Row = Mapping[str, Any]
_Node = int | str  # an article by its number, or a group that is whole by its key


def link(connection: Connection, rows: Sequence[Row], gone: Iterable[str] = ()) -> None:
    """Bring groups, parts and contradictions up to date with articles that came, changed or go.

    Args:
        connection: Within the transaction that changes them; what came or changed is written already.
        rows: The articles that are new, changed, or back on their page.
        gone: The keys of those that are withdrawn, or about to be deleted.
    """
    leaving = set(gone)
    touched = leaving | {row["key"] for row in rows}
    if not touched:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"lock": _NUMBER})
    new = {number(row["key"]): found for row in rows if (found := features(row["title"], row["paragraphs"]))}
    old = copies_marks.kept(connection, {number(key) for key in touched})
    mirrored = {number(row["key"]): _mirrored(row) for row in rows}
    same = {n for n in new.keys() & old.keys() if (new[n], mirrored[n]) == old[n][1:]}
    came = {n: f for n, f in new.items() if n not in same}
    went = {n: f for n, (_, f, _) in old.items() if n not in same}
    known = set(copies_groups.of_numbers(connection, old).values())
    _take(connection, went, old)
    turned = copies_marks.turn(connection, came, went.values())
    _put(connection, came, rows, mirrored)
    linking = _Linking(connection, turned, came, known if went else set())
    linking.settle(also=known - linking.loose)


def unlink(connection: Connection, article_keys: Iterable[str]) -> None:
    """Take articles out that are withdrawn, or about to be deleted."""
    for some in batches(sorted(article_keys)):
        link(connection, (), some)


def rebuild(database: Database, on_batch: Callable[[int], None] = lambda _articles: None) -> int:
    """Link all articles anew; return how many. What came before there were groups is linked by this alone.

    A transaction for each batch, so that other writers come between.
    """
    with database.write() as connection:
        for name in ("contradiction", "copypart", "copymember", "copycommon", "copymark", "copytext"):
            connection.execute(delete(_T[name]))
    done, last = 0, ""
    columns = [_ARTICLE.c[name] for name in _COLUMNS]
    query = select(*columns).where(_ARTICLE.c.withdrawn_at.is_(None)).order_by(_ARTICLE.c.key).limit(_BATCH)
    while True:
        with database.write() as connection:
            found = query.where(_ARTICLE.c.key > last).with_for_update(key_share=True)
            rows = [dict(row) for row in connection.execute(found).mappings()]
            if not rows:
                return done
            link(connection, rows)
        done, last = done + len(rows), rows[-1]["key"]
        on_batch(len(rows))


def number(key: str) -> int:
    """Return the number of an article, by which its marks know it."""
    return int(key[:_DIGITS], 16)


def _take(connection: Connection, went: Mapping[int, Features], old: Mapping[int, tuple[str, Features, bool]]) -> None:
    copies_marks.take(connection, went)
    theirs = sorted(old[n][0] for n in went)
    for some in batches(theirs):
        connection.execute(delete(_TEXT).where(_TEXT.c.article_key.in_(some)))
        connection.execute(delete(_PART).where(_PART.c.part_key.in_(some)))
        connection.execute(delete(_PART).where(_PART.c.whole_key.in_(some)))


def _put(
    connection: Connection, came: Mapping[int, Features], rows: Iterable[Row], mirrored: Mapping[int, bool]
) -> None:
    names = {number(row["key"]): row["key"] for row in rows}
    texts = [
        {"number": n, "article_key": names[n], "packed": f.packed(), "mirrored": mirrored[n]} | {"length": f.length}
        for n, f in came.items()
    ]
    insert(connection, _TEXT, texts)
    copies_marks.put(connection, came)


def _mirrored(row: Row) -> bool:
    if row["originals"] == row["paragraphs"]:
        return False
    published, read = set("".join(row["originals"])), set("".join(row["paragraphs"]))
    return len([letter for letter in published - read if letter.isalpha()]) >= _MIRRORED


class _Linking:
    """One pass of linking: which articles hang together now, of those that a change may have touched."""

    def __init__(self, connection: Connection, turned: Turned, came: Mapping[int, Features], loose: set[str]) -> None:
        self.connection = connection
        self.turned = turned
        shaken = frozenset[int]().union(*turned.common.values())
        groups = copies_groups.of_numbers(connection, shaken)
        loose = loose | _held_by(turned, groups)
        members = copies_groups.members(connection, loose)
        self.loose = loose
        self.loosened = frozenset(n for numbers in members.values() for n in numbers) - frozenset(came)
        self.asking = frozenset(came) | frozenset[int]().union(*turned.told.values())
        self.shaken = shaken
        self.features: dict[int, Features] = dict(came)
        self.keys: dict[int, str] = {}
        self.above: dict[_Node, _Node] = {}
        self.node: dict[int, _Node] = {}
        self.parts: dict[tuple[int, int], float] = {}

    def settle(self, also: Collection[str]) -> None:
        """Compare what is to be compared, and write what hangs together; ``also`` are groups to put in order anew."""
        self._know(self.asking | self.loosened)
        candidates = self._candidates()
        self._know(frozenset[int]().union(*candidates.values()))
        for one, others in candidates.items():
            for other in others:
                self._compare(one, other)
        self._recheck_parts()
        groups, merged = self._together(also)
        self._write_parts()
        copies_groups.write(self.connection, groups, merged | self.loose)

    def _know(self, numbers: Collection[int]) -> None:
        """Load the features of articles, and where they stand."""
        missing = set(numbers) - self.keys.keys()
        for n, (key, found, _) in copies_marks.kept(self.connection, missing).items():
            self.keys[n], self.features[n] = key, found
        groups = copies_groups.of_numbers(self.connection, missing)
        self.node |= {n: n if groups.get(n) in {None, *self.loose} else groups[n] for n in missing}

    def _candidates(self) -> dict[int, list[int]]:
        """Return for each article that asks those that it is to be compared with, the likeliest first."""
        own = {n: self.features[n] for n in self.asking | self.loosened if n in self.features}
        buckets = frozenset[int]().union(*(own[n].buckets for n in self.asking if n in own))
        by_bucket = copies_marks.holders(self.connection, buckets)
        holders = self._holders(own)
        found = {}
        for n in sorted(self.asking & own.keys()):
            near, far = Counter[int](), Counter[int]()
            for mark in own[n].buckets & by_bucket.keys():
                near.update(by_bucket[mark])
            for mark in own[n].traces & holders.keys():
                far.update(holders[mark])
            shared = near + Counter({o: times for o, times in far.items() if times >= BOTH})
            del shared[n]
            found[n] = sorted(shared, key=lambda o: (-shared[o], o))
        self._among_loosened(own, found)
        return found

    def _holders(self, own: Mapping[int, Features]) -> Mapping[int, frozenset[int]]:
        """Return where the marks of those that ask stand; revived articles have marks that nobody asked for yet."""
        traces = frozenset[int]().union(*(own[n].traces for n in self.asking if n in own))
        revived = frozenset[int]().union(*self.turned.told.values())
        if not revived:
            return self.turned.holders
        return copies_marks.holders(self.connection, traces - copies_marks.common(self.connection, traces))

    def _among_loosened(self, own: Mapping[int, Features], found: dict[int, list[int]]) -> None:
        """Add the pairs within groups that a change may have split."""
        numbers = sorted(self.loosened & own.keys())
        traces = frozenset[int]().union(*(own[n].traces for n in numbers))
        dull = copies_marks.common(self.connection, traces)
        for one, other in combinations(numbers, 2):
            if _compared(own[one], own[other], dull):
                found.setdefault(one, []).append(other)

    def _compare(self, one: int, other: int) -> None:
        first, second = self._root(self.node[one]), self._root(self.node[other])
        if first == second:
            return
        a, b = self.features[one], self.features[other]
        verdict = compare(a, b)
        if verdict is None:
            return
        if verdict.kind is Kind.PART:
            part, whole = (one, other) if a.length < b.length else (other, one)
            self.parts[part, whole] = verdict.score
        else:
            self.above[first] = second

    def _root(self, node: _Node) -> _Node:
        while (up := self.above.get(node, node)) != node:
            self.above[node] = node = self.above.get(up, up)
        return node

    def _together(self, also: Collection[str]) -> tuple[list[list[str]], set[str]]:
        """Return what hangs together and may have changed, as keys of articles; and the groups that are part of it."""
        touched: set[_Node] = {*self.above, *also, *(self.node[n] for n in self.asking | self.loosened)}
        roots = {self._root(node) for node in touched}
        nodes: dict[_Node, set[_Node]] = {root: {root} for root in roots}
        for node in touched:
            nodes[self._root(node)].add(node)
        whole = {node for root in roots for node in nodes[root] if isinstance(node, str)}
        members = copies_groups.members(self.connection, whole)
        found = []
        for root in roots:
            keys_of = [members[n].values() if isinstance(n, str) else [self.keys[n]] for n in nodes[root]]
            found.append(sorted(key for some in keys_of for key in some))
        return found, whole

    def _recheck_parts(self) -> None:
        """Remove the parts that were found by a mark which is common now, and by too few others."""
        keys = copies_groups.names(self.connection, self.shaken)
        by_key = {key: n for n, key in keys.items()}
        for some in batches(sorted(by_key)):
            rows = self.connection.execute(select(_PART).where(_PART.c.part_key.in_(some))).all()
            pairs = [(r.key, by_key[r.part_key], by_key[r.whole_key]) for r in rows if r.whole_key in by_key]
            self._know({n for pair in pairs for n in pair[1:]})
            for key, one, other in pairs:
                a, b = self.features[one], self.features[other]
                if not _compared(a, b, copies_marks.common(self.connection, a.traces & b.traces)):
                    self.connection.execute(delete(_PART).where(_PART.c.key == key))

    def _write_parts(self) -> None:
        """Write the parts that were found, and remove those that are of one group with their whole now."""
        apart = [(p, w) for p, w in self.parts if self._root(self.node[p]) != self._root(self.node[w])]
        rows = []
        for part, whole in apart:
            names = {"part_key": self.keys[part], "whole_key": self.keys[whole]}
            rows.append({"key": keys.key("part", *names.values()), **names, "score": self.parts[part, whole]})
        upsert(self.connection, _PART, rows)


def _held_by(turned: Turned, groups: Mapping[int, str | None]) -> set[str]:
    """Return the groups that may have hung together by a mark which is common now."""
    return {group for found in turned.common.values() for group in _twice(groups.get(n) for n in found)}


def _twice(names: Iterable[str | None]) -> Iterator[str]:
    yield from (name for name, times in Counter(names).items() if name and times > 1)


def _compared(a: Features, b: Features, dull: Collection[int]) -> bool:
    """Whether two articles are to be compared, as ``_Linking`` finds them by their marks."""
    if not a.buckets.isdisjoint(b.buckets):
        return True
    return len((a.traces & b.traces).difference(dull)) >= BOTH
