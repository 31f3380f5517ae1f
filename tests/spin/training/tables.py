"""Tables to spin healthy text with while the check is trained, and what it does not know of them."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from ingest.extract.spun import known
from ingest.extract.spun.alone import alone
from ingest.extract.words import rarity
from tests.spin import spinner
from tests.spin.corpus import Healthy
from tests.spin.training import merge

_SIZES = (60, 150, 300, 600, 1000, 1500, 2500)
_TABLES = 84
#: Words that are spun are common in print, the words put in are in the language model.
_COMMON = 12.2
#: How much of an article is spun: mostly little, for that is what is hard to tell.
_SHARES = (0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 1.0)
_COPIES = 4
#: Of the synonyms, so many are unknown to the check while it is trained: no spinner's table is ours.
_UNKNOWN = 0.25
Pair = tuple[str, str]


def banned() -> frozenset[frozenset[str]]:
    """The pairs of the tables that the tests spin by: none is trained with."""
    return frozenset(frozenset(pair) for name in (*spinner.NAMES, *spinner.STRANGERS) for pair in spinner.table(name))


def made() -> list[tuple[Pair, ...]]:
    """Tables of 60 to 2,500 pairs of synonyms, without any pair of the tests' tables."""
    told, never = merge.told(), banned()
    pool: dict[str, list[str]] = defaultdict(list)
    for rare, others in told.synonyms.items():
        for word in others:
            if rarity(word) < _COMMON and told.chance[rare] != merge.UNHEARD and frozenset((word, rare)) not in never:
                pool[word].append(rare)
    common = sorted(pool, key=lambda word: (rarity(word), word))
    found = []
    for seed in range(_TABLES):
        size, draw = _SIZES[seed % len(_SIZES)], random.Random(seed)
        words = common[: max(300, size * 2)]
        chosen = draw.sample(words, min(size, len(words)))
        found.append(tuple((word, draw.choice(pool[word])) for word in chosen))
    return found


def copies(articles: Iterable[Healthy]) -> list[tuple[int, Healthy]]:
    """Spun copies of articles, each with its number."""
    tables, draw = made(), random.Random(5)
    found = []
    for number, article in enumerate(articles):
        for turn in range(_COPIES):
            table = tables[(number * _COPIES + turn) % len(tables)]
            one = spinner.spin(article, table, share=draw.choice(_SHARES))
            if one.share > 0.015:
                found.append((number, one.article))
    return found


@contextmanager
def some_unknown() -> Iterator[None]:
    """Have the check know no more than it may of a spinner whose table is not ours; always the same."""
    words, draw = known.words(), random.Random(7)
    whole = words.synonyms.copy(), words.originals.copy()
    _keep(lambda _: draw.random() > _UNKNOWN)
    try:
        yield
    finally:
        words.synonyms[:], words.originals[:] = whole
        alone.cache_clear()


def withhold() -> None:
    """Take the pairs of the tests' tables out of what the check knows."""
    never = banned()
    _keep(lambda pair: frozenset(pair) not in never)


def _keep(fits: Callable[[Pair], bool]) -> None:
    """Have the check know those synonyms alone that fit; what it gathered from the others before is forgotten."""
    words, told = known.words(), merge.told()
    for word, others in sorted(told.synonyms.items()):
        kept = [words.number[other] for other in others if fits((word, other))]
        number, meant = words.number[word], frozenset(words.number[one] for one in told.originals.get(word, ()))
        words.synonyms[number], words.originals[number] = merge.row(kept, meant, words.chance)
    alone.cache_clear()
