"""Finds articles by what they say, the best first."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.types import Date

from ingest.store.search import fts5, tsvector
from ingest.store.search.entries import tag
from ingest.store.search.query import Term
from ingest.store.search.snippet import snippet
from ingest.store.tables import Base

# Of the articles that a query fits, this many are weighed, those stored last first: what fits more is a word like 发展,
# of which no order is better than the last. Weighing 5,000 takes 15 ms on SQLite (tests/benchmarks/search.py).
MOST = 5_000
_SHOWN = (
    *("key", "title", "paragraphs", "published_on", "source", "address", "kind", "topic", "zones", "regions"),
    "withdrawn_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a search is narrowed by: pairs of source, kind, zone or region and its name; days, both inclusive."""

    tags: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None
    withdrawn: bool = False  # those that are no longer on their page too


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found. ``snippet`` is a stretch of its text with what was looked for in « »."""

    article: Mapping[str, Any] = field(repr=False)
    score: float  # the higher the better; only to be compared with those of the same search
    snippet: str


def find(
    connection: Connection, terms: Sequence[Term], narrowing: Narrowing | None = None, *, limit: int = 20
) -> list[Hit]:
    """Return the articles that have all the terms, the best first, and of those as good the newest.

    An article with a term in its title comes before one that has it in its body alone.
    """
    scores = ranked(connection, terms, narrowing, limit=limit)
    articles = _articles(connection, list(scores))
    return [_hit(articles[key], score, terms) for key, score in scores.items()]


def ranked(
    connection: Connection, terms: Sequence[Term], narrowing: Narrowing | None = None, *, limit: int = MOST
) -> dict[str, float]:
    """Return the keys of the articles that ``find`` finds, in its order, with their scores."""
    narrowing = narrowing or Narrowing()
    tags = [tag(kind, name) for kind, name in narrowing.tags]
    embedded = connection.dialect.name == "sqlite"
    matched = {"match": fts5.match(terms, tags)} if embedded else {"match": tsvector.match(terms)}
    if not embedded:
        matched["tags"] = tsvector.tagged(tags)
    statement = _statement(fts5.FIND if embedded else tsvector.FIND, narrowing)
    given = {"since": narrowing.since, "until": narrowing.until} | matched | {"most": MOST, "limit": limit}
    with nullcontext() if embedded else _by_index(connection):
        return {row.article_key: -row.score for row in connection.execute(statement, _used(given))}


def _hit(article: Mapping[str, Any], score: float, terms: Sequence[Term]) -> Hit:
    return Hit(article=article, score=score, snippet=snippet(article["paragraphs"], terms))


@contextmanager
def _by_index(connection: Connection) -> Iterator[None]:
    """Keep PostgreSQL from reading all documents: it counts their rows, which are short, and not the vectors apart."""
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    yield
    connection.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))


def _statement(template: str, narrowing: Narrowing) -> Any:
    conditions = [] if narrowing.withdrawn else ["NOT d.withdrawn"]
    days = []
    for name, operator in (("since", ">="), ("until", "<=")):
        if getattr(narrowing, name) is not None:
            conditions.append(f"d.published_on {operator} :{name}")
            days.append(bindparam(name, type_=Date))
    where = "".join(f" AND {condition}" for condition in conditions)
    return text(template.format(where=where)).bindparams(*days)


def _used(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _articles(connection: Connection, keys: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    article = Base.metadata.tables["article"]
    query = select(*(article.c[name] for name in _SHOWN)).where(article.c.key.in_(keys))
    return {row["key"]: dict(row) for row in connection.execute(query).mappings()}
