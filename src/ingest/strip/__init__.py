"""Text to labelled blocks."""

from ingest.model import Document, Selectors
from ingest.strip.html import looks_like_html, read_html
from ingest.strip.kind import classify
from ingest.strip.label import label
from ingest.strip.selected import flags, overrule
from ingest.strip.site_memory import fingerprints, recall, recurring
from ingest.strip.text import read_text

__all__ = ["classify", "fingerprints", "flags", "label", "overrule", "recall", "recurring", "segment"]


def segment(source: str, *, content_type: str | None = None, selectors: Selectors | None = None) -> Document:
    """Take a page apart into blocks in reading order, unlabelled yet.

    Args:
        source: The page as decoded text, HTML or plain.
        content_type: The HTTP ``Content-Type``, which helps to tell the two apart.
        selectors: Those of the page's source, for HTML.
    """
    if not looks_like_html(source, content_type):
        return read_text(source)
    return read_html(source, selectors=selectors)
