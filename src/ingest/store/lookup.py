"""One row by what a person has of it: a key, the beginning of one, or the address of a page."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from ingest.errors import IngestError
from ingest.store.rows import Row
from ingest.store.tables import RECORDS, Base

_T = Base.metadata.tables
_KEY = re.compile(r"[0-9a-f]{4,32}")
_LENGTH = 32  # of a whole key, in hex digits
_MOST = 10  # that are named where several fit


class NotOneError(IngestError):
    """There is no such row, or more than one."""

    exit_code = 2


def article(connection: Connection, name: str) -> Row:
    """Return the row of an article.

    Args:
        connection: The database.
        name: Its key, at least four digits of its beginning, or the address of its page.

    Raises:
        NotOneError: None or several fit; the message names them.
    """
    table = _T["article"]
    found = _by_key(connection, table, name) if _KEY.fullmatch(name) else []
    if not found:
        source, _, address = name.partition(":")
        of_source = (table.c.source == source) & (table.c.address == address)
        here = select(table).where((table.c.address == name) | of_source)
        found = _rows(connection, here.order_by(table.c.source, table.c.address, table.c.position))
    return _only(found, f"article {name!r}", lambda row: f"{row['key']} {row['title'] or row['address']}")


def record(connection: Connection, name: str) -> tuple[str, Row]:
    """Return the kind of a record, which is the name of its table, and its row.

    Args:
        connection: The database.
        name: Its key, or at least four digits of its beginning.

    Raises:
        NotOneError: None or several fit; the message names them.
    """
    if not _KEY.fullmatch(name):
        msg = f"{name!r} is no key of a record: the tables' column `key` has them, and `ingest export` gives it"
        raise NotOneError(msg)
    tables = [_T[str(model.__tablename__)] for model in RECORDS.values()]
    found = [row | {"table": table.name} for table in tables for row in _by_key(connection, table, name)]
    row = _only(found, f"record {name!r}", lambda row: f"{row['key']} {row['table']} {row['text']!r}")
    return row.pop("table"), row


def row(connection: Connection, table: str, key: str) -> Row | None:
    """Return a row by its whole key."""
    found = _rows(connection, select(_T[table]).where(_T[table].c.key == key))
    return found[0] if found else None


def revisions(connection: Connection, article_key: str) -> list[Row]:
    """Return the former versions of an article, the first one first."""
    table = _T["revision"]
    query = select(table).where(table.c.article_key == article_key).order_by(table.c.number)
    return [dict(found) for found in connection.execute(query).mappings()]


def _by_key(connection: Connection, table: Table, beginning: str) -> list[Row]:
    """Return the rows whose key begins so, by the index of the keys."""
    last = beginning.ljust(_LENGTH, "f")
    first = beginning.ljust(_LENGTH, "0")
    return _rows(connection, select(table).where(table.c.key.between(first, last)).order_by(table.c.key))


def _only(found: list[Row], what: str, told: Callable[[Row], str]) -> Row:
    if len(found) == 1:
        return found[0]
    if not found:
        msg = f"there is no {what} in the database: `ingest search` finds articles by their words"
        raise NotOneError(msg)
    named = "; ".join(told(row) for row in found[:_MOST])
    more = "; and more" if len(found) > _MOST else ""
    msg = f"{what} may be any of these; give a whole key: {named}{more}"
    raise NotOneError(msg)


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(found) for found in connection.execute(query.limit(_MOST + 1)).mappings()]
