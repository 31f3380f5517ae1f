"""The weights that training left, and how they add up: each figure falls in a class, each class has a weight."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon

Pairs = Sequence[tuple[str, str]]


class Weights(NamedTuple):
    """Edges of the classes by figure, the weight of each class by column, what holds for a page.

    A column is that of a figure, or of two (``"news chance"``) whose classes count together; ``tables`` are the columns
    as arrays.
    """

    edges: dict[str, Any]
    columns: dict[str, list[float]]
    bias: float
    page: dict[str, float]
    tables: dict[str, Any]


@cache
def weights() -> Weights:
    """The weights of ``spun_weights.json``; how they came about stands in the file."""
    read = json.loads((lexicon.DATA / "spun_weights.json").read_text("utf-8"))
    tables = {name: np.array(column) for name, column in read["columns"].items()}
    return Weights(
        {name: np.array(cuts) for name, cuts in read["edges"].items()},
        read["columns"],
        read["bias"],
        read["page"],
        tables,
    )


def classes(figures: Iterable[tuple[str, float]]) -> dict[str, int]:
    """The class that each figure falls in."""
    edges = weights().edges
    return {name: int(edges[name].searchsorted(figure, "right")) for name, figure in figures}


def add(found: Mapping[str, int], names: Iterable[str], pairs: Pairs) -> float:
    """What some figures say by their classes, and some pairs of them."""
    edges, columns, *_ = weights()
    said = sum([columns[name][found[name]] for name in names])
    for one, two in pairs:
        said += columns[f"{one} {two}"][found[one] * (len(edges[two]) + 1) + found[two]]
    return said
