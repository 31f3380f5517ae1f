"""Pages, articles and records as JSON values, in the form of the project's gold files."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from ingest.model import Article, Block, Flag, Mark, Page, Record, Repair, Table, Topic

# The order in which a reader looks for them; what is not listed here is left out of the JSON.
_PARTICULARS = (
    "title",
    "subtitle",
    "kicker",
    "kind",
    "published_on",
    "published_at",
    "publisher",
    "authors",
    "editors",
)
_CREDITS = ("contributor", "dateline", "image_credit", "canonical", "image", "image_caption", "page_count", "next_page")
_BODY = ("zones", "regions", "paragraphs", "headings", "tables")
_RECORDS = ("indicators", "organisations", "people", "policies", "programmes", "honours", "places")
_TOLD = ("flags", "marks", "candidates")
_SUBJECT = ("keywords", "topic")
_EVIDENCE = ("text", "paragraph", "start", "end", "method", "confidence")


def page(read: Page, name: str) -> dict[str, Any]:
    """Return a page as a JSON object. ``name`` is the page as the caller named it.

    ``kind`` is what the page is and ``kind_reason`` why, where it is no article;
    ``damage`` lists the kinds of damage found, ``removed`` the blocks that belong to no article.
    """
    return {
        "page": name,
        "kind": read.kind.value,
        "kind_reason": read.kind_reason,
        "encoding": read.encoding,
        "confidence": round(read.confidence, 4),
        "evidence": list(read.evidence),
        "damage": sorted({r.kind for r in read.repairs} | {f.name for f in read.flags}),
        "flags": [flag(f) for f in read.flags],
        "removed": [_removed(b) for b in read.blocks if not b.label.kept],
        "articles": [article(a) for a in read.articles],
        "repairs": [repair(r) | _lines(read, r) for r in read.repairs],
    }


def article(read: Article) -> dict[str, Any]:
    """Return an article with its records as a JSON object."""
    return {name: _value(getattr(read, name)) for name in _PARTICULARS + _CREDITS + _BODY + _SUBJECT + _RECORDS + _TOLD}


def block(read: Block) -> dict[str, Any]:
    """Return a block as a JSON object, with its label and the reason for it."""
    return {
        "index": read.index,
        "line": read.line,
        "path": read.path,
        "kept": read.label.kept,
        "label": read.label.value,
        "reason": read.reason,
        "text": read.text,
        "original": read.original,
    }


def repair(read: Repair) -> dict[str, Any]:
    """Return a repair as a JSON object."""
    return {f.name: getattr(read, f.name) for f in fields(read)}


def flag(read: Flag) -> dict[str, Any]:
    """Return a flag as a JSON object."""
    return {"name": read.name, "score": round(read.score, 4), "reason": read.reason}


def _removed(read: Block) -> dict[str, Any]:
    lines = {"lines": [read.line, read.line]} if read.line else {}  # of a text page
    return {"block": read.index, **lines, "reason": read.label.value, "why": read.reason, "characters": len(read.text)}


def _lines(read: Page, made: Repair) -> dict[str, Any]:
    """The line of a text page that a repair was made in; nothing for what was mended in the undivided source."""
    line = read.blocks[made.block].line if made.block is not None else None
    return {"lines": [line, line]} if line else {}


def _record(read: Record) -> dict[str, Any]:
    own = [f.name for f in fields(read) if f.name not in _EVIDENCE]
    return {name: _value(getattr(read, name)) for name in (*own, *_EVIDENCE)}


def _object(read: Record | Flag | Mark | Topic | Table) -> dict[str, Any]:
    if isinstance(read, Record):
        return _record(read)
    return flag(read) if isinstance(read, Flag) else {f.name: _value(getattr(read, f.name)) for f in fields(read)}


def _value(value: object) -> Any:
    """Return any value of the model as JSON: a Decimal as the shortest number, a day in ISO form, a tuple as a list."""
    match value:
        case Record() | Flag() | Mark() | Topic() | Table():
            return _object(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():  # a datetime is a date
            return value.isoformat()
        case tuple():
            return [_value(item) for item in value]
    return value
