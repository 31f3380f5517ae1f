"""How much a word in its place speaks for having been put there by a spinner: by what stands beside it."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ingest.extract.spun import known, near, seen
from ingest.extract.spun.alone import alone
from ingest.extract.spun.company import REACH, UNKNOWN, company
from ingest.extract.spun.looking import Looked
from ingest.extract.spun.near import NOTHING
from ingest.extract.spun.tokens import Token
from ingest.extract.spun.weights import add, classes

NAMES = ("before", "behind", "gain", "original", "times", "company", "company_gain", "met_gain", *near.GAINS)
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
    *near.GAIN_PAIRS,
)
#: So many words on a side hold what is beside a word.
_WORDS = 4


class Place(NamedTuple):
    """A word of two characters or more in its place, measured. ``before`` to ``original`` are natural logarithms.

    ``before`` and ``behind`` are its associations with its neighbours, ``gain`` how much likelier its synonyms together
    were there, ``original`` how much likelier those that spinners are known to put it in for. ``times`` is how often
    the article has it, ``company`` how much of what it usually stands with is there, ``company_gain`` how much more of
    theirs its synonyms would find. ``met_gain`` is on how many sides they were met, ``beside_gain`` and ``around_gain``
    how much better they would go with what is there by vectors. ``synonym`` is the likeliest.
    """

    paragraph: int
    start: int
    text: str
    before: float
    behind: float
    gain: float
    original: float
    times: int
    company: int
    company_gain: float
    met_gain: int
    beside_gain: float
    around_gain: float
    synonym: str

    @property
    def figures(self) -> tuple[float, ...]:
        """What counts, in the order of ``NAMES``."""
        return self[3:13]


def measured(
    looked: Looked, around: near.Surroundings, numbers: Sequence[int], asked: seen.Met = seen.met
) -> list[Place]:
    """Some words of an article in their places.

    Args:
        looked: The article's words.
        around: What stands around those that were looked at.
        numbers: Which of them.
        asked: Tells how often pairs were met.
    """
    places = looked.which[numbers]
    texts = [looked.words[place].text for place in places.tolist()]
    times = np.bincount(looked.numbers[looked.which], minlength=1)[looked.numbers[places]].tolist()
    met = seen.gains(texts, looked.numbers[places - 1], looked.numbers[places + 1], asked).tolist()
    vectors = around.gains(texts, numbers).tolist()
    each = zip(places.tolist(), times, met, vectors, strict=True)
    return [_measured(looked.words, place, said, one, (two, three)) for place, said, one, (two, three) in each]


def _measured(words: Sequence[Token], at: int, times: int, met: int, vectors: tuple[float, float]) -> Place:
    chance = known.words().chance
    paragraph, start, text = words[at]
    left, right = (words[side].text if words[side].text in chance else "" for side in (at - 1, at + 1))
    before = known.association(left, text) if left else 0.0
    behind = known.association(text, right) if right else 0.0
    around = _around(words, at)
    own = company(text, *around)
    fits = _fits(left, text, right)
    place = Place(paragraph, start, text, before, behind, NOTHING, NOTHING, times, own, NOTHING, met, *vectors, "")
    if not fits:
        return place
    here = chance[text] + before + behind
    usual = known.words().originals.get(text, frozenset())
    meant = [fit for other, fit in fits.items() if other in usual]
    return place._replace(
        gain=_together([*fits.values()]) - here,
        original=_together(meant) - here if meant else NOTHING,
        company_gain=_better(own, fits, around),
        synonym=max(fits, key=fits.__getitem__),
    )


def _around(words: Sequence[Token], index: int) -> tuple[str, str]:
    """What stands before and behind a word, some characters of it."""
    before = "".join([word.text for word in words[max(index - _WORDS, 0) : index]])
    behind = "".join([word.text for word in words[index + 1 : index + 1 + _WORDS]])
    return before[-REACH:], behind[:REACH]


def _better(own: int, fits: Iterable[str], around: tuple[str, str]) -> float:
    """How much more of its usual company the best of the synonyms would find there."""
    theirs = max(company(other, *around) for other in fits)
    return NOTHING if theirs == UNKNOWN else theirs - max(own, 0)


def _fits(left: str, text: str, right: str) -> dict[str, float]:
    """How likely each synonym is between two words."""
    chance, association = known.words().chance, known.association
    found = {}
    for other in near.tried(text):
        fit = chance[other]
        if left:
            fit += association(left, other)
        if right:
            fit += association(other, right)
        found[other] = fit
    return found


def _together(fits: list[float]) -> float:
    top = max(fits)
    return top + math.log(sum([math.exp(fit - top) for fit in fits]))


def weigh(place: Place, look: dict[str, int]) -> float:
    """What a word's place says of its having been put there by a spinner, beside the first look at it.

    Args:
        place: The word in its place.
        look: The classes of its figures on the first look.
    """
    found = classes(zip(NAMES, place.figures, strict=True))
    return add(found | alone(place.text).classes | look, NAMES, PAIRS)
