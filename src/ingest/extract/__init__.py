"""An article's particulars, and its records: places, names, documents, programmes, honours and figures."""

from datetime import date

from ingest.extract import (
    honours,
    indicators,
    keywords,
    matching,
    organisations,
    people,
    places,
    policies,
    programmes,
    topic,
    zones,
)
from ingest.extract.bounds import readings
from ingest.extract.context import Context
from ingest.extract.doubt import doubted
from ingest.extract.particulars import particulars
from ingest.extract.reading import Mention, Reading
from ingest.extract.spun import gathered, judged
from ingest.model import Organisation, Person, Records

__all__ = ["doubted", "gathered", "judged", "particulars", "readings", "records"]


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
    matching.forget()
    reading = Reading(paragraphs, title)
    named = organisations.mentions(reading)
    found, regions = places.find(reading, named)
    about = zones.about(reading, [m for m in found if m.kind == "zone"])
    merged = organisations.identified(organisations.merge(reading, named), about, regions)
    located = places.records(reading, found)
    persons = people.find(reading, named, merged)
    context = Context(
        paragraphs=paragraphs,
        headings=headings,
        title=title,
        published_on=published_on,
        zones=about,
        regions=regions,
        places=located,
        organisations=merged,
        people=persons,
    )
    documents = policies.find(reading)
    return Records(
        zones=about,
        regions=regions,
        places=located,
        organisations=merged,
        people=persons,
        policies=documents,
        programmes=programmes.find(reading, named, documents),
        honours=honours.find(reading, _holders(named, merged, persons), next(iter((*about, *regions)), None)),
        indicators=indicators.find(context),
        keywords=keywords.find(reading),
        topic=topic.find(paragraphs, title),
    )


def _holders(
    named: list[Mention], organisations: tuple[Organisation, ...], persons: tuple[Person, ...]
) -> list[Mention]:
    """Where organisations and persons are named, each under its full name."""
    full = {alias: o.name for o in organisations for alias in (o.name, *o.aliases)}
    found = [m if full.get(m.name, m.name) == m.name else m._replace(name=full[m.name]) for m in named]
    return found + [Mention(p.paragraph, p.start, p.end, p.name, "person", p.method) for p in persons]
