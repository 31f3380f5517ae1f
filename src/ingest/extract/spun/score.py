"""How spun an article is, by signals that need no spinner's table: a cheap one for all, a dear one for the doubtful."""

import math
from dataclasses import dataclass
from itertools import repeat

from ingest.extract.spun import known
from ingest.extract.spun.tokens import tokens
from ingest.extract.spun.weighing import Place, places, speaks, weigh, weights
from ingest.extract.words import sentence

#: So many words of two characters and more are needed to say anything: some 150 characters of text.
LEAST_WORDS = 40
#: No more are looked at: what an article of 1,500 characters has. A spinner spins from the beginning.
_MOST_WORDS = 450
#: After so many words an article that speaks so little for spinning (log odds) is looked at no further.
_FIRST_WORDS, _NO_MORE = 100, 0.0
#: Two shares of spun words that a page is weighed for: few, and many.
_FEW, _MANY = 0.02, 0.1
#: A word that says so much is put among those that look spun.
LOOKS_SPUN = 1.5


@dataclass(frozen=True, slots=True)
class Score:
    """How spun an article is.

    ``value`` is the logarithm of the odds that it is, before any threshold; ``places`` are its words by paragraph,
    each with what it says, empty where the cheap signal was enough.
    """

    value: float
    places: tuple[tuple[tuple[Place, float], ...], ...] = ()

    @property
    def words(self) -> int:
        """How many words were looked at."""
        return sum(map(len, self.places))

    @property
    def spun(self) -> int:
        """How many of them look spun."""
        return sum(weight > LOOKS_SPUN for paragraph in self.places for _, weight in paragraph)


def score(paragraphs: tuple[str, ...], *, gated: bool = True) -> Score | None:
    """Score an article's paragraphs, cut into words already where the finders read them.

    Args:
        paragraphs: The reading text; the title may come last.
        gated: Whether an article whose words are common, whatever stands beside them, is spared the look at each.

    Returns:
        None for an article too short to say anything of.
    """
    first = known.words().first
    alone = [word for text in paragraphs for _, word in sentence(text).longer()]
    if len(alone) < LEAST_WORDS:
        return None
    page = weights().page
    cheap = sum(map(first.get, alone, repeat(0.0))) / math.sqrt(len(alone))
    if gated and cheap < page["gate"]:
        return Score(min(cheap - page["gate"], 0.0) + page["below"])
    return _thorough(paragraphs, gated=gated)


def _thorough(paragraphs: tuple[str, ...], *, gated: bool) -> Score:
    """All words weighed in their places; those behind the first hundred or so only where these speak for it."""
    found: list[tuple[tuple[Place, float], ...]] = []
    said: list[float] = []
    going = True
    for text in paragraphs:
        measured = tuple([(place, weigh(place)) for place in places(tokens(text))]) if going else ()
        found.append(measured)
        said += [weight for _, weight in measured]
        going = (
            going and len(said) < _MOST_WORDS and not (gated and len(said) > _FIRST_WORDS and _value(said) < _NO_MORE)
        )
    return Score(_value(said), tuple(found))


def _value(said: list[float]) -> float:
    page, size = weights().page, max(len(said), 1)
    few, many = (sum(speaks(weight, share) for weight in said) / math.sqrt(size) for share in (_FEW, _MANY))
    return page["bias"] + page["few"] * few + page["many"] * many + page["size"] * math.log(size)
