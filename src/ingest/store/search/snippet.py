"""The stretch of an article that shows why it was found."""

import re
from collections.abc import Sequence

from ingest.store.search.query import Term
from ingest.store.search.tokens import HAN

_BEFORE, _LENGTH = 20, 80  # characters: two lines of a terminal, the hit in the first
_PIECE = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
_LONGEST = 20_000  # characters of a paragraph that are looked through
OPEN, CLOSE = "«", "»"


def snippet(paragraphs: Sequence[str], terms: Sequence[Term]) -> str:
    """Return a stretch of the paragraph that has most of the terms, with each of them in « ».

    Where no paragraph has any, as when the title has them all, it is the beginning of the text.
    """
    patterns = [_pattern([term.text]) for term in terms] + [_pattern(term.word_texts) for term in terms if term.words]
    texts = [paragraph[:_LONGEST] for paragraph in paragraphs]
    counts = [sum(bool(pattern.search(text)) for pattern in patterns) for text in texts]
    if not any(counts):
        return _flat("".join(texts[:1])[:_LENGTH])
    best = texts[counts.index(max(counts))]
    hits = sorted(match.span() for pattern in patterns for match in pattern.finditer(best))
    return _marked(best, hits)


def _marked(text: str, hits: Sequence[tuple[int, int]]) -> str:
    """Return the window round the first hit with all hits in it marked."""
    start = max(0, hits[0][0] - _BEFORE)
    end = max(start + _LENGTH, hits[0][1])
    pieces, at = [], start
    for first, last in hits:
        if first < at or last > end:  # one within another, or beyond
            continue
        pieces += [text[at:first], OPEN, text[first:last], CLOSE]
        at = last
    pieces.append(text[at:end])
    return ("…" if start else "") + _flat("".join(pieces)) + ("…" if end < len(text) else "")


def _pattern(texts: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of texts, whatever stands between their words and however wide or large they are written."""
    return re.compile("|".join(_one(text) for text in sorted(texts, key=len, reverse=True)), re.IGNORECASE)


def _one(text: str) -> str:
    return r"[\W_]{0,9}".join(_whole(re.escape(piece)) for piece in _PIECE.findall(text))


def _whole(piece: str) -> str:
    """Return a piece that is found as a whole word where it is no Chinese: AI, and not the ai of chain."""
    return rf"(?<![A-Za-z0-9]){piece}(?![A-Za-z0-9])" if piece.isascii() else piece


def _flat(text: str) -> str:
    return " ".join(text.split())
