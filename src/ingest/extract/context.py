"""What a finder of records is given: an article's text and what is already known about it."""

from dataclasses import dataclass
from datetime import date

from ingest.model import Organisation, Person, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """An article on its way to records.

    ``paragraphs`` is the reading text, headings included; the offsets of every record count in it as it stands.
    ``zones`` holds canonical short names (德阳高新区), ``regions`` official names, widest first.
    """

    paragraphs: tuple[str, ...]
    headings: frozenset[str] = frozenset()
    title: str | None = None
    published_on: date | None = None
    zones: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
