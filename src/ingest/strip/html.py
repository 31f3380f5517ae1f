"""HTML to blocks: the parser, its limits, and whether a text is HTML at all."""

import re
from collections.abc import Iterator
from dataclasses import asdict

from ingest.model import Document, Selected, Selectors
from ingest.strip.html_images import read_images
from ingest.strip.html_parser import feed
from ingest.strip.html_prose import prose
from ingest.strip.html_reader import Reader, TooDeepError
from ingest.strip.html_script import ENOUGH_SHOWN, as_html, script_body
from ingest.strip.meta import read_meta

# Where a text is looked at for tags: its start and, for a page that opens with a spammer's text, some way in.
SNIFFED = 20_000
# One tag of the body may be a stray in a text page (`<del id="00ikk">`); several kinds are a page.
TELLING_TAGS = 3
# The parser's work on one tag grows with the square of its attributes; real tags have under a hundred.
LONG_TAG = 20_000
MANY_ATTRIBUTES = 500
# A page with less prose than this may be a gate whose scripts say what it is; they say it early.
LITTLE_SHOWN, SCRIPT_START, MOST_SCRIPTS = 100, 20_000, 50

_DOCUMENT = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:/?(?:p|div|span|table|tr|td|br|a|ul|li|h[1-6]|font|section|article|img|script|meta|strong)"
    r"(?:\s[^<>]{0,2000})?/?)>",
    re.IGNORECASE,
)
# A piece of markup without a page round it, as feeds carry it: <p>…</p>
_FRAGMENT = re.compile(
    r"\s*<(p|div|article|section|table|ul|h[1-6]|script|form)(?:\s[^<>]{0,2000})?>[\s\S]*</\1>\s*\Z", re.IGNORECASE
)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}>")
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?:\s[^<>]*)?>")
_FLOWING = frozenset(
    ["a", "b", "i", "u", "s", "em", "font", "span", "strong", "small", "big", "sub", "sup", "del", "ins"]
)
_KEPT_TAGS = frozenset(["script", "style", "title", "textarea", "template"])


def looks_like_html(source: str, content_type: str | None) -> bool:
    """Whether a decoded page is HTML.

    ``content_type`` is the HTTP header; what it calls ``text/plain`` is HTML only with a document's own tags.
    """
    head = source[:SNIFFED]
    if _DOCUMENT.search(head):
        return True
    kind = (content_type or "").lower()
    if "<" not in source or "text/plain" in kind:
        return False
    needed = 1 if "html" in kind or _FRAGMENT.match(source) else TELLING_TAGS
    return sum(1 for _ in zip(_TAG.finditer(head), range(needed), strict=False)) >= needed


def read_html(source: str, *, utf8: bytes | None = None, selectors: Selectors | None = None) -> Document:
    """Take a page apart into blocks in reading order. Any string gives a document; time grows with its length.

    ``utf8`` is the page in UTF-8, where somebody has it; ``selectors`` are those of the page's source.
    """
    bounded = _bounded(source)
    if bounded is not source:
        source, utf8 = bounded, None
    try:
        reader = _parse(source, utf8)
    except TooDeepError:
        source = _flattened(source)
        reader = _parse(source)
    selected = None
    if selectors:
        reader, selected = _selected(source, selectors)
    shown = _shown(reader)
    if body := script_body(reader.scripts, shown=shown):
        _append(reader, *body)
    document = Document(
        blocks=reader.blocks,
        meta=read_meta(reader),
        markup=True,
        elements=reader.elements.all(),
        images=read_images(reader.images, reader.blocks),
        scripts=_scripts(reader, shown),
        selected=selected,
    )
    reader.release()
    return document


def _selected(source: str, selectors: Selectors) -> tuple[Reader, Selected]:
    """Read a page whose source has selectors: its blocks, which say what they were picked for."""
    from ingest.strip.html_selected import SelectedReader
    from ingest.strip.selectors import match

    found = match(source, selectors)
    reader = SelectedReader(found.kinds)
    feed(source, reader)
    selected = Selected(
        used={key: used for key, used in asdict(selectors).items() if used},
        title=found.values.get("title"),
        date=found.values.get("date"),
        missed=tuple((key, f"nothing matches {', '.join(getattr(selectors, key))}") for key in found.missed),
    )
    return reader, selected


def _scripts(reader: Reader, shown: float) -> tuple[str, ...]:
    """The beginnings of a page's scripts, where it shows so little that they may be all of it: a check of browsers."""
    if shown >= LITTLE_SHOWN:
        return ()
    return tuple(f"{attrs.get('src', '')} {text[:SCRIPT_START]}" for attrs, text in reader.scripts[:MOST_SCRIPTS])


def _shown(reader: Reader) -> float:
    """Characters of prose in a page's elements, hidden ones too: a script may show them. Counted until they suffice."""
    total = 0.0
    for block in reader.blocks:
        if block.links < 1:
            total += prose(block.text) * (1 - block.links)
            if total >= ENOUGH_SHOWN:
                break
    return total


def _append(reader: Reader, place: str, body: str) -> None:
    """Put a script's body behind the blocks of the page, under the name of its place."""
    try:
        inner = _parse(as_html(body))
    except TooDeepError:
        return
    shift, container = len(reader.blocks), len(reader.elements.names)
    reader.elements.open("script")
    for block in inner.blocks:
        block.index += shift
        block.path, block.element, block.hidden, block.reason = place, container, False, ""
    reader.blocks += inner.blocks


def _parse(source: str, utf8: bytes | None = None) -> Reader:
    reader = Reader()
    feed(source, reader, utf8)
    return reader


def _bounded(source: str) -> str:
    """A page with the attributes of its endless tags left out."""
    parts: list[str] = []
    done = 0
    for found in _long_tags(source):
        parts += (source[done : found.start()], _bounded_tag(found))
        done = found.end()
    return "".join((*parts, source[done:])) if parts else source


def _long_tags(source: str) -> Iterator[re.Match[str]]:
    """The tags of ``LONG_TAG`` characters and more. In each stands a half of that, from a multiple of it on, unbroken.

    Only there the tag is looked for, in what stands before the first of several such halves.
    """
    half = LONG_TAG // 2
    broken = True
    for at in range(0, len(source) - half, half):
        before, broken = broken, source.find("<", at, at + half) >= 0 or source.find(">", at, at + half) >= 0
        if before and not broken and (begin := source.rfind("<", max(0, at - half), at)) >= 0:
            found = _LONG_TAG.match(source, begin)
            if found:
                yield found


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
