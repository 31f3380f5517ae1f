"""A page explained as one self-contained HTML file: blocks on the left, articles with their records on the right."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from ingest.commands.telling import told
from ingest.model import Article, Block, Page

KINDS = ("indicators", "organisations", "people", "policies", "programmes", "honours", "places")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what lies on it: repairs of a block, or records of a paragraph."""

    text: str
    notes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def render(page: Page, name: str) -> str:
    """Return the HTML file as text. ``name`` is the page as the user named it."""
    return _template().render(page=page, name=name, kinds=KINDS, original=original, paragraphs=paragraphs, told=told)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("ingest.commands", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("explain.html.j2")


def original(block: Block) -> list[Piece]:
    """Return a block's text as published, cut at its repairs."""
    spans = [(r.start, r.end, f"{r.kind}: {r.found} → {r.made or 'nothing'}", r.kind) for r in block.repairs]
    return _pieces(block.original, spans)


def paragraphs(article: Article) -> list[list[Piece]]:
    """Return an article's paragraphs, each cut where a record's evidence begins or ends."""
    spans: list[list[tuple[int, int, str, str]]] = [[] for _ in article.paragraphs]
    for kind in KINDS:
        for record in getattr(article, kind):
            spans[record.paragraph].append((record.start, record.end, f"{kind}: {told(record)}", kind))
    return [_pieces(text, found) for text, found in zip(article.paragraphs, spans, strict=True)]


def _pieces(text: str, spans: list[tuple[int, int, str, str]]) -> list[Piece]:
    """Cut a text at the edges of its spans, which may overlap; each piece carries the spans that cover it."""
    edges = sorted({0, len(text), *(edge for start, end, _, _ in spans for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        over = [(note, kind) for first, last, note, kind in spans if first <= start and end <= last]
        pieces.append(Piece(text[start:end], tuple(n for n, _ in over), tuple(k for _, k in over)))
    return pieces
