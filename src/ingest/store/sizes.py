"""How large the tables are, and making the database small and quick again."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from ingest.store.engine import Database, DatabaseError
from ingest.store.search.index import DOCUMENT, PLACE
from ingest.store.tables import Base

_SEARCH = "search_index"  # FTS5's own tables, of which it has five
_FREE = "(free)"


@dataclass(frozen=True, slots=True)
class Size:
    """A table's rows and bytes, its indexes apart; None where the database does not tell."""

    table: str
    rows: int | None
    table_bytes: int | None
    index_bytes: int | None


def sizes(connection: Connection) -> list[Size]:
    """Return the tables' sizes, the largest first; rows are counted one by one, which takes seconds for millions."""
    told = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgresql(connection)
    names = [*Base.metadata.tables, DOCUMENT.name, PLACE.name]
    found = [Size(name, _rows(connection, name), *told.get(name, (None, None))) for name in names]
    found += [Size(name, None, *told[name]) for name in (_SEARCH, _FREE) if name in told]
    return sorted(found, key=lambda size: -((size.table_bytes or 0) + (size.index_bytes or 0)))


def whole(database: Database) -> int:
    """Return the bytes of the whole database, free room included."""
    if database.file:
        return database.file.stat().st_size
    with database.read() as connection:
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def vacuum(database: Database) -> None:
    """Give back the room of what was deleted, and let the planner count again.

    SQLite writes the whole file anew and needs as much room beside it meanwhile; nobody can write until it is done.
    PostgreSQL cleans up beside other work.

    Raises:
        DatabaseError: The database is locked, or there is no room.
    """
    if database.engine.dialect.name == "sqlite":
        merge = "INSERT INTO search_index (search_index) VALUES ('optimize')"
        commands = [merge, "VACUUM", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"]
    else:
        commands = ["VACUUM (ANALYZE)"]
    with _outside_transactions(database) as driver:
        for command in commands:
            driver.execute(command)


@contextmanager
def _outside_transactions(database: Database) -> Iterator[Any]:
    """Give the driver's own connection: neither engine vacuums within a transaction."""
    postgres = database.engine.dialect.name == "postgresql"
    errors: tuple[type[Exception], ...] = (sqlite3.Error, database.engine.dialect.loaded_dbapi.Error)
    raw = database.engine.raw_connection()
    driver: Any = raw.driver_connection
    try:
        if postgres:
            driver.autocommit = True
        yield driver
    except errors as error:
        msg = f"{database.name}: {' '.join(str(error).split())}: see that no run is at work and that there is room"
        raise DatabaseError(msg, transient=True) from error
    finally:
        if postgres:
            driver.autocommit = False
        raw.close()


def _rows(connection: Connection, table: str) -> int:
    return connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0  # noqa: S608 - a table of ours


def _sqlite(connection: Connection) -> dict[str, tuple[int, int]]:
    """Ask dbstat, which not every SQLite was made with; reads the whole file."""
    query = """
        SELECT CASE WHEN m.tbl_name LIKE 'search_index%' THEN 'search_index' ELSE m.tbl_name END,
            sum(CASE WHEN m.type = 'table' THEN s.pgsize ELSE 0 END),
            sum(CASE WHEN m.type = 'index' THEN s.pgsize ELSE 0 END)
        FROM dbstat AS s JOIN sqlite_master AS m ON m.name = s.name WHERE s.aggregate = TRUE GROUP BY 1
    """
    try:
        found = {name: (table, index) for name, table, index in connection.exec_driver_sql(query)}
    except OperationalError as error:
        if "no such table: dbstat" not in str(error.orig):
            raise
        found = {}
    pages = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
    return found | {_FREE: (pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one(), 0)}


def _postgresql(connection: Connection) -> dict[str, tuple[int, int]]:
    query = """
        SELECT c.relname, pg_table_size(c.oid), pg_indexes_size(c.oid) FROM pg_class AS c
        WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)
    """
    return {name: (table, index) for name, table, index in connection.execute(text(query))}
