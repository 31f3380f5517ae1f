"""What the expected records quote can be had from the pages' bytes."""

from pathlib import Path

import pytest

from tests.seeds.samples import ANNOTATED, load_expected
from tests.seeds.undamage import bare_text, fold

_NAMES = ("title", "subtitle", "kicker", "publisher", "contributor", "image_credit")


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_paragraphs_stand_on_the_page_in_order(page: Path) -> None:
    text = bare_text(page)
    for article in load_expected(page)["articles"]:
        places = [text.find(fold(paragraph)) for paragraph in article["paragraphs"]]
        assert -1 not in places
        assert places == sorted(places)


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_particulars_stand_on_the_page(page: Path) -> None:
    text = bare_text(page)
    for article in load_expected(page)["articles"]:
        quoted = [article.get(name) for name in _NAMES] + article["authors"] + article["editors"]
        assert [value for value in quoted if value and fold(value) not in text] == []


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.name)
def test_removed_text_stands_on_the_page_and_in_no_paragraph(page: Path) -> None:
    expected = load_expected(page)
    text = bare_text(page)
    body = fold("".join(p for article in expected["articles"] for p in article["paragraphs"]))
    for entry in expected["removed"]:
        if "text" in entry:
            assert fold(entry["text"]) in text
            assert fold(entry["text"]) not in body
