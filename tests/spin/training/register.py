"""What healthy news has, as far as articles of ours tell: how common words are, which stand side by side."""

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun import alone, known, seen
from ingest.extract.spun.looking import Looked

#: The language model counts as so many words of news. A word counts twice an article at most: articles have topics.
_PRIOR, _TWICE = 40_000, 2


class Counts(NamedTuple):
    """How often words are in articles, and in how many of them pairs are, by their keys."""

    words: Counter[str]
    pairs: Counter[int]


def counted(looked: Looked) -> Counts:
    """What an article has, for the register."""
    words = Counter({word: min(times, _TWICE) for word, times in Counter(looked.texts).items()})
    before, here, behind = looked.sides
    pairs = {*seen.keys(before, here).tolist(), *seen.keys(here, behind).tolist()} - {0}
    return Counts(words, Counter(pairs))


class _Less(Counter[Any]):
    """A count less another, which takes no copy of the large one."""

    def __init__(self, whole: Counter[Any], away: Counter[Any]) -> None:
        super().__init__()
        self._whole, self._away = whole, away

    def __missing__(self, one: object) -> int:
        return self._whole[one] - self._away[one]


class Register:
    """Words by how common they are in healthy news, and pairs by the articles they were met in."""

    def __init__(self, articles: Iterable[Counts]) -> None:
        self._words: Counter[str] = Counter()
        self.pairs: Counter[int] = Counter()
        for words, pairs in articles:
            self._words.update(words)
            self.pairs.update(pairs)
        self._total = self._words.total()

    def less(self, articles: Iterable[Counts]) -> "Register":
        """The register as it were without some of its articles, whose copies are to be told."""
        found = Register(())
        away = Register(articles)
        found._words, found.pairs = _Less(self._words, away._words), _Less(self.pairs, away.pairs)
        found._total = self._total
        return found

    def share(self, word: str) -> float:
        """The logarithm of a word's share of news."""
        usual = math.exp(known.words().chance.get(word, -14.0))
        return math.log((max(self._words[word], 0) + _PRIOR * usual) / (self._total + _PRIOR))

    def met(self, keys: Any) -> Any:
        """In how many articles pairs were met, as the check is told."""
        pairs = self.pairs
        return np.array([min(pairs[one], seen.OFTEN) for one in keys.ravel().tolist()], int).reshape(keys.shape)

    def table(self, words: Iterable[str]) -> Any:
        """What is known of words by themselves, a row each."""
        share = cache(self.share)
        figures = cache(lambda word: alone.figures(word, share))
        return np.array([figures(word) for word in words], float).reshape(-1, len(alone.NAMES))
