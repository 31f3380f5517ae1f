"""Signs of life: a run holds a lock that the system takes from it when it dies, however it dies.

On PostgreSQL it is an advisory lock of a connection of its own; beside an SQLite file it is a locked file. So the next
run can tell one that was killed from one that is at work, on another machine too.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError

from ingest.store.engine import Database
from ingest.store.tables import Base

_RUN = Base.metadata.tables["run"]
_MARK = "-run-"
_TAKE = text("SELECT pg_advisory_lock(:number)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:number)")


def hold(database: Database, run: str) -> Callable[[], None]:
    """Give a run its sign of life, before it has a row; return what ends it.

    A folder or a server that lends no lock does no harm: another run then takes this one for dead until it ends.
    """
    if database.file is None:
        return _hold_on_server(database, run)
    path = _path(database.file, run)
    with suppress(OSError):
        file = path.open("wb")
        _lock(file.fileno())

        def release() -> None:
            with suppress(OSError):
                file.close()
                path.unlink(missing_ok=True)

        return release
    return lambda: None


def dead(connection: Connection, database: Database) -> list[str]:
    """Return the runs that have not ended and are not at work any more; what they left to show it is cleared away."""
    still_open = connection.scalars(select(_RUN.c.key).where(_RUN.c.ended_at.is_(None))).all()
    if database.file is None:
        return [run for run in still_open if connection.scalar(_TRY, {"number": _number(run)})]
    for left in database.file.parent.glob(f"{database.file.name}{_MARK}*"):  # of runs that never had a row, too
        _clear(left)
    return [run for run in still_open if not _path(database.file, run).exists()]


def _hold_on_server(database: Database, run: str) -> Callable[[], None]:
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.execute(_TAKE, {"number": _number(run)})
    connection.detach()  # so that its end is the lock's end

    def release() -> None:
        with suppress(SQLAlchemyError):  # the server was restarted meanwhile
            connection.close()

    return release


def _clear(path: Path) -> None:
    """Remove the file of a run that does not hold it any more."""
    with suppress(OSError):  # it is locked; or on Windows, where an open file cannot be removed, open
        with path.open("rb+") as file:
            _lock(file.fileno())
        path.unlink()


def _lock(descriptor: int) -> None:
    if os.name == "posix":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _path(database: Path, run: str) -> Path:
    return database.with_name(f"{database.name}{_MARK}{run}")


def _number(run: str) -> int:
    """Return 60 bits of a run's key: an advisory lock is a number of 64 bits with a sign."""
    return int(run[:15], 16)
