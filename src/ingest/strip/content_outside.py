"""What the blocks outside the article are: by their container's name, their links and their place."""

from ingest.model import Block, Document, Label
from ingest.strip.byline import fields
from ingest.strip.content_hidden import label_hidden
from ingest.strip.content_votes import vote
from ingest.strip.content_weigh import LINKED, Weights

# A byline stands between headline and text, or this many blocks above the text; credits this many below it.
ABOVE, BELOW = 8, 6
LONGEST_BYLINE = 150


def label_outside(document: Document, weights: Weights, span: tuple[int, int], title: int | None) -> None:
    """Label the blocks before and behind the article's stretch."""
    for block in document.blocks:
        if not span[0] <= block.index < span[1]:
            block.label, block.reason = _label(document, weights, block, title, span)


def _label(
    document: Document, weights: Weights, block: Block, title: int | None, span: tuple[int, int]
) -> tuple[Label, str]:
    if block.hidden:
        return label_hidden(block)
    if block.index == title:
        return Label.TITLE, "the headline: agrees with the title in the head, or stands above the article"
    above = block.index < span[0] or not span[1]
    if span[1] and _is_byline(block, title, span):
        label = Label.BYLINE if above else Label.CREDIT
        return label, f"fields of a {label.value} beside the article"
    if voted := vote(document, weights, block.index, frozenset()):
        return voted[0], f"in {voted[1]}, whose name speaks of {voted[0].value}"
    return _by_itself(weights, block, above=above)


def _by_itself(weights: Weights, block: Block, *, above: bool) -> tuple[Label, str]:
    """What a block is whose container says nothing of it."""
    if block.index in weights.notices:
        return Label.COPYRIGHT, "in the words of a notice"
    if block.links > LINKED:
        return (Label.NAV, "a link before the article") if above else (Label.LIST, "a link behind the article")
    return Label.FURNITURE, "outside the article's container"


def _is_byline(block: Block, title: int | None, span: tuple[int, int]) -> bool:
    begin = min(title, span[0] - ABOVE) if title is not None and title < span[0] else span[0] - ABOVE
    near = begin <= block.index < span[0] or span[1] <= block.index < span[1] + BELOW
    return near and len(block.text) <= LONGEST_BYLINE and bool(fields(block.text))
