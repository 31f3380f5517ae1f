"""The one way that HTML goes into the parser, so that every reader of a page meets the same elements in one order."""

from typing import Any, cast

from lxml import etree


def parser(target: object) -> etree.HTMLParser:
    """Return a parser that tells its target what it meets: ``start``, ``end``, ``data`` and ``close``."""
    # The codec is given by us: a page's own declaration (gb2312 in a page that is a str by now) counts no more.
    return etree.HTMLParser(
        target=cast("Any", target),
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def as_bytes(source: str) -> bytes:
    """Return a page as the parser takes it. "replace" mends lone surrogates; a NUL would end the parser's input."""
    encoded = source.encode(errors="replace")
    return encoded.replace(b"\0", "\ufffd".encode()) if b"\0" in encoded else encoded


def feed(source: str, target: object, utf8: bytes | None = None) -> None:
    """Send a page's events to a target. ``utf8`` is the page as `as_bytes` would give it, where somebody has it."""
    if not source or source.isspace():
        return
    reading = parser(target)
    reading.feed(as_bytes(source) if utf8 is None else utf8)
    reading.close()
