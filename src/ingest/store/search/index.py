"""Keeps the index in step with the articles, in the transaction that changes them, the same on both engines."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql

from ingest.store import upsert
from ingest.store.engine import Database
from ingest.store.search import fts5, tsvector
from ingest.store.search.entries import COLUMNS, entry
from ingest.store.tables import Base
from ingest.store.upsert import batches

# Made by a migration's SQL: FTS5's tables and PostgreSQL's tsvector have no model. ``indexed`` is false from when an
# older database got the table until `ingest db reindex`, and ``words`` there is on PostgreSQL only.
DOCUMENT = Table(
    "search_document",
    MetaData(),
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), unique=True),  # the engine counts it; the primary key
    Column("article_key", String, primary_key=True),  # rows are written by this
    Column("published_on", Date),
    Column("withdrawn", Boolean),
    Column("indexed", Boolean),
    Column("words", postgresql.TSVECTOR),
)
# What an article is about, a row for each: lists in the article's row cannot be looked up by index on SQLite.
PLACE = Table(
    "search_place",
    DOCUMENT.metadata,
    Column("article_key", String, primary_key=True),
    Column("kind", String, primary_key=True),  # zone or region
    Column("name", String, primary_key=True),
    Column("code", String),  # division code of a region, where the article names it
    Column("sole", Boolean),  # the article is of no other zone, or of no other region
    Column("published_on", Date),
)
_ARTICLE = Base.metadata.tables["article"]
_NAMED = Base.metadata.tables["place"]
_PENDING = text("NOT indexed")  # the words of the index on it, which both engines go by
_IN_HAND = 0.2  # seconds until what a run has in hand is looked at again; it stores a chunk in about one
_BATCH = 500  # articles in one transaction of `reindex`: half a second
Article = Mapping[str, Any]


def take_out(connection: Connection, articles: Sequence[Article]) -> list[Article]:
    """Take articles out whose rows are about to change; return those that must be put in again afterwards.

    Args:
        connection: Within the transaction that changes them; they are not changed yet.
        articles: Their rows as they will be.
    """
    known = {row["key"]: row for row in _known(connection, [article["key"] for article in articles])}
    stale = [article for article in articles if not _same(known.get(article["key"]), article)]
    _take(connection, [known[article["key"]] for article in stale if article["key"] in known])
    return stale


def put_in(connection: Connection, articles: Sequence[Article]) -> None:
    """Put articles in that are new or were taken out; their rows are there, and those of their records."""
    entries = [(entry(article), article["published_on"]) for article in sorted(articles, key=itemgetter("key"))]
    if not entries:
        return
    postgres = connection.dialect.name == "postgresql"
    rows = [
        {"article_key": each.key, "published_on": day, "withdrawn": False, "indexed": True}
        | ({"words": tsvector.vector(each)} if postgres else {})
        for each, day in entries
    ]
    known = _numbers(connection, [each.key for each, _ in entries])
    upsert.insert(connection, DOCUMENT, [row for row in rows if row["article_key"] not in known])
    _change(connection, [row for row in rows if row["article_key"] in known])
    if not postgres:
        numbers = _numbers(connection, [each.key for each, _ in entries])
        fts5.put(connection, [(numbers[each.key], each) for each, _ in entries])
    _put_places(connection, articles)


def withdraw(connection: Connection, article_keys: Sequence[str]) -> None:
    """Leave articles out of what is found; they come back when they are put in again."""
    connection.execute(update(DOCUMENT).where(DOCUMENT.c.article_key.in_(article_keys)).values(withdrawn=True))


def forget(connection: Connection, article_keys: Iterable[str]) -> None:
    """Take articles out that are about to be deleted; what else there is of them goes with their rows."""
    for some in batches(sorted(article_keys)):
        _take(connection, _known(connection, some))


def pending(connection: Connection) -> int:
    """Return how many articles are not in the index yet."""
    return connection.scalar(select(func.count()).select_from(DOCUMENT).where(_PENDING)) or 0


def reindex(
    database: Database, *, everything: bool = False, on_batch: Callable[[int], None] = lambda _articles: None
) -> int:
    """Put the articles in that are not; with ``everything``, make the whole index anew. Return how many were put in.

    A transaction for each batch: other writers come between, and what is stopped goes on where it was.
    """
    if everything:
        with database.write() as connection:
            if connection.dialect.name == "sqlite":
                fts5.command(connection, "delete-all")
            connection.execute(update(DOCUMENT).values(indexed=False))
    done = 0
    while True:
        with database.write() as connection:
            keys = connection.scalars(select(DOCUMENT.c.article_key).where(_PENDING).limit(_BATCH)).all()
            if not keys:
                return done
            columns = [_ARTICLE.c[name] for name in (*COLUMNS, "withdrawn_at")]
            # Nobody may change an article between our reading it and writing what we read; one that a run has in hand
            # is left for the next round, so that we never wait for a run that waits for us.
            query = select(*columns).where(_ARTICLE.c.key.in_(keys)).order_by(_ARTICLE.c.key)
            articles = _rows(connection, query.with_for_update(key_share=True, skip_locked=True))
            put_in(connection, articles)
            withdraw(connection, [row["key"] for row in articles if row["withdrawn_at"] is not None])
        if not articles:
            time.sleep(_IN_HAND)
        done += len(articles)
        on_batch(len(articles))


def _known(connection: Connection, article_keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of articles as the database has them, with their documents."""
    return [row for some in batches(sorted(article_keys)) for row in _rows(connection, _documents(some))]


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _documents(article_keys: Sequence[str]) -> Select[Any]:
    columns = [_ARTICLE.c[name] for name in COLUMNS]
    of_document = (DOCUMENT.c.id, DOCUMENT.c.indexed, DOCUMENT.c.withdrawn)
    joined = _ARTICLE.join(DOCUMENT, DOCUMENT.c.article_key == _ARTICLE.c.key)
    return select(*columns, *of_document).select_from(joined).where(_ARTICLE.c.key.in_(article_keys))


def _same(known: Article | None, article: Article) -> bool:
    """Whether the index has an article as it will be."""
    if known is None or not known["indexed"] or known["withdrawn"]:
        return False
    return all(known[name] == article[name] for name in COLUMNS)


def _take(connection: Connection, known: Sequence[Article]) -> None:
    if connection.dialect.name != "sqlite":  # its words stand in the document's row, and go or are replaced with it
        return
    indexed = [row for row in known if row["indexed"]]
    fts5.take(connection, [(row["id"], entry(row)) for row in indexed])
    statement = update(DOCUMENT).where(DOCUMENT.c.id == bindparam("its_id")).values(indexed=False)
    if indexed:
        connection.execute(statement, [{"its_id": row["id"]} for row in indexed])


def _numbers(connection: Connection, article_keys: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the documents that there are, by the keys of their articles."""
    numbers: dict[str, int] = {}
    for some in batches(article_keys):
        query = select(DOCUMENT.c.article_key, DOCUMENT.c.id).where(DOCUMENT.c.article_key.in_(some))
        numbers |= {row.article_key: row.id for row in connection.execute(query)}
    return numbers


def _change(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Change documents that are there; they keep their numbers, by which the last stored is found first."""
    if rows:
        values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "article_key"}
        statement = update(DOCUMENT).where(DOCUMENT.c.article_key == bindparam("its_key")).values(values)
        connection.execute(statement, [row | {"its_key": row["article_key"]} for row in rows])


def _put_places(connection: Connection, articles: Sequence[Article]) -> None:
    """Make the places of articles those that their rows have."""
    codes: dict[tuple[str, str], str] = {}
    for some in batches(sorted(article["key"] for article in articles)):
        connection.execute(delete(PLACE).where(PLACE.c.article_key.in_(some)))
        named = select(_NAMED.c.article_key, _NAMED.c.name, _NAMED.c.code)
        found = connection.execute(named.where(_NAMED.c.article_key.in_(some), _NAMED.c.code.is_not(None)))
        codes |= {(key, name): code for key, name, code in found}
    rows = [row | {"code": codes.get((row["article_key"], row["name"]))} for row in _places(articles)]
    upsert.insert(connection, PLACE, rows)


def _places(articles: Iterable[Article]) -> Iterator[dict[str, Any]]:
    for article in articles:
        for kind, names in (("zone", article["zones"]), ("region", article["regions"])):
            of_article = {"article_key": article["key"], "kind": kind, "published_on": article["published_on"]}
            yield from (of_article | {"name": name, "sole": len(names) == 1} for name in dict.fromkeys(names))
