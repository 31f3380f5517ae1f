"""Reads a stretch of text as an article, for the tests of this folder."""

from datetime import date

from ingest import extract
from ingest.model import Records


def read(*paragraphs: str, title: str | None = None, published_on: date | None = None) -> Records:
    """The records of an article of the given paragraphs."""
    return extract.records(paragraphs, title=title, published_on=published_on, headings=frozenset())
