"""Bytes to text: charset, damage, script, punctuation. Nothing here knows markup, a page or a site."""

from dataclasses import replace

from ingest.decode import edits
from ingest.decode.edits import cut
from ingest.decode.mending import Mended, Mending, mend
from ingest.decode.source import read_source
from ingest.model import Text

__all__ = ["Mended", "Mending", "cut", "mend", "read_source", "read_text", "repair"]


def read_text(content: bytes, *, content_type: str | None = None) -> Text:
    """Read bytes as text and mend its lines."""
    return _mended(read_source(content, content_type=content_type))


def repair(text: str) -> Text:
    """Mend text that was decoded elsewhere, rightly or wrongly."""
    return _mended(Text(text=text, original=text, encoding="str", confidence=1.0))


def _mended(source: Text) -> Text:
    """A source with its text mended as one page."""
    lines = source.text.split("\n")
    mending = mend(lines)
    begin = 0
    second = []
    for line, mended in zip(lines, mending.lines, strict=True):
        second += [replace(r, start=r.start + begin, end=r.end + begin) for r in mended.repairs]
        begin += len(line) + 1
    repairs = edits.compose(source.original, source.repairs, source.text, second)
    text = edits.apply(source.original, repairs) if repairs else source.original
    return replace(source, text=text, repairs=tuple(repairs), flags=source.flags + mending.flags)
