"""A seeded spinner: three tables of different size and style, whole or for a share of the words, and keywords."""

import random
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.damage.spin import Table, load_table
from tests.damage.spin import inject as _inject
from tests.damage.spin import spin as _everywhere
from tests.spin.corpus import Healthy

_TABLES = Path(__file__).parent / "tables"
#: Names of the tables, by size: 60, 300 and 1,500 pairs.
NAMES = ("small", "middle", "large")
#: Three more by one who has seen nothing of the check: 80, 350 and 1,200 pairs.
STRANGERS = ("stranger_small", "stranger_middle", "stranger_large")


class Spun(NamedTuple):
    """A spun copy. ``share`` is how much of the words of two characters and more was replaced, 0 to 1."""

    article: Healthy
    share: float


@cache
def table(name: str) -> Table:
    """The pairs (healthy, spun) of a table, in the order they are applied."""
    return load_table(_TABLES / f"{name}.tsv")


def spin(article: Healthy, pairs: Table, *, share: float = 1.0, seed: int = 0) -> Spun:
    """An article with words replaced, word for word on segmented text.

    Args:
        article: A healthy article.
        pairs: The table.
        share: How much of the article's words of two characters and more to replace, at most; 1 is all in the table.
        seed: Which of them, where not all are.

    The title is spun with the body. Where the table knows fewer words of the article, fewer are replaced.
    """
    inverse = dict(pairs)
    pieces = [_words(text) for text in (article.title, *article.paragraphs)]
    places = [(p, w) for p, words in enumerate(pieces) for w, word in enumerate(words) if word in inverse]
    size = sum(len(word) > 1 and word.isalpha() for words in pieces for word in words)
    chosen = random.Random(f"{article.name} {seed}").sample(places, min(len(places), round(share * size)))
    for p, w in chosen:
        pieces[p][w] = inverse[pieces[p][w]]
    title, *paragraphs = ("".join(words) for words in pieces)
    return Spun(article._replace(title=title, paragraphs=tuple(paragraphs)), len(chosen) / max(size, 1))


def spin_everywhere(article: Healthy, pairs: Table, *, characters: bool = False) -> Spun:
    """An article with every pair replaced wherever its characters stand, so that words cascade.

    ``characters`` replaces single characters too, afterwards and in the body alone.
    """
    singles = table("characters") if characters else ()
    title = _everywhere(article.title, pairs)
    paragraphs = tuple(_everywhere(_everywhere(text, pairs), singles) for text in article.paragraphs)
    before, after = _counted(article), _counted(article._replace(paragraphs=paragraphs, title=title))
    kept = sum(min(count, after.get(word, 0)) for word, count in before.items())
    return Spun(article._replace(title=title, paragraphs=paragraphs), 1 - kept / max(sum(before.values()), 1))


def inject(article: Healthy, keyword: str, *, count: int, seed: int = 0) -> Healthy:
    """An article with a keyword pushed in before its title and before commas and full stops of its body."""
    paragraphs = _inject(list(article.paragraphs), keyword, count=count, seed=seed)
    return article._replace(title=keyword + article.title, paragraphs=tuple(paragraphs))


def page(article: Healthy, *, date: str = "2024-05-16 09:30:00") -> bytes:
    """A text page that holds the article, as the sites of spinners send it."""
    return "\n\n".join((article.title, date, *article.paragraphs)).encode()


def _words(text: str) -> list[str]:
    import jieba

    jieba.setLogLevel(60)
    return list(jieba.cut(text, HMM=False))


def _counted(article: Healthy) -> dict[str, int]:
    words = [word for text in (article.title, *article.paragraphs) for word in _words(text) if len(word) > 1]
    return {word: words.count(word) for word in set(words)}
