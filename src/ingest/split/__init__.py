"""Blocks to articles: one page may hold several."""

from ingest.split.partition import articles

__all__ = ["articles"]
