"""Figures, times and names beside what a user would take today: ``python tests/benchmarks/quantities.py [SHARED]``.

Our figures against jionlp (money, times) and cn2an (numerals in digits, then a regular expression), our names against
jieba.posseg, on all annotated articles of this project and of the folder SHARED beside it. The peers are in the
``bench`` group; none needs the network. Last, the cost of the records against trafilatura on the same pages.
"""

import argparse
import gzip
import json
import logging
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

warnings.simplefilter("ignore")  # jieba and jionlp escape their patterns as Python 3.11 did not mind

from trafilatura import bare_extraction  # noqa: E402  # behind the filter of warnings

from ingest import extract  # noqa: E402
from ingest.extract.indicators import lexicon  # noqa: E402
from ingest.model import Records  # noqa: E402
from ingest.pipeline import read_page  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
Found = Counter[object]
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MULTIPLIER = {"万": 10**4, "亿": 10**8}
#: The characters of a page that issue and documents speak of.
_PAGE = 2000


class Article(NamedTuple):
    """An annotated article: its text and what is in it by kind."""

    paragraphs: tuple[str, ...]
    title: str | None
    published_on: date | None
    gold: dict[str, Found]


def main() -> None:
    """Print the table of F1 and pages a second, then the cost of the records."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    shared = cli.parse_args().shared
    groups = {
        "articles that the rules were tuned on": [_article(told) for told in _annotated(shared)],
        "articles of the real pages of tests/gold_pages": [_article(told) for told in _of_real_pages(shared)],
    }
    peers = {"jionlp": _jionlp(), "cn2an": _cn2an(), "jieba": _jieba()}
    for name, articles in groups.items():
        if articles:
            _table(name, articles, peers)
    _cost(shared)


def _table(name: str, articles: list[Article], peers: dict[str, dict[str, "Reader"]]) -> None:
    size = sum(len(p) for a in articles for p in a.paragraphs)
    print(f"\n{len(articles)} {name}, {size:,} characters; CPU time on one core")
    ours = _run(articles, _ours)
    print(f"{'task':22} {'by':8} {'F1':>6} {'P':>6} {'R':>6} {'articles/s':>11}")
    for task, peer in (
        ("money", "jionlp"),
        ("all values", "cn2an"),
        ("periods", "jionlp"),
        ("people", "jieba"),
        ("organisations", "jieba"),
        ("regions", "jieba"),
    ):
        _line(task, "ours", ours, articles)
        _line(task, peer, _run(articles, peers[peer][task]), articles)


def _annotated(shared: Path) -> Iterator[dict[str, Any]]:
    files = [*(shared / "gold").glob("*.json"), *(ROOT / "tests" / "pages").glob("*.expected.json")]
    files += (ROOT / "seeds" / "samples").glob("*.expected.json")
    for file in sorted(files):
        yield from json.loads(file.read_text("utf-8"))["articles"]


def _of_real_pages(shared: Path) -> Iterator[dict[str, Any]]:
    """The annotations that hold no text, each with the text of the article read that quotes most of it."""
    for file in sorted((ROOT / "tests" / "gold_pages").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        page = next((p for folder in ("pages", "seeds") if (p := shared / folder / gold["page"]).exists()), None)
        read = read_page(page.read_bytes()).articles if page else ()
        for told in gold["articles"]:
            quotes = [i["text"] for i in told["indicators"]]
            best = max(read, key=lambda a: sum(q in "".join(a.paragraphs) for q in quotes), default=None)
            if best is not None:
                yield {**told, "paragraphs": best.paragraphs, "title": best.title}


def _article(told: dict[str, Any]) -> Article:
    published = told.get("published_on")
    figures = told["indicators"]
    gold: dict[str, Found] = {
        "money": Counter((_plain(i["value"]), i["unit"]) for i in figures if _is_money(i["unit"])),
        "all values": Counter(value for i in figures for value in _each(i["value"])),
        "periods": Counter({tuple(i["period"]) for i in figures if i["period"]}),
        "people": Counter({p["name"] for p in told["people"]}),
        "organisations": Counter({o["name"] for o in told["organisations"]}),
        "regions": Counter(set(told["regions"])),
    }
    day = date.fromisoformat(published) if published else None
    return Article(tuple(told["paragraphs"]), told.get("title"), day, gold)


def _is_money(unit: str) -> bool:
    return lexicon.unit_kinds().get(unit) == "money" and "/" not in unit


def _each(value: Any) -> list[float]:
    ends = value if isinstance(value, list | tuple) else [value]
    return [abs(round(float(end), 6)) for end in ends]


def _plain(value: Any) -> object:
    ends = _each(value)
    return ends[0] if len(ends) == 1 else tuple(ends)


def _ours(article: Article) -> dict[str, Found]:
    records: Records = extract.records(
        article.paragraphs, title=article.title, published_on=article.published_on, headings=frozenset()
    )
    figures = records.indicators
    return {
        "money": Counter((_plain(i.value), i.unit) for i in figures if _is_money(i.unit)),
        "all values": Counter(value for i in figures for value in _each(i.value)),
        "periods": Counter({tuple(d and d.isoformat() for d in i.period) for i in figures if i.period}),
        "people": Counter({p.name for p in records.people}),
        "organisations": Counter({o.name for o in records.organisations}),
        "regions": Counter(set(records.regions)),
    }


Reader = Callable[[Article], dict[str, Found]]


def _jionlp() -> dict[str, Reader]:
    """Its money and time finders, as its documentation calls them; it logs what it cannot parse, which is much."""
    import jionlp

    logging.disable(logging.ERROR)

    def money(article: Article) -> dict[str, Found]:
        found = (m["detail"] for p in article.paragraphs for m in jionlp.ner.extract_money(p))
        return {"money": Counter((_money(m["num"]), m["case"]) for m in found)}

    def periods(article: Article) -> dict[str, Found]:
        day = article.published_on or date.today()  # noqa: DTZ011  # what jionlp itself falls back on
        base = datetime(day.year, day.month, day.day).timestamp()  # noqa: DTZ001  # its time_base is local
        spans: set[tuple[str | None, str]] = set()
        for paragraph in article.paragraphs:
            for found in jionlp.ner.extract_time(paragraph, time_base=base):
                told = found["detail"]["time"]
                if isinstance(told, list) and all(isinstance(end, str) for end in told):
                    spans.add((told[0][:10], told[1][:10]))
        open_ends = {gold[1] for gold in article.gold["periods"] if isinstance(gold, tuple) and gold[0] is None}
        return {"periods": Counter({(None, end) if end in open_ends else (start, end) for start, end in spans})}

    return {"money": money, "periods": periods}


def _money(told: Any) -> object:
    return _plain([float(end) for end in told] if isinstance(told, list) else float(told))


def _cn2an() -> dict[str, Reader]:
    """Chinese numerals to digits, then every run of digits that is followed by no month, day or the like."""
    import cn2an

    number = re.compile(r"(?<![\dA-Za-z第.])(\d+(?:\.\d+)?)([万亿]*)(?![\d月日号时点届])")

    def values(article: Article) -> dict[str, Found]:
        found: Found = Counter()
        for paragraph in article.paragraphs:
            for match in number.finditer(cn2an.transform(paragraph, "cn2an")):
                value = float(match[1])
                for sign in match[2]:
                    value *= _MULTIPLIER[sign]
                found[round(value, 6)] += 1
        return {"all values": found}

    return {"all values": values}


def _jieba() -> dict[str, Reader]:
    """Its tags nr, nt and ns; a place under its short name counts as the official one."""
    import jieba.posseg

    jieba.initialize()
    tags = {"people": "nr", "organisations": "nt", "regions": "ns"}

    def tagged(article: Article) -> dict[str, Found]:
        told = [(w.word, w.flag) for p in article.paragraphs for w in jieba.posseg.cut(p)]
        found = {kind: {word for word, flag in told if flag.startswith(tag)} for kind, tag in tags.items()}
        full = {str(r)[:-1]: str(r) for r in article.gold["regions"]}
        found["regions"] = {full.get(word, word) for word in found["regions"]}
        return {kind: Counter(words) for kind, words in found.items()}

    return dict.fromkeys(tags, tagged)


class Run(NamedTuple):
    """What a reader found in each article, and the CPU seconds it took."""

    found: list[dict[str, Found]]
    seconds: float


def _run(articles: list[Article], reader: Reader) -> Run:
    reader(articles[0])  # what it loads, it loads before the clock runs
    started = time.process_time()
    found = [reader(article) for article in articles]
    return Run(found, time.process_time() - started)


def _line(task: str, by: str, run: Run, articles: list[Article]) -> None:
    hit = sum((f[task] & a.gold[task]).total() for f, a in zip(run.found, articles, strict=True))
    given = sum(f[task].total() for f in run.found)
    wanted = sum(a.gold[task].total() for a in articles)
    p, r = hit / max(1, given), hit / max(1, wanted)
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    print(f"{task:22} {by:8} {f1:6.3f} {p:6.3f} {r:6.3f} {len(articles) / run.seconds:11.0f}")


def _cost(shared: Path) -> None:
    """Milliseconds of records for 2,000 characters of body, and trafilatura's for the same pages."""
    files = sorted((shared / "pages").glob("*.htm*")) + sorted((ROOT / "seeds" / "samples").glob("*.html*"))
    pages = [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]
    read = [article for page in pages for article in read_page(page).articles]
    size = sum(len(p) for a in read for p in a.paragraphs)
    ours = min(_seconds(lambda: [_records(article) for article in read]) for _ in range(3))
    theirs = min(_seconds(lambda: [bare_extraction(page) for page in pages]) for _ in range(3))
    print(f"\nrecords of {len(read)} articles on {len(pages)} pages, {size:,} characters of body")
    print(
        f"records      {ours / size * _PAGE * 1e3:6.2f} ms for {_PAGE} characters; {ours / len(pages) * 1e3:.2f} a page"
    )
    print(f"trafilatura  {theirs / len(pages) * 1e3:6.2f} ms a page; ours is {ours / theirs:.2f} of it")


def _records(read: Any) -> Records:
    return extract.records(
        read.paragraphs, title=read.title, published_on=read.published_on, headings=frozenset(read.headings)
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
