"""What the database says of the archive's records: all of them in the order of the files, or some."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, select

from ingest.fetch.archive import Pointer
from ingest.fetch.verify import Row
from ingest.store.tables import Base

_T = Base.metadata.tables
_PIECE = 10_000  # rows in memory at a time


def in_order(connection: Connection) -> Iterator[Row]:
    """Yield every capture, file by file in the order of their names, by its place in the file."""
    capture = _T["capture"]
    query = _rows().order_by(capture.c.archive_file, capture.c.archive_offset)
    return _yielded(connection, query)


def some(connection: Connection, source: str | None, number: int | None, *, start: str) -> Iterator[Row]:
    """Yield captures of a source or of all: ``number`` of them by their keys from ``start`` on, or every one.

    Keys are digests, so those that follow one another are of any pages; after the last key come the first.
    """
    capture = _T["capture"]
    query = _rows() if source is None else _rows().where(capture.c.source == source)
    if number is None:
        yield from _yielded(connection, query.order_by(capture.c.archive_file, capture.c.archive_offset))
        return
    for part in (capture.c.key >= start, capture.c.key < start):
        for row in _yielded(connection, query.where(part).order_by(capture.c.key).limit(number)):
            number -= 1
            yield row


def _rows() -> Select[Any]:
    names = ("source", "address", "sha256", "archive_file", "archive_offset", "archive_length")
    return select(*(_T["capture"].c[name] for name in names))


def _yielded(connection: Connection, query: Select[Any]) -> Iterator[Row]:
    for row in connection.execution_options(yield_per=_PIECE).execute(query):
        pointer = Pointer(row.archive_file, row.archive_offset, row.archive_length)
        yield Row(source=row.source, address=row.address, sha256=row.sha256, pointer=pointer)
