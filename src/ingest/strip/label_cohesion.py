"""Do the paragraphs on both sides of a line speak of the same things? Words that are rare on the page tell."""

import math
import re
from bisect import bisect_left
from collections import Counter
from functools import cache, cached_property
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


def pairs(text: str) -> set[str]:
    """Return the same of a text without the runs of 3 Han."""
    return _short(grams(text))


def _short(found: set[str]) -> set[str]:
    return {g for g in found if len(g) == 2 or g[0].isascii()}


def rare(text: str) -> set[str]:
    """Return the Han of a text that no word of everyday holds: 账 in 账本 and 流水账, and most of names."""
    return {c for c in text[:_LONGEST] if c > "\u4dff" and c <= "\u9fff"} - _everyday()


@cache
def _everyday() -> frozenset[str]:
    return frozenset("".join(words("strip_text_common_words")))


class Cohesion:
    """The topics of a page's paragraphs, which are known by their rank: 0 for the first one of the page.

    ``texts`` are the page's lines, ``prose`` says which of them are paragraphs.
    """

    def __init__(self, texts: list[str], prose: list[bool]) -> None:
        self._places = [i for i, p in enumerate(prose) if p]
        self._sizes = [len(texts[i]) for i in self._places]
        self._grams = [grams(texts[i]) for i in self._places]
        self._rare = [rare(texts[i]) for i in self._places]

    def __len__(self) -> int:
        return len(self._places)

    def rank(self, index: int) -> int:
        """Return the rank of the first paragraph at or below a line."""
        return bisect_left(self._places, index)

    def length(self, start: int, end: int) -> int:
        """Return the characters of the paragraphs from rank ``start`` to ``end``, end exclusive."""
        return sum(self._sizes[start:end])

    @cached_property
    def _counts(self) -> Counter[str]:
        """How many paragraphs hold each run of characters."""
        return Counter(gram for found in self._grams for gram in found)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How rare each run of characters is among the page's paragraphs, and in everyday language."""
        total = len(self._places) + 1
        rare = [0.0, *(math.log(total / n) for n in range(1, total))]
        common = words("strip_text_common_words")
        return {g: rare[n] * (_COMMON if g in common else 1.0) for g, n in self._counts.items()}

    @cached_property
    def _pairs(self) -> list[set[str]]:
        return [_short(found) for found in self._grams]

    def pairs(self, rank: int) -> set[str]:
        """Return what a paragraph speaks of, in runs of 2 Han and Latin words; nothing behind the last one."""
        return self._pairs[rank] if 0 <= rank < len(self) else set()

    def rare(self, start: int, end: int) -> set[str]:
        """Return the rare characters of the paragraphs from rank ``start`` to ``end``, end exclusive."""
        return set().union(*self._rare[max(0, start) : end])

    def size(self, shared: set[str]) -> float:
        """Return how much some words tell: 1 for each that stands once on the page, less for those of everyday.

        Summed exactly, as likeness is: a set is gone through in another order in each process.
        """
        common, counts = words("strip_text_common_words"), self._counts
        return math.fsum((_COMMON if g in common else 1.0) / math.sqrt(1 + math.log(max(1, counts[g]))) for g in shared)

    def likeness(self, left: tuple[int, int], right: tuple[int, int]) -> float:
        """Return how alike two stretches of paragraphs are: 0 nothing shared, 1 the same."""
        one, other = self._vector(*left), self._vector(*right)
        product = math.fsum(w * other[g] for g, w in one.items() if g in other)
        size = math.sqrt(math.fsum(w * w for w in one.values()) * math.fsum(w * w for w in other.values()))
        return product / size if size else 0.0

    def _vector(self, start: int, end: int) -> dict[str, float]:
        if end - start == 1:
            return {g: self._weights[g] for g in self._grams[start]}
        counts = Counter(g for found in self._grams[start:end] for g in found)
        return {g: (1 + math.log(n)) * self._weights[g] for g, n in counts.items()}
