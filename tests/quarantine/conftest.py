"""A real database of each engine, as the store's tests have it."""

from tests.store.conftest import database

__all__ = ["database"]
