"""Tables of an article: its rows are paragraphs whose cells are parted by tabs; here they are put together again."""

from ingest.model import Paragraph, Table

_FEWEST_ROWS = 2


def tables(paragraphs: tuple[Paragraph, ...]) -> tuple[Table, ...]:
    """Return the tables of an article: runs of two rows and more, each with the cells of every row.

    A row with fewer cells than another (a heading over the whole width) is kept as it is.
    """
    found: list[Table] = []
    rows: list[tuple[str, ...]] = []
    for number, paragraph in enumerate((*paragraphs, None)):
        if paragraph is not None and "\t" in paragraph.text:
            rows.append(tuple(cell.strip() for cell in paragraph.text.split("\t")))
            continue
        if len(rows) >= _FEWEST_ROWS:
            found.append(Table(paragraph=number - len(rows), rows=tuple(rows)))
        rows = []
    return tuple(found)
