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
    Column("kind", "Kind", data=True),
    Column("topic", "Topic"),
    Column("zones", "Zones"),
    Column("snippet", "Text"),
    Column("address", "Address", data=True),
)
_BEGINNING = 90  # characters of an article that no word was looked for in
_FIRST = 1_000  # of what words find, as many as a first page and its facets need
_TAGGED = ("zone", "region", "source", "kind")


def articles(connection: Connection, asked: Asked) -> Table:
    """Return articles, for a person with facets.

    Raises:
        ConfigError: The words or what they are narrowed by cannot be used.
    """
    by, words = asking.narrowed(asked), asked.text("q")
    terms = query.parse(words) if words else ()
    enough = _FIRST if asked.page and asked.after is None else find.MOST
    found = _by_words(connection, terms, by, enough) if terms else None
    rows, after = _ranked(connection, found, terms, asked) if found is not None else _newest(connection, by, asked)
    counted, note = _beside(connection, found, by) if asked.page else ({}, "")
    return Table(
        title="Articles",
        columns=_COLUMNS,
        rows=rows,
        after=after,
        note=note,
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


def _by_words(connection: Connection, terms: Sequence[Term], by: Narrowed, enough: int) -> dict[str, float]:
    tags = tuple((name, value) for name in _TAGGED if (value := getattr(by, name)) is not None)
    conditions = asking.matching(connection, by)
    narrowing = Narrowing(tags=tags, since=by.since, until=by.until)
    found = find.ranked(connection, terms, narrowing, limit=find.MOST if conditions else enough)
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


def _beside(connection: Connection, found: Mapping[str, float] | None, by: Narrowed) -> tuple[Mapping[str, Any], str]:
    """Return what the articles are made of, and how many of them that was counted of."""
    keys = list(found) if found is not None else asking.newest_keys(connection, by, facets.COUNTED)
    return facets.facets(connection, keys[: facets.COUNTED]), _note(len(keys), ranked=found is not None)


def _note(number: int, *, ranked: bool) -> str:
    if not ranked:
        return f"The newest {number:,} are counted here." if number >= facets.COUNTED else f"{number:,} in all."
    more = "+" if number >= _FIRST else ""
    if number > facets.COUNTED:
        return f"{number:,}{more} found; the best {facets.COUNTED:,} are counted here."
    return f"{number:,} found."
