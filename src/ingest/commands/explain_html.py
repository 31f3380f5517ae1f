"""A page explained as one self-contained HTML file: blocks on the left, articles with their records on the right."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from ingest.commands.telling import told
from ingest.marking import Piece, Span, original, pieces
from ingest.model import Article, Page

KINDS = ("indicators", "organisations", "people", "policies", "programmes", "honours", "places")


def render(page: Page, name: str) -> str:
    """Return the HTML file as text. ``name`` is the page as the user named it."""
    return _template().render(page=page, name=name, kinds=KINDS, original=original, paragraphs=paragraphs, told=told)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("ingest.commands", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("explain.html.j2")


def paragraphs(article: Article) -> list[list[Piece]]:
    """Return an article's paragraphs, each cut where a record's evidence or a mark begins or ends."""
    spans: list[list[Span]] = [[] for _ in article.paragraphs]
    for kind in KINDS:
        for record in getattr(article, kind):
            spans[record.paragraph].append(Span(record.start, record.end, f"{kind}: {told(record)}", kind))
    for mark in article.marks:
        if mark.paragraph >= 0:
            note = f"{mark.kind}: {mark.reason or mark.text}"
            spans[mark.paragraph].append(Span(mark.start, mark.end, note, mark.kind))
    return [pieces(text, found) for text, found in zip(article.paragraphs, spans, strict=True)]
