"""Counts of the database for whoever watches it: runs, outcomes, articles, quarantine, how fresh sources are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from ingest.store.rows import Row
from ingest.store.tables import Base

_T = Base.metadata.tables
_RUN, _MEASURE, _ARTICLE, _QUARANTINE = _T["run"], _T["measure"], _T["article"], _T["quarantine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """What the database says at a moment, by source where a source's name is the first part of a key."""

    runs: dict[str, int]  # rows of runs, by how they ended
    last: list[Row]  # of each source, what its last run gave
    succeeded: dict[str, datetime]  # when a source's last run that ended well ended
    newest: dict[str, date]  # the latest day of publication
    articles: dict[tuple[str, bool], int]  # by source, and whether they still stand
    quarantine: dict[tuple[str, str, str], int]  # by source, outcome and stage


def gauges(connection: Connection) -> Gauges:
    """Ask the database; all by index but the articles, which are counted: a second for some millions."""
    return Gauges(
        runs=_runs(connection),
        last=_last(connection),
        succeeded=dict(_by_source(connection, _MEASURE.c.ended_at, _MEASURE.c.whole)),
        newest=dict(_by_source(connection, _MEASURE.c.newest, _MEASURE.c.newest.is_not(None))),
        articles=_articles(connection),
        quarantine=_quarantine(connection),
    )


def _runs(connection: Connection) -> dict[str, int]:
    ended, error = _RUN.c.ended_at, _RUN.c.error
    ways = {
        "running": ended.is_(None),
        "completed": ended.is_not(None) & error.is_(None),
        "failed": ended.is_not(None) & error.is_not(None),
    }
    return {
        way: connection.scalar(select(func.count()).select_from(_RUN).where(asked)) or 0 for way, asked in ways.items()
    }


def _last(connection: Connection) -> list[Row]:
    latest = select(_MEASURE.c.source, func.max(_MEASURE.c.ended_at).label("at")).group_by(_MEASURE.c.source).subquery()
    mine = (_MEASURE.c.source == latest.c.source) & (_MEASURE.c.ended_at == latest.c.at)
    query = select(_MEASURE, _RUN.c.started_at).join(latest, mine).join(_RUN, _RUN.c.key == _MEASURE.c.run_key)
    return [dict(row) for row in connection.execute(query.order_by(_MEASURE.c.source)).mappings()]


def _by_source(connection: Connection, value: Any, asked: Any) -> list[tuple[str, Any]]:
    query = select(_MEASURE.c.source, func.max(value)).where(asked).group_by(_MEASURE.c.source)
    return [(source, found) for source, found in connection.execute(query)]


def _articles(connection: Connection) -> dict[tuple[str, bool], int]:
    stands = _ARTICLE.c.withdrawn_at.is_(None)
    query = select(_ARTICLE.c.source, stands, func.count()).group_by(_ARTICLE.c.source, stands)
    return {(source, bool(standing)): number for source, standing, number in connection.execute(query)}


def _quarantine(connection: Connection) -> dict[tuple[str, str, str], int]:
    by = (_QUARANTINE.c.source, _QUARANTINE.c.outcome, _QUARANTINE.c.stage)
    query = select(*by, func.count()).group_by(*by)
    return {(source, outcome, stage): number for source, outcome, stage, number in connection.execute(query)}
