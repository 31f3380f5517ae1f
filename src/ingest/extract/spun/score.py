"""How spun an article is, by signals that need no spinner's table: what its words say, each in its place."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.extract.spun import known
from ingest.extract.spun.alone import alone
from ingest.extract.spun.tokens import Token, tokens
from ingest.extract.spun.weighing import Place, measured, speaks, weigh
from ingest.extract.spun.weights import weights
from ingest.extract.words import sentence

#: So many words of two characters and more are needed to say anything: some 150 characters of text.
LEAST_WORDS = 40
#: So many decide, as many as the articles had that the weights were learnt from; a spinner spins from the beginning.
_FIRST_WORDS = 200
#: Where they speak so much for spinning (log odds), the others are weighed too, to mark their sentences.
_MARKED, _MOST_WORDS = 2.0, 2000
#: A word that says so little by itself is not weighed in its place: four of five in healthy text.
CANDIDATE = -2.0
#: Two shares of spun words that a page is weighed for: few, and many.
FEW, MANY = 0.03, 0.1
#: A word that says so much is put among those that look spun.
LOOKS_SPUN = 1.5
#: Of a page's words, those that say most are a figure of their own.
_TOP = 5


@dataclass(frozen=True, slots=True)
class Score:
    """How spun an article is.

    ``value`` is the logarithm of the odds that it is, before any threshold; ``places`` are the words that were weighed
    in their places, by paragraph, each with what it says. ``words`` is how many words were looked at.
    """

    value: float
    places: tuple[tuple[tuple[Place, float], ...], ...]
    words: int

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
    times = Counter(word for text in paragraphs for _, word in sentence(text).longer())
    if times.total() < LEAST_WORDS:
        return None
    said: dict[str, list[float]] = defaultdict(list)
    places: list[tuple[tuple[Place, float], ...]] = []
    size, verdict = 0, None
    for text in paragraphs:
        if verdict is None and size > _FIRST_WORDS:
            verdict = value(figures(said))
        going = size < _MOST_WORDS and (verdict is None or verdict > _MARKED)
        places.append(tuple(_weighed(tokens(text), times, said)) if going else ())
        size = sum(map(len, said.values()))
    return Score(value(figures(said)) if verdict is None else verdict, tuple(places), size)


def _weighed(words: list[Token], times: Counter[str], said: dict[str, list[float]]) -> list[tuple[Place, float]]:
    """A paragraph's candidates in their places, with what they say; ``said`` gets what each of its words says."""
    found = []
    chance = known.words().chance
    for index, word in enumerate(words):
        if len(word.text) < 2 or word.text not in chance:
            continue
        by_itself = alone(word.text)
        weight = by_itself.says
        if weight >= CANDIDATE:
            place = measured(words, index, max(times[word.text], 1))  # a rare word was put together by ``tokens``
            weight = weigh(place, by_itself)
            found.append((place, weight))
        said[word.text].append(weight)
    return found


def figures(said: Mapping[str, list[float]]) -> list[float]:
    """What a page's words say together, each word once: a topic's own word comes again and again."""
    each = [sum(some) / len(some) for some in said.values()]
    size = max(len(each), 1)
    chance = known.words().chance
    sums = [sum(speaks(weight, share) for weight in each) for share in (FEW, MANY)]
    top = sum(sorted(each)[-_TOP:]) / _TOP
    common = sum(chance[word] for word in said) / size
    loud = sum(weight > LOOKS_SPUN for weight in each) / size
    return [*sums, *(one / math.sqrt(size) for one in sums), math.log(size), top, common, loud]


#: The names of the figures, as the weights have them.
FIGURES = ("few", "many", "few_root", "many_root", "size", "top", "common", "loud")


def value(found: list[float]) -> float:
    """The logarithm of the odds that a page with such figures is spun, where every second is."""
    page = weights().page
    return page["bias"] + sum(page[name] * figure for name, figure in zip(FIGURES, found, strict=True))
