"""A real database of each engine with our tables."""

from tests.store.conftest import database

__all__ = ["database"]
