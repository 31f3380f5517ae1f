"""How spun an article is, by signals that need no spinner's table: what its words say, each in its place."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun.known import words
from ingest.extract.spun.looking import look
from ingest.extract.spun.tokens import Tokens
from ingest.extract.spun.weighing import measured, weigh
from ingest.extract.spun.weights import weights

#: So many words of two characters and more are needed to say anything: some 150 characters of text.
LEAST_WORDS = 40
#: So many words of the dictionary are looked at: a spinner spins from the beginning, and long healthy articles collect
#: what looks odd. Crossed, of 48 whole long pages a middle table at one word in twenty was told with an area under the
#: curve of .931 by 200 words, of .982 by 400, and of .943 by all.
MOST_WORDS = 400
#: Where they speak so much for spinning, the others are weighed too, to mark their sentences.
_MARKED, _ALL_WORDS = 2.0, 2000
#: A word that says so little on the first look is not weighed further: five of six in healthy text. Crossed, with -1 in
#: its place the area under the curve was .003 to .025 smaller, by the table, with none .001 to .016 larger.
CANDIDATE = -2.0
#: Two shares of spun words that a page is weighed for: few, and many.
FEW, MANY = 0.03, 0.1
#: A word that says so much is put among those that look spun.
LOOKS_SPUN = 1.5
#: Of a page's words, those that say most are a figure of their own.
_TOP = 5
#: What a word says is held between these: no one word decides.
_LOWEST, _HIGHEST = -8.0, 6.0


class Odd(NamedTuple):
    """A word that looks spun: in which paragraph, where it begins there, what likely stood there, what it says."""

    paragraph: int
    start: int
    text: str
    synonym: str
    says: float


@dataclass(frozen=True, slots=True)
class Score:
    """How spun an article is.

    ``value`` is the logarithm of the odds that it is, before any threshold; ``odd`` are the words that look spun, in
    order. ``words`` is how many words were looked at.
    """

    value: float
    odd: tuple[Odd, ...]
    words: int


class Said(NamedTuple):
    """What the words of a text say, and the likeliest synonyms of those that were weighed (``chosen``), by number."""

    text: Tokens
    says: Any
    chosen: Any
    synonyms: Any


def score(paragraphs: tuple[str, ...]) -> Score | None:
    """Score an article's paragraphs, cut into words already where the finders read them.

    Args:
        paragraphs: The reading text; the title may come last.

    Returns:
        None for an article too short to say anything of.
    """
    found = _score(paragraphs, MOST_WORDS)
    if found and found.value > _MARKED:
        marked = _score(paragraphs, _ALL_WORDS)
        found = replace(marked, value=found.value) if marked else None
    return found


def _score(paragraphs: tuple[str, ...], most: int) -> Score | None:
    """The score by so many words of an article."""
    text = Tokens.of(paragraphs, most)
    if len(text.looked) < LEAST_WORDS:
        return None
    each = Distinct.of(text.numbers[text.looked])
    said = _said(text, each)
    return Score(value(figures(each, said.says)), _odd(said), len(text.looked))


class Distinct(NamedTuple):
    """The words of a page, each once: their numbers, how often each is there, and which it is at each of its places."""

    which: Any
    numbers: Any
    times: Any

    @classmethod
    def of(cls, numbers: Any) -> "Distinct":
        """Those of some words by their numbers."""
        own, which, times = np.unique(numbers, return_inverse=True, return_counts=True)
        return cls(which, own, times)


def _said(text: Tokens, each: Distinct) -> Said:
    """What the words of a text say: all by the first look, and candidates in their places."""
    first = look(text)
    chosen = np.flatnonzero(first.says >= CANDIDATE)
    found = measured(text, first, chosen, each.times[each.which[chosen]])
    first.says[chosen] += weigh(found.figures, text.numbers[text.looked[chosen]])
    return Said(text, first.says, chosen, found.synonyms)


def _odd(said: Said) -> tuple[Odd, ...]:
    text, found = said.text, []
    for number in np.flatnonzero(said.says[said.chosen] > LOOKS_SPUN).tolist():
        token = int(text.looked[said.chosen[number]])
        start = int(text.starts[token])
        paragraph = int(text.paragraphs.searchsorted(start, "right")) - 1
        told = words().texts[said.synonyms[number]]
        says = float(said.says[said.chosen[number]])
        found.append(Odd(paragraph, start - int(text.paragraphs[paragraph]), text.word(token), told, says))
    return tuple(found)


def figures(each: Distinct, says: Any) -> list[float]:
    """What a page's words say together, each word once: a topic's own comes again and again."""
    mean = np.bincount(each.which, says) / each.times
    size = len(mean)
    odds = np.exp(np.clip(mean, _LOWEST, _HIGHEST))
    sums = [float(np.log(1 - share + share * odds).sum()) for share in (FEW, MANY)]
    top = float(np.sort(mean)[-_TOP:].sum()) / _TOP
    common = float(words().chance[each.numbers].mean())
    loud = float((mean > LOOKS_SPUN).mean())
    return [*sums, *(one / size**0.5 for one in sums), float(np.log(size)), top, common, loud]


#: The names of the figures, as the weights have them.
FIGURES = ("few", "many", "few_root", "many_root", "size", "top", "common", "loud")


def value(found: list[float]) -> float:
    """The logarithm of the odds that a page with such figures is spun, where every second is."""
    page = weights().page
    return page["bias"] + sum(page[name] * figure for name, figure in zip(FIGURES, found, strict=True))
