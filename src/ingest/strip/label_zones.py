"""Where on a page a line may be the article's byline: near the title, or right behind the text."""

from collections.abc import Iterator

from ingest.model import Block, Label
from ingest.strip.label_view import KEPT, is_prose

_ABOVE_TITLE = 4  # blocks; a column's name, a date, rarely more
_BELOW_TITLE = 40  # blocks between title and text: byline, share buttons, a video's controls
_BEHIND = 12  # blocks behind the text: editor, source, a newspaper's date
_BEFORE_TEXT = 15  # blocks above the text of a page whose title nobody found
_PARAGRAPH = 40  # characters; a site's slogan above the title is mostly shorter
_BODY, _TITLE = Label.BODY, Label.TITLE
_NEVER = KEPT | {Label.HIDDEN, Label.COMMENT}
_ENDS_IT = frozenset({Label.RELATED, Label.LIST, Label.NAV, Label.COMMENT})


def above_text(blocks: list[Block]) -> set[int]:
    """Return the indices of the lines of a text page above its first long paragraph, list items left out."""
    prose = [i for i, b in enumerate(blocks) if is_prose(b.text)]
    first = next((i for i in prose if len(blocks[i].text) >= _PARAGRAPH), prose[0] if prose else 0)
    return {i for i in range(max(0, first - _BELOW_TITLE), first) if not blocks[i].bullet}


def byline_zone(blocks: list[Block]) -> set[int]:
    """Return the indices of blocks near the title and right behind the text, those of the article left out."""
    first = next((i for i, b in enumerate(blocks) if b.label is _BODY), None)
    if first is None:
        return set()
    last = next(i for i in range(len(blocks) - 1, -1, -1) if blocks[i].label is _BODY)
    title = next((i for i, b in enumerate(blocks[:first]) if b.label is _TITLE), None)
    above = range(max(0, first - _BEFORE_TEXT), first)
    if title is not None:
        above = range(max(0, title - _ABOVE_TITLE), min(first, title + _BELOW_TITLE))
    return {i for i in (*above, *_behind(blocks, last)) if blocks[i].label not in _NEVER}


def _behind(blocks: list[Block], last: int) -> Iterator[int]:
    """The blocks right behind the text, until a list begins: its dates are those of other articles."""
    for index in range(last + 1, min(len(blocks), last + 1 + _BEHIND)):
        if blocks[index].label in _ENDS_IT:
            return
        yield index
