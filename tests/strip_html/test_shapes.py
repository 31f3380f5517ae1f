"""The article is found in pages of every made shape: long, of two paragraphs, and a brief of 60 characters."""

from collections import Counter

import pytest

from ingest.model import Document, Label
from ingest.strip.content import choose
from ingest.strip.html import read_html
from tests.strip_html.shapes import SHAPES, Page

# Credits and a heading over links stand in some shapes' bodies; telling them by what they say is another step's work.
# They are at most some 20 characters, and weigh the more the shorter the article is.
FLOOR = {"article": 0.97, "two": 0.93, "brief": 0.88}


def grams(text: str) -> Counter[str]:
    text = "".join(text.split())
    return Counter(text[i : i + 4] for i in range(max(1, len(text) - 3)))


def f1(got: str, want: str) -> float:
    ours, theirs = grams(got), grams(want)
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def chosen(source: str) -> tuple[Document, str, list[str]]:
    document = read_html(source)
    choose(document)
    body = "".join(b.original for b in document.blocks if b.label in (Label.BODY, Label.HEADING))
    return document, body, [b.original for b in document.blocks if b.label is Label.TITLE]


@pytest.mark.parametrize("size", FLOOR)
@pytest.mark.parametrize("shape", SHAPES)
def test_article_and_headline(shape: str, size: str) -> None:
    scores = []
    for seed in range(6):
        page = Page(shape, seed, size)
        _, body, titles = chosen(page.html)
        scores.append(f1(body, page.body))
        assert titles == [page.title]
    assert sum(scores) / len(scores) >= FLOOR[size], scores


@pytest.mark.parametrize("shape", SHAPES)
def test_every_block_has_a_label_and_a_reason(shape: str) -> None:
    document, _, _ = chosen(Page(shape, 1).html)
    assert all(block.reason for block in document.blocks)


def test_links_to_related_articles_in_the_body_are_none_of_it() -> None:
    document, body, _ = chosen(Page("portal", 3).html)
    pushed = [b for b in document.blocks if "pushed" in b.path]
    assert pushed
    assert all(not b.label.kept for b in pushed)
    assert "阅读" not in body


def test_a_text_in_heading_tags_is_a_text() -> None:
    page = Page("trs", 8)
    document, body, _ = chosen(page.html.replace("<p>", "<h4>").replace("</p>", "</h4>"))
    assert f1(body, page.body) == 1.0
    assert all(block.label is Label.BODY for block in document.blocks if block.original in page.texts)


def test_an_article_hidden_until_a_script_shows_it_is_found() -> None:
    page = Page("trs", 5)
    source = page.html.replace('<div class="TRS_Editor">', '<div class="TRS_Editor" style="display:none">')
    document, body, _ = chosen(source)
    assert f1(body, page.body) == 1.0
    assert all("display:none" in b.reason for b in document.blocks if b.label is Label.BODY)


def test_hidden_text_beside_a_shown_article_stays_hidden() -> None:
    page = Page("trs", 6)
    spam = Page("trs", 7).body
    document, body, _ = chosen(page.html.replace("</body>", f'<div style="display:none"><p>{spam}</p></div></body>'))
    assert f1(body, page.body) == 1.0
    assert [b.label for b in document.blocks if b.original == spam] == [Label.HIDDEN]


def test_a_heap_of_search_words_is_a_link_farm() -> None:
    words = " ".join(f"某剧第{i}季下载" for i in range(400))
    document, _, _ = chosen(Page("dede", 2).html.replace("</body>", f'<div style="display:none">{words}</div></body>'))
    assert [b.label for b in document.blocks if b.original == words] == [Label.LINK_FARM]
