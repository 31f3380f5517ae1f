"""Rows as Parquet, a row group at a time, through pyarrow."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import Boolean, Date, DateTime, Float, Integer

from ingest.errors import IngestError
from ingest.store.export.columns import Type, is_list_of_texts
from ingest.store.export.text import Row, as_json
from ingest.store.types import Exact, Json, Utc

_GROUP = 10_000  # rows; some 100 MB of articles in memory, and a tenth of that of records
# What most readers take (a decimal of 128 bits); 26 digits before the point are more than any count of yuan.
_DIGITS, _DECIMALS = 38, 12


def write_parquet(out: BinaryIO, types: Mapping[str, Type], rows: Iterable[Row]) -> int:
    """Write a Parquet file and return how many rows it has.

    Decimals are decimal128(38, 12), days date32, times timestamps in UTC; lists of texts are lists, other JSON text.

    Raises:
        IngestError: pyarrow is not there, or a decimal has more digits than fit.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise IngestError("Parquet needs the package pyarrow: pip install 'gaoxin-ingest[parquet]'") from error
    schema = pa.schema([(name, _arrow(name, type_)) for name, type_ in types.items()])
    ways = [as_json if isinstance(t, Json) and not is_list_of_texts(n) else None for n, t in types.items()]
    count = 0
    try:
        with pq.ParquetWriter(out, schema, compression="zstd") as writer:
            for group in _groups(rows):
                arrays = [
                    pa.array(_prepared(values, way), field.type)
                    for values, way, field in zip(zip(*group, strict=True), ways, schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
                count += len(group)
    except pa.ArrowInvalid as error:
        msg = f"a value does not fit into Parquet ({error}): export CSV or JSON Lines"
        raise IngestError(msg) from error
    return count


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while group := list(islice(iterator, _GROUP)):
        yield group


def _prepared(values: Sequence[Any], way: Callable[[Any], str] | None) -> list[Any]:
    return list(values) if way is None else [None if value is None else way(value) for value in values]


def _arrow(name: str, type_: Type) -> Any:
    """Return pyarrow's type for a column's."""
    import pyarrow as pa

    if isinstance(type_, Json):
        return pa.list_(pa.string()) if is_list_of_texts(name) else pa.string()
    if isinstance(type_, Exact):
        return pa.decimal128(_DIGITS, _DECIMALS)
    if isinstance(type_, Utc):
        return pa.timestamp("us", tz="UTC")
    plain: list[tuple[type[Any], Any]] = [
        (Boolean, pa.bool_()),
        (Integer, pa.int64()),
        (Float, pa.float64()),
        (Date, pa.date32()),
        (DateTime, pa.timestamp("us")),
    ]
    return next((arrow for kind, arrow in plain if isinstance(type_, kind)), pa.string())
