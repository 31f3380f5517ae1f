"""From a page that was read to its rows."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from ingest.fetch.archive import Pointer
from ingest.model import Article, Capture, Flag, Indicator, Mark, Page, Record, Selectors, Topic
from ingest.store import keys, sites
from ingest.store.tables import RECORDS

Row = dict[str, Any]

_SPAN = {"paragraph": "paragraph", "start": "span_start", "end": "span_end"}
# How a record was read is no part of what it says: better rules for the same finding keep the record's key. They do
# count in the article's digest, so that its rows follow. Nor is whom our lists know an organisation as.
_BESIDE_THE_KEY = ("method", "confidence", "identity")
_TEXTS = ("authors", "editors", "zones", "regions", "keywords", "paragraphs", "headings", "originals", "candidates")
_PARTICULARS = ("kind", "title", "subtitle", "kicker", "published_on", "published_at", "publisher", "contributor")
_CREDITS = ("dateline", "image_credit")
# Addresses, which sites change at will (a shard of their image server), make no other article.
PLACES = ("canonical", "image", "image_caption", "page_count", "next_page")
# What an article says of itself and its text. Zones, keywords, tables, flags and marks are findings of ours, as its
# records are, and so are candidates: where better rules find others, the article is no other.
_FINDINGS = ("zones", "regions", "keywords", "candidates")
VERSIONED = (*_PARTICULARS, *_CREDITS, *(name for name in _TEXTS if name not in _FINDINGS))
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The rows of one page. ``capture`` is None when the database has it. Records stand under their table's name."""

    key: str
    address: str
    capture: Row | None
    page: Row
    articles: list[Row]
    records: dict[str, dict[str, list[Row]]]  # by article key, then by the name of the field in Records
    site_page: Row  # what it counts for in its site's memory


def reading(
    capture: Capture, pointer: Pointer | None, page: Page, rules_version: str, selectors: Selectors | None = None
) -> Reading:
    """Return the rows of a page that was read from a capture.

    Args:
        capture: The bytes it was read from.
        pointer: Where they lie in the archive; None when the database knows the capture.
        page: What was read.
        rules_version: The rules that read it.
        selectors: Those of its source that it was read with.
    """
    capture_key = keys.capture_key(capture.source, capture.address, capture.sha256)
    articles, records = [], {}
    of_page = {"source": capture.source, "address": capture.address}
    read_from = of_page | {"capture_key": capture_key, "rules_version": rules_version}
    article_keys = keys.article_keys(capture.source, capture.address, page.articles)
    for position, (key, article) in enumerate(zip(article_keys, page.articles, strict=True)):
        records[key] = {kind: record_rows(key, kind, getattr(article, kind)) for kind in RECORDS}
        content = _content(article)
        digest = keys.digest([content, [_said(row) for rows in records[key].values() for row in rows]])
        place = {
            "position": position,
            "blocks": list(article.blocks),
            "paragraph_blocks": _lists(article.paragraph_blocks),
            "site_version": page.site_version or None,
        } | {name: _clean(getattr(article, name)) for name in PLACES}
        first = {"revision": 1, "since": capture.captured_at, "withdrawn_at": None}
        articles.append({"key": key} | read_from | place | {"digest": digest} | content | first)
    return Reading(
        key=keys.page_key(capture.source, capture.address),
        address=capture.address,
        capture=capture_row(capture, pointer) if pointer else None,
        page={"key": keys.page_key(capture.source, capture.address)}
        | read_from
        | _page(capture, page)
        | {"selectors": selectors_key(selectors)},
        articles=articles,
        records=records,
        site_page=sites.site_page(capture, page.fingerprints),
    )


def selectors_key(selectors: Selectors | None) -> str:
    """Return what tells one set of selectors from another; empty for none."""
    return keys.key("selectors", asdict(selectors)) if selectors else ""


def capture_row(capture: Capture, pointer: Pointer) -> Row:
    """Return the row of a capture that lies in the archive."""
    return {
        "key": keys.capture_key(capture.source, capture.address, capture.sha256),
        "source": capture.source,
        "address": capture.address,
        "sha256": capture.sha256,
        "size": len(capture.content),
        "url": capture.url,
        "captured_at": capture.captured_at,
        "archive_file": pointer.file,
        "archive_offset": pointer.offset,
        "archive_length": pointer.length,
    }


def _page(capture: Capture, page: Page) -> Row:
    left_out: Counter[str] = Counter()
    for block in page.blocks:
        if not block.label.kept:
            left_out[block.label.value] += len(block.original)
    return {
        "content_type": capture.content_type,
        "encoding": page.encoding,
        "confidence": page.confidence,
        "evidence": _clean_all(page.evidence),
        "flags": _flags(page.flags),
        "repairs": dict(sorted(Counter(repair.kind for repair in page.repairs).items())),
        "left_out": dict(sorted(left_out.items())),
        "articles": len(page.articles),
        "kind": page.kind.value,
        "kind_reason": _clean(page.kind_reason),
        "gone_at": None,
    }


def _content(article: Article) -> Row:
    told = {name: _clean(getattr(article, name)) for name in _PARTICULARS + _CREDITS}
    texts = {name: _clean_all(getattr(article, name)) for name in _TEXTS}
    tables = [{"paragraph": t.paragraph, "rows": [_clean_all(cells) for cells in t.rows]} for t in article.tables]
    found = {"tables": tables, "flags": _flags(article.flags), "marks": _marks(article.marks)}
    return told | texts | _topic(article.topic) | found


def _topic(topic: Topic | None) -> Row:
    if topic is None:
        return {"topic": None, "topic_score": None, "topic_cues": []}
    return {"topic": topic.name, "topic_score": topic.score, "topic_cues": _clean_all(topic.cues)}


def record_rows(article_key: str, kind: str, records: Iterable[Record]) -> list[Row]:
    """Return the rows of an article's records of a kind; one that is found twice with the same span counts once."""
    rows: dict[str, Row] = {}
    for record in records:
        row = _record(record)
        content = {name: value for name, value in row.items() if name not in _BESIDE_THE_KEY}
        key = keys.record_key(article_key, kind, content)
        rows.setdefault(key, {"key": key, "article_key": article_key} | row)
    return list(rows.values())


def _record(record: Record) -> Row:
    row = {_SPAN.get(f.name, f.name): _plain(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, Indicator):
        low, high = record.value if isinstance(record.value, tuple) else (record.value, None)
        start, end = record.period or (None, None)
        row |= {"value": low, "value_high": high, "period_start": start, "period_end": end}
        del row["period"]
    return row


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in {"key", "article_key"}}


def _flags(flags: Iterable[Flag]) -> list[Row]:
    return [asdict(flag) | {"reason": _clean(flag.reason)} for flag in flags]


def _marks(marks: Iterable[Mark]) -> list[Row]:
    return [asdict(mark) | {"text": _clean(mark.text), "reason": _clean(mark.reason)} for mark in marks]


def _lists(values: Iterable[Iterable[int]]) -> list[list[int]]:
    return [list(value) for value in values]


def _plain(value: Any) -> Any:
    return _clean_all(value) if isinstance(value, tuple) else _clean(value)


def _clean_all(values: Iterable[Any]) -> list[Any]:
    return [_clean(value) for value in values]


def _clean(value: Any) -> Any:
    """Return a text that both databases can hold: no NUL, no half of a surrogate pair. No character moves."""
    if not isinstance(value, str):
        return value
    return _UNSTORABLE.sub("\ufffd", value)
