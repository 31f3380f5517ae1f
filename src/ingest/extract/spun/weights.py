"""The weights that training left, and how they add up: each figure falls in a class, each class has a weight."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon

#: The name of a figure, or of two whose classes count together.
Column = str | tuple[str, ...]


class Page(NamedTuple):
    """What a page's figures say: what each is held between and its weight, the bias, and the line of the flag."""

    low: Any
    high: Any
    weights: Any
    bias: float
    flag: float


class Weights(NamedTuple):
    """Edges of the classes by figure, the weight of each class by column, what holds for a page.

    A column is that of a figure, or of two (``"news chance"``) whose classes count together.
    """

    edges: dict[str, Any]
    columns: dict[str, Any]
    bias: float
    page: Page

    def sizes(self, names: Sequence[str]) -> list[int]:
        """How many classes figures have."""
        return [len(self.edges[name]) + 1 for name in names]


@cache
def weights() -> Weights:
    """The weights of ``spun_weights.json``; how they came about stands in the file."""
    read = json.loads((lexicon.DATA / "spun_weights.json").read_text("utf-8"))
    edges, columns = ({name: np.array(row) for name, row in read[one].items()} for one in ("edges", "columns"))
    page = read["page"]
    low, high, figures = np.array(page["figures"]).T
    return Weights(edges, columns, read["bias"], Page(low, high, figures, page["bias"], page["flag"]))


def classes(names: Sequence[str], figures: Any) -> Any:
    """The classes that figures fall in, given a row for each of ``names``."""
    edges = weights().edges
    return np.array([edges[name].searchsorted(row, "right") for name, row in zip(names, figures, strict=True)])


class Sum(NamedTuple):
    """What columns say together: tables in one flat array, and which of their places a word's classes lead to."""

    flat: Any
    strides: Any
    starts: Any

    @classmethod
    def of(cls, names: Sequence[str], columns: Sequence[Column], tables: Sequence[Column] = ()) -> "Sum":
        """The sum of some columns, by classes of the figures ``names``.

        Args:
            names: Figures, as the classes will be given.
            columns: What is added up.
            tables: Figures that have a table together, which takes in the columns of any of them, so that fewer places
                need be looked up. Else a column of one figure goes into that of two.
        """
        wanted = [_own(column) for column in columns]
        into = [_own(table) for table in tables] or sorted(wanted, key=len, reverse=True)
        taken = [next(table for table in into if set(column) <= set(table)) for column in wanted]
        kept = [table for table in into if table in taken]
        parts = [_joined(t, [one for one, its in zip(wanted, taken, strict=True) if its == t]) for t in kept]
        strides = np.zeros((len(kept), len(names)), int)
        for number, (table, part) in enumerate(zip(kept, parts, strict=True)):
            strides[number, [names.index(name) for name in table]] = np.array(part.strides) // part.itemsize
        starts = np.cumsum([0, *(part.size for part in parts)])[:-1, None]
        return cls(np.concatenate([part.ravel() for part in parts]), strides, starts)

    def add(self, found: Any) -> Any:
        """What words say, given the classes of their figures: a row for each of the ``names``."""
        return self.flat[self.strides @ found + self.starts].sum(0)


def _own(column: Column) -> tuple[str, ...]:
    return (column,) if isinstance(column, str) else column


def _joined(table: tuple[str, ...], columns: Sequence[tuple[str, ...]]) -> Any:
    """What some columns say together by the classes of the figures of a table: an axis for each."""
    held = weights()
    found = np.zeros(held.sizes(table))
    for column in columns:
        told = held.columns[" ".join(column)].reshape(held.sizes(column))
        order = np.argsort([table.index(name) for name in column])
        sizes = [size if name in column else 1 for name, size in zip(table, found.shape, strict=True)]
        found += told.transpose(order).reshape(sizes)
    return found
