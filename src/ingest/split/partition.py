"""Which blocks make which article: a headline opens one, a photo with its caption is one of its own."""

from ingest.model import Block, Draft, Label, Meta
from ingest.split.paragraphs import paragraphs

_BEFORE_TITLE = frozenset({Label.KICKER})
_TEXT = frozenset({Label.BODY, Label.HEADING})
_PHOTO = "byline: photo"


def articles(blocks: list[Block], meta: Meta) -> list[Draft]:  # noqa: ARG001 - the head may one day tell a page's kind
    """Return the articles of a page, in the order of their first blocks.

    Args:
        blocks: The labelled blocks of the page, in order.
        meta: What the page's head says.

    A page without text of an article gives an empty list.
    """
    kept = [b for b in blocks if b.label.kept]
    photos, rest = _photos(kept)
    drafts = [_draft("news", part) for part in _parts(rest)] + [_draft("photo-caption", part) for part in photos]
    return sorted((d for d in drafts if d.paragraphs), key=lambda d: d.blocks[0])


def _draft(kind: str, part: list[Block]) -> Draft:
    return Draft(kind=kind, blocks=tuple(b.index for b in part), paragraphs=paragraphs(part))


def _photos(kept: list[Block]) -> tuple[list[list[Block]], list[Block]]:
    """Each caption with its credit and, if the credit stands under a title, that title; and the other blocks."""
    photos: list[list[Block]] = []
    rest: list[Block] = []
    for block in kept:
        if block.label is not Label.CAPTION:
            rest.append(block)
            continue
        photo = [block]
        if rest and rest[-1].label is Label.CREDIT and rest[-1].reason == _PHOTO and rest[-1].index == block.index - 1:
            photo.insert(0, rest.pop())
            if rest and rest[-1].label is Label.TITLE and rest[-1].index == photo[0].index - 1:
                photo.insert(0, rest.pop())
        photos.append(photo)
    return photos, rest


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
