"""How spun an article is, by signals that need no spinner's table: what its words say, each in its place."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun.known import words
from ingest.extract.spun.looking import NAMES, look
from ingest.extract.spun.page import CONTEXT, Distinct, figures, value
from ingest.extract.spun.tokens import Tokens
from ingest.extract.spun.weighing import measured, weigh

#: So many words of two characters and more are needed to say anything: some 150 characters of text.
LEAST_WORDS = 40
#: So many words of the dictionary are looked at: a spinner spins from the beginning, and long healthy articles collect
#: what looks odd. Crossed, of 48 whole long pages a middle table at one word in twenty was told with an area under the
#: curve of .931 by 200 words, of .982 by 400, and of .943 by all.
MOST_WORDS = 400
#: Where they speak so much for spinning, the others are weighed too, to mark their sentences.
_MARKED, _ALL_WORDS = 2.0, 2000
#: A word that says so little on the first look is not weighed further; of healthy articles that were learnt from, one
#: in four or five says more. Crossed, the area under the curve is .003 to .008 smaller with -1 in its place, by the
#: table, and no larger with -4 but for a stranger's small table (.01).
CANDIDATE = -2.0
#: A word that says so much is put among those that look spun.
LOOKS_SPUN = 1.5
_CONTEXT = [NAMES.index(name) for name in CONTEXT if name in NAMES]


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
    """What the words of a text say, and the likeliest synonyms of those that were weighed (``chosen``), by number.

    ``context`` are figures of the words that count for the page too, a row for each of ``page.CONTEXT``.
    """

    text: Tokens
    says: Any
    context: Any
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
    return Score(value(figures(each, said.says, said.context)), _odd(said), len(text.looked))


def _said(text: Tokens, each: Distinct) -> Said:
    """What the words of a text say: all by the first look, and candidates in their places."""
    first = look(text)
    chosen = np.flatnonzero(first.says >= CANDIDATE)
    found = measured(text, first, chosen, each.times[each.which[chosen]])
    own = text.numbers[text.looked]
    first.says[chosen] += weigh(found.figures, own[chosen])
    context = np.concatenate([first.figures[_CONTEXT], [words().news[own] - words().chance[own]]])
    return Said(text, first.says, context, chosen, found.synonyms)


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
