"""What the commands and the flow ask of the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from ingest.fetch.archive import Pointer
from ingest.store.rows import Row
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

_T = Base.metadata.tables
_TRUST = 0.5  # of a source of which nobody said how far it is trusted
_PIECE = 10_000  # rows in memory of an answer that may be long


@dataclass(frozen=True, slots=True)
class KnownPage:
    """How a target was last read: from which capture, by which rules, told which content type; its articles then.

    ``selectors`` is a digest of the source's selectors then, ``kind`` what kind of page it was.
    ``gone``: the source was found to have it no longer, and its articles were withdrawn.
    """

    capture_key: str
    rules_version: str
    content_type: str | None
    articles: int
    gone: bool
    selectors: str
    kind: str


def known_pages(connection: Connection, source: str, addresses: Sequence[str]) -> dict[str, KnownPage]:
    """Return what the database knows of a source's targets, by address."""
    page = _T["page"]
    columns = (page.c.address, page.c.capture_key, page.c.rules_version, page.c.content_type, page.c.articles)
    gone = page.c.gone_at.is_not(None)
    query = select(*columns, gone, page.c.selectors, page.c.kind).where(page.c.source == source)
    rows = (row for some in batches(addresses) for row in connection.execute(query.where(page.c.address.in_(some))))
    return {row[0]: KnownPage(*row[1:]) for row in rows}


def known_captures(connection: Connection, source: str, addresses: Sequence[str]) -> dict[str, Pointer]:
    """Return where in the archive all captures of a source's targets lie, or lay, by their keys."""
    capture = _T["capture"]
    columns = (capture.c.key, capture.c.archive_file, capture.c.archive_offset, capture.c.archive_length)
    query = select(*columns).where(capture.c.source == source)
    rows = (row for some in batches(addresses) for row in connection.execute(query.where(capture.c.address.in_(some))))
    return {row[0]: Pointer(*row[1:]) for row in rows}


def standing_pages(connection: Connection, source: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the address of each page that a source had when it was last looked through."""
    page = _T["page"]
    query = select(page.c.key, page.c.address).where(page.c.source == source, page.c.gone_at.is_(None))
    for row in connection.execution_options(yield_per=_PIECE).execute(query):
        yield row[0], row[1]


def put_source(connection: Connection, row: Row) -> None:
    """Store what a source's TOML file says of it."""
    upsert(connection, _T["source"], [{"trust": _TRUST} | row])


def quarantined(connection: Connection, source: str | None = None) -> list[Row]:
    """Return what is in quarantine, of one source or of all, in the order of source and address."""
    table = _T["quarantine"]
    query = select(table).order_by(table.c.source, table.c.address)
    return _rows(connection, query if source is None else query.where(table.c.source == source))


def begin_run(connection: Connection, row: Row) -> None:
    """Store that a run has begun."""
    connection.execute(insert(_T["run"]), row)


def end_run(connection: Connection, key: str, *, at: datetime, outcomes: Row, error: str | None) -> None:
    """Store how a run ended."""
    table = _T["run"]
    values = {"ended_at": at, "outcomes": outcomes, "error": error}
    connection.execute(update(table).where(table.c.key == key).values(values))


def close_run(connection: Connection, key: str, *, at: datetime, error: str) -> None:
    """Store that a run is at its end of which it could not tell; one that has told meanwhile is left alone."""
    table = _T["run"]
    mine = (table.c.key == key, table.c.ended_at.is_(None))
    connection.execute(update(table).where(*mine).values(ended_at=at, error=error))


def drop_run(connection: Connection, key: str) -> None:
    """Remove the row of a run that found nothing to do."""
    connection.execute(delete(_T["run"]).where(_T["run"].c.key == key))


def open_runs(connection: Connection, source: str) -> list[Row]:
    """Return the runs of a source that have not ended, the oldest first."""
    table = _T["run"]
    found = _rows(connection, select(table).where(table.c.ended_at.is_(None)).order_by(table.c.started_at))
    return [row for row in found if source in row["sources"]]


def last_runs(connection: Connection, number: int) -> list[Row]:
    """Return the last runs, the newest first."""
    table = _T["run"]
    return _rows(connection, select(table).order_by(table.c.started_at.desc(), table.c.key).limit(number))


def kinds(connection: Connection) -> dict[str, dict[str, int]]:
    """Return how many pages of each source are of each kind; those that the source no longer has are left out."""
    page = _T["page"]
    query = select(page.c.source, page.c.kind, func.count()).where(page.c.gone_at.is_(None))
    found: dict[str, dict[str, int]] = {}
    for source, kind, number in connection.execute(query.group_by(page.c.source, page.c.kind).order_by(page.c.source)):
        found.setdefault(source, {})[kind] = number
    return {source: dict(sorted(each.items())) for source, each in found.items()}


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in _T.values()}


def _rows(connection: Connection, query: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
