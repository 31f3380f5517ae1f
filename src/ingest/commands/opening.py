"""The settings and the open database, for commands that ask or change what is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `ingest extract` must not wait for the database to be imported
    from sqlalchemy import Connection

    from ingest.settings import Settings
    from ingest.store.engine import Database


@contextmanager
def opened(*, ask: bool) -> Iterator[tuple["Settings", "Database"]]:
    """Give the settings and the open database; ``ask``: nothing is written.

    Raises:
        NoDatabaseError: There is none; a command that looks makes none.
    """
    from ingest import settings
    from ingest.store.engine import Database

    configured = settings.load()
    if not ask:
        Database(configured.database, ask=True).close()  # where there is none, none is made
    database = Database(configured.database, ask=ask)
    try:
        yield configured, database
    finally:
        database.close()


@contextmanager
def asking() -> Iterator["Connection"]:
    """Give a connection that reads, of the database that is configured.

    Raises:
        NoDatabaseError: There is none.
    """
    with opened(ask=True) as (_, database), database.read() as connection:
        yield connection
