"""What can be exported, and the query for it: each narrowed by index; what an index has in order of days comes so."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, case, exists, select
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

from ingest.errors import ConfigError
from ingest.store import review_columns
from ingest.store.export.columns import Column, Type, column, of_view
from ingest.store.review_columns import DECISION
from ingest.store.search.index import PLACE
from ingest.store.tables import RECORDS, Base
from ingest.store.views import names

_T = Base.metadata.tables
_ARTICLE = _T["article"]
_WITH_RECORDS = {"title": "article_title", "published_on": "published_on", "source": "source", "address": "address"}
_PLACED = ("indicators_by_zone", "articles_by_zone", "indicators_counted_once")  # the views that have a column of zones
_GROUPED = "organisations_with_aliases"
_DECIDED = (
    "verdict",
    "decided_by",
)  # what is told of the decision on a record


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an export is narrowed by; days are inclusive. ``withdrawn``: articles too that are gone from their page."""

    zone: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    withdrawn: bool = False


def kinds() -> tuple[str, ...]:
    """Return what can be exported: articles, each kind of record, the views."""
    return ("articles", *RECORDS, *names())


def query(kind: str, filters: Filters) -> Select[Any]:
    """Return the query for an export.

    Raises:
        ConfigError: It cannot be narrowed so.
    """
    if kind == "articles":
        return _articles(filters)
    return _records(_T[str(RECORDS[kind].__tablename__)], filters) if kind in RECORDS else _view(kind, filters)


def columns(kind: str) -> list[Column]:
    """Return what the data dictionary says of the columns of an export, in their order."""
    return [column(_name(kind), name, type_) for name, type_ in types(kind).items()]


def types(kind: str) -> dict[str, Type]:
    """Return the columns of an export and their types, in their order."""
    if kind in names():
        return of_view(kind)
    own = {each.name: each.type for each in _T[_name(kind)].columns}
    if kind == "articles":
        return own
    of_article = {new: _ARTICLE.c[old].type for old, new in _WITH_RECORDS.items()}
    return own | of_article | {name: DECISION.c[name].type for name in _DECIDED} | {"as_read": DECISION.c.said.type}


def _name(kind: str) -> str:
    """Return the table or view of a kind."""
    return "article" if kind == "articles" else str(RECORDS[kind].__tablename__) if kind in RECORDS else kind


def _articles(filters: Filters) -> Select[Any]:
    if filters.min_confidence is not None:
        raise ConfigError("articles have no confidence: leave --min-confidence out")
    return _narrowed(select(*_ARTICLE.columns).select_from(_of_zone(_ARTICLE, filters)), filters)


def _records(table: Table, filters: Filters) -> Select[Any]:
    """Return the query for the records of a kind, as people have decided on them."""
    kind = str(table.name)
    joined = _of_zone(_ARTICLE, filters).join(table, table.c.article_key == _ARTICLE.c.key)
    decided = joined.outerjoin(DECISION, review_columns.same_reading(table, kind))
    own = (review_columns.stands(table, kind, column.name) for column in table.columns)
    of_article = (_ARTICLE.c[old].label(new) for old, new in _WITH_RECORDS.items())
    as_read = case((DECISION.c.verdict == "corrected", DECISION.c.said)).label("as_read")
    told = (*(DECISION.c[name] for name in _DECIDED), as_read)
    found = _narrowed(select(*own, *of_article, *told).select_from(decided), filters)
    found = found.where(DECISION.c.verdict.is_distinct_from("rejected"))
    if filters.min_confidence is not None:
        found = found.where(table.c.confidence >= filters.min_confidence)
    return found.order_by(table.c.paragraph, table.c.span_start, table.c.key)


def _of_zone(article: FromClause, filters: Filters) -> FromClause:
    """Return the articles, by way of their zone where they are narrowed by one."""
    if filters.zone is None:
        return article
    of_zone = and_(PLACE.c.article_key == article.c.key, PLACE.c.kind == "zone", PLACE.c.name == filters.zone)
    return PLACE.join(article, of_zone)


def _narrowed(found: Select[Any], filters: Filters) -> Select[Any]:
    """Narrow a query over articles; a zone's articles stand by day in its index, as all articles do in theirs."""
    day = _ARTICLE.c.published_on if filters.zone is None else PLACE.c.published_on
    key = _ARTICLE.c.key if filters.zone is None else PLACE.c.article_key
    found = _within(found, day, filters).order_by(day, key)
    if filters.source is not None:
        found = found.where(_ARTICLE.c.source == filters.source)
    return found if filters.withdrawn else found.where(_ARTICLE.c.withdrawn_at.is_(None))


def _view(name: str, filters: Filters) -> Select[Any]:
    view = sql_table(name, *(sql_column(each, type_) for each, type_ in of_view(name).items()))
    _check(name, filters)
    found = select(*view.columns)
    if name == _GROUPED:
        return found
    if filters.zone is not None:
        of_article = and_(PLACE.c.kind == "zone", PLACE.c.name == filters.zone)
        placed = name in _PLACED
        found = found.where(
            view.c.zone == filters.zone
            if placed
            else exists().where(of_article, PLACE.c.article_key == view.c.article_key)
        )
    if filters.source is not None:
        found = found.where(view.c.source == filters.source)
    if filters.min_confidence is not None:
        found = found.where(view.c.confidence >= filters.min_confidence)
    found = _within(found, view.c.published_on, filters)
    ordered = name == "articles_by_zone" or (name == "indicators_by_zone" and filters.zone is None)
    return found.order_by(view.c.published_on) if ordered else found


def _check(view: str, filters: Filters) -> None:
    """See that a view can be narrowed as it is asked to be."""
    if filters.withdrawn:
        msg = f"{view} has no withdrawn articles: leave --withdrawn out"
        raise ConfigError(msg)
    if filters.min_confidence is not None and "confidence" not in of_view(view):
        msg = f"{view} has no confidence: leave --min-confidence out"
        raise ConfigError(msg)
    narrowed = (filters.zone, filters.source, filters.since, filters.until)
    if view == _GROUPED and any(each is not None for each in narrowed):
        msg = f"{view} is over all articles: export `organisations` for those of a zone, source or time"
        raise ConfigError(msg)


def _within(found: Select[Any], day: ColumnElement[Any], filters: Filters) -> Select[Any]:
    if filters.since is not None:
        found = found.where(day >= filters.since)
    return found if filters.until is None else found.where(day <= filters.until)
