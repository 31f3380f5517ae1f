"""How much the signs of a line speak for its opening an article: a small network, fitted on stitched pages."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.strip.label_heads_topic import Signs
from ingest.strip.label_words import rows

if TYPE_CHECKING:
    import numpy as np

BASE, OUT = "(base)", "(out)"  # rows of the data file that are no signs


class Net(NamedTuple):
    """One layer of hidden units, and a direct way round it in the last column.

    ``inner`` has a row for each of ``names``; ``base`` is added to what the rows say, ``outer`` weighs the units.
    """

    names: tuple[str, ...]
    inner: "np.ndarray"
    base: "np.ndarray"
    outer: "np.ndarray"

    def says(self, signs: Signs) -> float:
        """Return the odds that a line with these signs opens an article, as a logarithm.

        Raises:
            KeyError: a sign of the network is missing.
        """
        import numpy as np

        units = np.array([signs[name] for name in self.names]) @ self.inner + self.base
        return float(np.tanh(units[:-1]) @ self.outer + units[-1])


@cache
def weigher() -> Callable[[Signs], float]:
    """Return what weighs a line's signs: the network as it was fitted."""
    import numpy as np

    read = {name: [float(cell) for cell in cells] for name, *cells in rows("strip_text_headline_signs")}
    base, outer = np.array(read.pop(BASE)), np.array(read.pop(OUT))
    return Net(tuple(read), np.array(list(read.values())), base, outer).says
