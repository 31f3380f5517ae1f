"""A text page as blocks: one for each line that holds something."""

import re

from ingest.model import Block, Document, Meta

# A list item: a bullet mark, or a hyphen with space behind it (a dash alone opens a subtitle).
_BULLET = re.compile(r"\s*(?:[•·●▪◦‣*]|[-–]\s)\s*\S")


def read_text(source: str) -> Document:
    """Return a text page as a document of unlabelled blocks.

    Only ``original``, ``line`` (1-based, blank lines counted) and ``bullet`` say something yet; ``text`` is the line
    as it stands until the repairs are made.
    """
    blocks: list[Block] = []
    for number, line in enumerate(source.splitlines(), 1):
        original = line.strip()
        if original:
            bullet = _BULLET.match(original) is not None
            blocks.append(Block(index=len(blocks), text=original, original=original, line=number, bullet=bullet))
    return Document(blocks=blocks, meta=Meta(), markup=False)
