"""The queries of commands, views and the writer, each by index on both engines: nothing is read or sorted whole."""

import io
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from ingest.store import copies_ask, lookup, queries, write
from ingest.store.engine import Database
from ingest.store.export.kinds import Filters
from ingest.store.export.write import Style
from ingest.store.export.write import write as export
from ingest.store.review_queue import Narrowed, queue
from ingest.store.search import index, names
from ingest.store.search.find import Narrowing, find
from ingest.store.search.query import parse
from ingest.store.tables import Base
from ingest.store.upsert import insert
from tests.store.pages import article, read, store

_T = Base.metadata.tables
ARTICLES = 1500  # enough for a planner to prefer an index where there is one; small tables it had better read whole
# What grows with the articles; `source` and `site` do not.
LARGE = {
    "article",
    "capture",
    "page",
    "indicator",
    "organisation",
    "person",
    "place",
    "search_document",
    "search_place",
    "copymember",
    "copypart",
    "contradiction",
}
SINCE = date(2025, 1, 1)
ZONE = "合肥高新区"
ORGANISATION = "SELECT * FROM organisations_with_aliases WHERE name = :name"

Ask = Callable[[Connection], object]


def exporting(kind: str, **filters: Any) -> Ask:
    """Return what exports a kind."""
    return lambda connection: export(connection, kind, Filters(**filters), Style("csv"), io.BytesIO())


QUERIES: dict[str, Ask] = {
    "known pages of a source": lambda c: queries.known_pages(c, "s", ["1", "2"]),
    "known captures of a source": lambda c: queries.known_captures(c, "s", ["1", "2"]),
    "quarantine": lambda c: queries.quarantined(c, "s"),
    "last runs": lambda c: queries.last_runs(c, 10),
    "a page is stored again": lambda c: write.store_readings(c, [read(article(), address="x")], datetime.now(UTC)),
    "search": lambda c: find(c, parse("量子 计算")),
    "search in a zone since a day": lambda c: find(c, parse("量子"), Narrowing(tags=(("zone", ZONE),), since=SINCE)),
    "is there such a zone": lambda c: names.place(c, "zone", ZONE),
    "what is not in the index": index.pending,
    "all articles by day": exporting("articles"),
    "articles of a zone since a day": exporting("articles", zone=ZONE, since=SINCE),
    "indicators since a day": exporting("indicators", since=SINCE),
    "organisations of a zone": exporting("organisations", zone=ZONE),
    "an article's former versions": lambda c: lookup.revisions(c, "0"),
    "an article by the beginning of its key": lambda c: lookup.article(c, "0" * 32),
    "a record by its key": lambda c: lookup.row(c, "indicator", "0" * 32),
    "view: indicators since a day": exporting("indicators_by_zone", since=SINCE),
    "view: an organisation": lambda c: c.execute(text(ORGANISATION), {"name": "甲7"}).all(),
    "view: indicators of a zone since a day": exporting("indicators_by_zone", zone=ZONE, since=SINCE),
    "view: articles of a zone since a day": exporting("articles_by_zone", zone=ZONE, since=SINCE),
    "view: organisations with aliases": exporting("organisations_with_aliases"),
    "an article's copies": lambda c: copies_ask.group(c, "0"),
    "an article's parts": lambda c: copies_ask.parts(c, "0"),
    "what an article contradicts": lambda c: copies_ask.contradictions(c, "0"),
    "view: review list": exporting("review"),
    "review queue": lambda c: queue(c, Narrowed(), limit=25, after=(0.3, "0")),
    "review queue of a source": lambda c: queue(c, Narrowed(source="s"), limit=25),
}
# What a search fits is sorted, 5,000 at the most; the view that counts organisations is over all of them, and sorts
# the kinds and names of each.
SORTED = {
    "an article's copies",
    "an article's parts",
    "what an article contradicts",
    "search",
    "search in a zone since a day",
    "view: an organisation",
    "view: organisations with aliases",
}


@pytest.fixture
def grown(database: Database) -> Database:
    """A database with many thin articles, each with a few records."""
    chance = random.Random(3)
    store(database, read(article(), address="x"))
    zones = [f"{name}高新区" for name in ("合肥", *(chr(0x4E00 + n) for n in range(100)))]
    with database.write() as connection:
        base = dict(connection.execute(_T["article"].select()).mappings().one())
        rows = [
            base
            | {
                "key": f"{number:032}",
                "address": str(number),
                "title": "量子计算" if number % 50 == 0 else "别的",
                "zones": [chance.choice(zones)],
                "published_on": date(2015, 1, 1) + timedelta(days=chance.randrange(4000)),
            }
            for number in range(ARTICLES)
        ]
        insert(connection, _T["article"], rows)
        index.put_in(connection, rows)
        for name in ("indicator", "organisation", "capture", "page"):
            like = dict(connection.execute(_T[name].select().limit(1)).mappings().one())
            own = {"name": "甲", "address": "x"}
            insert(connection, _T[name], [copied(like, number, own) for number in range(ARTICLES)])
    with database.write() as connection:
        connection.execute(text("ANALYZE"))
    return database


def copied(row: dict[str, Any], number: int, own: dict[str, str]) -> dict[str, Any]:
    """Return a row like another, of another article and address."""
    changed = {"key": f"{number:032}", "article_key": f"{number:032}", "confidence": 0.3 if number % 40 == 0 else 0.9}
    changed |= {name: f"{value}{number}" for name, value in own.items()}
    return row | {name: value for name, value in changed.items() if name in row}


def asked(engine: Engine, connection: Connection, ask: Ask) -> list[tuple[str, Any]]:
    """Return the statements that a question makes, with their parameters."""
    found: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
            found.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        ask(connection)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return found


def faults(connection: Connection, statement: str, parameters: Any, *, may_sort: bool) -> Iterator[str]:
    """Yield what of a statement's plan reads or sorts a large table whole."""
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
            step = row[3]
            alias = step.split()[1] if step.startswith("SCAN") else ""
            whole = alias and " INDEX " not in step and any(f"{t} AS {alias}" in statement or t == alias for t in LARGE)
            if whole or (step == "USE TEMP B-TREE FOR ORDER BY" and not may_sort):
                yield f"{step}: {statement}"
        return
    for costly in ("enable_seqscan", "enable_sort"):  # 1,500 rows it would rather read or sort whole
        connection.exec_driver_sql(f"SET LOCAL {costly} = off")
    [plan] = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalars()
    pieces = [json.loads(plan) if isinstance(plan, str) else plan]
    while pieces:
        piece = pieces.pop()
        if isinstance(piece, list):
            pieces += piece
        elif isinstance(piece, dict):
            pieces += [value for value in piece.values() if isinstance(value, dict | list)]
            if piece.get("Node Type") == "Seq Scan" and piece["Relation Name"] in LARGE:
                yield f"reads all of {piece['Relation Name']}: {statement}"
            if piece.get("Node Type") == "Sort" and not may_sort and piece["Plan Rows"] > ARTICLES / 5:
                yield f"sorts {piece['Plan Rows']} rows: {statement}"


def test_every_query_goes_by_index(grown: Database) -> None:
    found = []
    for name, ask in QUERIES.items():
        with grown.write() as connection:
            statements = asked(grown.engine, connection, ask)
            assert statements, name
            for statement, parameters in statements:
                found += [f"{name}: {f}" for f in faults(connection, statement, parameters, may_sort=name in SORTED)]
    assert found == []


def test_a_query_without_an_index_is_seen(grown: Database) -> None:
    bad = "SELECT key FROM article WHERE publisher = 'x'", "SELECT key FROM article ORDER BY publisher"
    with grown.write() as connection:
        assert all(list(faults(connection, statement, (), may_sort=False)) for statement in bad)
