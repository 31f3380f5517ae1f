"""How much of each block and each container is prose, and how much is junk: links and the site's own short words."""

import re
from dataclasses import dataclass
from itertools import accumulate

from ingest.model import Block, Document
from ingest.strip.content_hints import hints
from ingest.strip.content_lists import Tree, find_lists
from ingest.strip.content_notices import find_notices, lead
from ingest.strip.html_prose import prose

# A block whose text stands in links to this share is a link.
LINKED = 0.5
# What a short block without punctuation (a date, a button, a subheading) weighs against prose, per character.
SHORT_JUNK = 0.2
# The same in a paragraph's or a table row's own element: winners of a prize, a name to the line, under one sentence.
NAMES_JUNK = 0.02
# What is left of prose in a container whose name speaks against it, and what of it weighs against the container.
VOTED, VOTED_JUNK = 0.25, 0.75
# A container's name counts no more when it holds this share of the page's prose: `<div class="hot-news">` round it all.
MOST = 0.6
LITTLE = 60
# What opens below the headline and holds this share of the page's prose is the article, whatever its name says.
OPENING = 0.5
# Where a name speaks of buttons, links or notices, so much prose shows it wrong: `<div id="text" class="share-pop">`.
MUCH, MUCH_SHARE = 200, 0.3
_WORDY = frozenset(["comment", "related"])
_LISTED = frozenset(["p", "p.", "p#", "tr"])  # beginnings of the names of such elements
_MARK = re.compile("[，。！？；…,;!?.]")  # what vouches for prose is one of these
_FOR = frozenset(["", "body", "title"])  # votes that speak against nothing


@dataclass(slots=True)
class Weights:
    """What is known of a page's blocks and elements, by index."""

    tree: Tree
    title: int | None  # the headline's block, where it agrees with the head
    kinds: list[str]  # the vote of each element's name
    voters: list[int]  # of each element, the nearest at or above it whose name speaks against it; -1 for none
    sizes: list[int]  # characters of each block, white space left out
    values: list[float]  # characters of prose of each block
    notices: frozenset[int]  # blocks in the words of footers and disclaimers
    junk: list[float]  # running sum of the junk of the blocks
    prose_of: list[float]  # of each element; of a list of entries only the longest entry's
    junk_of: list[float]
    lists: frozenset[int]  # elements that hold a list of entries: abstracts, comments


def weigh(document: Document, *, title: int | None) -> Weights:
    """Weigh a page. ``title`` is the headline's block: what stands before it is seldom the article."""
    blocks = document.blocks
    tree = Tree.of(document)
    kinds = hints(document.elements.names)
    sizes = [len(b.text) - b.text.count(" ") for b in blocks]
    values = [0.0 if b.hidden or b.links > LINKED else _prose(b, n) for b, n in zip(blocks, sizes, strict=True)]
    notices = find_notices(document, values, title) | document.recurring
    for number in notices:
        values[number] = 0.0
    voters = _voters(tree, _against(tree, kinds, values, title))
    junk = _junk(document, voters, sizes, values)
    for number, value in enumerate(values):
        if value and voters[blocks[number].element] >= 0:
            values[number] *= VOTED
    if title is not None:
        values[: title + 1] = [0.0] * (title + 1)
    lists = find_lists(document, tree, values)
    prose_of, junk_of = _sums(document, tree, values, junk, lists)
    running = [0.0, *accumulate(junk)]
    return Weights(tree, title, kinds, voters, sizes, values, notices, running, prose_of, junk_of, lists)


def _prose(block: Block, size: int) -> float:
    """Characters of a shown block that count as prose; none where it has no punctuation."""
    text = block.text
    return 0.0 if text.isalnum() or not _MARK.search(text) else prose(text, size) * (1 - block.links)


def _junk(document: Document, voters: list[int], sizes: list[int], values: list[float]) -> list[float]:
    """Of each block, the characters that weigh against the containers round it."""
    out = [0.0] * len(sizes)
    for number, block in enumerate(document.blocks):
        size = sizes[number]
        if block.hidden:
            continue
        if voters[block.element] >= 0:
            out[number] = VOTED_JUNK * size
        elif values[number] or block.links > LINKED:
            out[number] = size * block.links
        else:
            listed = document.elements.names[block.element][:2] in _LISTED if block.element >= 0 else False
            out[number] = size * block.links + size * (NAMES_JUNK if listed else SHORT_JUNK)
    return out


def _against(tree: Tree, kinds: list[str], values: list[float], title: int | None) -> list[int]:
    """Which elements' names speak against them and are believed.

    No name stands against the page. An element with the headline is no box beside the article, nor is one with the text
    that opens below the headline and much of the page's prose; one with much prose is no share bar; and a list of
    related articles holds most of the prose only where the name is wrong.
    """
    running = [0.0, *accumulate(values)]
    whole = running[-1]
    opening = lead(values, title)
    out = []
    for number, kind in enumerate(kinds):
        if kind in _FOR:
            continue
        first, last = tree.first[number], tree.last[number]
        if title is not None and first <= title < last:
            continue
        held = running[last] - running[first]
        if opening is not None and first <= opening < last and held >= OPENING * whole:
            continue
        if held >= MOST * whole and whole - held < LITTLE:
            against = kind == "comment"
        else:
            against = kind in _WORDY or held < max(MUCH, MUCH_SHARE * whole)
        if against:
            out.append(number)
    return out


def _voters(tree: Tree, against: list[int]) -> list[int]:
    """Of each element, the nearest at or above it whose name speaks against it; -1 for none.

    Behind them, at the index -1, what holds for blocks that stand in no element.
    """
    out = [-1] * (len(tree.parents) + 1)
    if against:
        for number in against:
            out[number] = number
        for number, parent in enumerate(tree.parents):
            if out[number] < 0:
                out[number] = out[parent]
    return out


def _sums(
    document: Document, tree: Tree, values: list[float], junk: list[float], lists: frozenset[int]
) -> tuple[list[float], list[float]]:
    """Prose and junk of each element. A list counts for what its longest entry holds; the rest of it is junk."""
    count = len(tree.parents) + 1  # with a place for what stands in no element, at the index -1
    prose_of, junk_of, longest = [0.0] * count, [0.0] * count, [0.0] * count
    for number, block in enumerate(document.blocks):
        junk_of[block.element] += junk[number]
        if value := values[number]:
            prose_of[block.element] += value
    for number in range(count - 2, -1, -1):
        prose, parent = prose_of[number], tree.parents[number]
        if number in lists:
            junk_of[number] += prose - longest[number]
            prose = prose_of[number] = longest[number]
        junk_of[parent] += junk_of[number]
        if prose:
            prose_of[parent] += prose
            longest[parent] = max(longest[parent], prose)
    del prose_of[-1], junk_of[-1]
    return prose_of, junk_of
