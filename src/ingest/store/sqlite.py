"""How we speak with SQLite: what each connection sets, and how its transactions begin."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, event

READ_ONLY = "ingest_read_only"  # the option of a connection that only reads
_BUSY_SECONDS = 30  # how long a writer waits for another before it says so; a chunk is stored in well under one
_PRAGMAS = (f"busy_timeout={_BUSY_SECONDS * 1000}", "synchronous=NORMAL", "foreign_keys=ON")
_WAL_TRIES = 200  # 10 s; the switch takes a moment, once in a database's life


def prepare(engine: Engine, *, ask: bool) -> None:
    """Have an engine's connections and transactions begin as ours do; ``ask``: they cannot write."""
    event.listen(engine, "connect", _open_to_ask if ask else _open)
    event.listen(engine, "begin", _begin)


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Switch SQLite's foreign keys off and on again, which it hears only outside a transaction."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _open(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # sqlite3 would begin transactions when it sees fit
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    for _ in range(_WAL_TRIES):  # two first runs at once: here SQLite refuses the second without waiting for the first
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
            return
        time.sleep(0.05)
    connection.execute("PRAGMA journal_mode=WAL")


def _open_to_ask(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (*_PRAGMAS, "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a reader that turns writer half-way is refused without waiting."""
    reading = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
