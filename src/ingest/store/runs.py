"""Rows of runs that are long past."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from ingest.store.tables import Base

_RUN = Base.metadata.tables["run"]


def forget(connection: Connection, before: datetime) -> int:
    """Delete the rows of runs that ended before a moment, with what they gave; return how many runs that were."""
    old = _RUN.c.ended_at < before
    number = connection.scalar(select(func.count()).select_from(_RUN).where(old)) or 0
    connection.execute(delete(_RUN).where(old))  # their rows in ``measure`` go with them
    return number
