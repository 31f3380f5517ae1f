"""One mechanism for all labels: an ordered list of small rules, each giving a block, a label and the reason."""

from dataclasses import replace

from ingest.model import Block, Document, Label
from ingest.strip import (
    content,
    farm,
    farm_foreign,
    farm_runs,
    furniture,
    furniture_lists,
    label_captions,
    label_lists,
    label_roles,
    label_titles,
)
from ingest.strip.content_title import fold, names_of
from ingest.strip.label_cut import Piece, byline_pieces, kicker_pieces, pieces, split_block
from ingest.strip.label_view import KEPT, Rule, Verdict, View, view
from ingest.strip.label_zones import above_text, byline_zone

# The first verdict on a block stands, so what is surest comes first. Farms are told from other hidden text, too.
_FARMS: tuple[Rule, ...] = (farm.link_farms, farm_foreign.foreign_lists)
_SITE: tuple[Rule, ...] = (
    furniture_lists.duplicates,
    furniture_lists.summaries,
    furniture.breadcrumb,
    furniture.slogans,
    furniture.copyright_lines,
    furniture.headed,
    label_lists.own_lists,
    furniture.buttons,
    furniture_lists.tags,
    furniture_lists.bullets,
    furniture_lists.rankings,
)
_TEXT: tuple[Rule, ...] = (
    label_roles.late_bylines,
    farm.keyword_lines,
    furniture.sections,
    label_roles.author_lines,
    label_captions.captions,
    label_titles.titles,
    label_roles.body,
)
_MARKUP: tuple[Rule, ...] = (
    label_roles.late_bylines,
    label_roles.author_lines,
    label_titles.near_title,
    label_captions.captions,
    label_titles.more_titles,
)
_WHOLE = [Piece(0, None, "")]  # of a line that is not cut
_BESIDE_TITLE = frozenset({Label.KICKER, Label.SUBTITLE})
# An enumeration's members are slow to ask for: these are compared with each block of a page.
_HIDDEN, _FARM, _TITLE = Label.HIDDEN, Label.LINK_FARM, Label.TITLE
_TITLE_LENGTHS = range(8, 61)
_HEAP = 5_000  # characters; a farm's ways are told on less
# Blocks of an HTML page that may hold two things wherever they stand.
_CUT = frozenset({Label.BODY, Label.HEADING, Label.CAPTION, Label.BYLINE, Label.CREDIT})


def label(document: Document) -> list[Block]:
    """Label every block of a page and give the reason; cut lines that hold two things.

    Returns:
        The page's blocks in order, indexed from 0. Their originals together are the page less white space.
    """
    if document.markup:
        content.choose(document)
    page = _cut(document)
    _keep_farms(page)
    _apply(page, _FARMS)
    page.left = [i for i in page.left if page.blocks[i].label is not _HIDDEN]
    _apply(page, _SITE)
    _apply(page, _MARKUP if document.markup else _TEXT)
    for index, verdict in page.labels.items():
        block = page.blocks[index]
        block.label, block.reason, block.role = verdict.label, verdict.reason, verdict.role
    return _without_kickers(page.blocks, document)


def _keep_farms(page: View) -> None:
    """Take long heaps of hidden search words as they are known: to weigh thousands of items tells nothing else."""
    heaps = [i for i in page.left if page.blocks[i].label is _FARM and len(page.blocks[i].text) > _HEAP]
    page.labels |= {i: Verdict(i, _FARM, page.blocks[i].reason) for i in heaps}
    if heaps:
        page.settle()


def _apply(page: View, rules: tuple[Rule, ...]) -> None:
    """Let rules speak on the blocks that none before them has spoken on."""
    for rule in rules:
        verdicts = list(rule(page))
        for verdict in verdicts:
            if verdict.block not in page.labels and _may(page, verdict):
                page.labels[verdict.block] = verdict
        if verdicts:
            page.settle()


def _may(page: View, verdict: Verdict) -> bool:
    """A rule that reads text alone takes nothing into the article that the markup shows to be outside, or hides."""
    found = page.blocks[verdict.block].label
    if not page.markup or found in KEPT:
        return True
    if found is _HIDDEN:
        return verdict.label is _FARM
    if verdict.label not in KEPT or verdict.label in _BESIDE_TITLE:
        return True
    return page.told.get(verdict.block) == verdict  # a byline in the zone where one may stand


def _cut(document: Document) -> View:
    """Return the view of the page's blocks, cut where a line holds two things."""
    titles, markup = _glued_titles(document), document.markup
    zone = byline_zone(document.blocks) if markup else above_text(document.blocks)
    listed = set() if markup else farm_runs.dated_lines([b.text for b in document.blocks])
    blocks: list[Block] = []
    told: dict[int, Verdict] = {}
    for block in document.blocks:
        near = block.index in zone
        if (markup and not near and block.label not in _CUT) or block.index in listed:
            block.index = len(blocks)
            blocks.append(block)
            continue
        for part, piece in split_block(block, _parts(block, titles, markup=markup, near=near)):
            if piece.label:
                told[len(blocks)] = Verdict(len(blocks), piece.label, piece.reason, piece.role)
            part.index = len(blocks)
            blocks.append(part)
    return view(blocks, document, told)


def _glued_titles(document: Document) -> frozenset[str]:
    """The short lines that end as one that may be cut does: one of them may be the title once more, glued to it."""
    ends = {b.text.rstrip()[-2:] for b in document.blocks if b.label in _CUT or not document.markup}
    lines = [b.text.strip() for b in document.blocks]
    return frozenset([line for line in lines if len(line) in _TITLE_LENGTHS and line[-2:] in ends])


def _parts(block: Block, titles: frozenset[str], *, markup: bool, near: bool) -> list[Piece]:
    """The pieces of a line of a text page, or of a block that is of the article or may be its byline."""
    if not markup:
        return (byline_pieces(block.text, near=True) if near else []) or pieces(block.text, titles)
    if block.label in _CUT:
        return pieces(block.text, titles)
    return byline_pieces(block.text, near=True) or _WHOLE


def _without_kickers(blocks: list[Block], document: Document) -> list[Block]:
    """Cut the column's label off a title: 【重点关注】某区…."""
    kickers = {
        i: parts for i, block in enumerate(blocks) if block.label is _TITLE and (parts := _kicker(block, document))
    }
    if not kickers:
        return blocks
    cut: list[Block] = []
    for number, block in enumerate(blocks):
        for part, piece in split_block(block, kickers.get(number, _WHOLE)):
            cut.append(
                replace(part, index=len(cut), label=piece.label or part.label, reason=piece.reason or part.reason)
            )
    return cut


def _kicker(title: Block, document: Document) -> list[Piece]:
    """The label in brackets at a title's head and the rest of it, nothing where there is none or it is the title's.

    Where a page has a head, the label is the column's only if some name of the article goes without it:
    【汇总】今日要闻 may be the whole title.
    """
    parts = kicker_pieces(title.text)
    if not parts or not document.markup:
        return parts
    names = names_of(document.meta)
    return parts if any(_is_named(text, names) for text in (title.text, title.original)) else []


def _is_named(title: str, names: list[str]) -> bool:
    """Whether a name of the article is a title less the label in brackets at its head."""
    parts = kicker_pieces(title)
    bare = fold(title[parts[-1].start :]) if parts else ""
    return bool(bare) and any(name.startswith(bare) for name in names)
