"""Brands, platforms, campaigns, named meetings and slogans: set in “”, listed before 等项目, or known by name."""

from ingest.extract.programmes import plain, quoting
from ingest.extract.reading import Cover, Mention, Reading
from ingest.model import Policy, Programme

__all__ = ["find"]


def find(reading: Reading, organisations: list[Mention], policies: tuple[Policy, ...]) -> tuple[Programme, ...]:
    """One record for each programme, in the order of first mention.

    ``organisations`` are the places where organisations are named and ``policies`` the documents found: neither is
    a programme besides.
    """
    found = [*quoting.find(reading), *plain.find(reading, Cover(organisations))]
    taken = {policy.name for policy in policies} | {mention.name for mention in organisations}
    firsts: dict[str, Mention] = {}
    for mention in sorted(found, key=lambda m: (m.paragraph, m.start)):
        if mention.name not in taken:
            firsts.setdefault(mention.name, mention)
    return tuple(
        Programme(
            paragraph=m.paragraph,
            start=m.start,
            end=m.end,
            text=reading.paragraphs[m.paragraph][m.start : m.end],
            method=m.method,
            confidence=m.confidence,
            name=m.name,
        )
        for m in firsts.values()
    )
