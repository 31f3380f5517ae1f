"""The one place that makes the tables and checks that a database has the version this program was written for."""

from sqlalchemy import Connection, inspect, select, text

from ingest.errors import IngestError
from ingest.store.tables import Base, Meta

VERSION = 1
_LOCK = 0x696E67657374  # any number, as long as every writer takes the same one


class SchemaError(IngestError):
    """A database that this version of the program cannot use."""


def prepare(connection: Connection) -> None:
    """Make the tables where there are none; leave a database of this version as it is.

    Raises:
        SchemaError: The database is of another version, or holds tables of something else.
    """
    if connection.dialect.name == "postgresql":  # two first runs at once: one makes the tables, the other waits
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    present = set(inspect(connection).get_table_names())
    if Meta.__tablename__ in present:
        _check(connection)
        return
    taken = sorted(present & set(Base.metadata.tables))
    if taken:
        msg = f"the database has tables of something else ({', '.join(taken)}): choose another in INGEST_DATABASE_URL"
        raise SchemaError(msg)
    Base.metadata.create_all(connection)
    connection.execute(Meta.metadata.tables["meta"].insert(), {"name": "schema_version", "value": str(VERSION)})


def present(connection: Connection) -> bool:
    """Whether our tables are there; nothing is made.

    Raises:
        SchemaError: They are of another version.
    """
    if not inspect(connection).has_table(str(Meta.__tablename__)):
        return False
    _check(connection)
    return True


def _check(connection: Connection) -> None:
    table = Base.metadata.tables["meta"]
    found = connection.scalar(select(table.c.value).where(table.c.name == "schema_version"))
    if found is None or not found.isdecimal():
        raise SchemaError("the database's table meta has no schema_version: choose another in INGEST_DATABASE_URL")
    if int(found) > VERSION:
        msg = f"the database is of version {found}, and this program knows {VERSION}: install a newer gaoxin-ingest"
        raise SchemaError(msg)
    if int(found) < VERSION:
        msg = f"the database is of version {found}, and this program needs {VERSION}: move it away and run again"
        raise SchemaError(msg)
