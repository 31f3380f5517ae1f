"""Bytes or text to reading text in one go, where nobody takes the page apart in between."""

from dataclasses import replace

from ingest.decode import edits, markup, mending
from ingest.decode.source import read_source
from ingest.model import Repair, Text


def read_text(content: bytes, *, content_type: str | None = None) -> Text:
    """Read bytes as text and mend it.

    Args:
        content: A page in any charset and state, HTML or plain.
        content_type: The HTTP ``Content-Type``, whose charset is believed where it decodes.

    Returns:
        The text. Of an HTML page the tags, attributes, scripts, comments and well-formed entities stay as they are;
        only the text between the tags is mended. Never raises, whatever the bytes.
    """
    return _mended(read_source(content, content_type=content_type), garbled=False)


def repair(text: str) -> Text:
    """Mend text that was decoded elsewhere, rightly or wrongly; HTML as `read_text` does."""
    return _mended(
        Text(text=text, original=text, encoding="str", confidence=1.0, evidence=("given as text",)), garbled=True
    )


def _mended(source: Text, *, garbled: bool) -> Text:
    """A source with its text mended as one page."""
    is_markup = markup.is_markup(source.text)
    # A plain text is mended as it stands: its line ends are those that its lines would be joined with.
    spans = list(markup.texts(source.text)) if is_markup else [(0, len(source.text))]
    if is_markup:
        spans = [(start, end) for start, end in spans if not source.text[start:end].isascii()]
    mending_ = mending.mend([source.text[start:end] for start, end in spans], entities=not is_markup, garbled=garbled)
    second: list[Repair] = []
    for (start, _), mended in zip(spans, mending_.lines, strict=True):
        second += [edits.moved(r, start) for r in mended.repairs] if start else mended.repairs
    repairs = edits.compose(source.original, source.repairs, source.text, second)
    text = edits.apply(source.original, repairs) if repairs else source.original
    return replace(source, text=text, repairs=tuple(repairs), flags=source.flags + mending_.flags)
