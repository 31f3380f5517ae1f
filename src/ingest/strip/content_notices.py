"""Footers and disclaimers by their words, and articles on copyright that use the same."""

import re

from ingest.model import Block, Document

# This many different words of notices in a block make it one.
LEGAL = 2
LOOKED_AT = 2_000  # characters of a block
SHORTEST = 4  # characters of two such words
# Notices of one container are shorter together; an article on copyright is longer, and opens below its headline.
LONGEST = 600
LEAD = 20  # characters of prose in the block that opens the article
# A page with less prose than this beside its notices is about what they speak of.
LITTLE = 40

_WORDS = re.compile(
    "版权|著作权|转载|授权|侵权|免责|备案|ICP|许可证|举报|风险自|自负|投资建议|不代表|Copyright|镜像|本网|本站|真实性|入市|"
    "扫码|扫描|二维码|客户端|公众号|下载"
)
_SIGN = re.compile("[权载免备IC证举险负投表镜本真入扫码户众]")  # each of the words has one, most links have none


def find_notices(document: Document, values: list[float], title: int | None) -> frozenset[int]:
    """The blocks that speak as a site does of itself. ``values`` are the characters of prose of each block."""
    if title is not None and _WORDS.search(document.blocks[title].text):
        return frozenset()
    groups: dict[int, list[Block]] = {}
    for block in document.blocks:
        text = block.text
        if len(text) >= SHORTEST and _SIGN.search(text) and len(set(_WORDS.findall(text[:LOOKED_AT]))) >= LEGAL:
            parent = document.elements.parents[block.element] if block.element >= 0 else -1
            groups.setdefault(parent, []).append(block)
    opening = lead(values, title)
    kept = [
        group for group in groups.values() if sum(values[b.index] for b in group) <= LONGEST or _apart(group, opening)
    ]
    found = frozenset(block.index for group in kept for block in group)
    rest = values.copy()
    for number in found:
        rest[number] = 0.0
    return found if sum(rest) >= LITTLE else frozenset()


def lead(values: list[float], title: int | None) -> int | None:
    """The first block with prose below the headline; None where no headline is sure."""
    if title is None:
        return None
    return next((number for number in range(title + 1, len(values)) if values[number] >= LEAD), None)


def _apart(group: list[Block], opening: int | None) -> bool:
    """Whether a long group stands behind another text that opens below the headline: a portal's whole disclaimer."""
    return opening is not None and opening < group[0].index
