"""Do the paragraphs on both sides of a line speak of the same things? Words that are rare on the page tell."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property

_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")
# Characters of grammar and counting: a pair with one of them says nothing about the topic.
_GRAMMAR = frozenset(
    "的了在是和与及为对把将从向被或也都就还又不有这那其他她它们我你上中下一二三四五六七八九十"
    "个日月年等来去到以于并而但很更最已正再可能会要着过地得之所后前"
)
_LONGEST = 800  # characters of a paragraph that are looked at
_WINDOW = 4  # paragraphs on either side of a line
_OWN = 5  # paragraphs of one side compared with each other


def grams(text: str, *sizes: int) -> set[str]:
    """Return the runs of 2 or 3 characters of a text, those with a character of grammar left out."""
    found: set[str] = set()
    for run in _RUN.findall(text[:_LONGEST]):
        for size in sizes:
            found.update(run[i : i + size] for i in range(len(run) - size + 1))
    return {g for g in found if _GRAMMAR.isdisjoint(g)}


class Cohesion:
    """The topics of a page's paragraphs. ``texts`` are its lines, ``prose`` says which of them are paragraphs."""

    def __init__(self, texts: list[str], prose: list[bool]) -> None:
        self._texts = texts
        self._paragraphs = [i for i, p in enumerate(prose) if p]

    @cached_property
    def _grams(self) -> dict[int, set[str]]:
        return {i: grams(self._texts[i], 2, 3) for i in self._paragraphs}

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How rare each run of characters is among the page's paragraphs."""
        counts = Counter(g for found in self._grams.values() for g in found)
        total = len(self._paragraphs) + 1
        return {g: math.log(total / n) for g, n in counts.items()}

    def above(self, index: int, count: int) -> list[int]:
        """Return the nearest paragraphs above a line, nearest first."""
        rank = bisect_left(self._paragraphs, index)
        return self._paragraphs[max(0, rank - count) : rank][::-1]

    def below(self, index: int, count: int) -> list[int]:
        """Return the nearest paragraphs below a line, nearest first."""
        rank = bisect_right(self._paragraphs, index)
        return self._paragraphs[rank : rank + count]

    def across(self, index: int) -> float:
        """Return how alike the paragraphs above and below a line are: 0 nothing shared, 1 the same."""
        return self._likeness(self.above(index, _WINDOW), self.below(index, _WINDOW))

    def carried(self, index: int) -> float:
        """Return the likeness across a line as a share of itself and of that within either side.

        About .5 within an article, where a line does not divide its topic; near 0 between two articles.
        """
        across = self.across(index)
        above, below = self.above(index, _OWN), self.below(index, _OWN)
        own_below = self._likeness(below[:1], below[1:4]) if len(below) > 1 else _ALONE
        own_above = self._likeness(above[:2], above[2:]) if len(above) > 2 else _ALONE
        return across / (across + (own_below + own_above) / 2 + 1e-6)

    def known(self, index: int, places: list[int]) -> float:
        """Return the share of a line's runs of characters, weighed by rarity, that stand in some paragraphs."""
        rarest = math.log(len(self._paragraphs) + 1)
        own = {g: self._weights.get(g, rarest) for g in grams(self._texts[index], 2, 3)}
        seen = sum(w for g, w in own.items() if any(g in self._grams[p] for p in places))
        return seen / (sum(own.values()) + 1e-6)

    def told(self, index: int, places: list[int]) -> float:
        """Return the share of a line's pairs of characters that stand in some paragraphs."""
        own = grams(self._texts[index], 2)
        return sum(any(g in self._grams[p] for p in places) for g in own) / max(1, len(own))

    def _likeness(self, left: list[int], right: list[int]) -> float:
        one, other = self._vector(left), self._vector(right)
        product = sum(w * other[g] for g, w in one.items() if g in other)
        size = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
        return product / size if size else 0.0

    def _vector(self, places: list[int]) -> dict[str, float]:
        counts = Counter(g for p in places for g in self._grams[p])
        return {g: (1 + math.log(n)) * self._weights[g] for g, n in counts.items()}


_ALONE = 0.1  # likeness taken for a side of one paragraph, the middle of what sides of several have
