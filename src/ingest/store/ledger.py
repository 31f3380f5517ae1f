"""The ledger: what came of each target of the web, and when it is due again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ingest.store.rows import Row
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

_T = Base.metadata.tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of a target that was asked for before."""

    first_seen: datetime
    due_at: datetime
    failures: int
    etag: str | None
    last_modified: str | None


def known(connection: Connection, source: str, addresses: Sequence[str]) -> dict[str, Entry]:
    """Return what is known of a source's targets, by address."""
    table = _T["ledger"]
    columns = [table.c[name] for name in Entry.__slots__]
    query = select(table.c.address, *columns).where(table.c.source == source)
    found: dict[str, Entry] = {}
    for some in batches(addresses):
        for row in connection.execute(query.where(table.c.address.in_(some))).mappings():
            found[row["address"]] = Entry(**{name: row[name] for name in Entry.__slots__})
    return found


def note(connection: Connection, rows: Sequence[Row]) -> None:
    """Store what came of targets; ``first_seen`` of one that is known stands."""
    upsert(connection, _T["ledger"], rows, keep={"first_seen"})
