"""Do the paragraphs on both sides of a line speak of the same things? Words that are rare on the page tell."""

import math
import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from itertools import pairwise

from ingest.strip.label_words import words

# Characters of grammar and counting: a pair with one of them says nothing about the topic.
_GRAMMAR = (
    "的了在是和与及为对把将从向被或也都就还又不有这那其他她它们我你上中下一二三四五六七八九十"
    "个日月年等来去到以于并而但很更最已正再可能会要着过地得之所后前"
)
_RUN = re.compile(rf"[A-Za-z][A-Za-z0-9]+|\d{{1,4}}[A-Za-z][A-Za-z0-9]*|(?:(?![{_GRAMMAR}])[\u4e00-\u9fff]){{2,}}")
_LONGEST = 800  # characters of a paragraph that are looked at
_COMMON = 0.3  # what a word of everyday counts for beside one that is not: 企业, 发展, 记者


def grams(text: str) -> set[str]:
    """Return what a text speaks of: its Latin words, and the runs of 2 and 3 Han that hold no character of grammar."""
    found: set[str] = set()
    for run in _RUN.findall(text[:_LONGEST]):
        if run[-1] < "\u3000":
            found.add(run)
            continue
        found.update(map("".join, pairwise(run)))
        found.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
    return found


class Cohesion:
    """The topics of a page's paragraphs, which are known by their rank: 0 for the first one of the page.

    ``texts`` are the page's lines, ``prose`` says which of them are paragraphs.
    """

    def __init__(self, texts: list[str], prose: list[bool]) -> None:
        self._places = [i for i, p in enumerate(prose) if p]
        self.sizes = [len(texts[i]) for i in self._places]
        self._grams = [grams(texts[i]) for i in self._places]

    def __len__(self) -> int:
        return len(self._places)

    def rank(self, index: int) -> int:
        """Return the rank of the first paragraph at or below a line."""
        return bisect_left(self._places, index)

    @cached_property
    def _ranks(self) -> dict[str, list[int]]:
        """The paragraphs that hold each run of characters, in order."""
        ranks: dict[str, list[int]] = {}
        for rank, found in enumerate(self._grams):
            for gram in found:
                ranks.setdefault(gram, []).append(rank)
        return ranks

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How rare each run of characters is among the page's paragraphs, and in everyday language."""
        total = len(self._places) + 1
        rare = [0.0, *(math.log(total / n) for n in range(1, total))]
        common = words("strip_text_common_words")
        return {g: rare[len(r)] * (_COMMON if g in common else 1.0) for g, r in self._ranks.items()}

    def topic(self, text: str) -> dict[str, float]:
        """Return what a text speaks of, weighed by rarity."""
        rarest = math.log(len(self._places) + 1)
        common = words("strip_text_common_words")
        weights = self._weights
        return {g: weights.get(g) or rarest * (_COMMON if g in common else 1.0) for g in grams(text)}

    def topic_of(self, rank: int) -> dict[str, float]:
        """Return what a paragraph speaks of, weighed by rarity."""
        return {g: self._weights[g] for g in self._grams[rank]}

    def said(self, topic: dict[str, float], start: int, end: int) -> float:
        """Return the share of a topic that stands in the paragraphs from rank ``start`` to ``end``, end exclusive."""
        return sum(w for g, w in topic.items() if self._stands(g, start, end)) / (sum(topic.values()) + 1e-6)

    def _stands(self, gram: str, start: int, end: int) -> bool:
        ranks = self._ranks.get(gram, [])
        at = bisect_left(ranks, start)
        return at < len(ranks) and ranks[at] < end

    def recurring(self, start: int, end: int) -> dict[str, float]:
        """Return the terms that several of some paragraphs hold: the company, the town, the person they tell of."""
        counts = Counter(g for found in self._grams[start:end] for g in found)
        return {g: n * self._weights[g] for g, n in counts.items() if n > 1}

    def likeness(self, left: tuple[int, int], right: tuple[int, int]) -> float:
        """Return how alike two stretches of paragraphs are: 0 nothing shared, 1 the same."""
        one, other = self._vector(*left), self._vector(*right)
        product = sum(w * other[g] for g, w in one.items() if g in other)
        size = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
        return product / size if size else 0.0

    def _vector(self, start: int, end: int) -> dict[str, float]:
        if end - start == 1:
            return self.topic_of(start)
        counts = Counter(g for found in self._grams[start:end] for g in found)
        return {g: (1 + math.log(n)) * self._weights[g] for g, n in counts.items()}
