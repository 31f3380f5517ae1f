"""Blocks to articles: one page may hold several."""

from ingest.split.partition import articles
from ingest.split.tables import tables

__all__ = ["articles", "tables"]
