"""Lays pairs of words out in rows as ``ingest.extract.spun.pairs`` looks for them."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun import pairs

#: So much of the slots is taken: where it is more, too many pairs have to make room for others.
_TAKEN = 0.93
#: After so many moves there is no room for a pair.
_MOVES = 5000


def write(name: str, head: str, wanted: Any, held: Any, kind: str) -> None:
    """Write a table into the data folder.

    Args:
        name: The file's.
        head: What stands in its first line.
        wanted: The keys of the pairs.
        held: What is kept with each, below ``pairs.MISSING``.
        kind: The type of the slots.
    """
    table = laid(wanted, held, np.dtype(kind))
    (lexicon.DATA / f"{name}.bin").write_bytes(f"# {head}\n".encode() + table.tobytes())


def laid(wanted: Any, held: Any, kind: Any) -> Any:
    """Rows of slots that hold each of some pairs in one of the two rows that may hold it; more rows where they must."""
    size, rows = int(len(wanted) / pairs.SLOTS / _TAKEN), None
    while rows is None:
        size += 1
        one, two, bits = pairs.places(wanted, size, kind)
        rows = _placed(list(zip(one.tolist(), two.tolist(), strict=True)), size)
    table = np.zeros((size, pairs.SLOTS), kind)
    for row, members in enumerate(rows):
        table[row, : len(members)] = bits[members] | held[members].astype(kind)
    return table


def _placed(choices: Sequence[tuple[int, int]], size: int) -> list[list[int]] | None:
    """Which pairs stand in each row: where both of a pair's are full another one goes to its other row, and so on."""
    rows: list[list[int]] = [[] for _ in range(size)]
    draw = random.Random(0)
    for number, places in enumerate(choices):
        moved, row = number, min(places, key=lambda place: len(rows[place]))
        for _ in range(_MOVES):
            if len(rows[row]) < pairs.SLOTS:
                break
            slot = draw.randrange(pairs.SLOTS)
            moved, rows[row][slot] = rows[row][slot], moved
            row = sum(choices[moved]) - row
        else:
            return None
        rows[row].append(moved)
    return rows
