"""What a page's words say together."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.spun import known
from ingest.extract.spun.page import CONTEXT, FIGURES, Distinct, figures, value
from ingest.extract.spun.weights import weights

WORD = st.tuples(st.integers(0, known.words().none - 1), st.floats(-20, 20))
PAGE = st.lists(WORD, min_size=1, max_size=80)


def of(page: list[tuple[int, float]]) -> dict[str, float]:
    """The figures of a page of words that each say something, none of them met with anything."""
    numbers, says = zip(*page, strict=True)
    found = figures(Distinct.of(np.array(numbers)), np.array(says), np.zeros((len(CONTEXT), len(page))))
    return dict(zip(FIGURES, found.tolist(), strict=True))


@given(PAGE)
def test_every_page_has_every_figure(page: list[tuple[int, float]]) -> None:
    found = of(page)
    assert np.isfinite([*found.values()]).all()
    assert found["top 1"] >= found["top 2"] >= found["top 3"]


@given(PAGE, st.randoms())
def test_the_order_of_words_says_nothing(page: list[tuple[int, float]], random: Random) -> None:
    other = page.copy()
    random.shuffle(other)
    assert np.allclose([*of(page).values()], [*of(other).values()])


def test_what_comes_again_is_told_from_what_is_said_once() -> None:
    found = of([(5, 3.0), (5, 3.0), (6, -1.0), (7, 2.0)])
    assert (found["again"], found["once"]) == (3.0, 0.5)
    assert (found["loud again"], found["loud once"]) == (1 / 3, 1 / 3)


def test_no_figure_of_a_page_decides_by_being_out_of_all_bounds() -> None:
    page = weights().page
    assert value(np.full(len(FIGURES), 1e9)) == value(page.high)
    assert value(np.full(len(FIGURES), -1e9)) == value(page.low)
