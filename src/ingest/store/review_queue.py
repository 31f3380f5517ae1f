"""The queue of records that a person had better look at: those of low confidence on which nothing is decided."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, literal, literal_column, select, tuple_

from ingest.store.review_columns import KINDS, same_reading
from ingest.store.rows import Row
from ingest.store.search.index import PLACE
from ingest.store.tables import Base
from ingest.store.views import DOUBTFUL

_T = Base.metadata.tables
_ARTICLE = _T["article"]
_OF_ARTICLE = ("title", "published_on", "source", "address", "paragraphs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What of the queue is asked for: one kind of record (a table), one source, one zone; None for all."""

    kind: str | None = None
    source: str | None = None
    zone: str | None = None


def queue(
    connection: Connection, narrowed: Narrowed, *, limit: int, after: tuple[float, str] | None = None
) -> list[Row]:
    """Return the records of the queue, the least sure first.

    Args:
        connection: The database.
        narrowed: Which of them.
        limit: How many at the most.
        after: Confidence and key of the last one that was returned before.

    Each row has the record's columns, ``kind`` for its table, and ``title``, ``published_on``, ``source``, ``address``
    and ``evidence_paragraph`` of its article. A record's own kind (of an organisation) stands under ``said_kind``.
    """
    kinds = [narrowed.kind] if narrowed.kind else KINDS
    arms = [_arm(connection, _T[kind], narrowed, limit, after) for kind in kinds]
    return list(heapq.merge(*arms, key=lambda row: (row["confidence"], row["key"])))[:limit]


def sources(connection: Connection) -> Sequence[str]:
    """Return the names of the sources that the queue can be narrowed by."""
    source = _T["source"]
    return connection.scalars(select(source.c.name).order_by(source.c.name)).all()


def _arm(
    connection: Connection, table: Table, narrowed: Narrowed, limit: int, after: tuple[float, str] | None
) -> list[Row]:
    query = _query(table, narrowed).limit(limit)
    if after is not None:
        query = query.where(tuple_(table.c.confidence, table.c.key) > tuple_(literal(after[0]), literal(after[1])))
    found = [dict(row) for row in connection.execute(query).mappings()]
    own = select(_ARTICLE.c.key, *(_ARTICLE.c[name] for name in _OF_ARTICLE))
    theirs = connection.execute(own.where(_ARTICLE.c.key.in_({row["article_key"] for row in found}))).mappings()
    articles = {row["key"]: dict(row) for row in theirs}
    return [_row(table, row, articles[row["article_key"]]) for row in found]


def _query(table: Table, narrowed: Narrowed) -> Select[tuple[object, ...]]:
    """Return the query for a kind; the number stands in it as it does in the partial index that it goes by.

    What it asks of the article is a condition, no join: SQLite would begin with the articles and sort.
    """
    standing = exists().where(_ARTICLE.c.key == table.c.article_key, _ARTICLE.c.withdrawn_at.is_(None))
    if narrowed.source is not None:
        standing = standing.where(_ARTICLE.c.source == narrowed.source)
    decided = exists().where(same_reading(table, table.name)).correlate(table)
    # The sign keeps a zone's records from the index of all that are in doubt: 1.6 s there for one of 200 zones.
    confidence: ColumnElement[float] = literal_column(f"{'+' if narrowed.zone else ''}{table.name}.confidence")
    conditions = [confidence < literal_column(str(DOUBTFUL)), standing.correlate(table), ~decided]
    if narrowed.zone is not None:
        of_zone = select(PLACE.c.article_key).where(PLACE.c.kind == "zone", PLACE.c.name == narrowed.zone)
        conditions.append(table.c.article_key.in_(of_zone))
    return select(*table.columns).where(*conditions).order_by(table.c.confidence, table.c.key)


def _row(table: Table, row: Row, article: Row) -> Row:
    own = {"said_kind": row["kind"]} if "kind" in row else {}
    paragraphs, place = article["paragraphs"], row["paragraph"]
    beside = {name: article[name] for name in _OF_ARTICLE if name != "paragraphs"}
    paragraph = paragraphs[place] if place < len(paragraphs) else ""
    return row | own | beside | {"kind": table.name, "evidence_paragraph": paragraph}
