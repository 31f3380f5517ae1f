"""Cuts running text into words with their part of speech: what tells where a name begins and ends.

A unigram model over a small dictionary (see ``org_words``), without guesses at unknown words: what the dictionary
does not know falls apart into single characters, and that is where names of people and firms are to be looked for.
It stands in for jieba, whose dictionary takes a second to load.
"""

import math
import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ingest.extract import divisions, lexicon

_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9][A-Za-z0-9.&+\-]*|\s+|.", re.DOTALL)

# The count behind the dictionary's frequencies: the sum over the dictionary it was taken from.
_TOTAL = 60_101_967
# A division or a word of today's news weighs as much as a middling word of the dictionary.
_ADDED = 600
_LONGEST = 9


class Word(NamedTuple):
    """A word of a text. ``tag`` is a part of speech of the ICTCLAS kind (n, v, p, ns), w a sign, e Latin or digits."""

    start: int
    end: int
    text: str
    tag: str


class Sentence:
    """A text cut into words; ``index(offset)`` is the number of the word that holds an offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = cut(text)
        self._starts = [word.start for word in self.words]
        self._edges = frozenset(self._starts) | {len(text)}

    def index(self, offset: int) -> int:
        """The number of the word that holds the character at ``offset``."""
        return bisect_right(self._starts, offset) - 1

    def edge(self, offset: int) -> bool:
        """Whether a word begins (or the text ends) at ``offset``."""
        return offset in self._edges


def cut(text: str) -> list[Word]:
    """Cut a text into words. Their texts, one after the other, are the text."""
    found: list[Word] = []
    for run in _RUN.finditer(text):
        piece = run.group()
        if "\u4e00" <= piece[0] <= "\u9fff":
            found += _cut_han(piece, run.start())
        else:
            found.append(Word(run.start(), run.end(), piece, "e" if piece[0].isalnum() else "w"))
    return found


def tag(word: str) -> str:
    """The dictionary's part of speech of a word; empty when it does not know it."""
    return _dictionary()[1].get(word, "")


@cache
def _dictionary() -> tuple[dict[str, float], dict[str, str]]:
    """Log probability by word, with 1.0 for what is only the beginning of a word; and part of speech by word."""
    weights: dict[str, float] = {}
    tags: dict[str, str] = {}
    total = math.log(_TOTAL)
    for word, count, kind in lexicon.rows("org_words"):
        weights[word] = math.log(int(count)) - total
        tags[word] = kind
    added = math.log(_ADDED) - total
    for word, kind in (*_places(), *((row[0], row[1]) for row in lexicon.rows("org_words_news"))):
        weights[word] = max(added, weights.get(word, added))
        tags[word] = kind
    for word in tuple(weights):
        for size in range(2, len(word)):
            weights.setdefault(word[:size], 1.0)
    return weights, tags


def _places() -> list[tuple[str, str]]:
    """Full names of all divisions; short names of provinces and prefectures only, for those of counties mislead."""
    found = [(division.name, "ns") for division in divisions.by_code().values()]
    return found + [(division.short, "ns") for division in divisions.by_code().values() if division.level < 2]


def _cut_han(run: str, offset: int) -> list[Word]:
    weights, tags = _dictionary()
    unknown = -math.log(_TOTAL)
    size = len(run)
    best = [0.0] * (size + 1)
    step = [1] * size
    for start in range(size - 1, -1, -1):
        score, chosen = weights.get(run[start], unknown) + best[start + 1], 1
        for end in range(start + 2, min(start + _LONGEST, size) + 1):
            weight = weights.get(run[start:end])
            if weight is None:
                break
            if weight <= 0.0 and weight + best[end] > score:
                score, chosen = weight + best[end], end - start
        best[start], step[start] = score, chosen
    edges = [0]
    while edges[-1] < size:
        edges.append(edges[-1] + step[edges[-1]])
    return [Word(offset + a, offset + b, run[a:b], tags.get(run[a:b], "x")) for a, b in pairwise(edges)]
