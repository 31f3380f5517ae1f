"""What the blocks within the article's stretch are: paragraphs, headings, and what was put between them."""

from ingest.model import Block, Document, Label
from ingest.strip.content_hints import label_of
from ingest.strip.content_weigh import LINKED, Weights

# A paragraph may stand in a link whole when it is this long and ends as a sentence does.
LONG_LINK = 40
LONGEST_HEADING = 40
_ENDS = "。！？；”…）"


def label_inside(document: Document, weights: Weights, span: tuple[int, int], container: str) -> None:
    """Label the blocks of the article's stretch."""
    for block in document.blocks[span[0] : span[1]]:
        block.label, block.reason = _label(weights, block, container)


def _label(weights: Weights, block: Block, container: str) -> tuple[Label, str]:
    if block.hidden:
        return Label.HIDDEN, f"not shown: {block.reason}"
    vote = weights.votes[block.index]
    if vote and (label := label_of(vote)):
        return label, f"in the article, but its container's name speaks of {vote}"
    if block.links > LINKED and not (weights.sizes[block.index] >= LONG_LINK and block.text.rstrip()[-1:] in _ENDS):
        return Label.RELATED, "a link and no paragraph, within the article"
    if block.heading or _is_heading(block):
        return Label.HEADING, "a heading within the article"
    return Label.BODY, f"in {container}, the container with the most prose for its links"


def _is_heading(block: Block) -> bool:
    return block.strong and len(block.text) <= LONGEST_HEADING and block.text.rstrip()[-1:] not in "。！？；，：:"
