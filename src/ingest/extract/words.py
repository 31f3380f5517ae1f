"""Cuts running text into words with their part of speech: what tells where a name begins and ends.

A unigram model over a small dictionary (see ``org_words``), without guesses at unknown words: what the dictionary
does not know falls apart into single characters, and that is where names of people and firms are to be looked for.
It stands in for jieba, whose dictionary takes a second to load.
"""

import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, overload

from ingest.extract import divisions, lexicon, matching

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# What is one word without a dictionary: Latin letters with digits, white space. A single character is one anyway.
_RUN = re.compile(r"[A-Za-z0-9\s](?:(?<=\s)\s+|(?<=[A-Za-z0-9])[A-Za-z0-9.&+\-]+)")

# The count behind the dictionary's frequencies: the sum over the dictionary it was taken from.
_TOTAL = 60_101_967
# A division or a word of today's news weighs as much as a middling word of the dictionary.
_ADDED = 600
# A province's short name goes before any dynasty or surname that its last character may begin.
_PROVINCE = 60_000
_UNKNOWN = -math.log(_TOTAL)


class Word(NamedTuple):
    """A word of a text. ``tag`` is a part of speech of the ICTCLAS kind (n, v, p, ns), w a sign, e Latin or digits."""

    start: int
    end: int
    text: str
    tag: str


class Sentence:
    """A text cut into words; ``index(offset)`` is the number of the word that holds an offset.

    ``edges`` are the places where a word begins or the text ends.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts, self._longer = _strides(text, _steps(text))
        self.edges = {*self._starts, len(text)}
        self.words = _Words(text, self._starts)

    def longer(self) -> list[tuple[int, str]]:
        """The words of more than one character, each with its place, for whoever counts them all; not to be changed."""
        return self._longer

    def index(self, offset: int) -> int:
        """The number of the word that holds the character at ``offset``."""
        return bisect_right(self._starts, offset) - 1

    def edge(self, offset: int) -> bool:
        """Whether a word begins (or the text ends) at ``offset``."""
        return offset in self.edges


class _Words(Sequence[Word]):
    """The words of a text, made when they are looked at: most never are."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self._text, self._starts = text, starts
        self._made: dict[int, Word] = {}

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, number: int) -> Word: ...
    @overload
    def __getitem__(self, number: slice) -> list[Word]: ...
    def __getitem__(self, number: int | slice) -> Word | list[Word]:
        """The word of a number, or the words of a range of numbers."""
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self._starts)))]
        return self._made.get(number) or self._make(number)

    def _make(self, number: int) -> Word:
        starts = self._starts
        start = starts[number]
        following = number % len(starts) + 1
        end = starts[following] if following < len(starts) else len(self._text)
        piece = self._text[start:end]
        word = self._made[number] = Word(start, end, piece, _tag_of(piece))
        return word


@matching.remembered
def sentence(text: str) -> Sentence:
    """A text cut into words, kept for the next finder that asks for it."""
    return Sentence(text)


def cut(text: str) -> list[Word]:
    """Cut a text into words. Their texts, one after the other, are the text."""
    return list(_Words(text, _strides(text, _steps(text))[0]))


def _tag_of(piece: str) -> str:
    if "\u4e00" <= piece[0] <= "\u9fff":
        return _dictionary().tags.get(piece, "x")
    return "e" if piece[0].isalnum() else "w"


def _steps(text: str) -> list[int]:
    """How long the word is that begins at each place of a text: the likeliest cut, found from the right.

    The hot loop of the finders. The weights say how much likelier a word is than its characters one by one, so that
    places where no word begins cost nothing. No word of the dictionary holds a sign, so that signs part the text.
    """
    gains, size = _gains(), len(text)
    step = [1] * size
    best: list[float] = []  # the score of the text's last characters, by how many they are
    score = alone = 0.0  # of the text from here on: the best so far, and where no word begins here
    here = 0
    for number, end, start in matching.scan(text):
        if start != here:
            best += [score] * (start - here)
            here, alone = start, score
        # The longest comes first; of equals the shortest is taken, and no word before a word that gains nothing.
        if alone < (gain := gains[number] + best[end]) >= score:
            score = gain
            step[size - start] = start - end
    for run in _RUN.finditer(text):
        start, end = run.span()
        step[start] = end - start
    return step


def _strides(text: str, steps: list[int]) -> tuple[list[int], list[tuple[int, str]]]:
    """Where the words of a text begin, and those of more than one character with their places."""
    found: list[int] = []
    longer: list[tuple[int, str]] = []
    start, size = 0, len(steps)
    while start < size:
        found.append(start)
        end = start + steps[start]
        if end > start + 1:
            longer.append((start, text[start:end]))
        start = end
    return found, longer


def tag(word: str) -> str:
    """The dictionary's part of speech of a word; empty when it does not know it."""
    return _dictionary().tags.get(word, "")


def tagged(tags: frozenset[str]) -> frozenset[str]:
    """All words of the dictionary that are of some parts of speech."""
    return frozenset(word for word, kind in _dictionary().tags.items() if kind in tags)


def rarity(word: str) -> float:
    """How rare a word is in the language: the negative logarithm of its share; an unknown word is among the rarest."""
    return -_dictionary().weights.get(word, _UNKNOWN)


class _Dictionary(NamedTuple):
    """Log probability and part of speech by word."""

    weights: dict[str, float]
    tags: dict[str, str]


@cache
def _dictionary() -> _Dictionary:
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
    for division in divisions.by_code().values():
        if division.level == 0:  # 山西/晋, not 山/西晋
            weights[division.short] = max(math.log(_PROVINCE) - total, weights[division.short])
    return _Dictionary(weights, tags)


@cache
def _cut() -> dict[str, float]:
    """The words that text is cut into, with their weights less those of their characters; others never win."""
    weights = _dictionary().weights
    gains = {
        word: weight - sum(weights.get(character, _UNKNOWN) for character in word)
        for word, weight in weights.items()
        if len(word) > 1 and _HAN.fullmatch(word)
    }
    return {word: gain for word, gain in gains.items() if gain > 0}


matching.include(_cut)


@cache
def _gains() -> "array[float]":
    """The gain of each surface that `matching` finds, by its number; one that is no word never wins."""
    gains = _cut()
    return array("d", [gains.get(surface, -math.inf) for surface in matching.surfaces()])


def _places() -> list[tuple[str, str]]:
    """Full names of all divisions; short names of provinces and prefectures only, for those of counties mislead."""
    found = [(division.name, "ns") for division in divisions.by_code().values()]
    found += [(name, "ns") for name in lexicon.words("places_countries") | lexicon.words("places_foreign")]
    return found + [(division.short, "ns") for division in divisions.by_code().values() if division.level < 2]
