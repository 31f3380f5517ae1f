"""Which pages can be read again from the archive, a stretch of rows after the other, and whether they still stand so.

Each stretch is found by the index of source and address from the last address on, so the thousandth costs what the
first does, and rows that change meanwhile move nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from ingest.fetch.archive import Pointer
from ingest.store.engine import Database
from ingest.store.tables import Base
from ingest.store.upsert import batches

_T = Base.metadata.tables
_PAGE, _CAPTURE, _QUARANTINE = _T["page"], _T["capture"], _T["quarantine"]
_GONE = "gone"  # what stands for the capture of a page that its source has no longer; no key is that
Standing = tuple[str | None, str | None]  # the captures that a page was read from, and that its quarantine is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture in the archive, and what the database says of its target.

    ``content_type`` is what the page was read with, where it was read from this capture. ``failed``: the target is in
    quarantine because no bytes were had, which reading others cannot mend.
    """

    source: str
    address: str
    capture_key: str
    sha256: str
    size: int
    url: str | None
    captured_at: datetime
    pointer: Pointer
    content_type: str | None
    standing: Standing
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which pages of a source: those of other rules or selectors than today's, or all; first captured in these days.

    What is in quarantine although its bytes were had is always among them, and what the source has no longer never.
    The days are those of UTC, the last one included.
    """

    source: str
    rules_version: str
    selectors: str
    everything: bool = False
    since: date | None = None
    until: date | None = None
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many pages of a source a choice takes, how many of these from quarantine, and what it leaves aside.

    ``gone`` are pages that the source has no longer.
    """

    pages: int
    quarantined: int
    left: int
    gone: int


def stretches(database: Database, choice: Choice, size: int) -> Iterator[list[Kept]]:
    """Yield what a choice takes, so many at a time: what is a page in the order of addresses, then what never was.

    The database is asked anew for each, so that no transaction stays open while one is worked on.
    """
    for query, address in ((_read(choice), _PAGE.c.address), (_never_read(choice), _QUARANTINE.c.address)):
        ordered = query.order_by(address).limit(size)
        found = _ask(database, ordered)
        while found:
            yield [_kept(choice.source, row) for row in found]
            found = _ask(database, ordered.where(address > found[-1].address))


def _ask(database: Database, query: Select[Any]) -> Sequence[Any]:
    with database.read() as connection:
        return connection.execute(query).all()


def count(connection: Connection, choice: Choice) -> Counted:
    """Return how many pages a choice takes, and how many it leaves aside."""

    def number(query: Select[Any]) -> int:
        return connection.scalar(select(func.count()).select_from(query.subquery())) or 0

    never = number(_never_read(choice))
    pages = number(_read(choice))
    gone = _PAGE.c.gone_at.is_not(None)
    of_source = select(_PAGE.c.key).where(_PAGE.c.source == choice.source)
    return Counted(
        pages=pages + never,
        quarantined=number(_read(choice).where(_QUARANTINE.c.capture_key.is_not(None))) + never,
        left=number(of_source.where(~gone)) - pages,
        gone=number(of_source.where(gone)),
    )


def standing(connection: Connection, page_keys: Iterable[str]) -> dict[str, Standing]:
    """Hold pages, in the order of their keys, and return how they stand now, by key."""
    pages: dict[str, str] = {}
    bad: dict[str, str | None] = {}
    wanted = sorted(page_keys)
    for some in batches(wanted):
        held = select(_PAGE.c.key, _PAGE.c.capture_key, _PAGE.c.gone_at).where(_PAGE.c.key.in_(some))
        rows = connection.execute(held.order_by(_PAGE.c.key).with_for_update())
        pages |= {row.key: _GONE if row.gone_at else row.capture_key for row in rows}
        there = select(_QUARANTINE.c.key, _QUARANTINE.c.capture_key).where(_QUARANTINE.c.key.in_(some))
        bad |= {row.key: row.capture_key for row in connection.execute(there)}
    return {key: (pages.get(key), bad.get(key)) for key in wanted}


def _read(choice: Choice) -> Select[Any]:
    """What is a page: to be read from its capture, or from newer bytes that are in quarantine."""
    query = (
        _columns(_PAGE.c.address)
        .select_from(_PAGE)
        .outerjoin(_QUARANTINE, _QUARANTINE.c.key == _PAGE.c.key)
        .join(_CAPTURE, _CAPTURE.c.key == func.coalesce(_QUARANTINE.c.capture_key, _PAGE.c.capture_key))
        .where(_PAGE.c.source == choice.source, _PAGE.c.gone_at.is_(None), *_days(choice))
    )
    if choice.only:
        query = query.where(_PAGE.c.address.in_(choice.only))
    if choice.everything:
        return query
    other = or_(_PAGE.c.rules_version != choice.rules_version, _PAGE.c.selectors != choice.selectors)
    return query.where(or_(other, _QUARANTINE.c.capture_key.is_not(None)))


def _never_read(choice: Choice) -> Select[Any]:
    """What never was a page: in quarantine since its bytes were first had."""
    query = (
        _columns(_QUARANTINE.c.address)
        .select_from(_QUARANTINE)
        .join(_CAPTURE, _CAPTURE.c.key == _QUARANTINE.c.capture_key)
        .outerjoin(_PAGE, _PAGE.c.key == _QUARANTINE.c.key)
        .where(_QUARANTINE.c.source == choice.source, _PAGE.c.key.is_(None), *_days(choice))
    )
    return query.where(_QUARANTINE.c.address.in_(choice.only)) if choice.only else query


def _columns(address: ColumnElement[Any]) -> Select[Any]:
    failed = and_(_QUARANTINE.c.key.is_not(None), _QUARANTINE.c.capture_key.is_(None))
    of_target = (
        _PAGE.c.content_type,
        _PAGE.c.capture_key.label("page_capture"),
        _QUARANTINE.c.capture_key.label("bad_capture"),
        failed.label("failed"),
    )
    names = ("key", "sha256", "size", "url", "captured_at", "archive_file", "archive_offset", "archive_length")
    return select(address, *(_CAPTURE.c[name] for name in names), *of_target)


def _days(choice: Choice) -> list[ColumnElement[bool]]:
    at = _CAPTURE.c.captured_at
    since = [at >= _midnight(choice.since)] if choice.since else []
    return since + ([at < _midnight(choice.until + timedelta(days=1))] if choice.until else [])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _kept(source: str, row: Any) -> Kept:
    return Kept(
        source=source,
        address=row.address,
        capture_key=row.key,
        sha256=row.sha256,
        size=row.size,
        url=row.url,
        captured_at=row.captured_at,
        pointer=Pointer(row.archive_file, row.archive_offset, row.archive_length),
        content_type=row.content_type if row.key == row.page_capture else None,
        standing=(row.page_capture, row.bad_capture),
        failed=bool(row.failed),
    )
