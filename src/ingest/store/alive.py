"""Signs of life: a run holds locks that the system takes from it when it dies, however it dies.

One says that the run is at work, so that the next can tell one that was killed. One for the source that it works on
keeps others from it meanwhile. On PostgreSQL they are advisory locks, each of a connection of its own; beside an SQLite
file they are locked files. Both tell on other machines too.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError

from ingest.store.engine import Database
from ingest.store.tables import Base

_RUN = Base.metadata.tables["run"]
_MARK = "-run-"
_SOURCE_MARK = "-source-"
_TAKE = text("SELECT pg_try_advisory_lock(:number)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:number)")
# A machine that is cut off says no farewell. The server asks for it after a minute, and gives it up after two; by
# default it would do so after two hours.
_KEPT_ALIVE = ("tcp_keepalives_idle = 60", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 6")
_KEPT_IDLE = "idle_session_timeout = 0"  # PostgreSQL 14 and later: an idle connection is what this one is
_WITH_IDLE = (14,)

Release = Callable[[], None]


def hold(database: Database, run: str) -> Release:
    """Give a run its sign of life, before it has a row; return what ends it.

    A folder or a server that lends no lock does no harm: another run then takes this one for dead until it ends.
    """
    taken = _take(database, _path(database, run), _number(run))
    return taken or (lambda: None)


def take(database: Database, source: str) -> Release | None:
    """Take a source for a run; return what gives it back, or None while another run has it. Nothing is waited for.

    Who holds one source and asks for no second one can be part of no circle.
    """
    path = database.file and database.file.with_name(f"{database.file.name}{_SOURCE_MARK}{source}")
    return _take(database, path, int(sha256(f"source {source}".encode()).hexdigest()[:15], 16))


def dead(connection: Connection, database: Database) -> list[str]:
    """Return the runs that have not ended and are not at work any more; what they left to show it is cleared away."""
    still_open = connection.scalars(select(_RUN.c.key).where(_RUN.c.ended_at.is_(None))).all()
    if database.file is None:
        return [run for run in still_open if connection.scalar(_TRY, {"number": _number(run)})]
    for left in database.file.parent.glob(f"{database.file.name}{_MARK}*"):  # of runs that never had a row, too
        _clear(left)
    return [run for run in still_open if not _run_path(database.file, run).exists()]


def _take(database: Database, path: Path | None, number: int) -> Release | None:
    return _take_file(path) if path else _take_on_server(database, number)


def _take_on_server(database: Database, number: int) -> Release | None:
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    version = connection.dialect.server_version_info or ()
    for setting in (*_KEPT_ALIVE, *((_KEPT_IDLE,) if version >= _WITH_IDLE else ())):
        connection.execute(text(f"SET {setting}"))
    if not connection.scalar(_TAKE, {"number": number}):
        connection.close()
        return None
    connection.detach()  # so that its end is the lock's end

    def release() -> None:
        with suppress(SQLAlchemyError):  # the server was restarted meanwhile
            connection.close()

    return release


def _take_file(path: Path) -> Release | None:
    """Lock a file that is there for nothing else. Its owner removes it, so what was locked may be gone already."""
    try:
        file = path.open("ab")
    except OSError:  # a folder that cannot be written to: the run will say so
        return lambda: None
    try:
        _lock(file.fileno())
        mine = os.fstat(file.fileno()).st_ino == path.stat().st_ino
    except OSError:
        mine = False
    if not mine:
        file.close()
        return None

    def release() -> None:
        with suppress(OSError):
            path.unlink(missing_ok=True)  # before another can lock it
        file.close()

    return release


def _clear(path: Path) -> None:
    """Remove the file of a run that does not hold it any more."""
    # It is locked; or on Windows, where an open file cannot be removed, open.
    with suppress(OSError), path.open("rb+") as file:
        _lock(file.fileno())
        path.unlink()


def _lock(descriptor: int) -> None:
    if os.name == "posix":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _path(database: Database, run: str) -> Path | None:
    return database.file and _run_path(database.file, run)


def _run_path(database: Path, run: str) -> Path:
    return database.with_name(f"{database.name}{_MARK}{run}")


def _number(run: str) -> int:
    """Return 60 bits of a run's key: an advisory lock is a number of 64 bits with a sign."""
    return int(run[:15], 16)
