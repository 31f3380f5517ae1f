"""Values come back as they went in, from both engines."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, create_engine, delete, insert, select
from sqlalchemy.exc import StatementError

from ingest.store.types import Exact, Json, Utc

VALUES = Table(
    "values",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("number", Exact),
    Column("moment", Utc),
    Column("json", Json),
)


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    """An engine with the table."""
    engine = create_engine(address.replace("sqlite:///", "sqlite:///") if "postgres" in address else "sqlite://")
    VALUES.metadata.create_all(engine)
    yield engine
    engine.dispose()


def round_trip(engine: Engine, **values: object) -> dict[str, object]:
    """Write a row and read it back."""
    with engine.begin() as connection:
        connection.execute(delete(VALUES))
        connection.execute(insert(VALUES), {"id": 1} | values)
        return dict(connection.execute(select(VALUES)).mappings().one())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**30), max_value=10**30))
def test_a_decimal_is_exact(engine: Engine, number: Decimal) -> None:
    if abs(number.as_tuple().exponent) > 1000:  # type: ignore[arg-type]  # finite: an int
        return
    assert round_trip(engine, number=number)["number"] == number


@pytest.mark.parametrize("number", ["6910000000", "0.1", "7.20", "-1E-8", "1E+25", "12345678901234567890.123456789"])
def test_figures_are_exact(engine: Engine, number: str) -> None:
    found = round_trip(engine, number=Decimal(number))["number"]
    assert (type(found), found) == (Decimal, Decimal(number))


def test_figures_are_compared_as_numbers(engine: Engine) -> None:
    numbers = [Decimal(n) for n in ("9", "10", "7.25", "-3", "41250000000")]
    with engine.begin() as connection:
        connection.execute(insert(VALUES), [{"id": i, "number": n} for i, n in enumerate(numbers)])
        ordered = list(connection.scalars(select(VALUES.c.number).order_by(VALUES.c.number)))
        above = set(connection.scalars(select(VALUES.c.number).where(VALUES.c.number > Decimal("8.5"))))
    assert ordered == sorted(numbers)
    assert above == {Decimal(9), Decimal(10), Decimal(41250000000)}


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused(engine: Engine, number: str) -> None:
    with pytest.raises(StatementError, match="is no number"):
        round_trip(engine, number=Decimal(number))


def test_a_moment_comes_back_in_utc(engine: Engine) -> None:
    china = datetime(2025, 3, 2, 9, 30, 1, 5, tzinfo=timezone(timedelta(hours=8)))
    found = round_trip(engine, moment=china)["moment"]
    assert found == china
    assert isinstance(found, datetime)
    assert found.tzinfo == UTC


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="has no zone"):
        round_trip(engine, moment=datetime(2025, 3, 2))  # noqa: DTZ001 - that is the point


def test_lists_and_objects_come_back(engine: Engine) -> None:
    value = {"高新区": [1, 2.5, None, "é"], "b": []}
    assert round_trip(engine, json=value)["json"] == value
