"""What kind of page a page is; of one that is no article no block stays in an article.

The verdict comes after the labels, so that pages of markup and pages of text are judged alike: by what they say, by
what speaks for a report, and by what else is on them.
"""

from dataclasses import replace
from typing import NamedTuple

from ingest.model import Block, Document, Label, PageKind
from ingest.strip.html_prose import prose
from ingest.strip.kind_gates import gate
from ingest.strip.kind_lists import by_layout, is_listing_of_lines
from ingest.strip.kind_signs import Signs
from ingest.strip.selected import body_is_selected

TEXT = frozenset({Label.BODY, Label.HEADING, Label.CAPTION})
# Gates and errors say less than this; the longest of those met, with reasons and advice, has some 150 characters.
LITTLE = 200
# A stack trace is longer, but its title says what it is.
LITTLE_TITLED = 1_500


class Verdict(NamedTuple):
    """The kind of a page and why."""

    kind: PageKind
    reason: str


def classify(document: Document, blocks: list[Block], *, url: str | None = None) -> tuple[Verdict, list[Block]]:
    """Tell a page that is an article from one that is none.

    Args:
        document: The page as it was taken apart.
        blocks: Its labelled blocks.
        url: Its address, which tells a site's home page.

    Returns:
        The verdict and the blocks: as they came for an article, with none kept for any other kind.
    """
    verdict = _verdict(document, blocks, url)
    if verdict.kind is PageKind.ARTICLE:
        return verdict, blocks
    return verdict, [_left_out(block, verdict) for block in blocks]


def _verdict(document: Document, blocks: list[Block], url: str | None) -> Verdict:
    text = [block for block in blocks if block.label in TEXT]
    if document.selected and body_is_selected(text):
        return Verdict(PageKind.ARTICLE, "")
    size = sum(len(block.text) for block in text)
    if size >= LITTLE_TITLED or (size >= LITTLE and any(prose(block.text) for block in text)):
        found = gate(Signs.of(document, blocks), titled=True) if size < LITTLE_TITLED else None
        return Verdict(*found) if found else Verdict(PageKind.ARTICLE, "")
    signs = Signs.of(document, blocks)
    if found := gate(signs, titled=False):
        return Verdict(*found)
    if text and not is_listing_of_lines(signs):
        video = by_layout(signs, url, text=size)
        return Verdict(*video) if video and video[0] is PageKind.VIDEO else Verdict(PageKind.ARTICLE, "")
    return Verdict(*(by_layout(signs, url, text=0) or (PageKind.OTHER, "no paragraph of an article on it")))


def _left_out(block: Block, verdict: Verdict) -> Block:
    if not block.label.kept:
        return block
    return replace(block, label=Label.FURNITURE, reason=f"the page is no article ({verdict.kind}): {verdict.reason}")
