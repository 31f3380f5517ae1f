"""Which articles have marks in common, asked and written in bulk on both engines.

A mark that stands in more than ``MOST`` articles counts for nothing. That is said of the articles that there are and
not of the order in which they came: the article that makes a mark common takes it from those before it, and one that
leaves gives it back (``Turned``).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, text

from ingest.copies import Features
from ingest.copies.features import unpacked
from ingest.store.tables import Base
from ingest.store.upsert import insert

# Articles that a mark may stand in. Fifty copies of a story are found by its marks; what has more is found by the bands
# of its sketch, which no set phrase is in.
MOST = 64
_T = Base.metadata.tables
_DELETE_COMMON = _T["copycommon"].delete().where(_T["copycommon"].c.mark == bindparam("its"))
_DELETE_MARK = (
    _T["copymark"].delete().where(_T["copymark"].c.mark == bindparam("m"), _T["copymark"].c.number == bindparam("n"))
)
_LISTED = {
    "sqlite": "SELECT {what} FROM json_each(:marks) AS w CROSS JOIN {table} AS t ON t.{column} = w.value {join}",
    "postgresql": "SELECT {what} FROM {table} AS t {join} WHERE t.{column} = ANY(CAST(:marks AS bigint[]))",
}


@dataclass(frozen=True, slots=True)
class Turned:
    """What of the marks of articles that came or went holds now."""

    common: Mapping[int, frozenset[int]]  # marks that became common, with the articles that have them
    told: Mapping[int, frozenset[int]]  # marks that are so no more
    holders: Mapping[int, frozenset[int]]  # all that tell something


def put(connection: Connection, articles: Mapping[int, Features]) -> None:
    """Write the marks of articles that have none yet."""
    rows = [{"mark": m, "number": n} for n, f in articles.items() for m in f.buckets | f.traces]
    insert(connection, _T["copymark"], rows)


def take(connection: Connection, articles: Mapping[int, Features]) -> None:
    """Remove the marks of articles."""
    if pairs := sorted((m, n) for n, f in articles.items() for m in f.buckets | f.traces):
        connection.execute(_DELETE_MARK, [{"m": mark, "n": number} for mark, number in pairs])


def turn(connection: Connection, came: Mapping[int, Features], gone: Iterable[Features]) -> Turned:
    """Note which marks of articles that came or went are common now, or are so no more.

    The marks of those that went are no longer written, the marks of those that came not yet: most stand in no other
    article, and need not be asked for.
    """
    left = frozenset[int]().union(*(f.traces for f in gone))
    were = common(connection, left.union(*(f.traces for f in came.values())))
    counted: dict[int, set[int]] = defaultdict(set)
    for number, features in came.items():
        for mark in features.traces:
            counted[mark].add(number)
    lost = left & were
    for mark, found in holders(connection, (counted.keys() | left) - were | lost).items():
        counted[mark] |= found
    for mark in were - lost:
        counted.pop(mark, None)
    several = {mark: frozenset(found) for mark, found in counted.items() if len(found) > 1}
    now = {mark: found for mark, found in several.items() if len(found) > MOST and mark not in were}
    told = {mark: several.get(mark, frozenset()) for mark in lost if len(counted[mark]) <= MOST}
    insert(connection, _T["copycommon"], [{"mark": mark} for mark in now])
    if told:
        connection.execute(_DELETE_COMMON, [{"its": mark} for mark in sorted(told)])
    return Turned(now, told, {mark: found for mark, found in several.items() if len(found) <= MOST})


def common(connection: Connection, marks: Collection[int]) -> frozenset[int]:
    """Return those of the marks that are common."""
    return frozenset(row[0] for row in asked(connection, "copycommon", "t.mark", marks))


def holders(connection: Connection, marks: Collection[int]) -> dict[int, frozenset[int]]:
    """Return in which articles marks stand."""
    found: dict[int, set[int]] = defaultdict(set)
    for mark, number in asked(connection, "copymark", "t.mark, t.number", marks):
        found[mark].add(number)
    return {mark: frozenset(numbers) for mark, numbers in found.items()}


def kept(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[str, Features, bool]]:
    """Return of articles, by number: their key, their features, and whether they are mirrored."""
    found = asked(connection, "copytext", "t.number, t.article_key, t.packed, t.mirrored", numbers, "number")
    return {row[0]: (row[1], unpacked(bytes(row[2])), bool(row[3])) for row in found}


def asked(  # noqa: PLR0913, PLR0917 - the parts of a query
    connection: Connection, table: str, what: str, values: Collection[int], column: str = "mark", join: str = ""
) -> list[Any]:
    """Return columns of a table where a column of numbers is one of many values, which go as one list."""
    if not values:
        return []
    engine = connection.dialect.name
    query = _LISTED[engine].format(what=what, table=table, column=column, join=join)
    listed: Any = json.dumps(sorted(values)) if engine == "sqlite" else sorted(values)
    return [tuple(row) for row in connection.execute(text(query), {"marks": listed})]
