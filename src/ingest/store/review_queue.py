"""The queue of records that a person had better look at: those of low confidence on which nothing is decided."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, func, literal, literal_column, select, tuple_

from ingest.store.review_columns import KINDS, same_reading
from ingest.store.rows import Row
from ingest.store.search.index import PLACE
from ingest.store.tables import Base
from ingest.store.upsert import batches
from ingest.store.views import DOUBTFUL

_T = Base.metadata.tables
_ARTICLE = _T["article"]
_OF_ARTICLE = ("title", "published_on", "source", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What of the queue is asked for: one kind of record (a table), source, zone, article (its key); None for all."""

    kind: str | None = None
    source: str | None = None
    zone: str | None = None
    article: str | None = None


_ALL = Narrowed()


def queue(
    connection: Connection,
    narrowed: Narrowed,
    *,
    limit: int,
    after: tuple[float, str] | None = None,
    texts: bool = True,
) -> list[Row]:
    """Return the records of the queue, the least sure first.

    Args:
        connection: The database.
        narrowed: Which of them.
        limit: How many at the most.
        after: Confidence and key of the last one that was returned before.
        texts: With the paragraph that each was read from.

    Each row has the record's columns, ``kind`` for its table, and ``title``, ``published_on``, ``source``, ``address``
    and ``evidence_paragraph`` of its article; that is empty without ``texts``. A record's own kind (of an
    organisation) stands under ``said_kind``.
    """
    kinds = [narrowed.kind] if narrowed.kind else KINDS
    arms = [_arm(connection, _T[kind], narrowed, limit, after) for kind in kinds]
    found = list(heapq.merge(*arms, key=lambda row: (row["confidence"], row["key"])))[:limit]
    return _with_articles(connection, found, texts=texts)


def one(connection: Connection, kind: str, record: Row) -> Row:
    """Return a record as a row of the queue, whether it is in doubt or not; ``kind`` is its table."""
    return _with_articles(connection, [_of_kind(kind, record)], texts=True)[0]


def waiting(connection: Connection, narrowed: Narrowed = _ALL) -> dict[str, int]:
    """Return how many records of each kind are in the queue, by the names of their tables."""
    counted = {kind: select(func.count()).select_from(_query(_T[kind], narrowed).subquery()) for kind in KINDS}
    return {kind: connection.scalar(query) or 0 for kind, query in counted.items()}


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
    return [_of_kind(table.name, dict(row)) for row in connection.execute(query).mappings()]


def _query(table: Table, narrowed: Narrowed) -> Select[tuple[object, ...]]:
    """Return the query for a kind; the number stands in it as it does in the partial index that it goes by.

    What it asks of the article is a condition, no join: SQLite would begin with the articles and sort.
    """
    standing = exists().where(_ARTICLE.c.key == table.c.article_key, _ARTICLE.c.withdrawn_at.is_(None))
    if narrowed.source is not None:
        standing = standing.where(_ARTICLE.c.source == narrowed.source)
    decided = exists().where(same_reading(table, table.name)).correlate(table)
    # The sign keeps a zone's records from the index of all that are in doubt: 1.6 s there for one of 200 zones.
    sign = "+" if narrowed.zone or narrowed.article else ""
    confidence: ColumnElement[float] = literal_column(f"{sign}{table.name}.confidence")
    conditions = [confidence < literal_column(str(DOUBTFUL)), standing.correlate(table), ~decided]
    if narrowed.zone is not None:
        of_zone = select(PLACE.c.article_key).where(PLACE.c.kind == "zone", PLACE.c.name == narrowed.zone)
        conditions.append(table.c.article_key.in_(of_zone))
    if narrowed.article is not None:
        conditions.append(table.c.article_key == narrowed.article)
    return select(*table.columns).where(*conditions).order_by(table.c.confidence, table.c.key)


def _of_kind(kind: str, record: Row) -> Row:
    own = {"said_kind": record["kind"]} if "kind" in record else {}
    return record | own | {"kind": kind}


def _with_articles(connection: Connection, rows: Sequence[Row], *, texts: bool) -> list[Row]:
    """Return records with what is shown of their articles."""
    columns = [_ARTICLE.c[name] for name in ("key", *_OF_ARTICLE, *(("paragraphs",) if texts else ()))]
    articles: dict[str, Row] = {}
    for some in batches(sorted({row["article_key"] for row in rows})):
        found = connection.execute(select(*columns).where(_ARTICLE.c.key.in_(some)))
        articles |= {row["key"]: dict(row) for row in found.mappings()}
    return [row | _beside(row, articles[row["article_key"]]) for row in rows]


def _beside(row: Row, article: Row) -> Row:
    paragraphs, place = article.get("paragraphs", ()), row["paragraph"]
    paragraph = paragraphs[place] if place < len(paragraphs) else ""
    return {name: article[name] for name in _OF_ARTICLE} | {"evidence_paragraph": paragraph}
