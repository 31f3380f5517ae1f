"""Whose figures somebody's words are about: a firm's if one of its people speaks, nobody's if a private person does."""

import re
from typing import NamedTuple

from ingest.extract.context import Context
from ingest.extract.indicators import spans, words
from ingest.extract.indicators.names import Mention, Names
from ingest.extract.indicators.spans import Span

_SPEECH = re.compile(r"“([^“”]{12,})”")
_SAYS = re.compile("说|表示|介绍|称|告诉|回忆|坦言|道|算")
#: Who holds such a post speaks of the place or the body, not of himself.
_OFFICIAL = re.compile(
    r"(?:书记|[市省县区镇乡州]长|主席|[局厅部司处科署关]长|主任|秘书长|发言人|委员|专员|负责人|教授|研究员|分析师|学家|院士)$"
)
#: A quotation shorter than this, in characters, is a term.
_SHORTEST = 8


class Speech(NamedTuple):
    """A stretch of a paragraph that somebody says; ``owner`` None where it is nobody's figures."""

    start: int
    end: int
    owner: str | None


class Speakers:
    """The speakers of an article, by what they are quoted as saying."""

    def __init__(self, article: Context, names: Names) -> None:
        self._quotes: list[tuple[str, str | None]] = []
        for person in article.people:
            firm = names.firm(person.organisation) if person.organisation else None
            private = not person.organisation and not _OFFICIAL.search(person.role or "")
            if firm or private:
                self._quotes += [(quote, firm) for quote in person.quotes if len(quote) >= _SHORTEST]

    def speeches(self, text: str, found: list[Mention]) -> list[Speech]:
        """What is said in a paragraph, with the firm that it is about."""
        if "“" not in text:
            return []
        told = [Speech(at, at + len(said), who) for said, who in self._quotes if (at := text.find(said)) >= 0]
        taken = spans.merge((speech.start, speech.end) for speech in told)
        others = [m.span() for m in _SPEECH.finditer(text) if spans.around(taken, m.start() + 1) is None]
        told += [Speech(*said, who) for said in others if (who := _named_behind(text, said, found))]
        return told


def _named_behind(text: str, said: Span, found: list[Mention]) -> str | None:
    """Whose speech ends at a closing quotation mark: the firm named right behind it (…”某某公司负责人说)."""
    end = words.clause_end(text, said[1])
    named = [m for m in spans.starting(found, said[1], end) if m.kind == "organisation"]
    return named[0].name if named and _SAYS.search(text, said[1], end) else None
