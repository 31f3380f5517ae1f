"""What holds for every page at hand: the samples, and the real pages where they are."""

import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, CData, Comment, Declaration, Doctype, ProcessingInstruction

import ingest
from ingest.model import Article, Label, Page
from tests.conftest import ROOT

SAMPLES = sorted(p for p in (ROOT / "seeds" / "samples").iterdir() if p.suffix in {".txt", ".html", ".htm"})
SHARED = ROOT.parent / "shared"
REAL = sorted(SHARED.glob("seeds/*.txt")) + sorted(SHARED.glob("pages/*.html"))
PAGES = [pytest.param(path, id=path.name) for path in SAMPLES + REAL]

_NOT_TEXT = (CData, Comment, Declaration, Doctype, ProcessingInstruction)
_INVISIBLE = ["script", "style", "title"]


@cache
def read(path: Path) -> Page:
    return ingest.read_page(path.read_bytes())


def squash(text: str) -> str:
    """Drop white space and what no two parsers agree on: NUL and characters HTML does not allow."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufeff\ufffd]+", "", text)


@pytest.mark.parametrize("path", PAGES)
def test_kept_and_left_out_blocks_are_the_whole_page_in_order(path: Path) -> None:
    page = read(path)
    assert [b.index for b in page.blocks] == list(range(len(page.blocks)))
    ours = squash("".join(b.original for b in page.blocks if not b.path.startswith("script")))
    source = ingest.decode.read_source(path.read_bytes()).text
    assert ours == squash(source if path.suffix == ".txt" else _visible(source))


def _visible(source: str) -> str:
    """Return the text of an HTML page by another reader than ours, without what is no text."""
    soup = BeautifulSoup(source, "lxml")
    for node in soup.find_all(_INVISIBLE):
        node.decompose()
    return "".join(s for s in soup.find_all(string=True) if not isinstance(s, _NOT_TEXT))


@pytest.mark.parametrize("path", PAGES)
def test_every_block_has_a_reason(path: Path) -> None:
    assert [b for b in read(path).blocks if b.text.strip() and not b.reason] == []


@pytest.mark.parametrize("path", PAGES)
def test_an_article_is_made_of_kept_blocks_of_its_own(path: Path) -> None:
    page = read(path)
    owned = [index for article in page.articles for index in article.blocks]
    assert len(owned) == len(set(owned))
    assert all(page.blocks[index].label.kept for index in owned)
    for article in page.articles:
        assert len(article.paragraphs) == len(article.originals) == len(article.paragraph_blocks)
        assert set(article.headings) <= set(article.paragraphs)
        for text, blocks in zip(article.paragraphs, article.paragraph_blocks, strict=True):
            assert squash(text) == squash("".join(page.blocks[i].text for i in blocks))


@pytest.mark.parametrize("path", PAGES)
def test_every_record_slices_to_its_evidence(path: Path) -> None:
    for article in read(path).articles:
        for record in records(article):
            assert article.paragraphs[record.paragraph][record.start : record.end] == record.text


@pytest.mark.parametrize("path", PAGES)
def test_a_repair_tells_where_and_what(path: Path) -> None:
    page = read(path)
    for repair in page.repairs:
        assert repair.found != repair.made
        if repair.block is not None:
            original = page.blocks[repair.block].original
            assert 0 <= repair.start <= repair.end <= len(original)


@pytest.mark.parametrize("path", [p for p in PAGES if p.id == "gne_njxfhn_1.html"])
def test_a_link_farm_is_no_part_of_an_article(path: Path) -> None:
    left_out = sum(len(b.text) for b in read(path).blocks if b.label in {Label.HIDDEN, Label.LINK_FARM})
    assert left_out > 100_000


def records(article: Article) -> list[ingest.model.Record]:
    """Return all records of an article."""
    kinds = ("indicators", "organisations", "people", "policies", "programmes", "honours", "places")
    return [record for kind in kinds for record in getattr(article, kind)]
