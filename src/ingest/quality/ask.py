"""Ask the database what runs gave of sources, and judge them by it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ingest.quality.judge import Expectation, Finding, judge
from ingest.quality.sample import Sample
from ingest.quality.series import Measured
from ingest.sources.config import Source
from ingest.sources.expected import Expected
from ingest.store import measures
from ingest.store.engine import Database


def findings(database: Database, sources: Iterable[Source], *, now: datetime, days: int) -> dict[str, list[Finding]]:
    """Return what the measures of sources say, by source.

    Args:
        database: Where the runs left what they gave.
        sources: The sources to judge.
        now: A moment with its zone.
        days: How far back a source's own past goes.
    """
    return {source.name: _judge(database, source, now, days) for source in sources}


def _judge(database: Database, source: Source, now: datetime, days: int) -> list[Finding]:
    today = now.astimezone(ZoneInfo(source.time_zone)).date()
    with database.read() as connection:
        rows = measures.history(connection, source.name, now - timedelta(days=days))
        runs = [Measured(row["ended_at"], row["whole"], row["outcomes"], Sample.of_row(row)) for row in rows]
        newest = _newest(runs) or measures.newest(connection, source.name, today + timedelta(days=1))
    return judge(source.name, runs, _expectation(source.expected), today, newest)


def _newest(runs: Iterable[Measured]) -> date | None:
    return max((run.sample.newest for run in runs if run.sample.newest), default=None)


def _expectation(expected: Expected) -> Expectation:
    return Expectation(
        articles=expected.articles_per_run,
        body_length=expected.body_length,
        fill={str(name): share for name, share in expected.fill.items()},
        freshness=expected.freshness,
    )
