"""Whether a word stands in the company that it keeps in news: what is usually right before or right behind it."""

from functools import cache

from ingest.extract import lexicon

#: So many characters before and behind a word count as beside it.
REACH = 6
#: Where nobody wrote down what a word stands with.
UNKNOWN = -1
#: What a word stands with is so long at most (one item in a thousand is longer); single characters count next to it.
_LONGEST = 4
_SPANS = {
    size: tuple((start, end) for start in range(size) for end in range(start + 2, min(start + _LONGEST, size) + 1))
    for size in range(REACH + 1)
}


class Beside:
    """What stands beside a word.

    Args:
        left: The characters before it, ``REACH`` at most.
        right: Those behind it.
    """

    def __init__(self, left: str, right: str) -> None:
        self._next = left[-1:], right[:1]
        self._near = {side[start:end] for side in (left, right) for start, end in _SPANS[len(side)]}

    def company(self, word: str) -> int:
        """How many of the things that a word usually stands with are there; ``UNKNOWN`` where that is not known."""
        told = partners(word)
        if told is None:
            return UNKNOWN
        return len(told & self._near) + sum([one in told for one in self._next])


@cache
def partners(word: str) -> frozenset[str] | None:
    """What a word stands with: longer things, and single characters; None where nobody wrote it down."""
    told = lexicon.table("spun_company").get(word)
    return None if told is None else frozenset(told.split(" "))
