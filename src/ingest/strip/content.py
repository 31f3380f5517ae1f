"""Which blocks of an HTML page are its article, and what the others are: containers weighed by their prose."""

from ingest.model import Block, Document, Label
from ingest.strip.content_hints import label_of
from ingest.strip.content_pick import is_link, members, pick
from ingest.strip.content_title import find_title
from ingest.strip.content_weigh import Weights, weigh


def choose(document: Document) -> None:
    """Give every block of a page a label and the reason for it."""
    title = find_title(document)
    weights = weigh(document, title=title)
    chosen = pick(document, weights, title=title)
    inside = members(document, weights, chosen) if chosen is not None else set()
    name = document.elements[chosen].name if chosen is not None else ""
    for block in document.blocks:
        block.label, block.reason = _label(document, weights, block, title, inside, name)


def _label(
    document: Document, weights: Weights, block: Block, title: int | None, inside: set[int], name: str
) -> tuple[Label, str]:
    number = block.index
    vote = weights.votes[number]
    if block.hidden:
        return Label.HIDDEN, block.reason
    if number == title:
        return Label.TITLE, "agrees with the title in the head"
    if number in inside and (title is None or number > title):
        if vote and (label := label_of(vote)):
            return label, "by its container's name, within the article's container"
        if is_link(document, weights, number):
            return Label.RELATED, "a link within the article's container"
        if block.heading:
            return Label.HEADING, f"a heading in {name}"
        return Label.BODY, f"in {name}, the container with the most prose for its links"
    if vote and (label := label_of(vote)):
        return label, "by its container's name"
    return Label.FURNITURE, "outside the article's container"
