"""An article's particulars and its records: places, organisations, people, policies, programmes, honours, indicators."""

from datetime import date

from ingest.extract import organisations, people, places, zones
from ingest.extract.particulars import particulars
from ingest.extract.reading import Reading
from ingest.model import Records

__all__ = ["particulars", "records"]


def records(
    paragraphs: tuple[str, ...], *, title: str | None, published_on: date | None, headings: frozenset[str]
) -> Records:
    """Read the records out of an article's paragraphs.

    Args:
        paragraphs: The reading text, headings included; offsets of the evidence count in it as it stands.
        title: The article's title; it tells which zone the article is about.
        published_on: The day that 今年 and 目前 are resolved against.
        headings: Those paragraphs that are headings.

    Returns:
        The records, each kind in the order of the text, each with the stretch it was read from.
    """
    reading = Reading(paragraphs, title, headings)
    named = organisations.mentions(reading)
    found, regions = places.find(reading, named)
    merged = organisations.merge(reading, named)
    return Records(
        zones=zones.about(reading, [m for m in found if m.kind == "zone"]),
        regions=regions,
        organisations=merged,
        people=people.find(reading, named, merged),
        places=places.records(reading, found),
    )
