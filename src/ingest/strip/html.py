"""HTML to blocks: the parser, its limits, and whether a text is HTML at all."""

import re

from lxml import etree

from ingest.model import Document
from ingest.strip.html_reader import Reader, TooDeepError
from ingest.strip.meta import read_meta

# Where a text is looked at for tags: its start and, for a page that opens with a spammer's text, some way in.
SNIFFED = 20_000
# One tag of the body may be a stray in a text page (`<del id="00ikk">`); several kinds are a page.
TELLING_TAGS = 3
# The parser's work on one tag grows with the square of its attributes; real tags have under a hundred.
LONG_TAG = 20_000
MANY_ATTRIBUTES = 500

_DOCUMENT = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:/?(?:p|div|span|table|tr|td|br|a|ul|li|h[1-6]|font|section|article|img|script|meta|strong)"
    r"(?:\s[^<>]{0,2000})?/?)>",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}>")
# A NUL ends the parser's input, and no tag after </body> may end the page: spammers append their text there.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?:\s[^<>]*)?>")
_FLOWING = frozenset(["a", "b", "i", "u", "s", "em", "font", "span", "strong", "small", "big", "sub", "sup", "del", "ins"])
_KEPT_TAGS = frozenset(["script", "style", "title", "textarea", "template"])


def looks_like_html(source: str, content_type: str | None) -> bool:
    """Whether a decoded page is HTML. ``content_type`` is the HTTP header; ``text/plain`` needs a document's own tags."""
    head = source[:SNIFFED]
    if _DOCUMENT.search(head):
        return True
    kind = (content_type or "").lower()
    if "<" not in source or "text/plain" in kind:
        return False
    needed = 1 if "html" in kind else TELLING_TAGS
    return sum(1 for _ in zip(_TAG.finditer(head), range(needed), strict=False)) >= needed


def read_html(source: str) -> Document:
    """Take a page apart into blocks in reading order. Any string gives a document; time grows with its length."""
    source = _LONG_TAG.sub(_bounded_tag, _NO_TEXT.sub("\ufffd", source))
    try:
        reader = _parse(source)
    except TooDeepError:
        reader = _parse(_flattened(source))
    return Document(
        blocks=reader.blocks,
        meta=read_meta(reader),
        markup=True,
        elements=tuple(reader.elements),
    )


def _parse(source: str) -> Reader:
    reader = Reader()
    if not source.strip():
        return reader
    # Bytes with the codec given by us: a page's own declaration (gb2312 in a page that is a str by now) counts no more.
    parser = etree.HTMLParser(
        target=reader, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.feed(source.encode())
    parser.close()
    return reader


def _bounded_tag(found: re.Match[str]) -> str:
    tag = found[0]
    return tag if tag.count("=") < MANY_ATTRIBUTES else tag.split(None, 1)[0].rstrip(">") + ">"


def _flattened(source: str) -> str:
    """A page nested beyond use, as lines: every block-level tag a break, inline tags left out."""

    def flat(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name in _KEPT_TAGS:
            return found[0]
        return "" if name in _FLOWING else "<br>"

    return _ANY_TAG.sub(flat, source)
