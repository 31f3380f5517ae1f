"""A real database of each engine with our tables."""

from collections.abc import Iterator

import pytest

from ingest.store.engine import Database


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty database with our tables."""
    database = Database(address)
    yield database
    database.close()
