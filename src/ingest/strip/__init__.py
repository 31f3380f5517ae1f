"""Text to labelled blocks."""

from ingest.model import Document, Selectors
from ingest.strip.html import looks_like_html, read_html
from ingest.strip.kind import classify
from ingest.strip.label import label
from ingest.strip.selected import flags, overrule
from ingest.strip.site_memory import fingerprints, recall, recurring
from ingest.strip.text import read_text

__all__ = ["classify", "fingerprints", "flags", "label", "overrule", "recall", "recurring", "segment"]


def segment(
    source: str,
    *,
    utf8: bytes | None = None,
    content_type: str | None = None,
    selectors: Selectors | None = None,
) -> Document:
    """Take a page apart into blocks in reading order, unlabelled yet.

    Args:
        source: The page as decoded text, HTML or plain.
        utf8: The same in UTF-8, where somebody has it.
        content_type: The HTTP ``Content-Type``, which helps to tell the two apart.
        selectors: Those of the page's source, for HTML.
    """
    if not looks_like_html(source, content_type):
        return read_text(source)
    return read_html(source, utf8=utf8, selectors=selectors)
