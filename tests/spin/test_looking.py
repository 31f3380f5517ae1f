"""What words say on the first look and in their places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.spun import known, near, score, seen
from ingest.extract.spun.company import UNKNOWN, company
from ingest.extract.spun.looking import Looked, look
from ingest.extract.spun.score import CANDIDATE, FIRST_WORDS, MOST_WORDS
from tests.spin import corpus, spinner


def number(word: str) -> int:
    return known.words().number[word]


def fit(before: str, behind: str) -> float:
    """How well two words go together by their vectors."""
    rows, left, right = near.vectors()
    return float((left.of(rows[[number(before)]]) * right.of(rows[[number(behind)]])).sum())


@pytest.mark.parametrize(
    ("before", "usual", "odd"), [("优质", "服务", "办事"), ("产品", "质量", "品格"), ("大力", "宣传", "鼓吹")]
)
def test_vectors_know_which_of_two_synonyms_goes_with_a_word(before: str, usual: str, odd: str) -> None:
    assert fit(before, usual) > fit(before, odd)


def test_a_word_is_known_by_the_company_it_keeps() -> None:
    assert company("服务", "提供优质", "平台") > company("办事", "提供优质", "平台") != UNKNOWN
    assert company("缱绻", "提供优质", "平台") == UNKNOWN


def test_every_pair_of_words_has_its_own_key() -> None:
    size = len(known.listed())
    assert size**2 < 2**32
    first, second = np.array([0, 0, 1, size - 1, -1]), np.array([1, 2, 0, size - 1, 5])
    keys = seen.keys(first, second).tolist()
    assert len(set(keys)) == 5
    assert keys[-1] == 0


def test_pairs_of_healthy_news_were_met_and_nonsense_was_not() -> None:
    words = [number(word) for word in ("提供", "服务", "缱绻")]
    usual, odd = seen.keys(np.array(words[:-1]), np.array(words[1:])).tolist()
    assert seen.met(np.array([usual, odd])).tolist() == [seen.OFTEN, 0]


def test_a_spun_word_is_looked_at_in_its_place() -> None:
    found = 0
    articles = [one for one in corpus.own() if len(one.text) > 200]
    for one in articles:
        copy = spinner.spin(one, spinner.table("middle"), share=0.05).article
        looked = Looked.of(copy.paragraphs, MOST_WORDS)
        before = set(Looked.of(one.paragraphs, MOST_WORDS).texts)
        odd = {looked.texts[n] for n in np.flatnonzero(look(looked).says >= CANDIDATE)}
        found += bool(odd - before)
    assert found >= 0.8 * len(articles)


def test_of_a_long_healthy_article_the_first_words_decide() -> None:
    paragraphs = tuple(text for one in corpus.own() if one.topic == "zone" for text in one.paragraphs)
    found = score(paragraphs)
    assert found
    assert not found.whole
    assert found.words < FIRST_WORDS + 150


@given(
    st.lists(
        st.text(st.sampled_from("提供优质服务办事，。的了在产品质量20％A 缱绻高新技术区"), max_size=200), max_size=6
    )
)
def test_any_text_is_scored(paragraphs: list[str]) -> None:
    found = score(tuple(paragraphs))
    assert found is None or np.isfinite(found.value)
