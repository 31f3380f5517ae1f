"""How far names can be trusted in damaged text: spun words and mojibake make names that nobody bears."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from ingest.model import Article, Flag, Honour, Organisation, Person, Policy, Programme, Record, Records

# What is wrong with all of a text, and what share of a name's confidence is left when that is certain. Half of a sure
# name lies below the line (.6) under which records are for review.
_LEFT = {
    "spun": 0.5,
    "spun-text": 0.5,
    "unreadable": 0.5,
    "unmended": 0.6,
    "mixed-charsets": 0.7,
    "doubtful-charset": 0.7,
    "guessed-characters": 0.7,
    "undecodable": 0.7,
}
# A flag of these is only given where it is more likely than not, and then no name counts for more, however sure it is.
_WHOLE = frozenset({"spun"})
_FROM = 0.5
# Characters that were lost beside a name may have been part of it.
_LOST = re.compile("\ufffd|[?？]{2}")
_BESIDE = 2
_LEFT_BESIDE = 0.5
_NAMES = (Organisation, Person, Policy, Programme, Honour)


def doubted(article: Article, flags: Iterable[Flag]) -> Article:
    """The article with its names at lower confidence where the text is damaged; figures and places keep theirs.

    Args:
        article: The article with its records.
        flags: What is wrong with the page, each with a score from 0 to 1; flags of other kinds change nothing.

    A spun page keeps its numbers, for programs that spin words leave them alone; its names are what they change.
    """
    named = [flag for flag in flags if flag.name in _LEFT]
    left = min((1 - (1 - _LEFT[flag.name]) * _certainty(flag) for flag in named), default=1.0)
    spun = any(flag.name in _WHOLE for flag in named)
    if left == 1.0 and not any(_LOST.search(paragraph) for paragraph in article.paragraphs):
        return article
    changed: dict[str, Any] = {}
    for kind in fields(Records):
        found = getattr(article, kind.name)
        if isinstance(found, tuple) and found and isinstance(found[0], _NAMES):
            changed[kind.name] = tuple(_less_sure(record, article.paragraphs, left) for record in found)
    if spun:  # 谢谈 -> 谢叙, 研究院 -> 查究院: such a name is nobody's, and must not become one with another
        changed["organisations"] = tuple(replace(one, identity=None) for one in changed.get("organisations", ()))
    return replace(article, **changed)


def _certainty(flag: Flag) -> float:
    return 1.0 if flag.name in _WHOLE and flag.score >= _FROM else flag.score


def _less_sure(record: Record, paragraphs: tuple[str, ...], left: float) -> Record:
    text = paragraphs[record.paragraph]
    if _LOST.search(text, max(0, record.start - _BESIDE), record.end + _BESIDE):
        left = min(left, _LEFT_BESIDE)
    return replace(record, confidence=round(record.confidence * left, 3))
