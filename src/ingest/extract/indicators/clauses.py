"""Sentences and clauses of a paragraph as spans."""

import re
from bisect import bisect_right

_SENTENCE = re.compile(r"[。！？!?\n]+[”’」』）)]*|……")
_CLAUSE = re.compile(
    r"[，；：。！？!?;（）()\n]|,(?!\d{3})|:(?!\d)|(?<!\d)[ \u3000]+(?=[\u4e00-\u9fff“])(?<![\dA-Za-z][ \u3000])|——"
)

Span = tuple[int, int]


def _spans(breaks: list[Span], length: int) -> list[Span]:
    spans, at = [], 0
    for start, end in breaks:
        if start > at:
            spans.append((at, start))
        at = end
    if at < length:
        spans.append((at, length))
    return spans


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, without their closing marks."""
    return _spans([m.span() for m in _SENTENCE.finditer(text)], len(text))


def clauses(text: str, whole: list[Span]) -> list[Span]:
    """The clauses of a paragraph; a mark inside one of the spans ``whole`` (项（人）, 3,000) parts nothing."""
    breaks = [m.span() for m in _CLAUSE.finditer(text) if not any(a < m.start() < b for a, b in whole)]
    return _spans(breaks, len(text))


def at(spans: list[Span], position: int) -> int:
    """The index of the span that a position lies in, or of the last one that starts before it."""
    return max(0, bisect_right(spans, (position, 1 << 60)) - 1)
