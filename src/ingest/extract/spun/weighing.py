"""How much a word in its place speaks for having been put there by a spinner: by what stands beside it."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun import company, near, seen
from ingest.extract.spun.alone import NAMES as BY_ITSELF
from ingest.extract.spun.alone import alone, or_nothing, together
from ingest.extract.spun.known import TRIED, added, association, pair_keys, words
from ingest.extract.spun.looking import Look
from ingest.extract.spun.tokens import Tokens
from ingest.extract.spun.weights import Sum, classes

#: The figures of a word in its place. ``before`` and ``behind`` are its associations with its neighbours, ``gain`` how
#: much likelier its synonyms together were there, ``original`` how much likelier those that spinners are known to put
#: it in for (all natural logarithms). ``times`` is how often the article has it, ``company`` how much of what it
#: usually stands with is there, ``company_gain`` how much more of theirs its synonyms would find. ``met_gain`` is on
#: how many sides the best of them was met with the neighbour, ``apart_gain`` with what stands beyond it,
#: ``beside_gain`` and ``around_gain`` how much better it would go with what is there by vectors.
NAMES = (
    "before",
    "behind",
    "gain",
    "original",
    "times",
    "company",
    "company_gain",
    "met_gain",
    "apart_gain",
    *near.GAINS,
)
#: Figures that count together, beside each alone: a gain says the more the rarer the word is in news.
PAIRS = (
    ("gain", "together"),
    ("gain", "chance"),
    ("news_gain", "gain"),
    ("news_original", "original"),
    ("company", "usual"),
    ("company", "gain"),
    ("company_gain", "gain"),
    ("beside_gain", "gain"),
    ("met_gain", "usual"),
    ("apart_gain", "usual"),
    ("apart_gain", "met_gain"),
    ("beside_gain", "usual_gain"),
    ("around_gain", "usual"),
)


class Tried(NamedTuple):
    """Some words of an article and the synonyms that are tried in their places.

    ``each`` are the numbers of a word and its synonyms, a row for each word, ``meant`` tells which of the synonyms
    spinners are known to put it in for. ``first`` and ``second`` are the pairs with what stands before each, and with
    what stands behind, ``wanted`` their keys.
    """

    places: Any
    each: Any
    meant: Any
    first: Any
    second: Any
    wanted: Any

    @classmethod
    def of(cls, text: Tokens, places: Any) -> "Tried":
        """Those of some tokens of a text."""
        known, own = words(), text.numbers[places]
        each = np.concatenate([own[:, None], known.synonyms[own, :TRIED]], 1)
        before, behind = (np.broadcast_to(text.numbers[places + side, None], each.shape) for side in (-1, 1))
        first, second = np.array([before, each]), np.array([each, behind])
        return cls(places, each, known.originals[own, :TRIED], first, second, pair_keys(first, second))

    @property
    def others(self) -> Any:
        """The synonyms."""
        return self.each[:, 1:]

    def beyond(self, text: Tokens) -> Any:
        """How much likelier each, and what stands behind it, is made by the words one further away.

        Args:
            text: The article.
        """
        numbers, places = text.numbers, self.places
        further, before, behind, beyond = (
            np.broadcast_to(numbers[places + side, None], self.each.shape) for side in (-2, -1, 1, 2)
        )
        pairs = np.array([pair_keys(further, before), *self.wanted])
        return added(pairs, np.array([self.each, behind, beyond])).sum(0)

    def met_gains(self, text: Tokens, asked: seen.Met = seen.met) -> tuple[Any, Any]:
        """On how many sides the best of the synonyms was met, with neighbours and beyond them.

        Args:
            text: The article.
            asked: Tells how often pairs were met.
        """
        before, behind = (text.numbers[self.places + side, None] for side in (-2, 2))
        apart = np.array([seen.apart_keys(before, self.others), seen.apart_keys(self.others, behind)])
        there = self.others != words().none
        return seen.gains(self.wanted[:, :, 1:], there, asked), seen.gains(apart, there, asked)


class Measured(NamedTuple):
    """Words in their places: a row of figures for each of ``NAMES``, and the number of the likeliest synonym."""

    figures: Any
    synonyms: Any


def measured(text: Tokens, look: Look, chosen: Any, times: Any) -> Measured:
    """Some words of an article in their places.

    Args:
        text: The article.
        look: What the first look at it gave.
        chosen: Which of the words that were looked at.
        times: How often the article has each of these.
    """
    tried = Tried.of(text, text.looked[chosen])
    beside = company.company(text, tried.places, tried.each)
    said = association(tried.first, tried.second, tried.wanted)
    fits = words().chance[tried.each] + said[0] + said[1] + tried.beyond(text)
    here, fits = fits[:, 0], np.where(tried.others == words().none, -np.inf, fits[:, 1:])
    figures = (
        *said[:, :, 0],
        *or_nothing(together(np.array([fits, np.where(tried.meant, fits, -np.inf)])) - here),
        times,
        beside[:, 0],
        company.gains(beside),
        *tried.met_gains(text),
        *look.fits.gains(tried.places, look.figures[: len(near.NAMES), chosen], tried.others),
    )
    return Measured(np.array(figures), tried.others[np.arange(len(chosen)), fits.argmax(1)])


@cache
def _sum() -> Sum:
    return Sum.of((*NAMES, *BY_ITSELF), (*NAMES, *PAIRS))


def weigh(figures: Any, numbers: Any) -> Any:
    """What words' places say of their having been put there by a spinner, beside the first look at them.

    Args:
        figures: The words in their places, a row for each of ``NAMES``.
        numbers: The words, by number.
    """
    return _sum().add(np.concatenate([classes(NAMES, figures), alone().classes[:, numbers]]))
