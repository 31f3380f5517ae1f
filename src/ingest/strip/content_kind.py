"""Listings whose longest text was taken for an article's. Gates and errors are told later (``kind``)."""

from ingest.model import Document
from ingest.strip.byline import fields
from ingest.strip.content_weigh import LINKED, Weights

# A listing's longest text is an abstract; and its page is links for the most part.
ABSTRACT, MANY_LINKS = 150, 15
ENTRY = 8  # blocks of an entry at most
LONG_HEADLINE = 8  # a shorter headline of the page may be its column's: 新闻中心
HEADLINE = 6  # characters of an entry's headline at least
# Where a byline would stand, in blocks above and below the text.
NEAR = 10
LONGEST_BYLINE = 150


def no_article(document: Document, weights: Weights, chosen: int, span: tuple[int, int], *, agreed: bool) -> str:
    """Why a page is no article though a container of it was chosen; empty when it is one.

    ``agreed``: a headline agrees with the title in the head.
    """
    if sum(weights.values[span[0] : span[1]]) >= ABSTRACT:
        return ""
    headed = agreed and weights.title is not None and weights.sizes[weights.title] >= LONG_HEADLINE
    if not headed and _is_entry(document, weights, chosen, span):
        return "a listing: the longest text is an entry with a headline of its own"
    if agreed or _dated(document, span):
        return ""
    linked = sum(block.links > LINKED and not block.hidden for block in document.blocks)
    return f"a listing: {linked} links, and no text longer than an abstract" if linked >= MANY_LINKS else ""


def _is_entry(document: Document, weights: Weights, chosen: int, span: tuple[int, int]) -> bool:
    """Whether the container is one of a list's entries and has a headline, linked or not, that is not the page's."""
    tree = weights.tree
    at = chosen
    while at >= 0 and tree.parents[at] not in weights.lists:
        at = tree.parents[at]
    if at < 0 or tree.last[at] - tree.first[at] > ENTRY:
        return False
    before = document.blocks[tree.first[at] : span[1]]
    longest = max(before, key=lambda b: weights.values[b.index]).index
    return any(
        (b.links > LINKED or b.heading) and weights.sizes[b.index] >= HEADLINE and b.index < longest
        for b in before
        if b.index != weights.title
    )


def _dated(document: Document, span: tuple[int, int]) -> bool:
    """Whether a byline with a date or a source stands beside the text."""
    around = document.blocks[max(0, span[0] - NEAR) : span[1] + NEAR]
    return any(not b.hidden and len(b.text) <= LONGEST_BYLINE and b.links < LINKED and fields(b.text) for b in around)
