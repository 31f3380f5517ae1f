"""Groups of copies: who is the head, and what the others are to it.

A row of a group depends on its own article and the head's alone, so that one that comes to a group of thousands writes
one row. Only another head changes the rows of all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, delete, select, text

from ingest.copies import Kind, compare
from ingest.copies.pairs import likeness
from ingest.store import copies_contradictions, copies_marks, copies_parts
from ingest.store.copies_marks import Known, number
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

_T = Base.metadata.tables
_ARTICLE, _SOURCE, _TEXT, _MEMBER = _T["article"], _T["source"], _T["copytext"], _T["copymember"]
_SPUN = "spun"  # the flag
_RANKED = ("key", "published_on", "published_at", "flags")
_MOST_CHARACTERS = 10**9  # of an article: no text has as many
_SLICE = 500  # rows that are made at a time: their texts are in memory
_LEADING = """SELECT group_key, standing, article_key FROM copymember
    WHERE group_key = :group ORDER BY standing LIMIT 2"""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Component:
    """What hangs together: groups that are part of it as they are, and the keys of articles besides them."""

    groups: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)


def of_numbers(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return the groups of articles by their numbers; what has no copies is in none."""
    join = "JOIN copymember AS m ON m.article_key = t.article_key"
    return dict(copies_marks.asked(connection, "copytext", "t.number, m.group_key", numbers, "number", join))


def placed(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[str, str | None]]:
    """Return the keys of articles and their groups, by number; None for what has no copies."""
    join = "LEFT JOIN copymember AS m ON m.article_key = t.article_key"
    rows = copies_marks.asked(connection, "copytext", "t.number, t.article_key, m.group_key", numbers, "number", join)
    return {n: (key, group) for n, key, group in rows}


def members(connection: Connection, groups: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys of the articles of groups."""
    found: dict[str, list[str]] = defaultdict(list)
    query = select(_MEMBER.c.group_key, _MEMBER.c.article_key)
    for some in batches(sorted(groups)):
        for group, key in connection.execute(query.where(_MEMBER.c.group_key.in_(some))):
            found[group].append(key)
    return found


def write(
    connection: Connection, components: Sequence[Component], anew: Collection[str], former: Collection[str]
) -> None:
    """Write what hangs together.

    Args:
        connection: Within a transaction that holds the lock of linking.
        components: All that may have changed; an article alone is in no group.
        anew: The keys of articles that say something else of themselves than when their rows were written.
        former: The keys of groups that were taken apart.
    """
    _clear(connection, former, _MEMBER.c.group_key)
    _clear(connection, anew, _MEMBER.c.article_key)
    leading = _leading(connection, {group for each in components for group in each.groups})
    own = _articles(connection, {key for each in components for key in each.articles})
    headed: list[tuple[str, Component]] = []
    alone: set[str] = set()
    for each in components:
        standing = sorted((own[key]["standing"], key) for key in each.articles)
        standing = sorted(chain(standing, *(leading[group] for group in each.groups)))
        if len(standing) > 1:
            headed.append((standing[0][1], each))
        else:
            alone |= each.groups
    _clear(connection, alone, _MEMBER.c.group_key)
    written = sorted(_pairs(connection, headed))
    for start in range(0, len(written), _SLICE):
        _write(connection, written[start : start + _SLICE])
    copies_parts.drop_within(connection, [key for _, key in written])


def _pairs(connection: Connection, headed: Sequence[tuple[str, Component]]) -> Iterator[tuple[str, str]]:
    """Yield head and article for each row that is to be written: of those that are new to the head, or it to them."""
    for head, each in headed:
        yield from ((head, key) for key in each.articles)
    moved = {group: head for head, each in headed for group in each.groups if group != head or head in each.articles}
    for group, keys in members(connection, moved).items():
        yield from ((moved[group], key) for key in keys)


def _write(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Write the rows of articles, by the keys of their heads and their own, and what they contradict."""
    articles = _articles(connection, {key for _, key in pairs})
    texts = copies_marks.kept(connection, {number(key) for pair in pairs for key in pair})
    rows = []
    for head, key in pairs:
        kind, score = Kind.HEAD, 1.0
        if key != head:
            kind, score = _kind(texts[number(head)], texts[number(key)], articles[key]["flags"])
        names = {"article_key": key, "group_key": head, "standing": articles[key]["standing"]}
        rows.append(names | {"kind": kind.value, "score": round(score, 3)})
    upsert(connection, _MEMBER, rows)
    copies_contradictions.write(connection, pairs)


def _kind(head: Known, other: Known, flags: Iterable[Row]) -> tuple[Kind, float]:
    verdict = compare(head.features, other.features)
    if verdict is None or verdict.kind is Kind.PART:
        return Kind.CHAIN, likeness(head.features, other.features)
    if verdict.kind is Kind.SPUN or any(flag["name"] == _SPUN for flag in flags):
        return Kind.SPUN, verdict.score
    return (Kind.MIRROR if other.mirrored and not head.mirrored else Kind.COPY), verdict.score


def _clear(connection: Connection, values: Collection[str], column: Any) -> None:
    """Remove the rows of articles or groups, and what they contradict."""
    for some in batches(sorted(values)):
        keys = connection.scalars(select(_MEMBER.c.article_key).where(column.in_(some))).all()
        copies_contradictions.clear(connection, keys)
        connection.execute(delete(_MEMBER).where(column.in_(some)))


def _leading(connection: Connection, groups: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the first two articles of groups, each with its standing."""
    query = text(_LEADING)
    return {group: [(row[1], row[2]) for row in connection.execute(query, {"group": group})] for group in groups}


def _articles(connection: Connection, article_keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return what puts articles in their order."""
    joined = _ARTICLE.join(_SOURCE, _SOURCE.c.name == _ARTICLE.c.source).join(
        _TEXT, _TEXT.c.article_key == _ARTICLE.c.key
    )
    query = select(*(_ARTICLE.c[name] for name in _RANKED), _SOURCE.c.trust, _TEXT.c.length).select_from(joined)
    return {
        row["key"]: {"flags": row["flags"], "standing": _standing(dict(row))}
        for some in batches(sorted(article_keys))
        for row in connection.execute(query.where(_ARTICLE.c.key.in_(some))).mappings()
    }


def _standing(article: Row) -> str:
    """Return what orders a group: the earliest first, then the fullest, then the most trusted, then by key.

    All is of one width and ASCII, so that every collation has the same order.
    """
    day = (article["published_on"] or date.max).isoformat()
    moment = (article["published_at"] or datetime.max).isoformat(timespec="microseconds")  # noqa: DTZ901 - as printed, without a zone
    doubt = round((1 - article["trust"]) * 1000)
    return f"{day} {moment} {_MOST_CHARACTERS - article['length']:09} {doubt:04} {article['key']}"
