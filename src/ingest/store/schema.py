"""The version of a database's tables, and the way from an older one to this program's."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, inspect, text

from ingest.errors import IngestError
from ingest.store import migrations, views
from ingest.store.tables import Base

_LOCK = 0x696E67657374  # any number, as long as every program that changes the tables takes the same one
_META = "meta"  # held the version, always 1, before the steps did
_ELSEWHERE = "choose another in INGEST_DATABASE_URL"


class SchemaError(IngestError):
    """A database that this version of the program cannot use."""


class Standing(StrEnum):
    """How a database stands to this program."""

    EMPTY = "empty"  # no tables of ours
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    FOREIGN = "foreign"  # tables of the names of ours, and not ours


@dataclass(frozen=True, slots=True)
class State:
    """The version of a database's tables, None where there is none, and how it stands to this program."""

    revision: str | None
    standing: Standing
    foreign: tuple[str, ...] = ()  # the tables that are in the way


def state(connection: Connection) -> State:
    """Return how a database stands to this program; nothing is changed."""
    present = set(inspect(connection).get_table_names())
    revision = migrations.current(connection) if migrations.VERSION_TABLE in present else None
    if revision is None and _made_before_steps(connection, present):
        revision = migrations.FIRST
    if revision is None:
        taken = tuple(sorted(present & set(Base.metadata.tables)))
        return State(None, Standing.FOREIGN if taken else Standing.EMPTY, taken)
    if revision == migrations.newest():
        return State(revision, Standing.CURRENT)
    return State(revision, Standing.OLDER if revision in migrations.revisions() else Standing.NEWER)


def check(found: State) -> None:
    """See that a database is empty or of this program's version.

    Raises:
        SchemaError: It is not; the message says what to do.
    """
    ours = f"the database's tables are of version {found.revision}, and this program "
    if found.standing is Standing.OLDER:
        msg = f"{ours}needs {migrations.newest()}: save a copy of it, then `ingest db upgrade`"
        raise SchemaError(msg)
    _check_usable(found)


def upgrade(connection: Connection) -> State:
    """Make the tables, or bring older ones to this program's version; return how the database stood before.

    Args:
        connection: Within a transaction, in SQLite one with the lock and without foreign keys: a table that is
            rebuilt is dropped first, and whatever hangs on it would go with it.

    Raises:
        SchemaError: The database is of a newer version, or holds tables of something else.
    """
    if connection.dialect.name == "postgresql":  # two at once: one makes the tables, the other waits
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    before = state(connection)
    _check_usable(before)
    if before.standing is Standing.CURRENT:
        return before
    if before.revision == migrations.FIRST and migrations.current(connection) is None:
        migrations.stamp(connection, migrations.FIRST)
    views.drop(connection)
    migrations.upgrade(connection)
    views.create(connection)
    if connection.dialect.name == "sqlite" and (broken := connection.execute(text("PRAGMA foreign_key_check")).first()):
        msg = f"a row of {broken[0]} points to one of {broken[2]} that is not there; nothing was changed: report it"
        raise SchemaError(msg)
    return before


def _check_usable(found: State) -> None:
    if found.standing is Standing.NEWER:
        msg = f"the database's tables are of version {found.revision}, and this program knows {migrations.newest()}: "
        raise SchemaError(msg + "install a newer gaoxin-ingest")
    if found.standing is Standing.FOREIGN:
        msg = f"the database has tables of something else ({', '.join(found.foreign)}): {_ELSEWHERE}"
        raise SchemaError(msg)


def _made_before_steps(connection: Connection, present: set[str]) -> bool:
    """Whether the tables are ours, of the time when one number in ``meta`` was their version."""
    if _META not in present or not set(Base.metadata.tables) & present:
        return False
    columns = {column["name"] for column in inspect(connection).get_columns(_META)}
    if columns != {"name", "value"}:
        return False
    return bool(connection.scalar(text("SELECT value = '1' FROM meta WHERE name = 'schema_version'")))
