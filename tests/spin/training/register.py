"""What healthy news has, as far as articles of ours tell: how common words are, which stand side by side."""

from collections.abc import Iterable
from copy import copy
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract.spun import known, seen
from ingest.extract.spun.tokens import Tokens

#: The language model counts as so many words of news. A word counts twice an article at most: articles have topics.
_PRIOR, _TWICE = 40_000, 2


class Counts(NamedTuple):
    """What an article has: words by number, how often each, and the keys of pairs, each once."""

    words: Any
    times: Any
    pairs: Any


def counted(text: Tokens) -> Counts:
    """What an article has, for the register."""
    words, times = np.unique(text.numbers[text.looked], return_counts=True)
    beside, apart = np.stack([text.looked - 1, text.looked]), np.stack([text.looked - 2, text.looked])
    neighbours = known.pair_keys(text.numbers[beside], text.numbers[beside + 1])
    pairs = np.unique(np.concatenate([neighbours, seen.apart_keys(text.numbers[apart], text.numbers[apart + 2])]))
    return Counts(words, np.minimum(times, _TWICE), pairs[pairs > 0])


class Register:
    """Words by how common they are in healthy news, and pairs by the articles they were met in.

    ``keys`` are the pairs in order, ``times`` in how many articles each was met.
    """

    def __init__(self, articles: Iterable[Counts]) -> None:
        articles = list(articles)
        self._words = np.zeros(known.words().none + 1)
        for words, times, _ in articles:
            self._words[words] += times
        self.keys, self.times = np.unique(np.concatenate([one.pairs for one in articles]), return_counts=True)
        self._away: Register | None = None

    def less(self, articles: Iterable[Counts]) -> "Register":
        """The register as it were without some of its articles, whose copies are to be told."""
        found = copy(self)
        found._away = Register(articles)
        return found

    @property
    def share(self) -> Any:
        """The logarithms of the words' shares of news, by number."""
        words = self._words - (self._away._words if self._away else 0)
        return np.log((words + _PRIOR * _usual()) / (words.sum() + _PRIOR))

    def met(self, keys: Any) -> Any:
        """In how many articles pairs were met, as the check is told."""
        return np.minimum(self._met(keys) - (self._away._met(keys) if self._away else 0), seen.OFTEN)

    def _met(self, keys: Any) -> Any:
        if not len(self.keys):
            return np.zeros(keys.shape, int)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.times[at], 0)


@cache
def _usual() -> Any:
    return np.exp(known.words().chance)
