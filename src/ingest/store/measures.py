"""What runs gave of their sources: written when a run ends, asked for by whoever looks after the sources."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from ingest.store import keys
from ingest.store.rows import Row
from ingest.store.tables import Base

_T = Base.metadata.tables["measure"]
_MOST = 800  # runs of a source that are looked at: a month of hourly ones


def put(connection: Connection, run: str, *, at: datetime, whole: bool, given: Mapping[str, Row]) -> None:
    """Store what a run gave of each of its sources, in the transaction that ends the run.

    Args:
        connection: Within a transaction; the rows of the run and of the sources are there.
        run: The run's key.
        at: When it ended.
        whole: It ended well and left no target aside.
        given: By source, the columns of ``measure`` that are counts.
    """
    rows = [
        {"key": keys.key("measure", run, source), "run_key": run, "source": source, "ended_at": at, "whole": whole}
        | row
        for source, row in given.items()
    ]
    if rows:
        connection.execute(insert(_T), rows)


def history(connection: Connection, source: str, since: datetime, limit: int = _MOST) -> list[Row]:
    """Return what the last runs since a moment gave of a source, the newest first."""
    query = select(_T).where(_T.c.source == source, _T.c.ended_at >= since)
    query = query.order_by(_T.c.ended_at.desc(), _T.c.key).limit(limit)
    return [dict(row) for row in connection.execute(query).mappings()]


def newest(connection: Connection, source: str, until: date) -> date | None:
    """Return the latest day of publication, not after ``until``, of the articles of a source that stand."""
    article = Base.metadata.tables["article"]
    mine = (article.c.source == source, article.c.published_on <= until, article.c.withdrawn_at.is_(None))
    query = select(article.c.published_on).where(*mine).order_by(article.c.published_on.desc()).limit(1)
    found: date | None = connection.scalar(query)
    return found
