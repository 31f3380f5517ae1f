"""The cheapest way through a row of places, where each step has a price in bits: Viterbi's algorithm."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Step(NamedTuple):
    """A step from one place to a later one: how far, into which state, with what to show for it, at what price."""

    size: int
    into: int
    made: str
    price: float


class Way(NamedTuple):
    """The steps of a way in order, with the place that each begins at, and the price of all of them."""

    steps: list[tuple[int, Step]]
    price: float


def cheapest(size: int, steps: Callable[[int, int], Iterable[Step]]) -> Way | None:
    """Find the cheapest way from place 0 in state 0 to the last place, in any state.

    Args:
        size: How many places there are to go.
        steps: Given a place and a state, the steps that may be taken from there.

    Returns:
        The way, or None if there is none. The time grows with the places times the states times the steps of each.
    """
    best: list[dict[int, tuple[float, int, int, Step | None]]] = [{} for _ in range(size + 1)]
    best[0][0] = (0.0, -1, 0, None)
    for place in range(size):
        for state, reached in best[place].items():
            cost = reached[0]
            for step in steps(place, state):
                far, into, _, price = step
                total = cost + price
                known = best[place + far].get(into)
                if known is None or total < known[0]:
                    best[place + far][into] = (total, place, state, step)
    if not best[size]:
        return None
    place, state = size, min(best[size], key=lambda s: best[size][s][0])
    price = best[place][state][0]
    way: list[tuple[int, Step]] = []
    while place > 0:
        _, before, state, taken = best[place][state]
        if taken is not None:
            way.append((before, taken))
        place = before
    return Way(way[::-1], price)
