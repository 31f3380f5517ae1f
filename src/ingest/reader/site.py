"""What every view of the reader has at hand: the database, the archive, the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, text
from starlette.requests import Request

from ingest.settings import Settings
from ingest.store.engine import Database

# A view that takes longer than this is a fault of ours, and no reason to keep a server busy. Seconds.
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Site:
    """A database as the reader shows it.

    Args:
        configured: The settings; ``archive_place`` is where the bytes lie.
        database: Opened to be asked only.
        token: What a visitor must know; None where everybody who reaches it may look.
        hosts: Names that a request may call this host by; empty for any.
        writable: Whether reviews may be decided on.
    """

    configured: Settings
    database: Database
    token: str | None = None
    hosts: frozenset[str] = field(default_factory=frozenset)
    writable: bool = True

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database, cannot write, and blocks no writer."""
        with self.database.read() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(postgresql_readonly=True)
                connection.execute(text(f"SET LOCAL statement_timeout = '{_LONGEST}s'"))
            yield connection

    @property
    def archive(self) -> Path | str:
        """Where the archive lies."""
        return self.configured.archive_place


def of(request: Request) -> Site:
    """Return the site that a request is made to."""
    site: Site = request.app.state.site
    return site
