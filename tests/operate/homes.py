"""Homes of Prefect whose database has its tables already: to make them takes a server four seconds, each time."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from tempfile import gettempdir

_MAKE = """
import asyncio
from prefect.server.database import provide_database_interface
database = provide_database_interface()
asyncio.run(database.create_db())
"""
_FILE = "prefect.db"


def put_database(home: Path) -> None:
    """Put a new database into a home, a copy of the one that the first who asked on this machine has made."""
    template = _template()
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, home / _FILE)


def _template() -> Path:
    """Return the database as this version of Prefect makes it."""
    folder = Path(gettempdir()) / f"ingest-prefect-{version('prefect')}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    made = folder / _FILE
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(folder / "new")
            (folder / "new" / _FILE).rename(made)
    return made


def _make(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    mine = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = mine | {"PREFECT_HOME": str(home), "DO_NOT_TRACK": "1"}
    subprocess.run([sys.executable, "-c", _MAKE], env=environment, check=True, capture_output=True)
    with closing(sqlite3.connect(home / _FILE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the one file is all of it
