"""Marks of strange words: where they lie, what may have stood there, and how the article's page tells it."""

from typing import Any

import httpx
from bs4 import BeautifulSoup

from ingest.marking import Span
from ingest.reader import strange
from ingest.reader.site import Site
from tests.reader.made import HOSTILE
from tests.store.pages import rows

TEXT = "科技改进是引颈发展的动力。"
MARK: dict[str, Any] = {
    "kind": "spun",
    "paragraph": 0,
    "start": 0,
    "end": 13,
    "text": TEXT,
    "reason": "looks put in: 改进",
}


def test_changed_words_have_what_may_have_stood_there() -> None:
    article = {"paragraphs": [TEXT, "别的。"], "marks": [MARK], "candidates": ["科技创新是引领发展的动力。", "别的。"]}
    sentence, *words = strange.spans(article)[0]
    assert (sentence.start, sentence.end, sentence.note) == (0, 13, "spun: looks put in: 改进")
    assert words == [
        Span(2, 4, "may have read 创新", "strange other"),
        Span(6, 7, "may have read 领", "strange other"),
    ]
    assert strange.spans(article)[1] == []


def test_an_article_without_marks_and_one_that_was_read_by_older_rules_has_none() -> None:
    assert strange.spans({"paragraphs": [TEXT], "marks": [], "candidates": []}) == [[]]
    far = {"paragraphs": [TEXT], "marks": [MARK | {"paragraph": 7}], "candidates": []}
    assert strange.spans(far) == [[]]


def test_what_lies_in_no_paragraph_is_told_once() -> None:
    title = MARK | {"kind": "keyword-injected", "paragraph": -1, "text": "创新"}
    article = {"paragraphs": [TEXT], "marks": [title, title | {"start": 9}, MARK], "candidates": []}
    assert strange.beside_the_text(article) == ["keyword-injected 创新"]


def test_the_page_marks_them_and_tells_a_flag_of_page_and_article_once(asking: httpx.Client, own: Site) -> None:
    found = next(row for row in rows(own.database, "article") if row["title"] == HOSTILE[0])
    page = BeautifulSoup(asking.get(f"/article/{found['key']}").text, "lxml")
    told = [item.text for item in page.select("ul.notice li")]
    assert len(told) == len(set(told)) == 2
    assert HOSTILE[4] in told[1]
    assert any("may have read" in str(mark["title"]) for mark in page.select(".prose mark.strange"))
    assert HOSTILE[5] in page.select("details .prose")[0].text
