"""Keys come from content alone."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ingest.store import keys
from tests.store.pages import article, indicator, person, read

TITLES = st.lists(st.text(max_size=5), min_size=2, max_size=6)


def test_the_only_article_of_a_page_keeps_its_key_with_another_title() -> None:
    assert keys.article_keys("s", "a", [article("甲")]) == keys.article_keys("s", "a", [article("乙")])


def test_articles_of_one_page_are_told_apart_by_title_whatever_their_order() -> None:
    one, other = article("甲"), article("乙")
    assert keys.article_keys("s", "a", [one, other]) == keys.article_keys("s", "a", [other, one])[::-1]
    wide = article("甲：Ａ　１")
    assert keys.article_keys("s", "a", [wide, other]) == keys.article_keys("s", "a", [article("甲:a1"), other])


def test_articles_without_title_are_told_apart_by_their_text() -> None:
    photos = [article(None, paragraphs=("图一",)), article(None, paragraphs=("图二",))]
    assert len(set(keys.article_keys("s", "a", photos))) == 2


@given(titles=TITLES)
def test_no_two_articles_of_a_page_share_a_key(titles: list[str]) -> None:
    assert len(set(keys.article_keys("s", "a", [article(title) for title in titles]))) == len(titles)


def test_keys_are_pinned() -> None:
    """A changed key makes every row of every database new: change one only with a migration."""
    assert keys.page_key("s", "a.html") == "adf1556fbc756281281c0c06ec334d90"
    assert keys.capture_key("s", "a.html", "0" * 64) == "627dcac63827d0d397a1a805270f0a9e"
    assert keys.article_keys("s", "a.html", [article()]) == ["b3738a33cf2bef4442759b0fc9413f6c"]
    assert keys.article_keys("s", "a.html", [article(), article("另一篇"), article()]) == [
        "7a89166feeaee895be4d14c545468a65",
        "3a84163d1d91bf9dd1772f38ecc57dce",
        "b81412a704bf4da8760e46c1b89d0b3e",
    ]
    [records] = read(article()).records.values()
    assert records["indicators"][0]["key"] == "e5c7412477e7413963bda78d40ad4a63"


def test_source_and_address_do_not_run_together() -> None:
    assert keys.page_key("ab", "c") != keys.page_key("a", "bc")


def test_no_time_is_in_a_key_or_a_digest() -> None:
    before, after = read(article()), read(article())
    assert before.articles == after.articles
    assert before.records == after.records


def test_how_a_record_was_read_is_no_part_of_its_key() -> None:
    def key(**fields: Any) -> str:
        found = article(indicators=(indicator(**fields),))
        [kinds] = read(found).records.values()
        return str(kinds["indicators"][0]["key"])

    assert key() == key(method="other rule", confidence=0.1)
    assert len({key(), key(name="项目"), key(unit="项"), key(restated=True), key(period=None)}) == 5


def test_records_of_two_kinds_never_share_a_key() -> None:
    found = article(people=(person(),), policies=(), indicators=())
    [kinds] = read(replace(found, organisations=())).records.values()
    assert {kind for kind, rows in kinds.items() if rows} == {"people"}
