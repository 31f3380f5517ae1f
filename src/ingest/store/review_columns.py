"""What of a record a person can decide on, column by column, and what stands by it, as SQL for both engines."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    Numeric,
    and_,
    case,
    cast,
    literal_column,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.selectable import NamedFromClause

from ingest.errors import IngestError
from ingest.store.tables import RECORDS, Base, Record
from ingest.store.types import Exact, Json

_T = Base.metadata.tables
DECISION = _T["decision"]
KINDS = tuple(str(model.__tablename__) for model in RECORDS.values())
# By these a reading is the same reading (see ``review_tables``); a kind has those that it has columns for.
_NAMED = ("text", "name", "subject", "value", "value_high", "unit")
# Where and how it was read, and what only lists say: a person decides on the rest.
_BESIDE = {*Record.model_fields, "restated"}
_CHOICES = {
    "bound": ("exact", "about", "over", "under"),
    "aspect": ("level", "change", "growth", "share", "rank", "target"),
}
_NEEDED = {"name", "value", "unit", "bound", "aspect", "kind"}  # the columns that are never NULL
_MAY_BE_EMPTY = {"unit"}  # a figure that is printed without a measure word
_LONGEST = 300  # characters of a corrected text; the longest name of a policy on the annotated pages has 61
_DIGITS = 30  # of a corrected value


class CorrectionError(IngestError):
    """A correction that the column cannot hold."""

    exit_code = 2


class _Day(GenericFunction[date]):
    """A day that JSON holds as text; SQLite keeps days so."""

    type = Date()
    inherit_cache = True
    name = "review_day"


@compiles(_Day)
def _as_day(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS DATE)"


@compiles(_Day, "sqlite")
def _as_text(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


def columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind of record that a person can correct; a kind is the name of its table."""
    return tuple(c.name for c in _T[kind].columns if c.name not in _BESIDE and not isinstance(c.type, Json))


def choices(column: str) -> tuple[str, ...]:
    """Return what a column may say; nothing where it is free."""
    return _CHOICES.get(column, ())


def same_reading(record: FromClause, kind: str, decision: NamedFromClause = DECISION) -> ColumnElement[bool]:
    """Return the condition under which the last decision on a reading is on a record, and has not been taken back."""
    named = [record.c[name].is_not_distinct_from(decision.c[name]) for name in _NAMED if name in _T[kind].columns]
    d = str(decision.name)
    # As text: in the condition of a join SQLAlchemy would take the decision itself for another table of the subquery.
    later = f"SELECT 1 FROM decision AS later WHERE later.reading = {d}.reading AND later.number > {d}.number"  # noqa: S608 - a name of ours
    is_last = literal_column(f"NOT EXISTS ({later})", Boolean())
    mine = decision.c.article_key == record.c.article_key
    return and_(mine, decision.c.kind == kind, *named, decision.c.verdict != "reopened", is_last)


def stands(record: FromClause, kind: str, name: str, decision: FromClause = DECISION) -> ColumnElement[Any]:
    """Return what a column of a record says by the decision on it, or as it was read where there is none."""
    if name not in columns(kind):
        return record.c[name]
    decided = stated(record, name, decision)
    return case((decision.c.key.is_(None), record.c[name]), else_=decided).label(name)


def stated(record: FromClause, name: str, decision: FromClause = DECISION) -> ColumnElement[Any]:
    """Return what a column of a record says by the decision on it; there is one."""
    column = record.c[name]
    decided: ColumnElement[Any] = type_coerce(decision.c.stands, JSON())[name].as_string()
    if isinstance(column.type, Exact):
        decided = type_coerce(cast(decided, Numeric), Exact())
    elif isinstance(column.type, Date):
        decided = _Day(decided)
    return decided


def said(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return what a record's row says, as JSON holds it."""
    return {name: _plain(row[name]) for name in columns(kind)}


def reading(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a record's reading is known by: columns of ``Decision``, None for what its kind does not have."""
    return {name: row.get(name) for name in _NAMED}


def corrected(kind: str, row: dict[str, Any], changes: dict[str, str | None]) -> dict[str, Any]:
    """Return what a record is to say, as JSON holds it.

    Args:
        kind: The table of the record.
        row: What it says.
        changes: By column, as a person writes them; None or an empty text for nothing.

    Raises:
        CorrectionError: There is no such column, or it cannot hold that.
    """
    result = said(kind, row)
    for name, value in changes.items():
        if name not in result:
            msg = f"{kind} has no {name!r} to correct: {', '.join(result)}"
            raise CorrectionError(msg)
        result[name] = _checked(kind, name, value)
    if "identity" in result and result["name"] != row["name"] and "identity" not in changes:
        result["identity"] = None  # the one that was known by the wrong name
    _check_order(result)
    return result


def shortest(value: Decimal) -> str:
    """Return a number in the same digits however it is stored: 31 for 31.00."""
    return f"{value.normalize():f}"


def _checked(kind: str, name: str, value: str | None) -> str | None:
    written = (value or "").strip()
    if not written:
        if name in _NEEDED - _MAY_BE_EMPTY and not _T[kind].columns[name].nullable:
            msg = f"{name} cannot be empty"
            raise CorrectionError(msg)
        return "" if name in _MAY_BE_EMPTY else None
    if len(written) > _LONGEST or not written.isprintable():
        msg = f"{name} is longer than {_LONGEST} characters or has characters that cannot be shown"
        raise CorrectionError(msg)
    if name in _CHOICES and written not in _CHOICES[name]:
        msg = f"{name} is one of {', '.join(_CHOICES[name])}, not {written!r}"
        raise CorrectionError(msg)
    type_ = _T[kind].columns[name].type
    if isinstance(type_, Exact):
        return _number(name, written)
    return _day(name, written) if isinstance(type_, Date) else written


def _number(name: str, written: str) -> str:
    try:
        value = Decimal(written.replace(",", ""))
    except InvalidOperation:
        msg = f"{name}: {written!r} is no number: write 4125000000, with 万 and 亿 multiplied out"
        raise CorrectionError(msg) from None
    if not value.is_finite() or len(written) > _DIGITS or abs(value.adjusted()) > _DIGITS:
        msg = f"{name}: {written!r} is no number that a page prints"
        raise CorrectionError(msg)
    return shortest(value)


def _day(name: str, written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        msg = f"{name}: {written!r} is no day: write 2025-03-02"
        raise CorrectionError(msg) from None


def _check_order(stated: dict[str, Any]) -> None:
    """See that a range and a period have their ends in order."""
    low, high = stated.get("value"), stated.get("value_high")
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        raise CorrectionError("value_high is below value")
    start, end = stated.get("period_start"), stated.get("period_end")
    if start and end and start > end:
        raise CorrectionError("period_start is after period_end")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return shortest(value)
    return value.isoformat() if isinstance(value, date) else value
