"""Articles: by words, the best first, or all, the newest first; narrowed, with what they are made of beside them."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from ingest.errors import ConfigError
from ingest.reader import asking, facets
from ingest.reader.answers import Asked, Column, Table, cursor
from ingest.reader.asking import ARTICLE, Narrowed
from ingest.store.search import find, query
from ingest.store.search.find import Narrowing
from ingest.store.search.query import Term
from ingest.store.search.snippet import snippet
from ingest.store.upsert import batches

_COLUMNS = (
    Column("title", "Title", link="article", wide=True),
    Column("published_on", "Published"),
    Column("source", "Source", link="source"),
    Column("kind", "Kind"),
    Column("topic", "Topic"),
    Column("zones", "Zones"),
    Column("snippet", "Text"),
    Column("address", "Address"),
)
_BEGINNING = 90  # characters of an article that no word was looked for in
_TAGGED = ("zone", "region", "source", "kind")


def articles(connection: Connection, asked: Asked) -> Table:
    """Return a page of articles, with facets where it is the first.

    Raises:
        ConfigError: The words or what they are narrowed by cannot be used.
    """
    by, words = asking.narrowed(asked), asked.text("q")
    terms = query.parse(words) if words else ()
    found = _by_words(connection, terms, by) if terms else None
    rows, after = _ranked(connection, found, terms, asked) if found is not None else _newest(connection, by, asked)
    keys = list(found) if found is not None else asking.newest_keys(connection, by, facets.COUNTED)
    counted = facets.facets(connection, keys[: facets.COUNTED])
    return Table(
        title="Articles",
        columns=_COLUMNS,
        rows=rows,
        after=after,
        note=_note(found, keys),
        empty="No article fits.",
        facets=counted,
    )


def newest(connection: Connection, by: Narrowed, asked: Asked, *, title: str) -> Table:
    """Return a page of articles, the newest first, without facets."""
    rows, after = _newest(connection, by, asked)
    return Table(title=title, columns=_COLUMNS, rows=rows, after=after, empty="No article fits.")


def beginning(paragraphs: Sequence[str], length: int = _BEGINNING) -> str:
    """Return the beginning of a text."""
    text = "".join(islice(paragraphs, 4))
    return text if len(text) <= length else text[: length - 1] + "…"


def _by_words(connection: Connection, terms: Sequence[Term], by: Narrowed) -> dict[str, float]:
    tags = tuple((name, value) for name in _TAGGED if (value := getattr(by, name)) is not None)
    found = find.ranked(connection, terms, Narrowing(tags=tags, since=by.since, until=by.until))
    conditions = asking.matching(connection, by)
    if not conditions:
        return found
    fit: set[str] = set()
    for some in batches(list(found)):
        fit.update(connection.scalars(select(ARTICLE.c.key).where(ARTICLE.c.key.in_(some), *conditions)))
    return {key: score for key, score in found.items() if key in fit}


def _ranked(
    connection: Connection, found: Mapping[str, float], terms: Sequence[Term], asked: Asked
) -> tuple[list[dict[str, Any]], str | None]:
    """Return the page of a ranking that comes behind a score and a key, which hold their place whatever comes new."""
    order = list(found)
    start = _place(found, order, asked.after)
    keys = order[start : start + asked.limit]
    rows = asking.shown_articles(connection, keys)
    page = [_row(rows[key], snippet(rows[key]["paragraphs"], terms)) for key in keys if key in rows]
    return page, cursor(found[keys[-1]], keys[-1]) if start + asked.limit < len(order) else None


def _place(found: Mapping[str, float], order: Sequence[str], after: Sequence[Any] | None) -> int:
    if after is None:
        return 0
    if len(after) != 2 or not isinstance(after[0], int | float) or not isinstance(after[1], str):
        raise ConfigError("`after` is no place among what was found: go back to the first page")
    score, key = after
    if key in found:
        return order.index(key) + 1
    return next((n for n, each in enumerate(order) if found[each] < score), len(order))


def _newest(connection: Connection, by: Narrowed, asked: Asked) -> tuple[list[dict[str, Any]], str | None]:
    rows = asking.newest(connection, by, asked.after, asked.limit + 1)
    page = [_row(row, beginning(row["paragraphs"])) for row in rows[: asked.limit]]
    more = len(rows) > asked.limit
    return page, cursor(page[-1]["published_on"], page[-1]["key"]) if more else None


def _row(row: Mapping[str, Any], told: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "paragraphs"} | {"snippet": told}


def _note(found: Mapping[str, float] | None, keys: Sequence[str]) -> str:
    if found is None:
        return (
            f"The newest {len(keys):,} are counted here." if len(keys) >= facets.COUNTED else f"{len(keys):,} in all."
        )
    if len(found) > facets.COUNTED:
        return f"{len(found):,} found; the best {facets.COUNTED:,} are counted here."
    return f"{len(found):,} found."
