"""Headline or heading: does a short line between paragraphs open another article?"""

import re

from ingest.model import Label
from ingest.strip.label_view import View
from ingest.strip.label_words import words

_ENUMERATED = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]+[章节条部分]|[①-⑳])"
)
_SUBJECT = re.compile(r"^[^，。：:“”]{2,14}[：:]\s?\S{4,}")
_DATED = re.compile(r"^(?:\d{1,2}月\d{1,2}日|(?:19|20)\d\d年\d{1,2}月|\d{1,2}日)")
_ENOUGH = 3.0
_END_LABELS = frozenset({Label.BYLINE, Label.CREDIT})


def is_headline(view: View, index: int) -> bool:
    """Whether a short line opens another article: by its shape, what stands before it and what follows."""
    return headline_score(view, index) >= _ENOUGH


def headline_score(view: View, index: int) -> float:
    """Return how much speaks for a headline; ``_ENOUGH`` makes one."""
    text = view.texts[index]
    if len(text) > 60 or _ENUMERATED.match(text) or not len(text) >= 6:
        return 0.0
    return _shape(text) + _before(view, index) + _behind(view, index) - _siblings(view, index)


def _shape(text: str) -> float:
    score = 1.0 if len(text) >= 14 else 0.0
    score += 1.0 if len(text) >= 20 else 0.0
    score += 1.0 if _SUBJECT.match(text) else 0.0
    return score - (1.0 if len(text) <= 10 else 0.0)


def _before(view: View, index: int) -> float:
    above = view.labels.get(index - 1)
    return 2.0 if above is not None and above.label in _END_LABELS else 0.0


def _behind(view: View, index: int) -> float:
    if index + 1 >= len(view.blocks):
        return -3.0
    below = view.labels.get(index + 1)
    if below is not None and below.label in {Label.DATELINE, Label.BYLINE, Label.CREDIT}:
        return 3.0
    text = view.texts[index + 1]
    opened = any(text.startswith(w) for w in words("strip_text_openers")) or _DATED.match(text)
    return 1.0 if view.prose[index + 1] and opened else 0.0


def _siblings(view: View, index: int) -> float:
    """Headings of one article are made alike: 以…引领… three times."""
    text = view.texts[index]
    alike = [
        t
        for i, t in enumerate(view.texts)
        if i != index and not view.prose[i] and t[:2] == text[:2] and abs(len(t) - len(text)) <= 3
    ]
    return 1.5 if alike else 0.0
