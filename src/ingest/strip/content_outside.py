"""What the blocks outside the article are: by their container's name, their links and their place."""

from ingest.model import Block, Document, Label
from ingest.strip.content_hints import label_of
from ingest.strip.content_weigh import LINKED, Weights


def label_outside(document: Document, weights: Weights, span: tuple[int, int], title: int | None) -> None:
    """Label the blocks before and behind the article's stretch."""
    for block in document.blocks:
        if not span[0] <= block.index < span[1]:
            block.label, block.reason = _label(weights, block, title, span)


def _label(weights: Weights, block: Block, title: int | None, span: tuple[int, int]) -> tuple[Label, str]:
    if block.hidden:
        return Label.HIDDEN, f"not shown: {block.reason}"
    if block.index == title:
        return Label.TITLE, "the headline: agrees with the title in the head, or stands above the article"
    vote = weights.votes[block.index]
    if vote and (label := label_of(vote)):
        return label, f"its container's name speaks of {vote}"
    if block.links > LINKED:
        if block.index < span[0] or not span[1]:
            return Label.NAV, "a link before the article"
        return Label.LIST, "a link behind the article"
    return Label.FURNITURE, "outside the article's container"
