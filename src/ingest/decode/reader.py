"""Bytes or text to reading text in one go, where nobody takes the page apart in between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.decode import edits, markup
from ingest.decode.edits import Edit
from ingest.decode.mending import Mender
from ingest.decode.repairs import Repairs
from ingest.decode.source import read_source
from ingest.model import Text

_ONCE = "unmended"  # a flag that says the same of a page's source and of its text


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
    texts = list(markup.texts(source.text)) if is_markup else [(0, source.text)]
    told = {flag.name for flag in source.flags}
    mender = Mender(entities=not is_markup, garbled=garbled, exhausted=_ONCE in told)
    lines = [text for _, text in texts]
    groups = ((texts[group.line][0] + group.start, group.edits) for group in mender.edits(lines))
    repairs = Repairs(source.original, [(0, _laid(source, groups))] if source.repairs else groups)
    return replace(
        source,
        text=repairs.text,
        repairs=repairs or (),
        utf8=None,
        flags=(*source.flags, *(f for f in mender.flags if f.name != _ONCE or _ONCE not in told)),
    )


def _laid(source: Text, groups: Iterable[tuple[int, Sequence[Edit]]]) -> Iterator[Edit]:
    """What was mended in the lines of a source, laid over what was mended in the source before."""
    first = (Edit(r.start, r.end, r.made, r.kind, r.confidence) for r in source.repairs)
    return edits.laid(first, source.text, (edit for base, own in groups for edit in edits.moved(own, base)))
