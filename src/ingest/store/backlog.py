"""What a backfill's plan asks of the database."""

from datetime import date

from sqlalchemy import Connection, func, select

from ingest.store.tables import Base

_T = Base.metadata.tables


def published_by_day(connection: Connection, source: str, since: date, until: date) -> dict[date, int]:
    """Return how many articles of a source that stand came out on each day that has any."""
    article = _T["article"]
    mine = (article.c.source == source, article.c.published_on.between(since, until), article.c.withdrawn_at.is_(None))
    query = select(article.c.published_on, func.count()).where(*mine).group_by(article.c.published_on)
    return {row[0]: row[1] for row in connection.execute(query)}


def count_pages(connection: Connection, source: str) -> int:
    """Return how many pages of a source stand."""
    page = _T["page"]
    mine = (page.c.source == source, page.c.gone_at.is_(None))
    return connection.scalar(select(func.count()).select_from(page).where(*mine)) or 0
