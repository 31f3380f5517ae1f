"""What a site's other pages tell: a block that stands on many of them is the site's and no part of an article."""

import re
from dataclasses import replace
from hashlib import blake2b

from ingest.model import SITE_PAGES, SITE_SHARE, Block, Document, Label, SiteProfile
from ingest.strip.html_prose import prose

# A shorter block says too little to be known again: 图片, 案例一.
SHORTEST = 6
# A heading that recurs may be one that a site's notices have (事项名称); it goes only where nearly all pages have it.
HEADING_SHARE = 0.9
LINKED = 0.5
MOST = 400  # fingerprints of a page; a longer page's blocks past them are not remembered
# What must be left of a page's prose; a page of recurring text alone is the same article at several addresses.
LEAST_LEFT = 20
_NO_WORD = re.compile(r"[\W_]+")
_TAKEN = frozenset({Label.BODY, Label.HEADING, Label.CAPTION, Label.COPYRIGHT})


def fingerprint(text: str) -> str:
    """Sixteen hex digits for a block's words, whatever the punctuation; empty for too short a block.

    Numbers count: bulletins say the same sentence of other figures every month.
    """
    folded = (text if text.isalnum() else _NO_WORD.sub("", text)).lower()
    return blake2b(folded.encode(errors="replace"), digest_size=8).hexdigest() if len(folded) >= SHORTEST else ""


def fingerprints(document: Document) -> tuple[str, ...]:
    """What a page counts for in its site's memory: its shown blocks that are no links, each once, sorted.

    They do not depend on labels, and so not on what the site's memory was when the page was read.
    """
    shown = (block for block in document.blocks if not block.hidden and block.links <= LINKED)
    found = {fingerprint(block.text) for _, block in zip(range(MOST), shown, strict=False)}
    return tuple(sorted(found - {""}))


def recurring(document: Document, site: SiteProfile | None) -> frozenset[int]:
    """The indices of the blocks that recur on a site's pages; none where next to nothing of the page would be left."""
    if site is None or site.pages < SITE_PAGES:
        return frozenset()
    known = frozenset(block.index for block in document.blocks if _recurs(site, block, SITE_SHARE))
    left = sum(prose(b.text) * (1 - b.links) for b in document.blocks if b.index not in known and not b.hidden)
    return known if left >= LEAST_LEFT else frozenset()


def recall(blocks: list[Block], site: SiteProfile) -> list[Block]:
    """Labelled blocks with those that recur taken out of the text. Titles, bylines and credits stay what they are."""
    return [_recalled(block, site) if block.label in _TAKEN else block for block in blocks]


def _recalled(block: Block, site: SiteProfile) -> Block:
    if not _recurs(site, block, HEADING_SHARE if block.label is Label.HEADING else SITE_SHARE):
        return block
    count = site.counts[fingerprint(block.text)]
    return replace(block, label=Label.FURNITURE, reason=f"site memory: on {count} of {site.pages} pages")


def _recurs(site: SiteProfile, block: Block, share: float) -> bool:
    return site.counts.get(fingerprint(block.text), 0) >= max(SITE_PAGES, share * site.pages)
