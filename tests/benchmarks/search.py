"""How long searches take over many articles, by process time; and pairs of characters beside jieba's words.

    python tests/benchmarks/search.py --articles 20000 [--database ADDRESS]
    python tests/benchmarks/search.py --words FOLDER

The first makes a database of varied articles (words drawn as often as Chinese uses them, dates of 16 years, 178 zones)
and asks queries of all kinds: rare and common words, several, phrases, with and without a zone or days. The second
reads the pages of a folder and looks for the names that they name, and for any few characters of theirs.
"""

import argparse
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ingest
from ingest.extract import lexicon
from ingest.store import keys, queries
from ingest.store.engine import Database
from ingest.store.search import index
from ingest.store.search.find import Narrowing, find
from ingest.store.search.query import parse
from ingest.store.search.tokens import tokens
from ingest.store.tables import Base
from ingest.store.upsert import insert

_T = Base.metadata.tables
_CHUNK = 500
_ROUNDS = 3
_FIRST = date(2010, 1, 1)
_CAPTURE = {
    "key": "c",
    "source": "s",
    "address": "a",
    "sha256": "0",
    "size": 0,
    "url": None,
    "captured_at": datetime(2025, 1, 1, tzinfo=UTC),
    "archive_file": "x",
    "archive_offset": 0,
    "archive_length": 0,
}


class Writer:
    """Writes articles of words drawn by how often they are used; the same ones each time."""

    def __init__(self) -> None:
        self.chance = random.Random(7)
        rows = [row for row in lexicon.rows("org_words") if len(row) > 1 and row[1].isdigit()]
        self.words = [row[0] for row in rows]
        self._weights = list(accumulate(int(row[1]) for row in rows))
        self.zones = [row[0] for row in lexicon.rows("zones_hightech")]

    def text(self, words: int) -> str:
        """Return so many words with punctuation and figures."""
        drawn = self.chance.choices(self.words, cum_weights=self._weights, k=words)
        pieces = []
        for number, word in enumerate(drawn, 1):
            pieces.append(word)
            pieces.append("。" if number % 27 == 0 else "，" if number % 9 == 0 else "")
            pieces.append(f"{self.chance.randrange(1, 9999)}亿元" if number % 40 == 0 else "")
        return "".join(pieces)

    def article(self, number: int) -> dict[str, Any]:
        """Return an article's row."""
        zone = self.chance.choice(self.zones[:60] if self.chance.random() < 0.7 else self.zones)
        paragraphs = [zone + self.text(self.chance.randrange(30, 120)) for _ in range(self.chance.randrange(3, 8))]
        empty: dict[str, Any] = {column.name: None for column in _T["article"].columns}
        lists = ("blocks", "paragraph_blocks", "authors", "editors", "headings", "originals", "flags", "regions")
        return (
            empty
            | {name: [] for name in lists}
            | {
                "key": keys.key("article", "s", str(number)),
                "source": "s",
                "address": str(number),
                "capture_key": "c",
                "rules_version": "r",
                "position": 0,
                "digest": "d",
                "revision": 1,
                "since": datetime(2025, 1, 1, tzinfo=UTC),
                "kind": "news",
                "title": f"{zone}：{self.text(6)}",
                "published_on": _FIRST + timedelta(days=self.chance.randrange(16 * 365)),
                "zones": [zone],
                "paragraphs": paragraphs,
            }
        )


def fill(database: Database, articles: int) -> None:
    """Write articles and their index, and say what each took."""
    writer = Writer()
    spent = {"article": 0.0, "index": 0.0}
    characters = 0
    with database.write() as connection:
        queries.put_source(connection, {"name": "s", "kind": "files", "title": "S", "language": "zh"})
        insert(connection, _T["capture"], [_CAPTURE])
    for start in range(0, articles, _CHUNK):
        rows = [writer.article(number) for number in range(start, min(start + _CHUNK, articles))]
        characters += sum(len("".join(row["paragraphs"])) for row in rows)
        with database.write() as connection:
            began = time.process_time()
            insert(connection, _T["article"], rows)
            spent["article"] += time.process_time() - began
            began = time.process_time()
            index.put_in(connection, rows)
            spent["index"] += time.process_time() - began
    each = " ".join(f"{name} {seconds / articles * 1000:.2f} ms" for name, seconds in spent.items())
    print(f"{articles} articles of {characters / articles:.0f} characters; process time for one: {each}")


def questions(writer: Writer, number: int) -> Iterator[tuple[str, str, Narrowing]]:
    """Yield queries of all kinds: what kind, the query, what it is narrowed by."""
    chance = random.Random(11)
    common = [word for word in writer.words[:1500] if len(word) > 1]
    rare = [word for word in writer.words[3000:30000] if len(word) > 1]
    for _ in range(number):
        zone = chance.choice(writer.zones)
        since = _FIRST + timedelta(days=chance.randrange(15 * 365))
        yield "common word", chance.choice(common), Narrowing()
        yield "rare word", chance.choice(rare), Narrowing()
        yield "common words", f"{chance.choice(common)} {chance.choice(common)}", Narrowing()
        yield "phrase", f"“{chance.choice(common)}{chance.choice(common)}”", Narrowing()
        yield "zone and word", f"{zone} {chance.choice(common)}", Narrowing()
        yield "word in a zone", chance.choice(common), Narrowing(tags=(("zone", zone),))
        yield "word since", chance.choice(common), Narrowing(since=since)
        yield "word in a zone since", chance.choice(rare), Narrowing(tags=(("zone", zone),), since=since)
        yield "words run together", chance.choice(common) + chance.choice(common) + chance.choice(rare), Narrowing()
        yield "高新区", "高新区", Narrowing(since=since if chance.random() < 0.5 else None)


def ask(database: Database, number: int) -> None:
    """Ask queries and tell how long they took."""
    took: dict[str, list[float]] = {}
    hits = 0
    parse("成都高新区量子计算")  # the dictionary for words that are run together loads once a process
    with database.read() as connection:
        for kind, typed, narrowing in questions(Writer(), number):
            terms = parse(typed)
            times = []
            for _ in range(_ROUNDS):
                began = time.process_time()
                hits += len(find(connection, terms, narrowing))
                times.append(time.process_time() - began)
            took.setdefault(kind, []).append(min(times) * 1000)
    for kind, times in [*took.items(), ("all", [one for each in took.values() for one in each])]:
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{kind:22} median {statistics.median(times):6.1f} ms  p95 {p95:6.1f} ms  most {max(times):6.1f} ms")
    print(f"{hits // _ROUNDS} hits")


def words(folder: Path) -> None:
    """Compare pairs of characters with jieba's words: time, and what is found of what is there."""
    import jieba

    pages = [ingest.read_page(path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
    articles = [article for page in pages for article in page.articles]
    texts = ["\n".join([article.title or "", *article.paragraphs]) for article in articles]
    characters = sum(map(len, texts))
    began = time.process_time()
    jieba.initialize()
    print(f"{len(texts)} articles, {characters} characters; jieba loads in {time.process_time() - began:.2f} s")
    ways: dict[str, Callable[[str], list[str]]] = {
        "pairs": tokens,
        "jieba": lambda text: list(jieba.cut_for_search(text)),
    }
    for name, way in ways.items():
        began = time.process_time()
        count = sum(len(way(text)) for text in texts)
        spent = (time.process_time() - began) / characters * 1e6
        print(f"{name}: {spent:.2f} ms for 1,000 characters, {count / characters:.2f} tokens for a character")
    cut = [set(jieba.cut_for_search(text)) for text in texts]
    named = {
        record.name
        for article in articles
        for kind in ("organisations", "people", "policies", "programmes", "places")
        for record in getattr(article, kind)
        if re.fullmatch("[一-龥]{2,12}", record.name)
    }
    chance = random.Random(1)
    runs = [run for text in texts for run in re.findall("[一-龥]{6,}", text)]
    starts = [(run, chance.randrange(len(run) - 4)) for run in chance.choices(runs, k=700)]
    stretches = {run[at : at + chance.choice((2, 2, 3, 4))] for run, at in starts}
    for name, wanted in (("names", named), ("any 2 to 4 characters", stretches)):
        tell(name, wanted, texts, cut)


def tell(name: str, wanted: set[str], texts: list[str], cut: list[set[str]]) -> None:
    """Tell what jieba's words find of what is there; pairs looked for as a phrase find all of it and nothing else."""
    import jieba

    right = missed = wrong = nothing = 0
    for query in wanted:
        there = {number for number, text in enumerate(texts) if query in text}
        parts = set(jieba.cut(query))
        found = {number for number, have in enumerate(cut) if parts <= have}
        right, missed, wrong = right + len(there & found), missed + len(there - found), wrong + len(found - there)
        nothing += bool(there and not found)
    recall, precision = right / max(1, right + missed), right / max(1, right + wrong)
    print(
        f"{name}: {len(wanted)} queries; jieba finds {recall:.1%}, {precision:.1%} of it right, nothing for {nothing}"
    )


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=20, help="of each kind")
    parser.add_argument("--database", help="an empty database; SQLite in a temporary folder when left out")
    parser.add_argument("--words", type=Path, help="a folder of pages")
    chosen = parser.parse_args()
    if chosen.words:
        words(chosen.words)
        return
    with TemporaryDirectory() as folder:
        file = Path(folder, "ingest.db")
        database = Database(chosen.database or f"sqlite:///{file}")
        fill(database, chosen.articles)
        ask(database, chosen.queries)
        database.close()
        if file.exists():
            print(f"{file.stat().st_size / 1e6:.0f} MB, SQLite {sqlite3.sqlite_version}")


if __name__ == "__main__":
    main()
