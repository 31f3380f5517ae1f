"""Which blocks of an HTML page are its article, and what the others are: containers weighed by their prose."""

from ingest.model import Document
from ingest.strip.content_hidden import cover, reveal
from ingest.strip.content_inside import label_inside, trim
from ingest.strip.content_kind import LONG_HEADLINE, no_article
from ingest.strip.content_outside import label_outside
from ingest.strip.content_pick import pick, reach
from ingest.strip.content_title import ABOVE, find_title, first_paragraph, title_above
from ingest.strip.content_weigh import LINKED, Weights, weigh
from ingest.strip.meta_title import looks_like_site


def choose(document: Document) -> None:
    """Give every block of a page a label and the reason for it."""
    ways = {block.index: block.reason for block in document.blocks if block.hidden}
    title = find_title(document)
    weights = weigh(document, title=title)
    revealed = reveal(document, sum(weights.values)) if ways else frozenset()
    if revealed:
        title = find_title(document)
        weights = weigh(document, title=title)
    _label(document, weights, title)
    cover(document, revealed, ways)


def _label(document: Document, weights: Weights, title: int | None) -> None:
    chosen = pick(document, weights, title=title)
    if chosen is None:
        label_outside(document, weights, (0, 0), None)
        return
    begin, end = reach(document, weights, chosen)
    first = next(i for i in range(begin, end) if weights.values[i])
    agreed = title is not None and title < first and _between(document, weights, title, first) < ABOVE
    if title is None or looks_like_site(document.blocks[title].text):
        placed = title_above(document, first_paragraph(document, first, end), begin)
        title = title if placed is None else placed
        first = next((i for i in range(first, end) if weights.values[i] and i != title), first)
    if title is not None and begin <= title < first:
        begin = title + 1
    span = trim(weights, document, (begin, end))
    if reason := no_article(document, weights, chosen, span, agreed=agreed):
        label_outside(document, weights, (0, 0), None)
        for block in document.blocks[span[0] : span[1]]:
            block.reason = reason
        return
    label_outside(document, weights, span, title)
    label_inside(document, weights, span, chosen)


def _between(document: Document, weights: Weights, title: int, first: int) -> int:
    """How many blocks stand between headline and text; below a long headline its links are not counted.

    A farm of forty stands there on hijacked pages; below a short one, a column's name, stands the column's list.
    """
    if weights.sizes[title] < LONG_HEADLINE:
        return first - title - 1
    return sum(block.links <= LINKED for block in document.blocks[title + 1 : first])
