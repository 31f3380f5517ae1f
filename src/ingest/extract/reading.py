"""An article's paragraphs as its finders read them: cut into words once, with the names found so far."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from ingest.extract.words import Sentence, sentence


class Mention(NamedTuple):
    """A name as it stands in a paragraph: ``paragraphs[paragraph][start:end]``.

    ``name`` is what it names, which may be longer or shorter than the words that stand there. ``kind`` is the kind of
    an organisation, or zone or region.
    """

    paragraph: int
    start: int
    end: int
    name: str
    kind: str
    method: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Reading:
    """Paragraphs and title, with their words."""

    paragraphs: tuple[str, ...]
    title: str | None = None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The paragraphs cut into words, one for one."""
        return tuple(sentence(paragraph) for paragraph in self.paragraphs)

    @cached_property
    def body(self) -> str:
        """The paragraphs as one text, for questions of whether the article says a thing at all."""
        return "\n".join(self.paragraphs)

    @cached_property
    def _ends(self) -> list[int]:
        """Where each paragraph of the body ends, its line's end included."""
        return list(accumulate(len(paragraph) + 1 for paragraph in self.paragraphs))

    def where(self, sign: re.Pattern[str]) -> frozenset[int]:
        """The paragraphs that hold a sign, by number: one search of the body in place of one of each paragraph.

        A sign is a word or two, and never reaches over the end of a line.
        """
        return frozenset([bisect_right(self._ends, found.start()) for found in sign.finditer(self.body)])


class Cover:
    """Which characters of which paragraph belong to names already found."""

    def __init__(self, mentions: tuple[Mention, ...] | list[Mention] = ()) -> None:
        self._taken: dict[int, set[int]] = {}
        for mention in mentions:
            self.add(mention.paragraph, mention.start, mention.end)

    def add(self, paragraph: int, start: int, end: int) -> None:
        """Take a stretch."""
        self._taken.setdefault(paragraph, set()).update(range(start, end))

    def touches(self, paragraph: int, start: int, end: int) -> bool:
        """Whether any character of the stretch is taken."""
        taken = self._taken.get(paragraph)
        return taken is not None and not taken.isdisjoint(range(start, end))
