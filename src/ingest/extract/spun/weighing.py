"""How much a word in its place speaks for having been put there by a spinner: by what stands beside it."""

import math
from functools import lru_cache
from typing import NamedTuple

from ingest.extract.spun import known
from ingest.extract.spun.alone import NOTHING, Alone
from ingest.extract.spun.tokens import Token
from ingest.extract.spun.weights import add, classes

#: Of a word's synonyms the commonest are tried, so many, and those that spinners are known to put it in for.
_TRIED = 6
_REMEMBERED = 1 << 13  # words: what the pages of a field have in common
NAMES = ("before", "behind", "gain", "original", "times")
#: Figures that count together, beside each alone: a gain says the more the rarer the word is in news.
PAIRS = (("gain", "together"), ("gain", "chance"), ("news_gain", "gain"), ("news_original", "original"))


class Place(NamedTuple):
    """A word of two characters or more in its place, measured. ``before`` to ``original`` are natural logarithms.

    ``before`` and ``behind`` are its associations with its neighbours, ``gain`` how much likelier its synonyms together
    were there, ``original`` how much likelier those that spinners are known to put it in for. ``times`` is how often
    the article has it. ``synonym`` is the likeliest.
    """

    start: int
    text: str
    before: float
    behind: float
    gain: float
    original: float
    times: int
    synonym: str

    @property
    def figures(self) -> tuple[float, ...]:
        """What counts, in the order of ``NAMES``."""
        return self[2:7]


def measured(words: list[Token], index: int, times: int) -> Place:
    """A word of a paragraph in its place.

    Args:
        words: The paragraph's words.
        index: Which of them.
        times: How often the article has it.
    """
    chance = known.words().chance
    start, text = words[index]
    left = words[index - 1].text if index and words[index - 1].text in chance else ""
    right = words[index + 1].text if index + 1 < len(words) and words[index + 1].text in chance else ""
    before = known.association(left, text) if left else 0.0
    behind = known.association(text, right) if right else 0.0
    fits = _fits(left, text, right)
    if not fits:
        return Place(start, text, before, behind, NOTHING, NOTHING, times, "")
    here = chance[text] + before + behind
    usual = known.words().originals.get(text, frozenset())
    meant = [fit for other, fit in fits.items() if other in usual]
    original = _together(meant) - here if meant else NOTHING
    best = max(fits, key=fits.__getitem__)
    return Place(start, text, before, behind, _together([*fits.values()]) - here, original, times, best)


@lru_cache(maxsize=_REMEMBERED)
def _tried(word: str) -> tuple[str, ...]:
    """The synonyms of a word that are tried in its place."""
    synonyms, usual = known.words().synonyms.get(word, ()), known.words().originals.get(word, frozenset())
    return synonyms[:_TRIED] + tuple(other for other in synonyms[_TRIED:] if other in usual)


def _fits(left: str, text: str, right: str) -> dict[str, float]:
    """How likely each synonym is between two words."""
    chance, association = known.words().chance, known.association
    found = {}
    for other in _tried(text):
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


def weigh(place: Place, alone: Alone) -> float:
    """The logarithm of how much likelier a word so placed is in spun text, if it was put there, than in healthy."""
    found = classes(zip(NAMES, place.figures, strict=True))
    return alone.says + add(found | alone.classes, NAMES, PAIRS)


def speaks(weight: float, share: float) -> float:
    """What a word says for a page of whose words a share is spun: the logarithm of a likelihood ratio."""
    return math.log(1 - share + share * math.exp(min(max(weight, -8.0), 6.0)))
