"""The figures of the overview, counted over the whole database: once, then anew in the background.

Counting what is in each page of 100,000 takes the best part of a second, so a view gets the last count and its moment.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import Lock, Thread
from typing import Any

from sqlalchemy import Connection, func, select, text

from ingest.errors import IngestError
from ingest.reader.site import Site
from ingest.store import review_queue
from ingest.store.search.index import PLACE
from ingest.store.tables import RECORDS, Base

_FRESH = timedelta(seconds=30)
_T = Base.metadata.tables
_TABLES = {kind: str(model.__tablename__) for kind, model in RECORDS.items()}
_EACH_COUNT = {
    "sqlite": "SELECT j.key AS name, sum(j.value) AS number, count(*) AS pages"
    " FROM page, json_each(page.{column}) AS j",
    "postgresql": "SELECT j.key AS name, sum(CAST(j.value AS bigint)) AS number, count(*) AS pages"
    " FROM page, jsonb_each_text(page.{column}) AS j",
}
_FLAGS = {
    "sqlite": "SELECT json_extract(j.value, '$.name') AS name, count(*) AS number FROM {table} AS t, json_each(t.flags)"
    " AS j WHERE t.flags <> '[]' GROUP BY 1 ORDER BY 2 DESC, 1",
    "postgresql": "SELECT j.value ->> 'name' AS name, count(*) AS number FROM {table} AS t,"
    " jsonb_array_elements(t.flags) AS j (value) WHERE t.flags <> CAST('[]' AS jsonb) GROUP BY 1 ORDER BY 2 DESC, 1",
}
_COMPARED = """
SELECT i.name, i.aspect, i.unit, count(DISTINCT i.subject) AS zones, count(*) AS number FROM indicator AS i
WHERE i.name <> '' AND i.subject IN (SELECT name FROM search_place WHERE kind = 'zone')
GROUP BY i.name, i.aspect, i.unit HAVING count(DISTINCT i.subject) > 1 ORDER BY 4 DESC, 5 DESC, 1, 2, 3 LIMIT 200
"""
_GROUPED = " GROUP BY j.key ORDER BY 2 DESC, 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the database holds. ``days`` are articles by source and day of publication, None for those without one."""

    at: datetime
    articles: int
    sources: Mapping[str, str]  # their titles by name
    days: Mapping[tuple[str, date | None], int]
    repairs: tuple[Mapping[str, Any], ...]
    left_out: tuple[Mapping[str, Any], ...]
    flags: tuple[Mapping[str, Any], ...]
    zones: Mapping[str, int]
    indicators: tuple[Mapping[str, Any], ...]  # what several zones have figures of, the most frequent first
    records: Mapping[str, int]
    review: Mapping[str, int]
    quarantine: Mapping[str, int]


class Summaries:
    """Keeps the last summary of a site, and counts anew once it is asked for one that is old."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = Lock()
        self._last: Summary | None = None
        self._counting = False
        self._decisions = self._seen = 0  # all, and those before the last count began

    def get(self) -> Summary:
        """Return the last summary; the first caller waits for it."""
        with self._lock:
            last = self._last
            if last is None:
                self._last = last = self._count()
            elif not self._counting and datetime.now(UTC) - last.at > _FRESH:
                self._counting = True
                Thread(target=self._renew, daemon=True).start()
        return last

    def begin(self) -> None:
        """Count in the background."""
        Thread(target=self._first, daemon=True).start()

    def decided(self, difference: Mapping[str, int]) -> None:
        """Hear of a decision: by how many more or fewer records of each table wait for one now."""
        with self._lock:
            self._decisions += 1
            if self._last is not None:
                waiting = {kind: n + difference[_TABLES[kind]] for kind, n in self._last.review.items()}
                self._last = replace(self._last, review=waiting)

    def _first(self) -> None:
        with suppress(IngestError):  # who asks is told
            self.get()

    def _renew(self) -> None:
        try:
            self._put(self._count())
        except IngestError:
            pass  # the database is busy or away: the last figures stay, with their moment
        finally:
            self._counting = False

    def _put(self, found: Summary) -> None:
        """Keep a new summary, unless somebody has decided while it was counted."""
        with self._lock:
            if self._decisions == self._seen:
                self._last = found

    def _count(self) -> Summary:
        self._seen = self._decisions
        with self._site.read() as connection:
            return summary(connection)


def summary(connection: Connection) -> Summary:
    """Count what the database holds."""
    days = _days(connection)
    return Summary(
        at=datetime.now(UTC),
        articles=sum(days.values()),
        sources=dict(connection.execute(select(_T["source"].c.name, _T["source"].c.title)).tuples().all()),
        days=days,
        repairs=_counts(connection, "repairs"),
        left_out=_counts(connection, "left_out"),
        flags=_rows(connection, _FLAGS[connection.dialect.name].format(table="page")),
        zones=_zones(connection),
        indicators=_rows(connection, _COMPARED),
        records=_records(connection),
        review=_review(connection),
        quarantine=_quarantine(connection),
    )


def _days(connection: Connection) -> dict[tuple[str, date | None], int]:
    article = _T["article"]
    query = select(article.c.source, article.c.published_on, func.count()).where(article.c.withdrawn_at.is_(None))
    rows = connection.execute(query.group_by(article.c.source, article.c.published_on))
    return {(source, day): number for source, day, number in rows}


def _counts(connection: Connection, column: str) -> tuple[Mapping[str, Any], ...]:
    return _rows(connection, _EACH_COUNT[connection.dialect.name].format(column=column) + _GROUPED)


def _rows(connection: Connection, query: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(dict(row) for row in connection.execute(text(query)).mappings())


def _zones(connection: Connection) -> dict[str, int]:
    number = func.count()
    query = select(PLACE.c.name, number).where(PLACE.c.kind == "zone").group_by(PLACE.c.name)
    return dict(connection.execute(query.order_by(number.desc(), PLACE.c.name)).tuples().all())


def _records(connection: Connection) -> dict[str, int]:
    counted = {kind: select(func.count()).select_from(_T[table]) for kind, table in _TABLES.items()}
    return {kind: connection.scalar(query) or 0 for kind, query in counted.items()}


def _review(connection: Connection) -> dict[str, int]:
    """Count the records that wait for a person: those in doubt on which nothing is decided."""
    waiting = review_queue.waiting(connection)
    return {kind: waiting[table] for kind, table in _TABLES.items()}


def _quarantine(connection: Connection) -> dict[str, int]:
    table = _T["quarantine"]
    rows = connection.execute(select(table.c.source, func.count()).group_by(table.c.source).order_by(table.c.source))
    return dict(rows.tuples().all())
