"""Which block is the headline: the one that agrees with the title in the head, or stands where it should."""

import re

from ingest.model import Block, Document, Meta
from ingest.strip.byline import fields
from ingest.strip.content_hints import hint
from ingest.strip.meta_title import looks_like_site

# Headlines on Chinese pages have 8 to 40 characters; the longest real ones with a subtitle some 100.
SHORTEST, LONGEST = 4, 120
# Agreement enough to anchor the search for the article; below, the site's own name would do.
SURE = 0.7
# How far above the article's first paragraph a headline may stand, in blocks: byline, share buttons, font sizes.
ABOVE = 40
SHORT = 8  # a shorter one is oftener the name of a column

# A path to the page, a date, buttons: what stands between headline and text.
_NO_TITLE = re.compile(
    r"^(?:首页|您?(?:现在|当前|所在).{0,4}位置|[（(]?原标题)|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}:\d\d|分享|扫一扫|二维码|来源|浏览次数|客户端|字号"
)
_NO_WORD = re.compile(r"[\W_]+")
_HEADING = {0: 0.0, 1: 0.5, 2: 0.35, 3: 0.25, 4: 0.15, 5: 0.15, 6: 0.1}


def fold(text: str) -> str:
    """A title for comparison: letters, digits and Han alone, in lower case."""
    return _NO_WORD.sub("", text).lower()


def names_of(meta: Meta) -> list[str]:
    """What the head calls the article, folded: Open Graph, JSON-LD, then the title tag."""
    found = [meta.properties.get(name) for name in ("og:title", "twitter:title", "articletitle", "headline", "title")]
    found += [str(item["headline"]) for item in meta.linked_data if isinstance(item.get("headline"), str)]
    found.append(meta.title)
    return [name for name in dict.fromkeys(fold(text[:400]) for text in found if text) if len(name) >= SHORTEST]


def find_title(document: Document) -> int | None:
    """The index of the headline's block, or None when no block agrees with the head of the page."""
    names = names_of(document.meta)
    best, best_score = None, SURE
    letters, spelled = frozenset("".join(names)), "\n".join(names)
    for block in document.blocks if names else ():
        text = block.text
        if block.hidden or not SHORTEST <= len(text) <= LONGEST:
            continue
        if (first := text[0]) not in letters and first.isalnum() and first.lower() not in letters:
            continue
        if (opening := text[:SHORTEST]).isalnum() and opening.lower() not in spelled:
            continue
        score = _agreement(fold(text), names)
        if score >= SURE:
            score += _place(document, block)
            if score > best_score:
                best, best_score = block.index, score
    return best


def first_paragraph(document: Document, first: int, end: int) -> int:
    """The first block from ``first`` on that is surely no headline: it has a full stop, or is long.

    A headline with a comma in it reads as prose: 园区开工，项目落地.
    """
    for block in document.blocks[first : min(end, first + ABOVE)]:
        if len(block.text) > LONGEST or "。" in block.text:
            return block.index
    return first


def title_above(document: Document, first: int, begin: int) -> int | None:
    """The headline by its place: above the article's first paragraph, or at the head of its container."""
    names = names_of(document.meta)
    best, best_score = None, 0.3
    for block in document.blocks[max(0, min(begin, first) - ABOVE) : first]:
        if not _may_be(block) or block.text.rstrip()[-1:] in "。；，：:" or _NO_TITLE.search(block.text):
            continue
        if fields(block.text) or (looks_like_site(block.text) and block.index < first - 1):
            continue
        near = 0.5 * (1 - (first - block.index) / ABOVE)
        short = 0.3 if len(fold(block.text)) < SHORT else 0.0
        score = _agreement(fold(block.text), names) + _place(document, block) + near - short
        if score > best_score:
            best, best_score = block.index, score
    return best


def _may_be(block: Block) -> bool:
    return not block.hidden and SHORTEST <= len(block.text) <= LONGEST


def _place(document: Document, block: Block) -> float:
    """What a block's element says for its being the headline."""
    name = document.elements.names[block.element] if block.element >= 0 else ""
    return _HEADING[block.heading] + (0.2 if hint(name) == "title" else 0.0) - 0.5 * block.links


def _agreement(text: str, names: list[str]) -> float:
    """How well a block's text agrees with a name of the article: 1 is the same, 0 nothing."""
    if len(text) < SHORTEST:
        return 0.0
    best = 0.0
    for name in names:
        if text == name:
            return 1.0
        if name.startswith(text):  # the name carries the site's suffix, or the headline's second line
            best = max(best, 0.55 + 0.4 * len(text) / len(name))
        elif text.startswith(name):  # the name was cut
            best = max(best, 0.55 + 0.4 * len(name) / len(text))
        elif text in name:  # the site's name comes first, or a column's
            best = max(best, 0.4 + 0.5 * len(text) / len(name))
    return best
