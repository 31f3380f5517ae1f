"""What words say on the first look and in their places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.spun import known, near, pairs, score, seen
from ingest.extract.spun.company import UNKNOWN, company
from ingest.extract.spun.injected import keywords, last_words
from ingest.extract.spun.looking import look
from ingest.extract.spun.score import CANDIDATE, MOST_WORDS
from ingest.extract.spun.tokens import REACH, Tokens
from tests.spin import corpus, spinner
from tests.spin.training import rows


def number(word: str) -> int:
    return known.words().number[word]


def fit(before: str, behind: str) -> float:
    """How well two words go together by their vectors."""
    (left, _), (_, right) = near.vectors().of(near.vectors().rows[[number(before), number(behind)]])
    return float((left * right).sum())


@pytest.mark.parametrize(
    ("before", "usual", "odd"), [("优质", "服务", "办事"), ("产品", "质量", "品格"), ("大力", "宣传", "鼓吹")]
)
def test_vectors_know_which_of_two_synonyms_goes_with_a_word(before: str, usual: str, odd: str) -> None:
    assert fit(before, usual) > fit(before, odd)


def test_a_word_is_known_by_the_company_it_keeps() -> None:
    text = Tokens.of(("本地提供优质服务平台",), 100)
    at = text.numbers.tolist().index(number("服务"))
    usual, odd, unknown = company(text, np.array([at]), np.array([[*map(number, ("服务", "办事", "缱绻"))]]))[0]
    assert usual > odd > UNKNOWN == unknown


def test_every_pair_of_words_has_its_own_key() -> None:
    none = known.words().none
    first, second = np.array([0, 0, 1, none - 1, none]), np.array([1, 2, 0, none - 1, 5])
    keys = known.pair_keys(first, second).tolist()
    assert len(set(keys)) == 5
    assert keys[-1] == 0


MARK = st.integers(1, 2**32 - 1)


@given(st.dictionaries(st.tuples(MARK, MARK), st.integers(0, 15), min_size=1))
def test_a_table_of_pairs_holds_what_was_put_in(told: dict[tuple[int, int], int]) -> None:
    keys, held = pairs.keys(*np.array([*told]).T), np.array([*told.values()])
    table = pairs.Pairs(rows.laid(keys, held, np.dtype("<u4")))
    assert table.find(keys).tolist() == held.tolist()
    assert table.find(np.zeros((2, 3), np.uint64)).tolist() == [[pairs.MISSING] * 3] * 2


def test_pairs_of_healthy_news_were_met_and_nonsense_was_not() -> None:
    words = [number(word) for word in ("提供", "服务", "缱绻")]
    wanted = known.pair_keys(np.array(words[:-1]), np.array(words[1:]))
    assert seen.met(wanted).tolist() == [seen.OFTEN, 0]


def test_what_a_language_model_holds_is_likelier_than_chance() -> None:
    first, second = np.array([number("提供"), known.words().none]), np.array([number("服务")] * 2)
    likely, none = known.association(first, second).tolist()
    assert likely > 1
    assert none == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [("他在研习书法。", "研习/书法"), ("ＡB１２，在A股", ""), ("\U00020000服务\ud800服务", "服务/服务"), ("", "")],
)
def test_a_text_is_cut_as_it_stands(text: str, words: str) -> None:
    cut = Tokens.of((text, text), 100)
    whole = "".join(cut.word(token) for token in range(len(cut.starts) - 1))
    assert whole == cut.text[:-1]
    assert [cut.text[start : start + len(text)] for start in cut.paragraphs] == [text, text]
    assert "/".join(cut.word(token) for token in cut.looked) == "/".join([words, words]).strip("/")


@pytest.mark.parametrize("signs", range(56, 62))
def test_a_word_on_the_edge_of_what_is_looked_at_leaves_the_margin_whole(signs: int) -> None:
    cut = Tokens.of(("，" * signs + "服务平台", "服务"), 3)
    assert cut.numbers[-REACH:].tolist() == [known.words().none] * REACH
    assert all(token + REACH < len(cut.numbers) for token in cut.looked)
    assert len(cut.text) <= 60 + 3 * REACH


@given(st.sets(st.text("提供服务平台，。A1\n\ud800\U00020000", max_size=16), min_size=1))
def test_the_last_words_of_many_texts_are_those_of_each(texts: set[str]) -> None:
    assert last_words(texts) == set().union(*(last_words({text}) for text in texts))
    assert all(not word or any(text.endswith(word) for text in texts) for word in last_words(texts))


def test_a_sign_at_the_end_is_no_last_word() -> None:
    assert last_words({"本地提供服务", "办好平台"}) == {"服务", "平台"}
    assert last_words({"", "服务，", "服务\n"}) == {""}


def test_of_stretches_that_end_alike_the_keyword_is_told_whole() -> None:
    words = [word for word in known.words().texts if len(word) == 2][::50]
    text = "".join(f"{word}破碎机，" for word in words)
    [found] = keywords("", (text,))
    assert (found.text, len(found.places), found.times) == ("破碎机", len(words), len(words))


def test_a_spun_word_is_looked_at_in_its_place() -> None:
    found = 0
    articles = [one for one in corpus.own() if len(one.text) > 200]
    for one in articles:
        copy = spinner.spin(one, spinner.table("middle"), share=0.05).article
        spun, before = (Tokens.of(article.paragraphs, MOST_WORDS) for article in (copy, one))
        odd = spun.numbers[spun.looked[look(spun).says >= CANDIDATE]]
        found += bool({*odd.tolist()} - {*before.numbers.tolist()})
    assert found >= 0.8 * len(articles)


def test_of_a_long_healthy_article_the_first_words_decide() -> None:
    paragraphs = tuple(text for one in corpus.own() if one.topic == "zone" for text in one.paragraphs)
    longer = (*paragraphs, *(text for one in corpus.news() for text in one.paragraphs))
    found, other = score(paragraphs), score(longer)
    assert found
    assert found == other
    assert found.words <= MOST_WORDS


@given(
    st.lists(
        st.text(st.sampled_from("提供优质服务办事，。的了在产品质量20％A 缱绻高新技术区"), max_size=200), max_size=6
    )
)
def test_any_text_is_scored(paragraphs: list[str]) -> None:
    found = score(tuple(paragraphs))
    assert found is None or np.isfinite(found.value)
