"""How spun an article is, by signals that need no spinner's table: what its words say, each in its place."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from ingest.extract.spun import known
from ingest.extract.spun.looking import NAMES, Looked, look
from ingest.extract.spun.weighing import Place, measured, weigh
from ingest.extract.spun.weights import weights

#: So many words of two characters and more are needed to say anything: some 150 characters of text.
LEAST_WORDS = 40
#: So many are looked at first. Where they leave the page in doubt (log odds) more are, and these decide: a spinner
#: spins from the beginning, and long healthy articles collect what looks odd. Measured on 178 unseen articles: the area
#: under the curve is within .001 to .006 of that by all words, and one article in six is looked at again.
FIRST_WORDS, MOST_WORDS = 200, 400
GOES_ON = -2.0
#: Where they speak so much for spinning, the others are weighed too, to mark their sentences.
_MARKED, _ALL_WORDS = 2.0, 2000
#: A word that says so little on the first look is not weighed further: nine of ten in healthy text. To weigh all made
#: the area under the curve .001 to .006 larger on unseen articles.
CANDIDATE = -1.0
#: Two shares of spun words that a page is weighed for: few, and many.
FEW, MANY = 0.03, 0.1
#: A word that says so much is put among those that look spun.
LOOKS_SPUN = 1.5
#: Of a page's words, those that say most are a figure of their own.
_TOP = 5
#: What a word says is held between these: no one word decides.
_LOWEST, _HIGHEST = -8.0, 6.0


@dataclass(frozen=True, slots=True)
class Score:
    """How spun an article is.

    ``value`` is the logarithm of the odds that it is, before any threshold; ``places`` are the words that were weighed
    in their places, by paragraph, each with what it says. ``words`` is how many words were looked at, ``whole`` whether
    that is all there are.
    """

    value: float
    places: tuple[tuple[tuple[Place, float], ...], ...]
    words: int
    whole: bool

    @property
    def spun(self) -> int:
        """How many of them look spun."""
        return sum(weight > LOOKS_SPUN for paragraph in self.places for _, weight in paragraph)


def score(paragraphs: tuple[str, ...]) -> Score | None:
    """Score an article's paragraphs, cut into words already where the finders read them.

    Args:
        paragraphs: The reading text; the title may come last.

    Returns:
        None for an article too short to say anything of.
    """
    found = _score(paragraphs, FIRST_WORDS)
    if found and not found.whole and found.value > GOES_ON:
        found = _score(paragraphs, MOST_WORDS)
    if found and not found.whole and found.value > _MARKED:
        marked = _score(paragraphs, _ALL_WORDS)
        found = replace(marked, value=found.value) if marked else None
    return found


def _score(paragraphs: tuple[str, ...], most: int) -> Score | None:
    """The score by about so many words of an article."""
    looked = Looked.of(paragraphs, most)
    if len(looked.which) < LEAST_WORDS:
        return None
    says, classes, around = look(looked)
    places: list[list[tuple[Place, float]]] = [[] for _ in paragraphs]
    candidates = np.flatnonzero(says >= CANDIDATE).tolist()
    for number, place in zip(candidates, measured(looked, around, candidates), strict=True):
        says[number] += weigh(place, {name: int(classes[name][number]) for name in NAMES})
        places[place.paragraph].append((place, float(says[number])))
    return Score(value(figures(looked.numbers[looked.which], says)), tuple(map(tuple, places)), len(says), looked.whole)


def figures(numbers: Any, says: Any) -> list[float]:
    """What a page's words say together, by their numbers, each word once: a topic's own comes again and again."""
    own, which = np.unique(numbers, return_inverse=True)
    each = np.bincount(which, says) / np.bincount(which)
    size = len(each)
    odds = np.exp(np.clip(each, _LOWEST, _HIGHEST))
    sums = [float(np.log(1 - share + share * odds).sum()) for share in (FEW, MANY)]
    top = float(np.sort(each)[-_TOP:].sum()) / _TOP
    common = float(_chances()[own].mean())
    loud = float((each > LOOKS_SPUN).mean())
    return [*sums, *(one / size**0.5 for one in sums), float(np.log(size)), top, common, loud]


@cache
def _chances() -> Any:
    return np.array(list(known.words().chance.values()))


#: The names of the figures, as the weights have them.
FIGURES = ("few", "many", "few_root", "many_root", "size", "top", "common", "loud")


def value(found: list[float]) -> float:
    """The logarithm of the odds that a page with such figures is spun, where every second is."""
    page = weights().page
    return page["bias"] + sum(page[name] * figure for name, figure in zip(FIGURES, found, strict=True))
