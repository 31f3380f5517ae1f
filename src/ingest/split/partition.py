"""Which blocks make which article: a headline opens one, a photo with its caption is one of its own."""

from ingest.model import Block, Draft, Label
from ingest.split.paragraphs import paragraphs

_KEPT = frozenset(label for label in Label if label.kept)
_BEFORE_TITLE = frozenset({Label.KICKER})
_TEXT = frozenset({Label.BODY, Label.HEADING})
_SHORTEST_CAPTION = 15  # characters


def articles(blocks: list[Block]) -> list[Draft]:
    """Return the articles of a page, in the order of their first blocks.

    Args:
        blocks: The labelled blocks of the page, in order.

    A page without text of an article gives an empty list.
    """
    kept = [b for b in blocks if b.label in _KEPT]
    photos, rest = _photos(kept)
    drafts = [_draft("news", part) for part in _parts(rest)] + [_draft("photo-caption", part) for part in photos]
    return sorted((d for d in drafts if d.paragraphs), key=lambda d: d.blocks[0])


def _draft(kind: str, part: list[Block]) -> Draft:
    return Draft(kind=kind, blocks=tuple(b.index for b in part), paragraphs=paragraphs(part))


def _photos(kept: list[Block]) -> tuple[list[list[Block]], list[Block]]:
    """Each caption with its credits and, if a credit stands between them, the title above it; and the other blocks."""
    photos: list[list[Block]] = []
    rest: list[Block] = []
    for block in kept:
        if block.label is Label.CAPTION and _tells(block.text.strip()):
            photos.append([*_opening(rest, block.index), block])
        elif photos and block.inline and _is_credit(block) and photos[-1][-1].index == block.index - 1:
            photos[-1].append(block)
        else:
            rest.append(block)
    return photos, rest


def _opening(rest: list[Block], caption: int) -> list[Block]:
    """Take the credit right above a caption, and the title right above that, from the blocks of the page."""
    if not rest or not _is_credit(rest[-1]) or rest[-1].index != caption - 1:
        return []
    credit = rest.pop()
    if rest and rest[-1].label is Label.TITLE and rest[-1].index == credit.index - 1:
        return [rest.pop(), credit]
    return [credit]


def _is_credit(block: Block) -> bool:
    return block.label is Label.CREDIT and block.role == "photo"


def _tells(caption: str) -> bool:
    """Whether a caption says something by itself; 资料图 and the name of a picture agency do not."""
    return len(caption) >= _SHORTEST_CAPTION


def _parts(rest: list[Block]) -> list[list[Block]]:
    """Cut the other blocks before each headline, its kicker included."""
    parts: list[list[Block]] = [[]]
    for number, block in enumerate(rest):
        opens = block.label is Label.TITLE or (block.label in _BEFORE_TITLE and _title_follows(rest, number))
        if opens and any(b.label in _TEXT for b in parts[-1]):
            parts.append([])
        parts[-1].append(block)
    return [p for p in parts if p]


def _title_follows(rest: list[Block], number: int) -> bool:
    following = next((b for b in rest[number + 1 :] if b.label not in _BEFORE_TITLE), None)
    return following is not None and following.label is Label.TITLE
