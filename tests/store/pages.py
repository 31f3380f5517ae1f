"""Pages as if they had been read, and what a database holds afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from ingest.fetch.archive import Pointer
from ingest.model import Article, Block, Capture, Flag, Indicator, Label, Organisation, Page, Person, Repair
from ingest.store import copies_waiting, queries, write
from ingest.store.engine import Database
from ingest.store.rows import Reading, reading
from ingest.store.tables import Base
from ingest.store.write import Stored

NOW = datetime(2025, 3, 2, 1, 30, tzinfo=UTC)
TEXT = "绵阳高新区引进企业31家，产值达到412.5亿元，由唐晓舟负责。"


def indicator(value: Decimal | tuple[Decimal, Decimal] = Decimal(31), **fields: Any) -> Indicator:
    """Make an indicator that was read from TEXT."""
    start = TEXT.index("引进")
    given: dict[str, Any] = {
        "paragraph": 0,
        "start": start,
        "end": start + 7,
        "text": TEXT[start : start + 7],
        "subject": "绵阳高新区",
        "name": "企业",
        "value": value,
        "unit": "家",
        "bound": "exact",
        "aspect": "change",
        "period": (date(2025, 1, 1), date(2025, 3, 2)),
    }
    return Indicator(**given | fields)


def person(name: str = "唐晓舟") -> Person:
    """Make a person that was read from TEXT."""
    start = TEXT.index("唐")
    return Person(paragraph=0, start=start, end=start + 3, text=name, name=name, role=None, organisation=None)


def organisation(name: str = "绵阳高新区管委会", **fields: Any) -> Organisation:
    """Make an organisation that was read from TEXT."""
    given: dict[str, Any] = {"name": name, "kind": "government", "aliases": ("管委会",)}
    return Organisation(paragraph=0, start=0, end=5, text=TEXT[:5], **given | fields)


def article(title: str | None = "新建两条中试线", **fields: Any) -> Article:
    """Make an article with one paragraph and some records."""
    given: dict[str, Any] = {
        "kind": "news",
        "title": title,
        "published_on": date(2025, 3, 2),
        "published_at": datetime(2025, 3, 2, 9, 30),  # noqa: DTZ001 - as printed, without a zone
        "authors": ("何青",),
        "paragraphs": (TEXT,),
        "originals": (TEXT,),
        "blocks": (0, 1),
        "paragraph_blocks": ((1,),),
        "zones": ("绵阳高新区",),
        "indicators": (indicator(),),
        "organisations": (organisation(),),
        "people": (person(),),
        "flags": (Flag(name="unsure", score=0.5, reason="made up"),),
    }
    return Article(**given | fields)


def page(*articles: Article) -> Page:
    """Make a page of these articles."""
    blocks = (Block(index=0, text="x", original="x", label=Label.TITLE), Block(index=1, text="导航", original="导航"))
    mended = (Repair(kind="pinyin", start=0, end=1, found="a", made="b"),) * 2
    return Page(
        url=None,
        encoding="gb18030",
        confidence=0.9,
        evidence=("valid GB18030",),
        repairs=mended,
        flags=(),
        blocks=blocks,
        articles=articles,
    )


def read(
    *articles: Article,
    address: str = "a.html",
    content: bytes = b"1",
    rules: str = "r1",
    fingerprints: tuple[str, ...] = (),
) -> Reading:
    """Make a reading of a page of these articles."""
    captured = Capture(
        source="s", address=address, content=content, sha256=sha256(content).hexdigest(), captured_at=NOW
    )
    read_as = replace(page(*articles), fingerprints=fingerprints)
    return reading(captured, Pointer("x.warc.gz", 1, 2), read_as, rules)


def store(database: Database, *readings: Reading, now: datetime = NOW) -> list[Stored]:
    """Store readings of the source ``s`` in one transaction, then link what waits."""
    with database.write() as connection:
        queries.put_source(connection, {"name": "s", "kind": "files", "title": "S", "language": "zh"})
        stored = write.store_readings(connection, readings, now)
    copies_waiting.link_all(database)
    return [stored[each.key] for each in readings]


def rows(database: Database, table: str) -> list[dict[str, Any]]:
    """Return all rows of a table by their key."""
    found = Base.metadata.tables[table]
    with database.read() as connection:
        query = select(found).order_by(*found.primary_key.columns)
        return [dict(row) for row in connection.execute(query).mappings()]


# Say when runs were and what they took on, so each run adds to them.
OF_RUNS = ("run", "coverage", "backfill", "measure")


def everything(database: Database, *, but: Sequence[str] = OF_RUNS) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables but some; marks together, in whichever of their two tables they are."""
    found = {name: rows(database, name) for name in Base.metadata.tables if name not in but}
    if "copymark" in found:
        found["copymark"] = sorted(found["copymark"] + found.pop("copyfresh"), key=lambda row: (*row.values(),))
    return found
