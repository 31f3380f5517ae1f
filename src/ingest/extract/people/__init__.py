"""The people whom an article names, with role, organisation and what they are quoted as saying."""

from ingest.extract.people import finding, quotations, roles
from ingest.extract.reading import Mention, Reading
from ingest.model import Organisation, Person


def find(reading: Reading, mentions: list[Mention], organisations: tuple[Organisation, ...]) -> tuple[Person, ...]:
    """One record for each person, at the first mention that gives them away.

    ``mentions`` are the places where organisations are named, ``organisations`` what these come to.
    """
    found = finding.find(reading, mentions)
    groups: dict[str, list[Mention]] = {}
    for mention in sorted(found, key=lambda m: (m.paragraph, m.start)):
        groups.setdefault(mention.name, []).append(mention)
    dotted = [name for name in groups if "·" in name]
    for name in [n for n in groups if any(n != other and other.endswith(n) for other in dotted)]:
        del groups[name]
    quoted = quotations.by_speaker(reading, tuple(groups))
    posts = roles.Posts(reading, mentions, organisations)
    return tuple(_record(reading, group, posts, quoted.get(name, ())) for name, group in groups.items())


def _record(reading: Reading, group: list[Mention], posts: roles.Posts, quotes: tuple[str, ...]) -> Person:
    first = group[0]
    role, organisation = next(((r, o) for r, o in map(posts.held, group) if r), (None, None))
    return Person(
        paragraph=first.paragraph,
        start=first.start,
        end=first.end,
        text=reading.paragraphs[first.paragraph][first.start : first.end],
        method=first.method,
        confidence=max(m.confidence for m in group),
        name=first.name,
        role=role,
        organisation=organisation,
        quotes=quotes,
    )
