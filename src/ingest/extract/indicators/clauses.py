"""Sentences and clauses of a paragraph as spans. What stands in parentheses makes clauses of its own."""

import re
from bisect import bisect_right

from ingest.extract.indicators.words import Span

_SENTENCE = re.compile(r"[。！？!?\n]+[”’」』）)]*|……")
_MARK = re.compile(
    r"[，；。！？!?;\n]|,(?!\d{3})|(?<!\d)[：:]|[：:](?!\d)|——|(?<![\dA-Za-z \u3000])[ \u3000]+(?=[\u4e00-\u9fff“])"
)
_BRACKETS = re.compile(r"[（(][^（）()\n]{0,200}[）)]")


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, without their closing marks."""
    return _between([m.span() for m in _SENTENCE.finditer(text)], 0, len(text))


def brackets(text: str, whole: list[Span]) -> list[Span]:
    """The parenthesised stretches of a paragraph, less those inside one of the spans ``whole``: 项（人）."""
    return [m.span() for m in _BRACKETS.finditer(text) if not any(a < m.start() < b for a, b in whole)]


def clauses(text: str, inner: list[Span]) -> list[Span]:
    """The clauses of a paragraph in order of their start; ``inner``: what ``brackets`` found.

    A clause reaches across a parenthesis in it; the parenthesis is split by itself.
    """
    marks = [m.span() for m in _MARK.finditer(text)]
    outer = [m for m in marks if not any(a < m[0] < b for a, b in inner)]
    found = _between(outer, 0, len(text))
    for a, b in inner:
        found += _between([m for m in marks if a < m[0] < b], a + 1, b - 1)
    return sorted(found)


def at(spans: list[Span], position: int) -> int:
    """The index of the narrowest span that a position lies in, or of the last one that starts before it."""
    index = max(0, bisect_right(spans, (position, 1 << 60)) - 1)
    back = index
    while back > 0 and spans[back][1] <= position:
        back -= 1
    return back if spans[back][1] > position else index


def _between(breaks: list[Span], lo: int, hi: int) -> list[Span]:
    spans, at = [], lo
    for start, end in breaks:
        if start > at:
            spans.append((at, start))
        at = max(at, end)
    if at < hi:
        spans.append((at, hi))
    return spans
