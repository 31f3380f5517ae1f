"""Column types that hold the same values on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType
from typing_extensions import override

# SQLite's NUMERIC column makes a number of a text without loss up to 15 significant digits, and rounds longer ones.
_SQLITE_DIGITS = 15
_JSON = json.JSONEncoder(ensure_ascii=False)


def to_json(value: Any) -> str:
    """Return what JSON can hold as JSON. Most lists of records are empty, and making an encoder for each is slow."""
    if not value and isinstance(value, list | tuple):
        return "[]"
    return _JSON.encode(value)


class Json(TypeDecorator[Any]):
    """Lists and objects; JSONB on PostgreSQL, which can compare them."""

    impl = JSON().with_variant(JSONB(), "postgresql")
    cache_ok = True


class Utc(TypeDecorator[datetime]):
    """A moment. Comes back with its zone, UTC, from SQLite too, which keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"{value} has no zone"
            raise ValueError(msg)
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _SqliteNumeric(UserDefinedType[Any]):
    """A column that SQLite compares and sums as numbers."""

    cache_ok = True

    @override
    def get_col_spec(self, **_: Any) -> str:
        return "NUMERIC"


class Exact(TypeDecorator[Decimal]):
    """A decimal that comes back as it went in, and that SQL compares as a number.

    SQLAlchemy's own Numeric goes through a float on SQLite. Here a value goes in as its digits, which the column keeps
    as an exact integer or as the float with these very digits; one too long for that is kept as bytes.
    """

    impl = Numeric
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(_SqliteNumeric() if dialect.name == "sqlite" else Numeric())

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not value.is_finite():
            msg = f"{value} is no number"
            raise ValueError(msg)
        if dialect.name != "sqlite":
            return value
        digits = f"{value:f}"
        return digits if len(digits.replace(".", "").strip("-0")) <= _SQLITE_DIGITS else digits.encode()

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(value.decode() if isinstance(value, bytes) else repr(value))
