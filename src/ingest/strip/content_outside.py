"""What the blocks outside the article are: by their container's name, their links and their place."""

from ingest.model import Block, Document, Label
from ingest.strip.byline import fields
from ingest.strip.content_hidden import label_hidden
from ingest.strip.content_votes import said_by
from ingest.strip.content_weigh import LINKED, Weights

# A byline stands between headline and text, or this many blocks above the text; credits this many below it.
ABOVE, BELOW = 8, 6
LONGEST_BYLINE = 150
_NOTICE = Label.COPYRIGHT, "in the words of a notice"
_ABOVE = Label.NAV, "a link before the article"
_BEHIND = Label.LIST, "a link behind the article"
_OUTSIDE = Label.FURNITURE, "outside the article's container"


def label_outside(document: Document, weights: Weights, span: tuple[int, int], title: int | None) -> None:
    """Label the blocks before and behind the article's stretch."""
    first, last = _beside(title, span)
    votes: dict[int, tuple[Label, str] | None] = {}  # by voter
    blocks, voters = document.blocks, weights.voters
    for number in (*range(span[0]), *range(span[1], len(blocks))):
        block = blocks[number]
        if block.hidden:
            block.label, block.reason = label_hidden(block)
        elif number == title:
            block.label = Label.TITLE
            block.reason = "the headline: agrees with the title in the head, or stands above the article"
        elif first <= number < last and len(block.text) <= LONGEST_BYLINE and fields(block.text):
            block.label = Label.BYLINE if number < span[0] else Label.CREDIT
            block.reason = f"fields of a {block.label} beside the article"
        else:
            voter = voters[block.element]
            if voter not in votes:
                votes[voter] = _voted(document, weights, voter)
            above = number < span[0] or not span[1]
            block.label, block.reason = votes[voter] or _by_itself(weights, block, above=above)


def _beside(title: int | None, span: tuple[int, int]) -> tuple[int, int]:
    """Where bylines and credits stand: from some blocks above the text, or the headline, to some below it."""
    if not span[1]:
        return 0, 0
    begin = span[0] - ABOVE
    return (min(title, begin) if title is not None and title < span[0] else begin), span[1] + BELOW


def _voted(document: Document, weights: Weights, voter: int) -> tuple[Label, str] | None:
    voted = said_by(document, weights, voter)
    return (voted[0], f"in {voted[1]}, whose name speaks of {voted[0]}") if voted else None


def _by_itself(weights: Weights, block: Block, *, above: bool) -> tuple[Label, str]:
    """What a block is whose container says nothing of it."""
    if block.index in weights.notices:
        return _NOTICE
    if block.links > LINKED:
        return _ABOVE if above else _BEHIND
    return _OUTSIDE
