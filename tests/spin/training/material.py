"""What the check for spun text is learnt from: healthy articles and spun copies of them, with the figures of words."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import matching
from ingest.extract.spun import alone, looking, near, seen, weighing
from ingest.extract.spun.page import Distinct
from ingest.extract.spun.score import MOST_WORDS
from ingest.extract.spun.tokens import REACH, Tokens
from tests.spin.corpus import Healthy
from tests.spin.training import register, tables

NAMES = (*weighing.NAMES, *looking.NAMES, *alone.NAMES)


class Text(NamedTuple):
    """An article's words as they are looked at, their figures but what a register tells, which were put in."""

    words: Tokens
    figures: Any
    put: Any

    @property
    def numbers(self) -> Any:
        """The words that are looked at, by number."""
        return self.words.numbers[self.words.looked]

    def table(self, news: register.Register) -> Any:
        """All figures, as a register has it."""
        found, tried = self.figures.copy(), weighing.Tried.of(self.words, self.words.looked)
        gains = weighing.NAMES.index("met_gain"), weighing.NAMES.index("apart_gain")
        found[list(gains)] = tried.met_gains(self.words, news.met)
        return np.vstack([found, seen.figures(self.words, news.met), alone.figures(self.numbers, news.share)]).T


def text(article: Healthy, origin: Healthy | None = None) -> Text:
    """An article measured; where it is a spun copy, what its origin does not have in the place is put in."""
    matching.forget()
    words = Tokens.of((*article.paragraphs, article.title), MOST_WORDS)
    look, each = looking.look(words), Distinct.of(words.numbers[words.looked])
    found = weighing.measured(words, look, np.arange(len(words.looked)), each.times[each.which])
    put = _put(words, origin)[words.looked] if origin else np.zeros(len(words.looked), bool)
    return Text(words, np.vstack([found.figures, look.figures[: len(near.NAMES)]]), put)


def _put(words: Tokens, origin: Healthy) -> Any:
    """Which words the origin does not have there."""
    found = np.zeros(len(words.starts), bool)
    before = Tokens.of((*origin.paragraphs, origin.title), len(words.text))
    for here, there in zip(_paragraphs(words), _paragraphs(before), strict=False):
        one, two = [before.word(token) for token in there], [words.word(token) for token in here]
        for kind, _, _, start, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if kind != "equal":
                found[here[start:end]] = True
    return found


def _paragraphs(words: Tokens) -> list[Any]:
    """The tokens of each paragraph."""
    starts = words.starts.searchsorted([*words.paragraphs, len(words.text)])
    return [np.arange(start, end - REACH) for start, end in pairwise(starts.tolist())]


def source(article: Healthy) -> str:
    """What articles of one page have in common: they are trained with together, or not at all."""
    return article.name.rsplit(".", 1)[0]


class Material(NamedTuple):
    """Healthy texts and spun copies with the number of their article, as they are when some synonyms are unknown."""

    articles: Sequence[Healthy]
    healthy: list[Text]
    copies: list[tuple[int, Text]]


def material(articles: Sequence[Healthy]) -> Material:
    """All that is trained with."""
    spun = tables.copies(articles)
    with tables.some_unknown():
        healthy = [text(article) for article in articles]
        copies = [(number, text(article, articles[number])) for number, article in spun]
    return Material(articles, healthy, copies)
