"""The first look at an article's words: what each says by itself, by vectors, and by what it was met with before."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun import alone, known, near, seen
from ingest.extract.spun.tokens import Token, tokens
from ingest.extract.spun.weights import weights

#: The figures of the first look beside those of a word by itself, and what counts together in it.
NAMES = (*near.NAMES, *seen.NAMES)
PAIRS = (*near.PAIRS, *seen.PAIRS)


class Looked(NamedTuple):
    """An article's words, and which of them are looked at: those of two characters and more that are in the lexicon.

    ``words`` are all, paragraph after paragraph, and ``numbers`` theirs, -1 for what is no word of the lexicon; between
    the paragraphs and at both ends stand ``near.REACH`` of none. ``which`` are the places of those looked at, ``whole``
    tells whether that is all the text has.
    """

    words: list[Token]
    numbers: Any
    which: Any
    whole: bool

    @classmethod
    def of(cls, paragraphs: Sequence[str], most: int) -> "Looked":
        """The words of a text, paragraph by paragraph until ``most`` of them are looked at."""
        number, words = known.words().number, [*_GAP]
        size, left = 0, len(paragraphs)
        for paragraph, text in enumerate(paragraphs):
            found = tokens(text, paragraph, most)
            words += found
            words += _GAP
            size += sum([len(word.text) > 1 for word in found])
            if size >= most:
                break
            left -= 1
        numbers = np.array([number.get(word.text, -1) for word in words])
        return cls(words, numbers, np.flatnonzero(near.longer()[numbers]), not left)

    @property
    def texts(self) -> list[str]:
        """The words that are looked at."""
        return [self.words[place].text for place in self.which.tolist()]

    @property
    def sides(self) -> tuple[Any, Any, Any]:
        """The numbers of the words before those that are looked at, of these, and of those behind."""
        return self.numbers[self.which - 1], self.numbers[self.which], self.numbers[self.which + 1]


_GAP = [Token(-1, 0, "")] * near.REACH


class Look(NamedTuple):
    """What words say on the first look, the classes of their figures by name, and what stands around them."""

    says: Any
    classes: dict[str, Any]
    around: near.Surroundings


def look(looked: Looked) -> Look:
    """What the words of an article say on the first look: logarithms of likelihood ratios."""
    edges, tables = weights().edges, weights().tables
    around = near.Surroundings.of(looked.numbers, looked.which)
    found = np.hstack([around.figures(), seen.figures(*looked.sides)])
    classes = {name: edges[name].searchsorted(found[:, i], "right") for i, name in enumerate(NAMES)}
    by_itself = alone.rows(looked.numbers[looked.which])
    says = by_itself[:, 0]
    classes |= zip(alone.SHARED, by_itself[:, 1:].T.astype(int), strict=True)
    for name in NAMES:
        says += tables[name][classes[name]]
    for one, two in PAIRS:
        says += tables[f"{one} {two}"][classes[one] * (len(edges[two]) + 1) + classes[two]]
    return Look(says, classes, around)
