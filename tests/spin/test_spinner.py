"""The generator: its tables share nothing with the known spinner's, and what it makes can be made again."""

from pathlib import Path

import pytest

from tests.spin import corpus, spinner


@pytest.mark.parametrize(("name", "size"), [("small", 60), ("middle", 300), ("large", 1500)])
def test_tables_share_no_entry_with_the_known_spinner(name: str, size: int, shared: Path) -> None:
    known = (shared / "data" / "spun_words.tsv").read_text("utf-8").splitlines()[1:]
    pairs = spinner.table(name)
    assert len(pairs) == size
    assert {spun for _, spun in pairs}.isdisjoint(line.split("\t")[0] for line in known)
    assert all(healthy != spun for healthy, spun in pairs)


def test_there_are_more_than_three_hundred_articles(shared: Path) -> None:
    articles = corpus.every(shared)
    assert len(articles) >= 300
    assert len({article.name for article in articles}) == len(articles)
    assert len({article.topic for article in corpus.own()}) >= 12


@pytest.mark.parametrize("name", spinner.NAMES)
def test_a_share_of_the_words_is_replaced(name: str) -> None:
    for article in corpus.own():
        half, whole = (spinner.spin(article, spinner.table(name), share=share) for share in (0.05, 1.0))
        assert half.share <= 0.05 + 0.02
        assert half.share <= whole.share
        assert half == spinner.spin(article, spinner.table(name), share=0.05)
        assert len(half.article.paragraphs) == len(article.paragraphs)


def test_a_keyword_is_pushed_in_before_the_title_and_at_clause_ends() -> None:
    article = corpus.own()[0]
    made = spinner.inject(article, "破碎机", count=5, seed=1)
    assert made.title == "破碎机" + article.title
    assert made.text.replace("破碎机", "") == article.text
    assert made.text.count("破碎机，") + made.text.count("破碎机。") == 5
