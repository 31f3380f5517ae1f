"""Former versions of articles: what is kept of one, and why another took its place."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from ingest.store import keys
from ingest.store.rows import VERSIONED, Row
from ingest.store.tables import Base
from ingest.store.upsert import batches

_ARTICLE = Base.metadata.tables["article"]
_WHENCE = ("key", "revision", "since", "capture_key", "rules_version")


class Cause(StrEnum):
    """Why a version of an article took the place of another."""

    PUBLISHER = "publisher"  # other bytes, read by the same rules
    RULES = "rules"  # the same bytes, read by other rules
    EITHER = "publisher or rules"  # other bytes, and other rules
    SETTINGS = "settings"  # the same bytes and rules: the source's encoding, say, was set


def versions(connection: Connection, article_keys: Iterable[str]) -> dict[str, Row]:
    """Return how the database has articles, by key: their versioned columns and where they were read from."""
    query = select(*(_ARTICLE.c[name] for name in (*_WHENCE, *VERSIONED)))
    pieces = batches(sorted(article_keys))
    found = (row for some in pieces for row in connection.execute(query.where(_ARTICLE.c.key.in_(some))).mappings())
    return {row["key"]: dict(row) for row in found}


def replaced(former: Mapping[str, Any], new: Mapping[str, Any], now: object) -> Row | None:
    """Return the row of a former version; None where text and particulars are what they were.

    Args:
        former: The article as the database has it.
        new: Its row now.
        now: When the former version was found to be one, with its zone.
    """
    if all(former[name] == new[name] for name in VERSIONED):
        return None
    return {
        "key": keys.key("revision", former["key"], former["revision"]),
        "article_key": former["key"],
        "number": former["revision"],
        "since": former["since"],
        "replaced_at": now,
        "cause": cause(former, new).value,
        "capture_key": former["capture_key"],
        "rules_version": former["rules_version"],
        "content": content(former),
    }


def standing(article: Mapping[str, Any]) -> Row:
    """Return the version that an article's row holds now, in the form of a former one."""
    named = {name: article[name] for name in ("since", "capture_key", "rules_version")}
    return named | {"number": article["revision"], "cause": None, "content": content(article)}


def content(article: Mapping[str, Any]) -> Row:
    """Return the versioned columns of an article's row as JSON holds them."""
    return {name: _plain(article[name]) for name in VERSIONED}


def cause(former: Mapping[str, Any], new: Mapping[str, Any]) -> Cause:
    """Return why a version took the place of another: both say which capture they were read from by which rules.

    A capture's key is made from the digest of its bytes, so the same key means the same bytes.
    """
    other_bytes = former["capture_key"] != new["capture_key"]
    other_rules = former["rules_version"] != new["rules_version"]
    if other_bytes:
        return Cause.EITHER if other_rules else Cause.PUBLISHER
    return Cause.RULES if other_rules else Cause.SETTINGS


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date too
