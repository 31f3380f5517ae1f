"""An article's paragraphs as its finders read them."""

import re

import pytest

from ingest.extract.reading import Reading

PARAGRAPHS = ("4月1日，第三届博览会开幕。", "", "两行的\n一段：博览会", "另一段。", "博览会，论坛，博览会")


def test_a_sign_is_found_in_the_paragraphs_that_hold_it() -> None:
    assert Reading(PARAGRAPHS).where(re.compile("博览会")) == {0, 2, 4}


@pytest.mark.parametrize("sign", ["段", "[两另]", "第|论坛", "没有"])
def test_one_search_of_the_body_finds_what_a_search_of_each_paragraph_does(sign: str) -> None:
    pattern = re.compile(sign)
    each = {number for number, text in enumerate(PARAGRAPHS) if pattern.search(text)}
    assert Reading(PARAGRAPHS).where(pattern) == each


def test_the_words_of_more_than_one_character_are_told_with_their_places() -> None:
    sentence = Reading(("德阳高新区2024年增长3.5%。",)).sentences[0]
    longer = sentence.longer()
    assert [(w.start, w.text) for w in sentence.words if len(w.text) > 1] == longer
    assert sentence.edges == {w.start for w in sentence.words} | {len(sentence.text)}
