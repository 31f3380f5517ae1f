"""What was forgotten by command: no run fetches it again until somebody allows it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from ingest.store.keys import page_key, source_key
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

_T = Base.metadata.tables


def note(connection: Connection, source: str, address: str | None, *, at: datetime) -> None:
    """Note that a target was forgotten at a time, or with ``None`` a source whole."""
    upsert(connection, _T["forgotten"], [{"key": _key(source, address), "source": source, "at": at}])


def allow(connection: Connection, source: str, address: str | None) -> int:
    """Let a target be fetched again, or with ``None`` all of a source; return how many notes went."""
    table = _T["forgotten"]
    mine = table.c.source == source if address is None else table.c.key == _key(source, address)
    return connection.execute(delete(table).where(mine)).rowcount


def among(connection: Connection, source: str, addresses: Sequence[str]) -> frozenset[str]:
    """Return which of a source's targets were forgotten: all, where it was as a whole."""
    table = _T["forgotten"]
    if not connection.scalar(select(func.count()).select_from(table).where(table.c.source == source)):
        return frozenset()
    keys = {page_key(source, address): address for address in addresses}
    found: set[str] = set()
    for some in batches([source_key(source), *keys]):
        found |= set(connection.scalars(select(table.c.key).where(table.c.key.in_(some))))
    return frozenset(addresses if source_key(source) in found else (keys[key] for key in found))


def _key(source: str, address: str | None) -> str:
    return source_key(source) if address is None else page_key(source, address)
