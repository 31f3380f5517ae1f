"""Which articles have marks in common, asked and written in bulk on both engines.

A mark that stands in more than ``MOST`` articles counts for nothing. That is said of the articles that there are and
not of the order in which they came: the article that makes a mark common takes it from those before it, and one that
leaves gives it back (``Turned``). Of the articles that share a bucket the first ``FIRST`` by number are compared with
all of it, the others with these alone: thousands that are alike hang together by them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text

from ingest.copies import Features
from ingest.copies.features import unpacked
from ingest.store import copies_fresh
from ingest.store.tables import Base
from ingest.store.upsert import insert

# Articles that a mark may stand in. Fifty copies of a story are found by its marks; what has more is found by the bands
# of its sketch, which no set phrase is in.
MOST = 64
# Articles of a bucket that are compared with all of it. Numbers are digests, so these are a sample by lot: of a bucket
# of thousands, one in a thousand articles that come is among them, and is compared with thousands.
FIRST = 8
BOTH = 2  # marks that two texts share by chance are one: 三个两位的 set phrases seldom come in twos
_DIGITS = 15  # of a key in hex: 60 bits, which both engines' numbers hold
_T = Base.metadata.tables
_DELETE_COMMON = _T["copycommon"].delete().where(_T["copycommon"].c.mark == bindparam("its"))
_DELETE_MARK = [
    each.delete().where(each.c.mark == bindparam("m"), each.c.number == bindparam("n"))
    for each in map(_T.__getitem__, copies_fresh.TABLES)
]
_LISTED = {
    "sqlite": "SELECT {what} FROM json_each(:marks) AS w CROSS JOIN {table} AS t ON t.{column} = w.value {join}",
    "postgresql": "SELECT {what} FROM {table} AS t {join} WHERE t.{column} = ANY(CAST(:marks AS bigint[]))",
}
# The first of each bucket. Correlated on SQLite, which has no LATERAL: it asks once for each bucket.
_FIRSTS = {
    "sqlite": """SELECT t.mark, t.number FROM json_each(:marks) AS w CROSS JOIN {table} AS t ON t.mark = w.value
        AND t.number <= coalesce((SELECT f.number FROM {table} AS f WHERE f.mark = w.value
            ORDER BY f.number LIMIT 1 OFFSET :last), 9223372036854775807)""",
    "postgresql": """SELECT t.mark, t.number FROM unnest(CAST(:marks AS bigint[])) AS w(value) CROSS JOIN LATERAL
        (SELECT mark, number FROM {table} WHERE mark = w.value ORDER BY number LIMIT :last + 1) AS t""",
}

Holders = Mapping[int, Sequence[int]]  # marks, and the articles that have them: each once


class Known(NamedTuple):
    """What is kept of an article to compare it. ``mirrored``: published in the other script, or with readings."""

    key: str
    features: Features
    mirrored: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """What of the marks of articles that came or went holds now."""

    common: Holders  # marks that became common
    told: Holders  # marks that are so no more
    holders: Holders  # all that tell something


def number(key: str) -> int:
    """Return the number of an article, by which its marks know it."""
    return int(key[:_DIGITS], 16)


def put(connection: Connection, articles: Mapping[int, Features]) -> None:
    """Write the marks of articles that have none yet."""
    if articles:
        rows = [(m, n) for n in sorted(articles) for m in articles[n].buckets | articles[n].traces]
        rows.sort(key=itemgetter(0))  # by number they are already: half the time of comparing pairs
        copies_fresh.put(connection, rows)


def take(connection: Connection, articles: Mapping[int, Features]) -> None:
    """Remove the marks of articles."""
    if pairs := sorted((m, n) for n, f in articles.items() for m in f.buckets | f.traces):
        given = [{"m": mark, "n": number} for mark, number in pairs]
        for statement in _DELETE_MARK:
            connection.execute(statement, given)


def turn(connection: Connection, came: Mapping[int, Features], gone: Iterable[Features]) -> Turned:
    """Note which marks of articles that came or went are common now, or are so no more.

    The marks of those that went are no longer written, the marks of those that came not yet: most stand in no other
    article, and need not be asked for.
    """
    left = frozenset[int]().union(*(f.traces for f in gone))
    were = common(connection, left.union(*(f.traces for f in came.values())))
    lost = left & were
    counted: dict[int, list[int]] = defaultdict(list)
    for number, features in came.items():
        for mark in features.traces - were | features.traces & lost:
            counted[mark].append(number)
    for mark, found in holders(connection, counted.keys() - lost | left - were).items():
        counted[mark] += found
    for mark, found in firsts(connection, lost, MOST).items():  # of those in thousands no more need be known
        counted[mark] += found
    several = {mark: found for mark, found in counted.items() if len(found) > 1}
    now = {mark: found for mark, found in several.items() if len(found) > MOST and mark not in were}
    told = {mark: several.get(mark, []) for mark in lost if len(counted[mark]) <= MOST}
    insert(connection, _T["copycommon"], [{"mark": mark} for mark in now])
    if told:
        connection.execute(_DELETE_COMMON, [{"its": mark} for mark in sorted(told)])
    return Turned(now, told, {mark: found for mark, found in several.items() if len(found) <= MOST})


def common(connection: Connection, marks: Collection[int]) -> frozenset[int]:
    """Return those of the marks that are common."""
    return frozenset(row[0] for row in asked(connection, "copycommon", "t.mark", marks))


def holders(connection: Connection, marks: Collection[int]) -> dict[int, list[int]]:
    """Return in which articles marks stand."""
    found: dict[int, list[int]] = defaultdict(list)
    for table in copies_fresh.TABLES:
        for mark, number in asked(connection, table, "t.mark, t.number", marks):
            found[mark].append(number)
    return dict(found)


def firsts(connection: Connection, buckets: Collection[int], most: int | None = None) -> dict[int, list[int]]:
    """Return of each bucket the first articles in order: ``FIRST`` or ``most``, and the next one if there are more."""
    if not buckets:
        return {}
    found: dict[int, list[int]] = defaultdict(list)
    engine, last = connection.dialect.name, FIRST if most is None else most
    given = {"marks": _listed(engine, buckets), "last": last}
    for table in copies_fresh.TABLES:
        for mark, number in connection.execute(text(_FIRSTS[engine].format(table=table)), given).all():
            found[mark].append(number)
    return {mark: sorted(numbers)[: last + 1] for mark, numbers in found.items()}


def kept(connection: Connection, numbers: Collection[int]) -> dict[int, Known]:
    """Return what is kept of articles, by number."""
    found = asked(connection, "copytext", "t.number, t.article_key, t.packed, t.mirrored", numbers, "number")
    return {row[0]: Known(row[1], unpacked(bytes(row[2])), bool(row[3])) for row in found}


def names(connection: Connection, numbers: Collection[int]) -> list[str]:
    """Return the keys of articles."""
    return [key for (key,) in asked(connection, "copytext", "t.article_key", numbers, "number")]


def asked(  # noqa: PLR0913, PLR0917 - the parts of a query
    connection: Connection, table: str, what: str, values: Collection[int], column: str = "mark", join: str = ""
) -> list[Any]:
    """Return columns of a table where a column of numbers is one of many values, which go as one list."""
    if not values:
        return []
    engine = connection.dialect.name
    query = _LISTED[engine].format(what=what, table=table, column=column, join=join)
    return list(connection.execute(text(query), {"marks": _listed(engine, values)}).all())


def _listed(engine: str, values: Collection[int]) -> Any:
    """Return numbers as one parameter: what Python shows of a list of numbers is JSON."""
    return repr(sorted(values)) if engine == "sqlite" else sorted(values)
