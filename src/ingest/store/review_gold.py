"""What people decided, as gold: the pages' particulars with the records that were found right, in the gold's format.

A page counts as complete where every record that was read from it is decided on; only such a page says that nothing
else is right. What no rule found, nobody was asked about: a person who reads the page adds that by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from ingest.store import reviews
from ingest.store.reviews import Verdict, reading_key
from ingest.store.rows import Row
from ingest.store.tables import RECORDS, Base

_T = Base.metadata.tables
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
    "contributor",
    "zones",
    "regions",
)
_TEXTS = ("paragraphs", "headings")
_NAMES_ONLY = ("policies", "programmes")  # that the gold has by name alone
_BESIDE = {"indicators": (), "organisations": ("kind",), "people": ("role", "organisation"), "honours": ("recipient",)}


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page as gold: where it is from, what the file says, and whether every record of it is decided on."""

    source: str
    address: str
    content: dict[str, Any]
    complete: bool


def pages(connection: Connection, *, texts: bool = True) -> Iterator[GoldPage]:
    """Yield the pages that somebody decided on; ``texts``: with the articles' paragraphs and headings."""
    article = _T["article"]
    for key in sorted(_pages_of(connection)):
        source, address = key
        of_page = select(article).where(article.c.source == source, article.c.address == address)
        rows = connection.execute(of_page.where(article.c.withdrawn_at.is_(None)).order_by(article.c.position))
        made = [_article(connection, dict(row), texts=texts) for row in rows.mappings()]
        if made:
            decided, total = sum(each[1] for each in made), sum(each[2] for each in made)
            content = {"page": address, "source": source, "decided": decided, "records": total}
            content["articles"] = [each[0] for each in made]
            yield GoldPage(source, address, content, decided == total)


def _pages_of(connection: Connection) -> set[tuple[str, str]]:
    article = _T["article"]
    found: set[tuple[str, str]] = set()
    for key in reviews.decided_articles(connection):
        row = connection.execute(select(article.c.source, article.c.address).where(article.c.key == key)).one()
        found.add((row[0], row[1]))
    return found


def _article(connection: Connection, row: Row, *, texts: bool) -> tuple[dict[str, Any], int, int]:
    """Return an article as gold, how many of its records are decided on, and how many there are."""
    decisions = reviews.of_article(connection, row["key"])
    made = {name: _value(row[name]) for name in (*_PARTICULARS, *(_TEXTS if texts else ()))}
    rejected: list[dict[str, Any]] = []
    decided = total = 0
    for field, model in RECORDS.items():
        table = _T[str(model.__tablename__)]
        query = select(table).where(table.c.article_key == row["key"])
        ordered = query.order_by(table.c.paragraph, table.c.span_start, table.c.key)
        right: list[Any] = []
        for record in map(dict, connection.execute(ordered).mappings()):
            decision = decisions.get(reading_key(table.name, record))
            total += 1
            decided += decision is not None
            if decision is None:
                continue
            if decision["verdict"] == Verdict.REJECTED:
                rejected.append({"records": field, "text": record["text"], **decision["said"]})
            else:
                right.append(_record(field, decision["stands"], record))
        if field != "places":  # zones and regions have them
            made[field] = right
    return made | {"rejected": rejected}, decided, total


def _record(field: str, stands: Mapping[str, Any], row: Row) -> Any:
    """Return a record in the gold's form."""
    if field in _NAMES_ONLY:
        return stands["name"]
    if field != "indicators":
        quotes = {"quotes": row["quotes"]} if "quotes" in row else {}
        return {name: stands[name] for name in ("name", *_BESIDE.get(field, ()))} | quotes
    low, high = (None if v is None else _number(v) for v in (stands["value"], stands["value_high"]))
    start, end = stands["period_start"], stands["period_end"]
    made = {name: stands[name] for name in ("subject", "name")}
    made |= {"value": low if high is None else [low, high]}
    made |= {name: stands[name] for name in ("unit", "bound", "aspect")}
    made |= {"period": [start, end] if start or end else None, "text": row["text"]}
    return made | ({"restated": True} if row["restated"] else {})


def _number(written: str) -> int | float:
    value = Decimal(written)
    return int(value) if value == value.to_integral_value() else float(value)


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
