"""The reader's views on a large database, with a writer at work beside it: the time to the first byte.

    uv run python -m tests.benchmarks.reader [ARTICLES] [--rounds 40] [--folder KEPT] [--quiet]

100,000 articles unless said, of 200 zones, 8 sources and 12 years, each with 13 records, one in four articles with
records in doubt. The writer is a process that stores chunks of 500 new articles without a pause, which is more than a
run does, since a run reads them first; ``--quiet`` measures without it. Prints p50, p95 and the most of each view in
milliseconds to its first byte, and the p95 to its last; fails where those are over 300 and 1,000. A folder that is kept
is used again.
"""

import argparse
import itertools
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import quote

import httpx
from sqlalchemy import text

from ingest.model import Article
from ingest.store import queries
from ingest.store.engine import Database
from ingest.store.rows import Reading
from ingest.store.search import index
from ingest.store.tables import Base
from ingest.store.upsert import insert
from tests.benchmarks.store import CHUNK, NOW, chunk, store, tables

GOAL, WHOLE = 300, 1_000  # ms, p95, to the first byte and to the last
ZONES, SOURCES, YEARS = 200, 8, 12
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
SECONDS = 60  # for a server to start


def zone(number: int) -> str:
    """Return the name of a zone."""
    return f"{chr(0x4E00 + number % ZONES)}阳高新区"


def placed(made: Article, number: int) -> Article:
    """Return an article of the store's benchmark with a day, a zone, figures of several years, and some in doubt."""
    day = date(2013, 1, 1) + timedelta(days=(number * 7919) % (YEARS * 365))
    unsure = 0.3 + number % 30 / 100 if number % 4 == 0 else 0.9
    figures = tuple(
        replace(
            each,
            subject=zone(number),
            name=("企业", "研发投入", "产值", "专利", "人才")[place % 5],
            confidence=unsure if place == 0 else 0.9,
            aspect=("level", "growth")[place % 2],
            unit=("家", "%")[place % 2],
            period=(date(day.year, 1, 1), date(day.year, 12, 31)),
        )
        for place, each in enumerate(made.indicators[:6])
    )
    title = f"{zone(number)}第{number}批中试项目开工"
    texts = paragraphs(number)
    short = replace(made, paragraphs=texts, originals=texts, people=made.people[:1])
    dated = replace(short, title=title, published_on=day, zones=(zone(number),))
    return replace(dated, indicators=figures, organisations=made.organisations[:2])


def paragraphs(number: int) -> tuple[str, ...]:
    """Return four paragraphs of an article's own, so that it is no copy of another; the first has its evidence."""
    chance = random.Random(number)
    return tuple(f"{number}-{place}：{''.join(chance.choices(_HAN, k=100))}。" for place in range(4))


def readings(first: int) -> list[Reading]:
    """Return a chunk of the benchmark's pages."""
    from unittest import mock

    from tests.benchmarks import store as maker

    made = maker.article
    with mock.patch.object(maker, "article", lambda number: placed(made(number), number)):
        return chunk(first)


def fill(database: Database, articles: int) -> None:
    """Make the database."""
    for number in range(SOURCES):
        name = f"s{number}" if number else "s"
        with database.write() as connection:
            queries.put_source(connection, {"name": name, "kind": "files", "title": name, "language": "zh"})
    for first in range(0, articles, CHUNK):
        insert_all(database, [_of_source(each, first) for each in readings(first)])
    with database.write() as connection:
        connection.execute(text("ANALYZE"))


def insert_all(database: Database, made: list[Reading]) -> None:
    """Insert rows that are known to be new, and index them; no copies are looked for, since there are none."""
    with database.write() as connection:
        found = tables(made)
        for name, rows in found.items():
            insert(connection, Base.metadata.tables[name], rows)
        index.put_in(connection, found["article"])


def _of_source(reading: Reading, first: int) -> Reading:
    name = f"s{first // CHUNK % SOURCES}" if first // CHUNK % SOURCES else "s"
    own = {"source": name}
    return replace(
        reading,
        page=reading.page | own,
        capture=(reading.capture or {}) | own,
        articles=[row | own for row in reading.articles],
    )


def views(database: Database) -> Iterator[tuple[str, str]]:
    """Yield the views, each with an address: of the middle of the data where it is of one thing."""
    with database.read() as connection:
        query = "SELECT key FROM article ORDER BY key LIMIT 1 OFFSET 500"
        article = connection.scalar(text(query))
        record = connection.scalar(text(f"SELECT key FROM indicator WHERE article_key = '{article}'"))
    here = quote(zone(7))
    yield from {
        "overview": "/",
        "articles": "/articles",
        "articles of a source": "/articles?source=s3",
        "search, rare words": f"/articles?q={quote('第4711批')}",
        "search, common words": f"/articles?q={quote('中试项目')}",
        "search in a zone": f"/articles?q={quote('开工')}&zone={here}",
        "articles of a year as JSON": "/articles.json?since=2020-01-01&until=2020-12-31",
        "an article": f"/article/{article}",
        "its versions": f"/article/{article}/history",
        "its copies": f"/article/{article}/copies",
        "its records": f"/article/{article}/records",
        "a record by itself": f"/review/record/{record}",
        "a record": f"/record/{record}",
        "zones": "/zones",
        "a zone": f"/zone/{here}",
        "a zone's figures as CSV": f"/zone/{here}/indicators.csv",
        "a zone's organisations": f"/zone/{here}/organisations",
        "compare": "/compare",
        "compare a figure": f"/compare?name={quote('研发投入')}&unit=%25&aspect=growth",
        "all figures as JSON": f"/compare/figures.json?name={quote('研发投入')}&aspect=growth",
        "review": "/review",
        "review of a source": "/review?source=s3",
        "review of a zone": f"/review?zone={here}",
        "review as JSON": "/review.json?kind=indicators",
        "decisions": "/review/decisions",
        "runs": "/runs",
        "quarantine": "/quarantine",
    }.items()


@contextmanager
def beside(*command: str) -> Iterator[subprocess.Popen[str]]:
    """Run another command of this module for as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.reader", *command], stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(SECONDS)


def serve(folder: Path) -> None:
    """Serve the reader at a free port, and say which."""
    from ingest.reader.serve import serve as serving
    from ingest.settings import Settings

    configured = Settings(config=folder / "config", database_url=f"sqlite:///{folder}/ingest.db")
    serving(configured, "127.0.0.1", 0, told=lambda line: print(line, flush=True))


def write(folder: Path, first: int) -> None:
    """Store chunk after chunk until ended."""
    database = Database(f"sqlite:///{folder}/ingest.db")
    for each in itertools.count(first, CHUNK):
        store(database, readings(each))


def times_of(client: httpx.Client, there: str) -> tuple[float, float]:
    """Return the milliseconds until the first byte of an answer's text, and until its last; it must be a good one."""
    began = time.perf_counter()
    with client.stream("GET", there) as answer:
        pieces = answer.iter_raw()
        next(pieces, b"")
        first = (time.perf_counter() - began) * 1000
        for _ in pieces:
            pass
        answer.raise_for_status()
    return first, (time.perf_counter() - began) * 1000


def measure(address: str, database: Database, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Ask for all views in turn, again and again."""
    found: dict[str, list[tuple[float, float]]] = {}
    asked = list(views(database))
    with httpx.Client(base_url=address, timeout=120, trust_env=False, follow_redirects=True) as client:
        for number in range(rounds + 1):
            for name, there in asked:
                took = times_of(client, there)
                if number:  # the first round is a warm-up
                    found.setdefault(name, []).append(took)
    return found


def main() -> None:
    """Measure and print."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("articles", nargs="?", type=int, default=100_000)
    cli.add_argument("--rounds", type=int, default=40)
    cli.add_argument("--folder", type=Path)
    cli.add_argument("--quiet", action="store_true")
    cli.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    cli.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    args = cli.parse_args()
    if args.serve:
        serve(args.serve)
    elif args.write:
        write(args.write, int(NOW.timestamp()) + time.time_ns() % 10**9 // CHUNK * CHUNK)
    else:
        with TemporaryDirectory() as temporary:
            run(args.folder or Path(temporary), args.articles, args.rounds, quiet=args.quiet)


def run(folder: Path, articles: int, rounds: int, *, quiet: bool) -> None:
    """Make the database where there is none, measure, print."""
    new = not (folder / "ingest.db").exists()
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{folder}/ingest.db")
    if new:
        fill(database, articles)
    with beside("--serve", str(folder)) as server:
        assert server.stdout
        address = server.stdout.readline().split()[4].rstrip(";/")
        if quiet:
            found = measure(address, database, rounds)
        else:
            with beside("--write", str(folder)):
                found = measure(address, database, rounds)
    database.close()
    over = report(found)
    if over:
        sys.exit(f"p95 over {GOAL} ms to the first byte or {WHOLE} ms to the last: {', '.join(over)}")


def report(found: dict[str, list[tuple[float, float]]]) -> list[str]:
    """Print the times; return the views that are too slow."""
    over = []
    for name, times in found.items():
        firsts, lasts = zip(*times, strict=True)
        p95, whole = (quantiles(each, n=20)[-1] for each in (firsts, lasts))
        told = f"p50 {median(firsts):7.0f}  p95 {p95:7.0f}  most {max(firsts):7.0f} ms   whole p95 {whole:7.0f} ms"
        print(f"{name:<30} {told}")
        if p95 > GOAL or whole > WHOLE:
            over.append(name)
    return over


if __name__ == "__main__":
    main()
