"""What the blocks within the article's stretch are: paragraphs, headings, and what was put between them."""

import re

from ingest.model import Block, Document, Label
from ingest.strip.content_hidden import label_hidden
from ingest.strip.content_votes import round_about, vote
from ingest.strip.content_weigh import LINKED, Weights

# A paragraph may stand in a link whole when it is this long and ends as a sentence does.
LONG_LINK = 40
LONGEST_HEADING, LONGEST_MARKED = 40, 80
_ENDS = "。！？；”…）"
# An item of a list that the text announces may be a link: 入选企业如下：<a>某某公司</a>; 相关阅读： is shorter.
LONGEST_ITEM, ANNOUNCING = 40, 16
_LISTED = re.compile("如下|以下|名单|依次|分别|包括")


def trim(weights: Weights, document: Document, span: tuple[int, int]) -> tuple[int, int]:
    """A stretch less what stands at its ends in other containers than its first and last paragraph."""
    begin, end = span
    paragraphs = [i for i in range(begin, end) if weights.values[i]]
    home = _home(weights, document, paragraphs[0])
    while begin < paragraphs[0] and not home[0] <= begin < home[1]:
        begin += 1
    home = _home(weights, document, paragraphs[-1])
    while end > paragraphs[-1] + 1 and (_is_footer(weights, document, end - 1) or not home[0] < end <= home[1]):
        end -= 1
    return begin, end


def _is_footer(weights: Weights, document: Document, number: int) -> bool:
    """Whether a block beside the paragraphs is the site's footer; what ends as a sentence may speak of copyright."""
    return number in weights.notices and document.blocks[number].text.rstrip()[-1:] not in _ENDS


def _home(weights: Weights, document: Document, number: int) -> tuple[int, int]:
    """The blocks of the nearest element round a block that holds more than it."""
    at = document.blocks[number].element
    tree = weights.tree
    while at >= 0:
        if tree.last[at] - tree.first[at] > 1:
            return tree.first[at], tree.last[at]
        at = tree.parents[at]
    return number, number + 1


def label_inside(document: Document, weights: Weights, span: tuple[int, int], chosen: int) -> None:
    """Label the blocks of the article's stretch."""
    above = round_about(weights, chosen)
    name = document.elements.names[chosen]
    listed = False  # the text has announced a list, and nothing but its items has followed
    for block in document.blocks[span[0] : span[1]]:
        block.label, block.reason = _label(document, weights, block, above, name)
        if listed and block.label is Label.RELATED and len(block.text) <= LONGEST_ITEM:
            block.label, block.reason = Label.BODY, "an item, linked, of a list that the text announces"
        elif not block.hidden:
            listed = block.label is Label.BODY and _announces(block.text.rstrip())


def _announces(text: str) -> bool:
    """Whether a paragraph ends in what announces a list, as 日前公布名单，入选企业如下： does."""
    return text[-1:] in ("：", ":") and len(text) >= ANNOUNCING and _LISTED.search(text[-ANNOUNCING:]) is not None


def _label(document: Document, weights: Weights, block: Block, above: frozenset[int], name: str) -> tuple[Label, str]:
    if block.hidden:
        return label_hidden(block)
    if voted := vote(document, weights, block.index, above):
        return voted[0], f"in the article, but in {voted[1]}, whose name speaks of {voted[0].value}"
    if block.links > LINKED and not (weights.sizes[block.index] >= LONG_LINK and block.text.rstrip()[-1:] in _ENDS):
        return Label.RELATED, "a link and no paragraph, within the article"
    if _is_heading(block):
        return Label.HEADING, "a heading within the article"
    return Label.BODY, f"in {name}, the container with the most prose for its links"


def _is_heading(block: Block) -> bool:
    """Whether a block is a heading: marked as one, or a short bold line. Some editors put whole texts in <h4>."""
    text = block.text.rstrip()
    if block.heading:
        return len(text) <= LONGEST_MARKED and text[-1:] not in "。；，"
    return block.strong and len(text) <= LONGEST_HEADING and text[-1:] not in "。！？；，：:"
