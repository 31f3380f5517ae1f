"""One mechanism for all labels: an ordered list of small rules, each giving a block, a label and the reason."""

from dataclasses import replace

from ingest.model import Block, Document, Label
from ingest.strip import content, farm, furniture, furniture_lists, label_roles
from ingest.strip.label_cut import pieces, split_block
from ingest.strip.label_view import Rule, Verdict, View, view

# The first verdict on a block stands, so what is surest comes first.
_SITE: tuple[Rule, ...] = (
    farm.link_farms,
    furniture_lists.duplicates,
    furniture.breadcrumb,
    furniture.copyright_lines,
    furniture.headed,
    furniture.buttons,
    furniture_lists.tags,
    furniture_lists.bullets,
    furniture_lists.rankings,
)
_TEXT: tuple[Rule, ...] = (
    farm.keyword_lines,
    furniture.sections,
    label_roles.author_lines,
    label_roles.captions,
    label_roles.titles,
    label_roles.body,
)
_MARKUP: tuple[Rule, ...] = (label_roles.captions,)


def label(document: Document) -> list[Block]:
    """Label every block of a page and give the reason; cut lines that hold two things.

    Returns:
        The page's blocks in order, indexed from 0. Their originals together are the page less white space.
    """
    if document.markup:
        content.choose(document)
    blocks, told = _cut(document)
    page = view(blocks, markup=document.markup)
    page.labels |= told
    for rule in (*_SITE, *(_MARKUP if document.markup else _TEXT)):
        _apply(page, rule)
    for index, verdict in page.labels.items():
        blocks[index].label, blocks[index].reason = verdict.label, verdict.reason
    return blocks


def _apply(page: View, rule: Rule) -> None:
    for verdict in list(rule(page)):
        if page.open(verdict.block) and _may(page, verdict):
            page.labels[verdict.block] = verdict


def _may(page: View, verdict: Verdict) -> bool:
    """A rule that reads text alone takes nothing into the article that the markup shows to be outside, or hides."""
    found = page.blocks[verdict.block]
    if not page.markup:
        return True
    return found.label is not Label.HIDDEN and (found.label.kept or not verdict.label.kept)


def _cut(document: Document) -> tuple[list[Block], dict[int, Verdict]]:
    titles = frozenset(b.text.strip() for b in document.blocks if 8 <= len(b.text.strip()) <= 60)
    blocks: list[Block] = []
    told: dict[int, Verdict] = {}
    for block in document.blocks:
        parts = pieces(block.text, titles) if not document.markup or block.label.kept else []
        for part, piece in zip(split_block(block, parts), parts, strict=False) if parts else [(block, None)]:
            if piece and piece.label:
                told[len(blocks)] = Verdict(len(blocks), piece.label, piece.reason)
            blocks.append(replace(part, index=len(blocks)))
    return blocks, told
