"""Which blocks of an HTML page are its article, and what the others are: containers weighed by their prose."""

from ingest.model import Document
from ingest.strip.content_inside import label_inside, trim
from ingest.strip.content_outside import label_outside
from ingest.strip.content_pick import pick, reach
from ingest.strip.content_title import find_title, title_above
from ingest.strip.content_weigh import weigh


def choose(document: Document) -> None:
    """Give every block of a page a label and the reason for it."""
    title = find_title(document)
    weights = weigh(document, title=title)
    chosen = pick(document, weights, title=title)
    if chosen is None:
        label_outside(document, weights, (0, 0), title)
        return
    begin, end = reach(document, weights, chosen)
    first = next(i for i in range(begin, end) if weights.values[i])
    if title is None:
        title = title_above(document, first, begin)
    if title is not None and begin <= title < first:
        begin = title + 1
    span = trim(weights, document, (begin, end))
    label_outside(document, weights, span, title)
    label_inside(document, weights, span, chosen)
