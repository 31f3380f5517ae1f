"""Link farms in the markup: lists of place names that a hijacked site carries, one link or one line each."""

import re
from collections.abc import Iterator

from ingest.model import Block, Document
from ingest.strip.farm import farm_reason, is_place

# The marks of a farm, as of one in a line of text: so many items, most of them places, of several levels or repeated.
FEWEST = 8
LONGEST_ITEM = 12
PLACES = 0.6
LONGEST = 20_000  # characters of a block that is looked at
LINKED = 0.5

_GAP = re.compile(r"[\s|｜丨_、,，;；/·•>-]+")
_PROVINCE = re.compile(r"(?:省|自治区)$")
_CITY = re.compile(r"(?:市|州|盟|地区)$")
_COUNTY = re.compile(r"(?:县|旗|区)$")


def farms(document: Document) -> dict[int, str]:
    """The blocks of link farms, each with the reason."""
    found = {b.index: reason for b in document.blocks if len(b.text) <= LONGEST and (reason := farm_reason(b.text))}
    for group in _groups(document):
        items = [item for block in group for item in _items(block)]
        if reason := _reason(items, group):
            found |= {block.index: reason for block in group}
    return found


def _items(block: Block) -> list[str]:
    return [item for item in _GAP.split(block.text) if item]


def _groups(document: Document) -> Iterator[list[Block]]:
    """Runs of blocks that hold nothing but short items and stand in one container."""
    group: list[Block] = []
    places: frozenset[int] = frozenset()
    for block in document.blocks:
        short = len(block.text) <= LONGEST_ITEM or (block.links > LINKED and _all_short(block))
        near = _near(document, block) if short else frozenset()
        if group and (not short or not near & places or group[-1].hidden != block.hidden):
            yield group
            group = []
        if short:
            group.append(block)
            places = near
    if group:
        yield group


def _all_short(block: Block) -> bool:
    return len(block.text) <= LONGEST and max(map(len, _items(block)), default=LONGEST) <= LONGEST_ITEM


def _near(document: Document, block: Block) -> frozenset[int]:
    """The element of a block and the two above it: items of one list share one of them."""
    found: list[int] = []
    at = block.element
    while at >= 0 and len(found) < 3:
        found.append(at)
        at = document.elements[at].parent
    return frozenset(found)


def _reason(items: list[str], group: list[Block]) -> str:
    """Why a run of items is a link farm; empty when it is none.

    Items that are no links may be an article's own list of counties: there the province among them or a name twice
    must speak, where links of several levels are enough.
    """
    if len(items) < FEWEST:
        return ""
    places = [item for item in items if is_place(item)]
    if len(places) < PLACES * len(items):
        return ""
    levels = {p.pattern for p in (_PROVINCE, _CITY, _COUNTY) for item in places if p.search(item)}
    twice = len(set(items)) < len(items)
    linked = sum(block.links > LINKED for block in group) >= LINKED * len(group)
    if not (twice or (len(levels) >= 2 and (linked or group[0].hidden or len(levels) == 3))):
        return ""
    signs = [sign for sign, seen in (("a name twice", twice), ("levels mixed", len(levels) >= 2)) if seen]
    return f"{len(items)} short items, {len(places)} of them places; {', '.join(signs)}"
