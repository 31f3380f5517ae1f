"""Feeds: RSS and Atom read by feedparser, which takes broken XML and GBK as they come, and JSON Feed."""

import json
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from ingest.errors import TargetError
from ingest.sources.web.links import Link, canonical

_ENTITIES = (b"<!ENTITY", b"<!entity")  # no feed defines any; a bomb of them does nothing else
_HEAD = 4096  # bytes in which a document type stands


def read(body: bytes, url: str, content_type: str | None = None) -> Iterator[Link]:
    """Yield the entries of a feed in its order.

    Args:
        body: The feed.
        url: Where it was had; relative links begin there.
        content_type: What the server said of it; its charset is one of the things feedparser weighs.

    Raises:
        TargetError: It is no feed.
    """
    if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        yield from _json(body, url)
        return
    if any(word in body[:_HEAD] for word in _ENTITIES):
        raise _none("defines entities of its own, which no feed does")
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    if not parsed.entries and not parsed.get("version"):
        raise _none("is no feed: see that `url` names one, and not the page that links to it")
    for entry in parsed.entries:
        if address := canonical(str(entry.get("link") or ""), url):
            published, changed = (_time(entry, name) for name in ("published_parsed", "updated_parsed"))
            yield Link(url=address, title=str(entry.get("title", "")), published=published, changed=changed)


def _time(entry: Any, name: str) -> datetime | None:
    """Return a time of an entry. feedparser gives them in UTC, and of one that says one only, both the same."""
    given = dict.get(entry, name)
    try:
        return datetime.fromtimestamp(timegm(given), UTC) if isinstance(given, struct_time) else None
    except (ValueError, OverflowError):
        return None


def _json(body: bytes, url: str) -> Iterator[Link]:
    """Yield the items of a JSON Feed (jsonfeed.org, version 1.1)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _none("begins like a JSON Feed and cannot be read") from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise _none("is JSON and no feed: it has no list of `items`")
    for item in items:
        if isinstance(item, dict) and (address := canonical(str(item.get("url") or ""), url)):
            published, changed = _iso(item.get("date_published")), _iso(item.get("date_modified"))
            yield Link(url=address, title=str(item.get("title") or ""), published=published, changed=changed)


def _iso(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _none(why: str) -> TargetError:
    return TargetError(why, stage="discover")
