"""How common words are in healthy news, as far as that is known from articles of ours."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from ingest.extract.spun import alone, known

#: The language model counts as so many words of news. A word counts twice an article at most: articles have topics.
_PRIOR, _TWICE = 40_000, 2
Counts = Mapping[str, int]


def counted(words: Iterable[str]) -> Counts:
    """How often an article has each word, for the register."""
    return {word: min(times, _TWICE) for word, times in Counter(words).items()}


class Register:
    """Words by how common they are in healthy news, as far as that is known."""

    def __init__(self, articles: Iterable[Counts]) -> None:
        self._seen: Counter[str] = Counter()
        for article in articles:
            self._seen.update(article)
        self._total = self._seen.total()

    def less(self, articles: Iterable[Counts]) -> "Register":
        """The register as it were without some of its articles, whose copies are to be told."""
        found = Register(())
        found._seen = self._seen.copy()
        for article in articles:
            found._seen.subtract(article)
        found._total = self._total
        return found

    def share(self, word: str) -> float:
        """The logarithm of a word's share of news."""
        usual = math.exp(known.words().chance.get(word, -14.0))
        return math.log((max(self._seen[word], 0) + _PRIOR * usual) / (self._total + _PRIOR))

    def table(self, words: Iterable[str]) -> Any:
        """What is known of words by themselves, a row each."""
        share = cache(self.share)
        figures = cache(lambda word: alone.figures(word, share))
        return np.array([figures(word) for word in words], float).reshape(-1, len(alone.NAMES))
