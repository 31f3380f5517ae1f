"""Rows of data tables: one block a row, its cells kept apart. Layout tables are left alone."""

from itertools import pairwise

from ingest.model import Block

# A data table's cell holds one short text; a layout table's cell holds paragraphs.
MAX_CELL = 200
LINKED = 0.5


def merge_row(blocks: list[Block], cells: list[int], element: int, path: str) -> None:
    """Make one block of a row's blocks, the cells' texts parted by tabs, if it is a row of data.

    ``blocks`` are all blocks so far, the row's the last; ``cells`` says how many there were at the start of each cell.
    ``element`` and ``path`` are the row's.
    """
    if len(cells) < 2:
        return
    row = blocks[cells[0] :]
    counts = [end - start for start, end in pairwise([*cells, len(blocks)])]
    if max(counts) > 1 or len(row) < 2 or any(_is_no_cell(block) or block.picked != row[0].picked for block in row):
        return
    texts = iter(row)
    first = row[0]
    first.original = first.text = "\t".join(next(texts).original if count else "" for count in counts)
    first.element, first.path = element, path
    first.strong = all(block.strong for block in row)
    del blocks[cells[0] + 1 :]


def _is_no_cell(block: Block) -> bool:
    return block.hidden or block.links > LINKED or len(block.original) > MAX_CELL or block.inline
