"""Every sample page is read as its expected records say: articles, particulars and body text."""

import gzip
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest import output
from tests.seeds.samples import ANNOTATED, load_expected
from tests.seeds.undamage import fold as fold_script
from tests.seeds.undamage import unannotated

BODY_FLOOR = 0.98  # 4-gram F1 of a page's body text: a paragraph lost or a menu kept costs more
PARTICULARS = ("title", "published_on", "publisher", "authors", "editors", "contributor", "kind")
# A photo on a dated page: whether it shares the page's date is told by no page; the rest is compared.
UNDATED = "photo-caption"
SHORTEST_FURNITURE = 6  # characters; shorter ones (首页, 搜索) stand in prose as well


@cache
def read(page: Path) -> list[dict[str, Any]]:
    content = page.read_bytes()
    if page.suffix == ".gz":  # sent with Content-Encoding: gzip, which the client unpacks
        content = gzip.decompress(content)
    articles: list[dict[str, Any]] = output.page(ingest.read_page(content), page.name)["articles"]
    return articles


def fold(text: str | None) -> str | None:
    return None if text is None else "".join(unicodedata.normalize("NFKC", text).split())


def grams(articles: list[dict[str, Any]], n: int = 4) -> Counter[str]:
    text = fold("".join(p for article in articles for p in article["paragraphs"])) or ""
    return Counter(text[i : i + n] for i in range(len(text) - n + 1))


def particulars(article: dict[str, Any]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in PARTICULARS:
        value = article[name]
        fields[name] = [fold(v) for v in value] if isinstance(value, list) else fold(value)
    if article["kind"] == UNDATED:
        del fields["published_on"]
    return fields


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_particulars(page: Path) -> None:
    assert [particulars(a) for a in read(page)] == [particulars(a) for a in load_expected(page)["articles"]]


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_body_text(page: Path) -> None:
    ours, theirs = grams(read(page)), grams(load_expected(page)["articles"])
    shared = sum((ours & theirs).values())
    assert 2 * shared / (sum(ours.values()) + sum(theirs.values())) >= BODY_FLOOR


def removed_stretches(page: Path) -> list[str]:
    expected = load_expected(page)
    stretches = []
    for entry in expected["removed"]:
        if entry["reason"] == "duplicate-text":
            continue
        if "text" in entry:
            stretches.append(entry["text"])
        else:
            first, last = entry["lines"]
            stretches += page.read_text("utf-8").splitlines()[first - 1 : last]
    folded = [fold_script(unannotated(stretch)) for stretch in stretches]
    return [stretch for stretch in folded if len(stretch) >= SHORTEST_FURNITURE]


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_furniture_is_in_no_paragraph(page: Path) -> None:
    body = fold_script("".join(p for article in read(page) for p in article["paragraphs"]))
    assert [stretch for stretch in removed_stretches(page) if stretch in body] == []
