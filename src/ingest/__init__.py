"""Reads damaged Chinese web pages into articles and records with evidence. Pure: no network, no clock, no database."""

from ingest.decode import read_text, repair
from ingest.model import Article, Block, Page, Repair, Text
from ingest.pipeline import read_page

__all__ = ["Article", "Block", "Page", "Repair", "Text", "read_page", "read_text", "repair"]
