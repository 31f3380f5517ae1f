"""What the addresses of the reader ask by: days, names, and keyset pages over articles, the newest first."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, TextClause, and_, exists, or_, select, text, true

from ingest.errors import ConfigError
from ingest.reader.answers import Asked
from ingest.store.search.index import PLACE
from ingest.store.tables import RECORDS, Base

_T = Base.metadata.tables
ARTICLE = _T["article"]
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SHOWN = ("key", "title", "published_on", "source", "address", "kind", "topic", "zones", "paragraphs", "withdrawn_at")
# The words of the partial indexes, which the engines go by only where a query has them as they stand there.
_FLAGGED = {"sqlite": "{table}.flags <> '[]'", "postgresql": "{table}.flags <> '[]'::jsonb"}
_HAS_FLAG = {
    "sqlite": "EXISTS (SELECT 1 FROM json_each({table}.flags) AS f WHERE json_extract(f.value, '$.name') = :flag)",
    "postgresql": "{table}.flags @> jsonb_build_array(jsonb_build_object('name', CAST(:flag AS text)))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What articles are narrowed by; None for everything."""

    zone: str | None = None
    region: str | None = None
    source: str | None = None
    kind: str | None = None
    flag: str | None = None
    record: str | None = None  # a kind of record that the article has
    since: date | None = None
    until: date | None = None


def narrowed(asked: Asked) -> Narrowed:
    """Return what an address narrows articles by.

    Raises:
        ConfigError: A day is none, or there is no such kind of record.
    """
    record = asked.text("record")
    if record is not None and record not in RECORDS:
        msg = f"record {record!r} is no kind of record: {', '.join(RECORDS)}"
        raise ConfigError(msg)
    names = {name: asked.text(name) for name in ("zone", "region", "source", "kind", "flag")}
    return Narrowed(**names, record=record, since=day(asked, "since"), until=day(asked, "until", last=True))


def day(asked: Asked, name: str, *, last: bool = False) -> date | None:
    """Return the first or the last day of what a parameter names: 2024, 2024-05 or 2024-05-06.

    Raises:
        ConfigError: It is no day.
    """
    written = asked.text(name, 10)
    if written is None:
        return None
    found = _DAY.fullmatch(written)
    year, month, number = (int(part) if part else None for part in found.groups()) if found else (None,) * 3
    try:
        month = month or (12 if last else 1)
        return date(year or 0, month, number or (monthrange(year or 0, month)[1] if last else 1))  # no year 0: refused
    except ValueError as error:
        msg = f"{name} {written!r} is no day: write 2024, 2024-05 or 2024-05-06"
        raise ConfigError(msg) from error


def newest(connection: Connection, by: Narrowed, after: Sequence[Any] | None, limit: int) -> list[Mapping[str, Any]]:
    """Return articles, the newest first, those without a day last: a page of them by their place in the index.

    Args:
        connection: To the database.
        by: What they are narrowed by.
        after: The day and the key of the last article before the page.
        limit: How many, at the most.
    """
    return [dict(row) for row in connection.execute(_page(connection, by, after, limit)).mappings()]


def newest_keys(connection: Connection, by: Narrowed, limit: int) -> list[str]:
    """Return the keys of the newest articles."""
    query = _page(connection, by, None, limit).with_only_columns(_key(by), maintain_column_froms=True)
    return list(connection.scalars(query))


def matching(connection: Connection, by: Narrowed) -> list[ColumnElement[bool] | TextClause]:
    """Return conditions on articles for what no index of words narrows by: flags and kinds of record."""
    found: list[ColumnElement[bool] | TextClause] = []
    if by.flag is not None:
        found.append(_has_flag(connection.dialect.name, by.flag))
    if by.record is not None:
        table = _T[str(RECORDS[by.record].__tablename__)]
        found.append(exists().where(table.c.article_key == ARTICLE.c.key))
    return found


def shown_articles(connection: Connection, keys: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Return what a list shows of articles, by their keys."""
    query = select(*(ARTICLE.c[name] for name in _SHOWN)).where(ARTICLE.c.key.in_(keys))
    return {row["key"]: dict(row) for row in connection.execute(query).mappings()}


def _page(connection: Connection, by: Narrowed, after: Sequence[Any] | None, limit: int) -> Select[Any]:
    on, key = _day(by), _key(by)
    source = _placed(by) if _is_placed(by) else ARTICLE
    query = select(*(ARTICLE.c[name] for name in _SHOWN)).select_from(source).where(ARTICLE.c.withdrawn_at.is_(None))
    query = query.where(
        *_conditions(by, on), *matching(connection, by), behind(on, key, after, backwards=_is_placed(by))
    )
    return query.order_by(on.desc().nulls_last(), key.desc() if _is_placed(by) else key).limit(limit)


def behind(
    on: ColumnElement[Any], key: ColumnElement[Any], after: Sequence[Any] | None, *, backwards: bool = False
) -> ColumnElement[bool]:
    """Return the condition for what comes behind a place.

    Args:
        on: The day, the newest first and none last.
        key: What orders rows of the same day.
        after: The day and the key of the last row before the page; None for the first page.
        backwards: The greatest key comes first.

    Raises:
        ConfigError: ``after`` is no such place.
    """
    if after is None:
        return true()
    try:
        last, name = (date.fromisoformat(after[0]) if after[0] is not None else None), str(after[1])
    except (ValueError, TypeError, IndexError) as error:
        raise ConfigError("`after` is no place among articles: go back to the first page") from error
    later = key < name if backwards else key > name
    if last is None:
        return and_(on.is_(None), later)
    return or_(on.is_(None), and_(on <= last, or_(on < last, later)))


def _conditions(by: Narrowed, on: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if by.source is not None:
        found.append(ARTICLE.c.source == by.source)
    if by.kind is not None:
        found.append(ARTICLE.c.kind == by.kind)
    if by.since is not None:
        found.append(on >= by.since)
    if by.until is not None:
        found.append(on <= by.until)
    if by.zone is not None and by.region is not None:
        found.append(_in_region(by.region))
    return found


def _day(by: Narrowed) -> ColumnElement[Any]:
    return PLACE.c.published_on if _is_placed(by) else ARTICLE.c.published_on


def _key(by: Narrowed) -> ColumnElement[Any]:
    return PLACE.c.article_key if _is_placed(by) else ARTICLE.c.key


def _is_placed(by: Narrowed) -> bool:
    """Whether the index of places is gone through, backwards, and not that of articles."""
    return by.zone is not None or by.region is not None


def _placed(by: Narrowed) -> FromClause:
    """Return articles by way of their zone or region; of the zone where they are narrowed by both."""
    kind, name = ("zone", by.zone) if by.zone is not None else ("region", by.region)
    mine = and_(PLACE.c.article_key == ARTICLE.c.key, PLACE.c.kind == kind, PLACE.c.name == name)
    return PLACE.join(ARTICLE, mine)


def _in_region(region: str) -> ColumnElement[bool]:
    other = PLACE.alias("region")
    mine = and_(other.c.article_key == ARTICLE.c.key, other.c.kind == "region", other.c.name == region)
    return exists().where(mine)


def _has_flag(engine: str, flag: str) -> TextClause:
    """Whether an article, or the page that it stands on, has a flag."""
    own = f"SELECT o.key FROM article AS o WHERE {_flagged(engine, 'o')}"  # noqa: S608 - words of ours
    of_page = "SELECT o.key FROM page AS p JOIN article AS o ON o.source = p.source AND o.address = p.address"
    words = f"article.key IN ({own} UNION {of_page} WHERE {_flagged(engine, 'p')})"
    return text(words).bindparams(flag=flag)


def _flagged(engine: str, table: str) -> str:
    return f"{_FLAGGED[engine].format(table=table)} AND {_HAS_FLAG[engine].format(table=table)}"
