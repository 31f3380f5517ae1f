"""The connection to the database: SQLite or PostgreSQL, opened the same way and failing in the same words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)

from ingest.errors import IngestError
from ingest.store import address as addresses
from ingest.store import schema, sqlite
from ingest.store.schema import Standing, State
from ingest.store.types import to_json

# SQLite: "attempt to write a readonly database"; PostgreSQL: "cannot execute INSERT in a read-only transaction".
_READ_ONLY_WORDS = re.compile(r"\bread-?only\b")


class DatabaseError(IngestError):
    """The database cannot be reached or does not take what it is given. ``transient``: trying again may help."""

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message)
        self.transient = transient


class NoDatabaseError(DatabaseError):
    """There is no database yet, or nothing of ours in it."""


class Database:
    """A database with our tables; they are made where there are none.

    Older tables in SQLite are brought up to this program's: the file is ours alone. A server's database may be that of
    a team whose other programs are still older, so only ``upgrade`` does it there.

    Args:
        address: An SQLAlchemy address: ``sqlite:///…``, ``postgresql://…``.
        ask: Only ask: no file, folder or table is made, and no lock taken that a writer waits for.
        prepare: Make the tables or see that they are of this program's version; False takes them as they are.

    Raises:
        NoDatabaseError: There is none yet, and one is only to be asked.
        ConfigError: The address is none.
        DatabaseError: It cannot be opened.
        SchemaError: Its tables are of another version.
    """

    def __init__(self, address: str, *, ask: bool = False, prepare: bool = True) -> None:
        self._url = addresses.check(address)
        if ask:
            _check_file(self._url)
        else:
            _make_folder(self._url)
        self.engine = _engine(self._url, ask=ask)
        try:
            if prepare:
                self._prepare(ask=ask)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """The address for people, without the password."""
        return addresses.masked(self._url.render_as_string(hide_password=False))

    @property
    def file(self) -> Path | None:
        """The file that the database is; None for a server."""
        return addresses.file(self._url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database and blocks no writer."""
        with self._told(), self.engine.connect() as connection:
            yield connection.execution_options(**{sqlite.READ_ONLY: True})

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection within a transaction: all of it is kept, or nothing."""
        with self._told(), self.engine.begin() as connection:
            yield connection

    def state(self) -> State:
        """Return the version of the tables and how it stands to this program's."""
        with self.read() as connection:
            return schema.state(connection)

    def upgrade(self) -> State:
        """Make the tables, or bring older ones to this program's version; return how they stood before.

        It is one transaction: whatever happens on the way, the database is as before or as it should be.

        Raises:
            SchemaError: The database is of a newer version, or holds tables of something else.
        """
        with (
            self._told(),
            self.engine.connect() as connection,
            sqlite.without_foreign_keys(connection),
            connection.begin(),
        ):
            return schema.upgrade(connection)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _prepare(self, *, ask: bool) -> None:
        found = self.state()
        embedded = self.engine.dialect.name == "sqlite"
        if ask and found.standing is Standing.EMPTY:
            msg = f"{self.name}: there are no tables of ours yet: `ingest run` makes them"
            raise NoDatabaseError(msg)
        if not ask and (found.standing is Standing.EMPTY or (embedded and found.standing is Standing.OLDER)):
            self.upgrade()
        else:
            schema.check(found)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, DataError):  # it refuses a row: for those who know which row it was
            raise
        except DBAPIError as error:
            raise self._fault(error) from error

    def _fault(self, error: DBAPIError) -> DatabaseError:
        words = _words(error)
        transient = False
        if _READ_ONLY_WORDS.search(words):
            way_out = "give this user the right to write to it, and to a file's folder too"
        elif isinstance(error, OperationalError | InterfaceError):
            way_out = "see that the database is up, has room and is not locked, then run again"
            transient = True
        else:
            way_out = "see that INGEST_DATABASE_URL names the right database"
        return DatabaseError(f"{self.name}: {words}: {way_out}", transient=transient)


def _check_file(url: URL) -> None:
    """See that the file of a database is there, which SQLite would make."""
    path = addresses.file(url)
    if path and not path.exists():
        msg = f"{path}: there is none yet: `ingest run` makes it"
        raise NoDatabaseError(msg)


def _make_folder(url: URL) -> None:
    """Make the folder of a database that is a file."""
    path = addresses.file(url)
    if path is None:
        return
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"the database's folder {folder} cannot be made: {error.strerror}"
        raise DatabaseError(msg) from error


def _engine(url: URL, *, ask: bool) -> Engine:
    options: dict[str, Any] = {"json_serializer": to_json, "pool_pre_ping": True}
    if url.get_backend_name() == "postgresql":  # whatever the server's default: the writer relies on it
        options["isolation_level"] = "READ COMMITTED"
    try:
        engine = create_engine(url, **options)
    except ModuleNotFoundError as error:
        msg = f"{url.drivername} needs the package {error.name}: pip install 'gaoxin-ingest[postgres]'"
        raise DatabaseError(msg) from error
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine, ask=ask)
    return engine


def _words(error: DBAPIError) -> str:
    """Return the driver's own words on one line."""
    return " ".join(str(error.orig).split())
