"""Whether a word stands in the company that it keeps in news: what is usually right before or right behind it."""

from functools import cache

from ingest.extract import lexicon

#: So many characters before and behind a word count as beside it.
REACH = 6
#: Where nobody wrote down what a word stands with.
UNKNOWN = -1


@cache
def partners() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What words stand with, by the word: longer things, and single characters, which count only next to it."""
    found = {}
    for word, told in lexicon.rows("spun_company"):
        items = told.split(" ")
        found[word] = tuple(i for i in items if len(i) > 1), tuple(i for i in items if len(i) == 1)
    return found


def company(word: str, left: str, right: str) -> int:
    """How many of the things that a word usually stands with are beside it; ``UNKNOWN`` where that is not known.

    Args:
        word: The word.
        left: What stands before it, ``REACH`` characters at most.
        right: What stands behind it.
    """
    told = partners().get(word)
    if told is None:
        return UNKNOWN
    longer, single = told
    beside = f"{left}/{right}"
    return sum([one in beside for one in longer]) + (left[-1:] in single) + (right[:1] in single)
