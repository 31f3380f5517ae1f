"""A text page as blocks: one for each line that holds something."""

import re

from ingest.model import Block, Document, Meta

# A list item: a bullet mark, or a hyphen with space behind it (a dash alone opens a subtitle).
_BULLET = re.compile(r"\s*(?:[•·●▪◦‣*]|[-–]\s)\s*\S")


# Lines that are blocks of their own. The surplus of a longer page, which is no article but a log or a dump, stands in
# blocks of many lines, so that time and memory stay within bounds.
MAX_LINES = 40_000
_MANY = 200  # lines to a block of the surplus


def read_text(source: str) -> Document:
    """Return a text page as a document of unlabelled blocks.

    Only ``original``, ``line`` (1-based, blank lines counted) and ``bullet`` say something yet; ``text`` is the line
    as it stands until the repairs are made.
    """
    lines = [(number, kept) for number, line in enumerate(source.splitlines(), 1) if (kept := line.strip())]
    surplus = lines[MAX_LINES:]
    chunks = (surplus[i : i + _MANY] for i in range(0, len(surplus), _MANY))
    lines = lines[:MAX_LINES] + [(chunk[0][0], "\n".join(line for _, line in chunk)) for chunk in chunks]
    blocks = [
        Block(index=index, text=line, original=line, line=number, bullet=_BULLET.match(line) is not None)
        for index, (number, line) in enumerate(lines)
    ]
    return Document(blocks=blocks, meta=Meta(), markup=False)
