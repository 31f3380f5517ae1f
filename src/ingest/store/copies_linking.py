"""One pass of linking: which articles hang together now, of those that a change may have touched.

An article that comes is compared with what shares its marks. What goes, or what makes a mark common or pushes another
out of a bucket's first, takes away comparisons by which a group may have hung together: where those that lost one still
hang together by others, so does all of their group; else it is made anew, article by article.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from sqlalchemy import Connection

from ingest.copies import Features
from ingest.store import copies_buckets, copies_groups, copies_marks, copies_parts
from ingest.store.copies_buckets import Buckets
from ingest.store.copies_comparing import Candidates, Comparing, Parts
from ingest.store.copies_groups import Component
from ingest.store.copies_marks import BOTH, Holders, Turned
from ingest.store.copies_union import Node, Union

_SLICE = 1000  # articles of a large group whose features are in memory at a time: 8 MB


class Linking:
    """A change of the articles, from before their marks are written to after.

    Args:
        connection: Within a transaction that holds the lock of linking.
        came: Articles whose marks are about to be written.
        went: Those whose marks are about to be removed.
        same: Those that changed in nothing that is compared.
    """

    def __init__(
        self, connection: Connection, came: Mapping[int, Features], went: Mapping[int, Features], same: Collection[int]
    ) -> None:
        self._connection = connection
        self._came, self._went, self._same = came, went, same
        self._buckets = Buckets(connection, came, went)
        self._groups = copies_groups.of_numbers(connection, {*went, *same})
        self._suspects = self._neighbours()
        self._turned = Turned({}, {}, {})
        self._comparing = Comparing(connection, came)
        self._keys: dict[int, str] = {}
        self._node: dict[int, Node] = {}
        self._union = Union()

    def turn(self) -> None:
        """Note which marks are common now: when those that went are removed, and those that came not yet written."""
        self._turned = copies_marks.turn(self._connection, self._came, self._went.values())

    def settle(self) -> None:
        """Compare what is to be compared, and write what hangs together, when all marks are written."""
        self._buckets.look_again()
        lost = self._suspect()
        loose = self._fallen_apart()
        members = copies_groups.members(self._connection, loose)
        loosened = frozenset(copies_marks.number(key) for keys in members.values() for key in keys)
        self._know(chain(self._came, self._same, loosened), loose)
        parts = self._ask(loosened, loose)
        copies_parts.recheck(self._connection, lost)
        components = self._components(loosened, set(self._groups.values()) - loose)
        self._write_parts(parts)
        names = {self._keys[n] for n in self._same}
        copies_groups.write(self._connection, components, names, loose)

    def _neighbours(self) -> dict[str, set[int]]:
        """Return by group what the articles that go were compared with."""
        inside = {n: f for n, f in self._went.items() if n in self._groups}
        far = self._far(inside, self._untold(inside)) if inside else {}
        found: dict[str, set[int]] = defaultdict(set)
        for n, features in inside.items():
            found[self._groups[n]] |= self._buckets.neighbours(n, features).union(far[n]) - self._went.keys()
        return found

    def _suspect(self) -> frozenset[int]:
        """Add what lost comparisons to the suspects, by group; return all that did, but for those with what went."""
        pushed = self._buckets.pushed_out()
        shaken = frozenset[int]().union(*self._turned.common.values())
        around = frozenset[int]().union(*(members for _, members in pushed.values()), *self._suspects.values())
        groups = copies_groups.of_numbers(self._connection, shaken | around)
        suspects: dict[str, set[int]] = defaultdict(set)
        for group, members in self._suspects.items():
            suspects[group] |= {n for n in members if groups.get(n) == group}
        for holders in self._turned.common.values():
            for group, members in _by_group(holders, groups).items():
                suspects[group] |= members
        for some, all_of_it in pushed.values():
            theirs = {groups[n] for n in some if n in groups}
            for group, members in _by_group(all_of_it, groups).items():
                suspects[group] |= members if group in theirs else set()
        self._suspects = {group: members for group, members in suspects.items() if len(members) > 1}
        return shaken.union(*(some for some, _ in pushed.values()))

    def _fallen_apart(self) -> set[str]:
        """Return the groups whose suspects hang together no more by the comparisons that are left, with others too."""
        union, left = Union(), self._suspects
        for asked in (self._near, self._first, self._shared):
            numbers = sorted(n for members in left.values() for n in members)
            for start in range(0, len(numbers), _SLICE):
                some = copies_marks.kept(self._connection, numbers[start : start + _SLICE])
                own = {n: each.features for n, each in some.items()}
                self._comparing.join(own, asked(own), union, {})
            left = {group: rest for group in left if (rest := _besides_most(self._suspects[group], union))}
        return set(left)

    def _ask(self, loosened: frozenset[int], loose: Collection[str]) -> Parts:
        """Compare what came, what may be compared again, and all of the groups that fell apart; return the parts."""
        told = frozenset[int]().union(*self._turned.told.values())
        newly_first = self._buckets.newly_first()
        anew = self._comparing.features((told | loosened | newly_first.keys()) - self._came.keys())
        own = {**self._came, **anew}
        far = self._far(self._came, self._untold(self._came) if told else self._turned.holders)
        far |= self._far(anew, self._untold(anew))
        near, first = self._near(self._came), copies_buckets.firsts_of(self._connection, anew)
        ranked = {
            n: _likeliest(chain(near.get(n, ()), newly_first.get(n, ()), first.get(n, ())), far[n]) for n in sorted(own)
        }
        self._know(chain(ranked, *ranked.values()), loose)
        return self._comparing.join(own, ranked, self._union, self._node)

    def _near(self, own: Mapping[int, Features]) -> Candidates:
        return {n: {o for some in self._buckets.near(n, f) for o in some} - {n} for n, f in own.items()}

    def _first(self, own: Mapping[int, Features]) -> Candidates:
        return copies_buckets.firsts_of(self._connection, own)

    def _shared(self, own: Mapping[int, Features]) -> Candidates:
        return self._far(own, self._untold(own))

    def _untold(self, own: Mapping[int, Features]) -> Holders:
        """Return where the marks of articles stand that tell something."""
        traces = frozenset[int]().union(*(f.traces for f in own.values()))
        return copies_marks.holders(self._connection, traces - copies_marks.common(self._connection, traces))

    @staticmethod
    def _far(own: Mapping[int, Features], holders: Holders) -> dict[int, Counter[int]]:
        """Return what articles have marks in common with, and how many."""
        found = {}
        for n, features in own.items():
            shared = Counter(chain.from_iterable(holders[mark] for mark in features.traces & holders.keys()))
            del shared[n]
            found[n] = Counter({o: times for o, times in shared.items() if times >= BOTH})
        return found

    def _know(self, numbers: Iterable[int], loose: Collection[str]) -> None:
        """Find out what articles are called, and of which group each is that is not to be made anew."""
        missing = set(numbers) - self._keys.keys()
        for n, (key, group) in copies_groups.placed(self._connection, missing).items():
            self._keys[n] = key
            self._node[n] = n if group is None or group in loose else group

    def _components(self, loosened: Iterable[int], also: Iterable[str]) -> list[Component]:
        """Return what hangs together and may have changed."""
        found: dict[Node, Component] = defaultdict(lambda: Component(set(), set()))
        touched = {*self._union.joined, *also, *(self._node[n] for n in chain(self._came, self._same, loosened))}
        for node in touched:
            component = found[self._union.root(node)]
            if isinstance(node, str):
                component.groups.add(node)
            else:
                component.articles.add(self._keys[node])
        for n in self._same:
            found[self._union.root(self._node[n])].articles.add(self._keys[n])
        return list(found.values())

    def _write_parts(self, parts: Parts) -> None:
        """Write the parts of what is not one group with them."""
        apart = {
            (self._keys[part], self._keys[whole]): score
            for (part, whole), score in parts.items()
            if self._union.root(self._node[part]) != self._union.root(self._node[whole])
        }
        copies_parts.write(self._connection, apart)


def _by_group(numbers: Iterable[int], groups: Mapping[int, str]) -> dict[str, set[int]]:
    """Return which of some articles are of one group."""
    found: dict[str, set[int]] = defaultdict(set)
    for n in numbers:
        if n in groups:
            found[groups[n]].add(n)
    return {group: members for group, members in found.items() if len(members) > 1}


def _besides_most(numbers: Collection[int], union: Union) -> set[int]:
    """Return what does not hang together with the most of some articles."""
    roots = {n: union.root(n) for n in numbers}
    [(most, _)] = Counter(roots.values()).most_common(1)
    return {n for n, root in roots.items() if root != most}


def _likeliest(near: Iterable[int], far: Counter[int]) -> list[int]:
    """Return candidates, those with the most in common first; in one order, so that the same is compared each time."""
    shared = Counter(set(near)) + far
    return sorted(shared, key=lambda o: (-shared[o], o))
