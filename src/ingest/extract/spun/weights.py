"""The weights that training left, and how they add up: each figure falls in a class, each class has a weight."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ingest.extract import lexicon

Pairs = Sequence[tuple[str, str]]


class Weights(NamedTuple):
    """Edges of the classes by figure, the weight of each class by column, what holds for a page.

    A column is that of a figure, or of two (``"news chance"``) whose classes count together.
    """

    edges: dict[str, list[float]]
    columns: dict[str, list[float]]
    bias: float
    page: dict[str, float]


@cache
def weights() -> Weights:
    """The weights of ``spun_weights.json``; how they came about stands in the file."""
    read = json.loads((lexicon.DATA / "spun_weights.json").read_text("utf-8"))
    return Weights(read["edges"], read["columns"], read["bias"], read["page"])


def classes(figures: Iterable[tuple[str, float]]) -> dict[str, int]:
    """The class that each figure falls in."""
    edges = weights().edges
    return {name: bisect_right(edges[name], figure) for name, figure in figures}


def add(found: Mapping[str, int], names: Iterable[str], pairs: Pairs) -> float:
    """What some figures say by their classes, and some pairs of them."""
    edges, columns, _, _ = weights()
    said = sum([columns[name][found[name]] for name in names])
    for one, two in pairs:
        said += columns[f"{one} {two}"][found[one] * (len(edges[two]) + 1) + found[two]]
    return said
