"""Sentences and clauses of a paragraph as spans. What stands in parentheses makes clauses of its own."""

import re
from bisect import bisect_right

from ingest.extract.indicators import spans
from ingest.extract.indicators.spans import Span

_SENTENCE = re.compile(r"[。！？!?\n]+[”’」』）)]*|……")
_MARK = re.compile(
    r"[，；。！？!?;\n,：:— \u3000](?:(?<=[，；。！？!?;\n])|(?<=,)(?!\d{3})|(?<=[：:])(?:(?<!\d.)|(?!\d))|(?<=—)—"
    r"|(?<=[ \u3000])(?<![\dA-Za-z \u3000].)[ \u3000]*(?=[\u4e00-\u9fff“]))"
)
_BRACKETS = re.compile(r"[（(][^（）()\n]{0,200}[）)]")


def sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, without their closing marks."""
    return _between([m.span() for m in _SENTENCE.finditer(text)], 0, len(text))


def brackets(text: str, whole: list[Span]) -> list[Span]:
    """The parenthesised stretches of a paragraph in order, less those inside one of the spans ``whole``: 项（人）."""
    return [m.span() for m in _BRACKETS.finditer(text) if spans.around(whole, m.start()) is None]


def clauses(text: str, inner: list[Span]) -> list[Span]:
    """The clauses of a paragraph in order of their start; ``inner``: what ``brackets`` found.

    A clause reaches across a parenthesis in it; the parenthesis is split by itself.
    """
    marks = [m.span() for m in _MARK.finditer(text)]
    if not inner:
        return _between(marks, 0, len(text))
    found = _between([m for m in marks if spans.around(inner, m[0]) is None], 0, len(text))
    for a, b in inner:
        found += _between([m for m in spans.near(marks, a, b) if a < m[0] < b], a + 1, b - 1)
    return sorted(found)


def at(found: list[Span], position: int) -> int:
    """The index of the narrowest span that a position lies in, or of the last one that starts before it."""
    index = max(0, bisect_right(found, (position, 1 << 60)) - 1)
    if found[index][1] > position:
        return index
    for back in range(index, max(-1, index - _NESTED), -1):
        if found[back][1] > position:
            return back
    return index


#: So many clauses of a parenthesis may stand between a position and the start of the clause around it.
_NESTED = 16


def _between(breaks: list[Span], lo: int, hi: int) -> list[Span]:
    found, at_ = [], lo
    for start, end in breaks:
        if start > at_:
            found.append((at_, start))
        if end > at_:  # noqa: PLR1730  # the hot loop: max() costs as much as the rest of it
            at_ = end
    if at_ < hi:
        found.append((at_, hi))
    return found
