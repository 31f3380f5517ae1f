"""Pages made to choke a reader: each has an outcome, its text is still there, and the work grows with its length."""

import sys

import pytest

from ingest import read_page, split, strip
from ingest.model import Document, Label
from ingest.strip.content import choose
from ingest.strip.html import read_html
from ingest.strip.html_elements import MAX_PATH
from ingest.strip.html_lines import MAX_BLOCKS
from tests.benchmarks.limits import cases

SENTENCE = "管委会发布消息，园区新开工项目十二个。"


def read(source: str) -> Document:
    document = read_html(source)
    choose(document)
    return document


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "font><p", "table><tr><td"])
def test_100_000_nested_tags(tag: str) -> None:
    document = read("<html><body>" + f"<{tag}>" * 100_000 + SENTENCE + f"<p>{SENTENCE}后文</p>")
    text = "".join(block.original for block in document.blocks)
    assert text == SENTENCE + SENTENCE + "后文"


def test_so_many_siblings_fill_blocks_up() -> None:
    count = 3 * MAX_BLOCKS
    document = read("<html><body>" + "<p>文字，多。</p>" * count)
    assert len(document.blocks) < 2 * MAX_BLOCKS
    assert sum(block.original.count("多") for block in document.blocks) == count


def test_a_tag_of_5_mb() -> None:
    attribute = "x " * 2_500_000
    document = read(f'<p class="{attribute}" title="{attribute}">{SENTENCE}</p>')
    assert [block.original for block in document.blocks] == [SENTENCE]
    assert len(document.blocks[0].path) <= MAX_PATH + 1


def test_a_tag_of_100_000_attributes() -> None:
    attributes = " ".join(f'a{i}="1"' for i in range(100_000))
    assert [block.original for block in read(f"<p {attributes}>{SENTENCE}</p>").blocks] == [SENTENCE]


def test_a_line_of_2_000_000_characters() -> None:
    document = read(f"<p>{SENTENCE * 100_000}</p>")
    assert document.blocks[0].label is Label.BODY


@pytest.mark.parametrize(
    "source",
    [
        *("", " ", "\0", "<", "<html>", "<!--", "<p", "<a" * 50_000, "</p>" * 10_000, "&#" * 10_000),
        *("<script>" + '"' * 100_000, "<script>x=" + '{"a":' * 50_000),
        *("<style>" + "@media{" * 10_000, "<style>" + "/*" * 50_000),
    ],
    ids=range(14),
)
def test_broken_pages_have_no_article(source: str) -> None:
    assert not any(block.label is Label.BODY for block in read(source).blocks)


def test_nul_and_lone_surrogates_do_not_end_the_page() -> None:
    text = "".join(block.original for block in read_html("<p>前\0后</p><p>甲\ud800乙</p>").blocks)
    assert text == "前\ufffd后甲?乙"


SMALL, TIMES, MOST = 0.002, 4, 5.5  # of the full sizes; four times the page is at most this many times the work


def calls(source: str) -> int:
    """How many functions are called, Python's and C's, while a page is taken apart, labelled and split."""
    counted = 0

    def count(_frame: object, event: str, _function: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        split.articles(strip.label(strip.segment(source)))
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("case", cases())
def test_work_grows_with_the_length(case: str) -> None:
    small, large = (cases(scale)[case]().decode("utf-8", "replace") for scale in (SMALL, SMALL * TIMES))
    calls(large)  # loads the word lists
    assert calls(large) <= MOST * calls(small)


@pytest.mark.parametrize("case", [case for case in cases() if case not in {"bytes", "mojibake"}])
def test_such_a_page_has_an_outcome(case: str) -> None:
    page = read_page(cases(SMALL)[case]())
    assert bool(page.articles) != bool(page.kind_reason)
