"""Articles that a page hides until its script shows them, and what hidden text is otherwise."""

import re

from ingest.model import Block, Document, Label
from ingest.strip.html_prose import prose

# A page that shows less prose than this shows no article; one hidden in it must hold so many times as much.
LEAST_SHOWN, TIMES = 60, 3
# Ways of hiding that a page's script undoes when it has loaded; <noscript>, <option> and the like it does not.
_UNDONE = frozenset(
    ["display:none", "visibility:hidden", "opacity:0", "hidden attribute", "aria-hidden", "font-size:0"]
)
# A hidden block of so many short items without a sentence is stuffed for search engines: 174,000 characters of names
# of films and games on a hijacked news page. A hidden menu has some dozen items.
STUFFED = 40
LONGEST_ITEM = 16
LOOKED_AT = 5_000  # characters of a block; the rest of a heap is like its beginning
_GAP = re.compile(r"[\s|｜丨_,，、;；/·]+")
_STOP = re.compile(r"[。！？]")


def reveal(document: Document, shown: float) -> frozenset[int]:
    """Uncover hidden prose on a page that shows none; the indices of the blocks uncovered.

    ``shown`` is the prose that the page shows, in characters. Blocks that turn out to be no part of the article must
    be covered again (``cover``).
    """
    if shown >= LEAST_SHOWN:
        return frozenset()
    candidates = [b for b in document.blocks if b.hidden and b.reason in _UNDONE and not stuffed(b)]
    if sum(prose(b.text) * (1 - b.links) for b in candidates) < max(LEAST_SHOWN / 2, TIMES * shown):
        return frozenset()
    for block in candidates:
        block.hidden = False
    return frozenset(b.index for b in candidates)


def cover(document: Document, revealed: frozenset[int], ways: dict[int, str]) -> None:
    """Hide again what was uncovered and is no part of the article; say of the rest how it was hidden."""
    for number in revealed:
        block = document.blocks[number]
        if block.label.kept:
            block.reason += f"; hidden by {ways[number]}, and the page shows no other article"
        else:
            block.hidden = True
            block.label, block.reason = Label.HIDDEN, f"not shown: {ways[number]}"


def stuffed(block: Block) -> bool:
    """Whether a hidden block is a heap of search words: many short items and no sentence."""
    text = block.text[:LOOKED_AT]
    if len(text) < STUFFED * 3 or _STOP.search(text):
        return False
    items = [item for item in _GAP.split(text) if item]
    return len(items) >= STUFFED and sum(len(item) <= LONGEST_ITEM for item in items) >= 0.9 * len(items)


def label_hidden(block: Block) -> tuple[Label, str]:
    """The label of a block that the page does not show."""
    if stuffed(block):
        return Label.LINK_FARM, f"a heap of search words, not shown: {block.reason}"
    return Label.HIDDEN, f"not shown: {block.reason}"
