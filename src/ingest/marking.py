"""A text cut at the edges of what lies on it, for showing it marked: repairs of a block, records of a paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Block


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that is to be marked: what is said of it, what kind it is, and a name of its own."""

    start: int
    end: int
    note: str
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the spans that lie on it."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said of it."""
        return tuple(span.note for span in self.spans)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its spans, each once."""
        return tuple(dict.fromkeys(span.kind for span in self.spans))


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """Cut a text at the edges of its spans, which may overlap; each piece carries the spans that cover it."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end) if edge <= len(text))})
    return [
        Piece(text[start:end], tuple(span for span in spans if span.start <= start and end <= span.end))
        for start, end in pairwise(edges)
    ]


def original(block: Block) -> list[Piece]:
    """Return a block's text as published, cut at its repairs."""
    made = ((r, f"{r.kind}: {r.found} → {r.made or 'nothing'}") for r in block.repairs)
    return pieces(block.original, [Span(r.start, r.end, note, r.kind) for r, note in made])
