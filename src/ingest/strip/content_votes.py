"""Whose name speaks for what a block is: the nearest element above it that is believed."""

from ingest.model import Document, Label
from ingest.strip.content_hints import label_of
from ingest.strip.content_weigh import Weights


def vote(document: Document, weights: Weights, number: int, *, below: int = -1) -> tuple[Label, str] | None:
    """The label that the names above a block vote for, and the element's name; None for none.

    ``below`` is the article's container: what stands above it does not speak against its own blocks.
    """
    at = document.blocks[number].element
    while at >= 0 and at != below:
        if weights.against[at] and (label := label_of(weights.kinds[at])):
            return label, document.elements[at].name
        at = weights.tree.parents[at]
    return None
