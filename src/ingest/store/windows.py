"""The ledger of windows: what runs have covered of each source, what they took on in vain, and backfills under way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, select, update

from ingest.store.keys import key
from ingest.store.rows import Row
from ingest.store.tables import Base
from ingest.store.upsert import upsert
from ingest.windows.due import Past
from ingest.windows.spans import Span

_TABLE = Base.metadata.tables["coverage"]
_BACKFILL = Base.metadata.tables["backfill"]


class State(StrEnum):
    """What came of a window."""

    COVERED = "covered"  # a run read it and ended well
    BEGUN = "begun"  # a run is at it, or was when it was killed
    PARTIAL = "partial"  # read, but for what failed in passing or lies beyond the reach of the lists
    FAILED = "failed"  # the lists could not be read, or the run did not end well
    LOOKED = "looked"  # no window: when the last run began that read all that was due


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes windows on: the run ``run``, of ``source``; ``at`` is when it says so."""

    source: str
    run: str
    at: datetime


IN_VAIN = (State.BEGUN, State.PARTIAL, State.FAILED)


def past(connection: Connection, source: str) -> Past:
    """Return what runs have covered of a source."""
    covered: list[Span] = []
    tried: dict[Span, int] = {}
    looked = None
    for row in rows(connection, source):
        span = Span(row["since"], row["until"])
        match row["state"]:
            case State.COVERED:
                covered.append(span)
            case State.LOOKED:
                looked = row["since"]
            case _:
                tried[span] = row["tries"]
    return Past(covered=tuple(covered), tried=tried, looked=looked)


def rows(connection: Connection, source: str) -> list[Row]:
    """Return all that is known of the windows of a source, in order."""
    query = select(_TABLE).where(_TABLE.c.source == source).order_by(_TABLE.c.since, _TABLE.c.key)
    return [dict(row) for row in connection.execute(query).mappings()]


def begin(connection: Connection, taker: Taker, spans: Iterable[Span]) -> None:
    """Note that a run takes windows on: if it is killed, that stays as it is."""
    had = _tries(connection, taker.source)
    new = [_row(taker, span, State.BEGUN) for span in spans]
    upsert(connection, _TABLE, [row | {"tries": had.get(row["key"], 0) + 1} for row in new])


def cover(connection: Connection, taker: Taker, spans: Iterable[Span]) -> None:
    """Note that a run covered windows and has ended well; what is within them of former rows is told by theirs."""
    for span in spans:
        row = _row(taker, span, State.COVERED)
        within = (_TABLE.c.since >= span.since, _TABLE.c.until <= span.until, _TABLE.c.state != State.LOOKED)
        connection.execute(delete(_TABLE).where(_TABLE.c.source == taker.source, *within, _TABLE.c.key != row["key"]))
        upsert(connection, _TABLE, [row])


def fall_short(connection: Connection, taker: Taker, spans: Iterable[Span], state: State, reason: str) -> None:
    """Note that a run took windows on in vain, and why."""
    had = _tries(connection, taker.source)
    new = [_row(taker, span, state) | {"reason": reason} for span in spans]
    upsert(connection, _TABLE, [row | {"tries": had.get(row["key"], 1)} for row in new])


def settle(connection: Connection, taker: Taker) -> None:
    """Remove what a run had begun and has told of in other rows, as when it covered a part of it."""
    mine = (_TABLE.c.source == taker.source, _TABLE.c.run == taker.run, _TABLE.c.state == State.BEGUN)
    connection.execute(delete(_TABLE).where(*mine))


def look(connection: Connection, taker: Taker, began: datetime) -> None:
    """Note that a run has read all that was due of a source when it began."""
    row = _row(taker, Span(began, began), State.LOOKED) | {"key": key("looked", taker.source)}
    upsert(connection, _TABLE, [row])


def close(connection: Connection, run: str, reason: str) -> None:
    """Note that a run has ended without a word to what it had begun."""
    mine: tuple[ColumnElement[bool], ...] = (_TABLE.c.run == run, _TABLE.c.state == State.BEGUN)
    connection.execute(update(_TABLE).where(*mine).values(state=State.FAILED, reason=reason))


def began_before(connection: Connection, parameters: Row) -> datetime | None:
    """Return when the backfill of these parameters began that has not ended; None where there is none."""
    row = _open(connection, parameters)
    return row["began_at"] if row else None


def open_backfill(connection: Connection, parameters: Row, *, at: datetime) -> Row:
    """Return the backfill of these parameters that has not ended, or a new one."""
    if before := _open(connection, parameters):
        return before
    new: Row = {"key": key("backfill", parameters, at.isoformat()), "began_at": at, "ended_at": None}
    upsert(connection, _BACKFILL, [new | {"parameters": parameters}])
    return new


def _open(connection: Connection, parameters: Row) -> Row | None:
    query = select(_BACKFILL).where(_BACKFILL.c.ended_at.is_(None)).order_by(_BACKFILL.c.began_at.desc())
    rows = connection.execute(query).mappings()
    return next((dict(row) for row in rows if row["parameters"] == parameters), None)


def close_backfill(connection: Connection, name: str, *, at: datetime) -> None:
    """Note that a backfill has done all that it had planned."""
    connection.execute(update(_BACKFILL).where(_BACKFILL.c.key == name).values(ended_at=at))


def _tries(connection: Connection, source: str) -> dict[str, int]:
    return {row["key"]: row["tries"] for row in rows(connection, source) if row["state"] in IN_VAIN}


def _row(taker: Taker, span: Span, state: State) -> Row:
    # What a run does again that was covered before takes nothing from that: it has a row of its own.
    told = "covered" if state is State.COVERED else "in vain"
    return {
        "key": key("coverage", taker.source, told, span.since.isoformat(), span.until.isoformat()),
        "source": taker.source,
        "since": span.since,
        "until": span.until,
        "state": state.value,
        "reason": None,
        "run": taker.run,
        "at": taker.at,
        "tries": 0,
    }
