"""The organisations that an article names, each under the fullest form it uses, with kind and short forms."""

from dataclasses import replace

from ingest.extract import zones
from ingest.extract.organisations import identity, known, listed, posts, suffixed
from ingest.extract.organisations.merging import merge
from ingest.extract.reading import Mention, Reading
from ingest.model import Organisation

__all__ = ["identified", "mentions", "merge"]


def mentions(reading: Reading) -> list[Mention]:
    """Every place where the paragraphs name an organisation, in order; within a paragraph none overlaps another."""
    found: list[Mention] = []
    for number, sentence in enumerate(reading.sentences):
        named = known.find(number, sentence, reading.body)
        ending = suffixed.find(number, sentence, named, zones.mentions(number, sentence.text))
        if named or ending:
            found += _longest(named + ending)
    found += listed.find(reading, found)
    found += posts.find(reading, found)
    return sorted(found, key=lambda m: (m.paragraph, m.start))


def identified(
    found: tuple[Organisation, ...], zones: tuple[str, ...], regions: tuple[str, ...]
) -> tuple[Organisation, ...]:
    """The organisations with the names they go by in every article; ``zones`` and ``regions`` are the article's."""
    return tuple(replace(o, identity=identity.of(o.name, o.aliases, zones, regions)) for o in found)


def _longest(found: list[Mention]) -> list[Mention]:
    """Of names that overlap, the longest."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if not any(m.start < mention.end and mention.start < m.end for m in kept):
            kept.append(mention)
    return kept
