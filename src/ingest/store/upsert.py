"""INSERT … ON CONFLICT in bulk, the same on SQLite and PostgreSQL; only rows that differ are touched."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_
from sqlalchemy.dialects import postgresql, sqlite

Rows = Sequence[Mapping[str, Any]]
_BATCH = 10_000  # values in one IN (…): SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535
Upsert = postgresql.Insert | sqlite.Insert


def insert_missing(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert the rows whose key is not there yet; leave the others as they are."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), _ordered(table, rows))


def upsert(connection: Connection, table: Table, rows: Rows, *, keep: Collection[str] = ()) -> None:
    """Insert or update rows.

    Args:
        connection: Within a transaction.
        table: Its primary key is one column.
        rows: All of the same columns.
        keep: Columns that are set when a row is inserted and never after.
    """
    if not rows:
        return
    names = [name for name in rows[0] if name not in keep and not table.c[name].primary_key]
    statement = on_conflict(_insert(connection, table), table, names, differs=names)
    connection.execute(statement, _ordered(table, rows))


def upsert_returning(
    connection: Connection, table: Table, rows: Rows, *, differs: Iterable[str], count: str
) -> dict[str, int]:
    """Insert or update rows; return the keys of those that were, with ``count``: 1 when inserted, more when updated.

    A row is updated when it differs in one of the columns ``differs``; ``count`` then goes up by one. What comes back
    is the database's own answer, right with another writer at work on the same rows.
    """
    if not rows:
        return {}
    names = [name for name in rows[0] if name != count and not table.c[name].primary_key]
    statement = on_conflict(_insert(connection, table), table, names, differs=differs, more={count: table.c[count] + 1})
    [key] = table.primary_key.columns
    returning = statement.returning(key, table.c[count])
    return {row[0]: row[1] for row in connection.execute(returning, _ordered(table, rows))}


def on_conflict(
    statement: Upsert,
    table: Table,
    names: Iterable[str],
    *,
    differs: Iterable[str],
    more: Mapping[str, ColumnElement[Any]] | None = None,
) -> Upsert:
    """Make an INSERT update the columns ``names`` of a row that is there and differs in one of ``differs``."""
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: new[name] for name in names} | dict(more or {}),
        where=or_(*(table.c[name].is_distinct_from(new[name]) for name in differs)),
    )


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the values in pieces that one statement can take."""
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def _insert(connection: Connection, table: Table) -> Upsert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _ordered(table: Table, rows: Rows) -> list[dict[str, Any]]:
    """Return each key once, the last row of it, in the order of the keys: two writers then never wait in a circle."""
    [key] = table.primary_key.columns
    by_key = {row[key.name]: dict(row) for row in rows}
    return [by_key[each] for each in sorted(by_key)]
