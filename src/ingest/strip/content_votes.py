"""Whose name speaks for what a block is: the nearest element above it that is believed."""

from ingest.model import Document, Label
from ingest.strip.content_hints import label_of
from ingest.strip.content_weigh import Weights


def vote(document: Document, weights: Weights, number: int, above: frozenset[int]) -> tuple[Label, str] | None:
    """The label that the names above a block vote for, and the element's name; None for none.

    ``above`` is the article's container with all round it: they do not speak against its own blocks.
    """
    element = document.blocks[number].element
    voter = weights.voters[element] if element >= 0 else -1
    return None if voter in above else said_by(document, weights, voter)


def said_by(document: Document, weights: Weights, voter: int) -> tuple[Label, str] | None:
    """The label that an element votes for, and its name; None where there is none."""
    label = label_of(weights.kinds[voter]) if voter >= 0 else None
    return (label, document.elements.names[voter]) if label else None


def round_about(weights: Weights, element: int) -> frozenset[int]:
    """An element and all that it stands in."""
    found = []
    while element >= 0:
        found.append(element)
        element = weights.tree.parents[element]
    return frozenset(found)
