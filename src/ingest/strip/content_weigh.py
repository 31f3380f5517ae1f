"""How much of each block and each container is prose, and how much is junk: links and the site's own short words."""

from dataclasses import dataclass
from itertools import accumulate

from ingest.model import Block, Document
from ingest.strip.content_hints import hints
from ingest.strip.html_prose import prose

# A block whose text stands in links to this share is a link.
LINKED = 0.5
# What a short block without punctuation (a date, a button, a subheading) weighs against prose, per character.
SHORT_JUNK = 0.2
# A container's name counts no more when it holds this share of the page's prose: `<div class="hot-news">` round it all.
MOST = 0.6


@dataclass(slots=True)
class Weights:
    """What is known of a page's blocks and elements, by index.

    An element's blocks stand one after the other: ``first[e]`` to ``last[e]``, end exclusive. ``prose`` and ``junk``
    are running sums over the blocks, so that a container's are a difference of two.
    """

    kinds: list[str]  # the vote of each element's name
    sizes: list[int]  # characters of each block, white space left out
    values: list[float]  # characters of prose of each block
    votes: list[str]  # of each block, the nearest unfavourable vote above it; empty for none
    first: list[int]
    last: list[int]
    prose: list[float]
    junk: list[float]

    def prose_of(self, element: int) -> float:
        """Characters of prose in an element."""
        return self.prose[self.last[element]] - self.prose[self.first[element]]

    def junk_of(self, element: int) -> float:
        """Weight of the junk in an element."""
        return self.junk[self.last[element]] - self.junk[self.first[element]]


def weigh(document: Document, *, title: int | None, see_hidden: bool = False) -> Weights:
    """Weigh a page. ``title`` is the headline's block: what stands before it is seldom the article."""
    blocks = document.blocks
    first, last = _ranges(document)
    kinds = hints(document.elements)
    sizes = [len(b.text) - b.text.count(" ") for b in blocks]
    values = [0.0 if b.hidden and not see_hidden else _prose(b, size) for b, size in zip(blocks, sizes, strict=True)]
    running = [0.0, *accumulate(values)]
    trusted = _trusted(document, kinds, first, last, running, title)
    votes = [trusted[b.element] if b.element >= 0 else "" for b in blocks]
    for number, block in enumerate(blocks):
        if votes[number] or (title is not None and number < title):
            values[number] = 0.0
    junk = [
        0.0 if b.hidden and not see_hidden else _junk(b, size, value, vote)
        for b, size, value, vote in zip(blocks, sizes, values, votes, strict=True)
    ]
    return Weights(
        kinds=kinds,
        sizes=sizes,
        values=values,
        votes=votes,
        first=first,
        last=last,
        prose=[0.0, *accumulate(values)],
        junk=[0.0, *accumulate(junk)],
    )


def _prose(block: Block, size: int) -> float:
    """Characters of a block that count as prose."""
    return 0.0 if block.links > LINKED else prose(block.text, size) * (1 - block.links)


def _junk(block: Block, size: int, value: float, vote: str) -> float:
    if vote:
        return float(size)
    return size * block.links + (0.0 if value or block.links > LINKED else SHORT_JUNK * size)


def _ranges(document: Document) -> tuple[list[int], list[int]]:
    """First and last block of each element, children counted in. Parents come before their children."""
    count = len(document.elements)
    first, last = [len(document.blocks)] * count, [0] * count
    for block in document.blocks:
        if block.element >= 0:
            first[block.element] = min(first[block.element], block.index)
            last[block.element] = max(last[block.element], block.index + 1)
    for number in range(count - 1, -1, -1):
        parent = document.elements[number].parent
        if parent >= 0 and last[number]:
            first[parent] = min(first[parent], first[number])
            last[parent] = max(last[parent], last[number])
    return [min(a, b) for a, b in zip(first, last, strict=True)], last


def _trusted(
    document: Document, kinds: list[str], first: list[int], last: list[int], running: list[float], title: int | None
) -> list[str]:
    """Of each element, the unfavourable vote that holds in it: its own or the nearest above.

    No vote stands against the page: an element with the headline or with most of its prose is what it holds.
    """
    most = MOST * running[-1]
    out: list[str] = []
    for number, element in enumerate(document.elements):
        kind = kinds[number]
        above = out[element.parent] if element.parent >= 0 else ""
        against = kind not in ("", "body", "title")
        if against and title is not None and first[number] <= title < last[number]:
            against = False
        if against and most and running[last[number]] - running[first[number]] >= most:
            against = False
        out.append(kind if against else above)
    return out
