"""An article's keywords: the words said more often in it than in the language, by the counts of jieba's dictionary.

TF-IDF with the word counts of the dictionary that the finders cut text with already (``org_words``, from jieba's own).
jieba itself stays out: its dictionary takes most of a second to load and its cut as long as all our finders.
"""

import re
from collections import Counter
from functools import cache
from itertools import chain, pairwise
from operator import itemgetter

from ingest.extract import words
from ingest.extract.reading import Reading

#: Parts of speech that may be keywords: nouns, names, deverbal nouns, set phrases of nouns.
_TAGS = frozenset(("n", "nr", "ns", "nt", "nz", "vn", "l", "nrt"))
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&+\-]+")
#: Two words that stand side by side so often, and in most places where the rarer one stands, are one: 共享|充电宝.
_TOGETHER, _BOUND = 2, 0.6
#: A word counts so often for each time that it stands in the title.
_TITLE = 2
#: So many are told, as readers of lists of keywords expect (jieba's own default is 20).
_TOLD = 10


def find(reading: Reading) -> tuple[str, ...]:
    """The keywords of an article, the weightiest first; only words said twice, the title's counting as such."""
    told = [sentence.longer() for sentence in reading.sentences]
    title = words.sentence(reading.title).longer() * _TITLE if reading.title else []
    nouns = _nouns()
    counts = Counter(map(itemgetter(1), chain(*told, title)))
    single = {word: count for word, count in counts.items() if count > 1 and (word in nouns or _is_latin(word))}
    pairs = Counter(
        [
            (word, following)
            for sentence in told
            for (start, word), (behind, following) in pairwise([placed for placed in sentence if placed[1] in single])
            if start + len(word) == behind
        ]
    )
    _join(single, {pair: count for pair, count in pairs.items() if count >= _TOGETHER})
    weights = [(-count * words.rarity(word), word) for word, count in single.items() if count > 1]
    return tuple([word for _, word in sorted(weights)[:_TOLD]])


def _is_latin(word: str) -> bool:
    return word.isascii() and _LATIN.fullmatch(word) is not None


@cache
def _nouns() -> frozenset[str]:
    return words.tagged(_TAGS)


def _join(single: dict[str, int], pairs: dict[tuple[str, str], int]) -> None:
    """Make one keyword of two that mostly stand together; what is left of either counts on."""
    for (first, second), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        least = min(single[first], single[second])
        if count < _BOUND * least:
            continue
        single[first] -= count
        single[second] -= count
        single[first + second] = count
