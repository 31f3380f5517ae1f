"""One filled database for the session on SQLite, copied for those who write, and the reader of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.reader.site import Site
from ingest.store.engine import Database
from tests.reader.made import client, fill, site


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filled database, ``ingest.db``, which nobody writes to."""
    folder = tmp_path_factory.mktemp("reader")
    database = Database(f"sqlite:///{folder}/ingest.db")
    fill(database)
    database.close()
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A folder with a database of one's own."""
    for path in filled.glob("ingest.db*"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def own(folder: Path) -> Iterator[Site]:
    """The site of a database that may be written to."""
    made = site(f"sqlite:///{folder}/ingest.db", folder)
    yield made
    made.database.close()


@pytest.fixture
def asking(own: Site) -> Iterator[httpx.Client]:
    """A client of the reader."""
    with client(own) as made:
        yield made
