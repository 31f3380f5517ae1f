"""Text to labelled blocks."""

from ingest.model import Document
from ingest.strip.html import looks_like_html, read_html
from ingest.strip.kind import classify
from ingest.strip.label import label
from ingest.strip.site_memory import fingerprints, recall, recurring
from ingest.strip.text import read_text

__all__ = ["classify", "fingerprints", "label", "recall", "recurring", "segment"]


def segment(source: str, *, content_type: str | None = None) -> Document:
    """Take a page apart into blocks in reading order, unlabelled yet.

    Args:
        source: The page as decoded text, HTML or plain.
        content_type: The HTTP ``Content-Type``, which helps to tell the two apart.
    """
    return read_html(source) if looks_like_html(source, content_type) else read_text(source)
