"""What people decide on records: each decision a row that is added, none changed; the last one on a reading stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, insert, literal, select, tuple_
from sqlalchemy.exc import IntegrityError

from ingest.errors import IngestError
from ingest.store import keys, lookup
from ingest.store.review_columns import DECISION, corrected, reading, said, shortest
from ingest.store.rows import Row
from ingest.store.upsert import batches

_LONGEST_NOTE = 1000  # characters
_LONGEST_NAME = 100


class Verdict(StrEnum):
    """What came of a reading. ``REOPENED`` takes back what was decided before."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    REOPENED = "reopened"


class ReviewError(IngestError):
    """A decision that cannot be taken as it was given."""

    exit_code = 2


class OvertakenError(ReviewError):
    """Somebody has decided on it since it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody says of a record. ``changes`` are of a correction, by column, as a person writes them."""

    verdict: Verdict
    by: str
    at: datetime
    changes: dict[str, str | None]
    note: str = ""


def decide(connection: Connection, kind: str, key: str, ruling: Ruling, *, seen: int | None = None) -> Row:
    """Store a decision on a record and return its row.

    Args:
        connection: Within a transaction that writes.
        kind: The table of the record.
        key: Its whole key.
        ruling: What is decided.
        seen: The number of the last decision that the one who decides knew of, 0 for none; unchecked when left out.

    Raises:
        ReviewError: There is no such record, or nothing to take back, or the decision is not whole.
        OvertakenError: There is a later decision than ``seen``.
        CorrectionError: A column cannot hold what it is to say.
    """
    record = lookup.row(connection, kind, key)
    if record is None:
        msg = f"there is no {kind} {key!r} any more: the article has been read again, look at the list again"
        raise ReviewError(msg)
    _check(ruling)
    known = reading(record)
    before = last_of(connection, [reading_key(kind, record)]).get(reading_key(kind, record))
    number = before["number"] if before else 0
    if seen is not None and seen != number and before:
        msg = f"{before['decided_by']} has {before['verdict']} it in the meantime: look at it again"
        raise OvertakenError(msg)
    if ruling.verdict is Verdict.REOPENED and (before is None or before["verdict"] == Verdict.REOPENED):
        raise ReviewError("nothing is decided on it that could be taken back")
    row = known | _ruled(kind, record, ruling)
    row |= {"reading": reading_key(kind, record), "number": number + 1, "kind": kind}
    row |= {"article_key": record["article_key"], "key": keys.key("decision", row["reading"], number + 1)}
    try:
        connection.execute(insert(DECISION), row)
    except IntegrityError as error:
        raise OvertakenError("somebody is deciding on it at this moment: look at it again") from error
    return row


def reading_key(kind: str, record: Row) -> str:
    """Return what all records of an article have in common that say the same by the same words."""
    values = [shortest(value) if isinstance(value, Decimal) else value for value in reading(record).values()]
    return keys.key("reading", record["article_key"], kind, values)


def history(connection: Connection, kind: str, record: Row) -> list[Row]:
    """Return all decisions on a record, the first one first."""
    mine = select(DECISION).where(DECISION.c.reading == reading_key(kind, record)).order_by(DECISION.c.number)
    return _rows(connection, mine)


def of_article(connection: Connection, article_key: str) -> dict[str, Row]:
    """Return the decisions that stand on records of an article, by the key of their reading."""
    mine = select(DECISION).where(DECISION.c.article_key == article_key).order_by(DECISION.c.number)
    last = {row["reading"]: row for row in _rows(connection, mine)}
    return {key: row for key, row in last.items() if row["verdict"] != Verdict.REOPENED}


def last_of(connection: Connection, readings: Sequence[str]) -> dict[str, Row]:
    """Return the last decision on each of some readings, one that takes all back among them, by their keys."""
    found: dict[str, Row] = {}
    for some in batches(readings):
        query = select(DECISION).where(DECISION.c.reading.in_(some)).order_by(DECISION.c.number)
        found |= {row["reading"]: row for row in _rows(connection, query)}
    return found


def decisions(
    connection: Connection, *, limit: int | None = None, before: tuple[datetime, str] | None = None
) -> list[Row]:
    """Return decisions, the newest first; ``before``: moment and key of the last one that was returned before."""
    query = select(DECISION).order_by(DECISION.c.decided_at.desc(), DECISION.c.key.desc())
    if before is not None:
        at, key = literal(before[0], DECISION.c.decided_at.type), literal(before[1])
        query = query.where(tuple_(DECISION.c.decided_at, DECISION.c.key) < tuple_(at, key))
    return _rows(connection, query if limit is None else query.limit(limit))


def decided_articles(connection: Connection) -> Sequence[str]:
    """Return the keys of all articles that somebody decided on."""
    return connection.scalars(select(DECISION.c.article_key).distinct().order_by(DECISION.c.article_key)).all()


def tally(connection: Connection) -> dict[str, int]:
    """Return how many decisions of each verdict stand."""
    last = select(DECISION.c.reading, func.max(DECISION.c.number).label("number")).group_by(DECISION.c.reading)
    found = last.subquery()
    is_last = (DECISION.c.reading == found.c.reading) & (DECISION.c.number == found.c.number)
    query = select(DECISION.c.verdict, func.count()).join(found, is_last).group_by(DECISION.c.verdict)
    return {verdict: number for verdict, number in connection.execute(query) if verdict != Verdict.REOPENED}


def _check(ruling: Ruling) -> None:
    """See that a decision is whole."""
    if not ruling.by.strip() or len(ruling.by) > _LONGEST_NAME or not ruling.by.isprintable():
        raise ReviewError("say who decides: a name of at most 100 characters")
    if len(ruling.note) > _LONGEST_NOTE or "\x00" in ruling.note:
        msg = f"a note has at most {_LONGEST_NOTE} characters"
        raise ReviewError(msg)
    if ruling.changes and ruling.verdict is not Verdict.CORRECTED:
        raise ReviewError("only a correction changes what a record says")


def _ruled(kind: str, record: Row, ruling: Ruling) -> Row:
    """Return the columns of a decision that say what is decided."""
    before = said(kind, record)
    after = corrected(kind, record, ruling.changes) if ruling.verdict is Verdict.CORRECTED else before
    if ruling.verdict is Verdict.CORRECTED and after == before:
        raise ReviewError("the correction says what the record says already: accept it instead")
    told = {"note": ruling.note.strip(), "decided_by": ruling.by.strip(), "decided_at": ruling.at}
    return told | {"verdict": ruling.verdict.value, "said": before, "stands": after}


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
