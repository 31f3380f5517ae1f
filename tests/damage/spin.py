"""Spun text: exhaustive word replacement without segmentation, in the order of a table, and injected keywords."""

import random
from functools import cache
from pathlib import Path

Table = tuple[tuple[str, str], ...]
_TABLE = Path(__file__).parent / "data" / "spin_table.tsv"


@cache
def load_table(path: Path = _TABLE) -> Table:
    """Read a table: a comment line, then ``healthy<TAB>spun`` lines in the order they are applied."""
    lines = path.read_text("utf-8").splitlines()[1:]
    return tuple((healthy, spun) for healthy, spun in (line.split("\t") for line in lines))


def spin(text: str, table: Table | None = None) -> str:
    """Replace every word of the table wherever its characters stand, one entry after the other.

    An entry works on what the ones before it made, so words cascade: 完善 → 健全 → 齐备.
    """
    for healthy, spun in load_table() if table is None else table:
        text = text.replace(healthy, spun)
    return text


def inject(paragraphs: list[str], keyword: str, *, count: int, seed: int = 0) -> list[str]:
    """Push a search keyword in before ``count`` of the commas and full stops, as spinners do for a site's rank."""
    places = [(p, i) for p, text in enumerate(paragraphs) for i, c in enumerate(text) if c in "，。" and i > 0]
    chosen = random.Random(seed).sample(places, min(count, len(places)))
    out = list(paragraphs)
    for p, i in sorted(chosen, reverse=True):
        out[p] = out[p][:i] + keyword + out[p][i:]
    return out
