"""Spun text is told with reasons, healthy text on and off the field is left alone; keywords are found."""

import json
from pathlib import Path

import pytest

import ingest
from ingest.extract import judged
from ingest.extract.spun import despun
from ingest.model import Article, Flag, Page
from tests.spin import corpus, measure, spinner


def read(article: corpus.Healthy) -> Page:
    return ingest.read_page(spinner.page(article))


def named(flags: tuple[Flag, ...], name: str) -> Flag | None:
    return next((flag for flag in flags if flag.name == name), None)


def long_enough() -> list[corpus.Healthy]:
    return [article for article in corpus.own() + corpus.fixtures() if len(article.text) > 200]


def test_no_article_written_for_these_tests_is_flagged() -> None:
    for article in corpus.own() + corpus.fixtures():
        page = read(article)
        flagged = [flag for one in page.articles for flag in one.flags]
        assert not flagged, (article.name, flagged)


def test_of_real_pages_one_in_a_hundred_at_most_is_flagged(shared: Path) -> None:
    articles = corpus.every(shared)
    flagged = [one.name for one in articles if any(a.flags for a in read(one).articles)]
    assert len(flagged) <= len(articles) / 100, flagged


@pytest.mark.parametrize(
    ("name", "share", "least"), [("small", 1.0, 0.8), ("middle", 1.0, 0.88), ("large", 0.1, 0.92), ("large", 1.0, 0.99)]
)
def test_spun_articles_rank_above_healthy_ones(name: str, share: float, least: float) -> None:
    healthy = [value for one in long_enough() if (value := measure.value(one)) is not None]
    spun = [spinner.spin(one, spinner.table(name), share=share) for one in long_enough()]
    values = [measure.value(one.article) for one in spun if one.share > measure.LEAST_SPUN]
    assert measure.auc(healthy, [value for value in values if value is not None]) >= least


def test_a_spun_page_says_so_with_its_sentences() -> None:
    spun = [spinner.spin(one, spinner.table("large")).article for one in long_enough()]
    told = [article for one in spun for article in read(one).articles if named(article.flags, "spun")]
    assert len(told) >= 0.75 * len(spun)
    for article in told:
        flag = named(article.flags, "spun")
        assert flag
        assert 0.5 <= flag.score <= 1
        assert "words look put in" in flag.reason
        marks = [mark for mark in article.marks if mark.kind == "spun"]
        assert marks
        assert all(article.paragraphs[mark.paragraph][mark.start : mark.end] == mark.text for mark in marks)


def test_names_of_a_spun_page_are_less_sure() -> None:
    field = [one for one in long_enough() if one.topic in {"zone", "policy"}]
    pairs = spinner.table("large")
    lower = 0
    for one in field:
        for article in read(spinner.spin(one, pairs).article).articles:
            if named(article.flags, "spun"):
                lower += any(o.confidence < 0.8 for o in (*article.organisations, *article.people))
    assert lower


@pytest.mark.parametrize("keyword", ["破碎机", "澳门新葡京", "PVC管材", "创新"])
def test_injected_keywords_are_marked_where_they_stand(keyword: str) -> None:
    articles = [one for one in long_enough() if keyword not in one.text]
    found = 0
    for seed, one in enumerate(articles):
        made = spinner.inject(one, keyword, count=7, seed=seed)
        article = read(made).articles[0]
        flag = named(article.flags, "keyword-injected")
        if flag and flag.reason.startswith(keyword):
            marks = [mark for mark in article.marks if mark.kind == "keyword-injected"]
            found += sum(mark.paragraph >= 0 for mark in marks) == 7
            assert all(mark.text == keyword for mark in marks)
    assert found >= 0.75 * len(articles)  # measured: .78 to .80 of the articles with every one of the seven


def test_a_word_said_in_earnest_at_clause_ends_is_no_keyword() -> None:
    text = "工厂要发展，靠的是技术。大家都说要发展，但是怎样发展，没有人说得清。镇里希望发展，村里也希望发展。" * 2
    article = corpus.Healthy("", "", "小镇怎样发展", (text, text))
    assert not any(one.flags for one in read(article).articles)


def test_the_known_spinners_page_is_told_whole(shared: Path) -> None:
    page = ingest.read_page((shared / "seeds" / "001_49aee452a4c450b8.txt").read_bytes())
    [article] = page.articles
    assert {flag.name for flag in article.flags} == {"spun", "keyword-injected", "glued-title"}
    assert {flag.name for flag in page.flags} >= {"spun", "keyword-injected", "glued-title"}
    flag = named(article.flags, "keyword-injected")
    assert flag
    assert flag.reason.startswith("创新 8 times")
    marked = [mark for mark in article.marks if mark.kind == "keyword-injected"]
    assert len(marked) == 8
    assert {mark.text for mark in marked} == {"创新"}
    [glued] = [mark for mark in article.marks if mark.kind == "glued-title"]
    assert marked[-1].block == glued.block is not None
    assert page.blocks[glued.block].text == glued.text == article.title
    assert len(article.candidates) == len(article.paragraphs)
    assert article.candidates != article.paragraphs
    assert not any(record.text in "".join(article.candidates) and record.text not in "".join(article.paragraphs)
                   for record in (*article.people, *article.organisations))  # fmt: skip


def test_the_four_healthy_seeds_are_left_alone(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        if not path.name.startswith("001"):
            assert not any(a.flags for a in ingest.read_page(path.read_bytes()).articles), path.name


def test_the_57_real_pages_are_left_alone(shared: Path) -> None:
    flagged = []
    for path in sorted((shared / "pages").glob("*.html")):
        flagged += [path.name for a in ingest.read_page(path.read_bytes()).articles if a.flags]
    assert not flagged


def test_healthy_sentences_with_the_spinners_words_do_not_fire(shared: Path) -> None:
    cases = json.loads((shared / "data" / "must_not_fire.json").read_text("utf-8"))
    texts = [text for group in cases.values() for text in group if isinstance(text, str)]
    together = corpus.Healthy("", "", "合在一起的句子", tuple(cases["spun-text"]))
    for one in [corpus.Healthy("", "", "一句话", (text,)) for text in texts] + [together]:
        assert not any(article.flags for article in read(one).articles), one


def test_the_signature_undoes_what_it_knows() -> None:
    assert despun("紧办法导提出深刻胀动科技改进") != "紧办法导提出深刻胀动科技改进"
    assert despun("小猫睡着了") == "小猫睡着了"


def test_long_lines_and_odd_text_are_read() -> None:
    odd = Article(kind="news", paragraphs=("，" * 50_000, "a" * 50_000, "的" * 50_000, "破碎机，" * 20_000), title="")
    judged(odd, [])


def test_keywords_of_a_text_as_long_as_a_book_are_told_by_its_beginning() -> None:
    clean = "园区召开会议，研究下一步工作。"
    pushed = "".join(f"{before}破碎机，" for before in ("吃饭", "下雨", "唱歌", "跑步", "读书"))

    def flags(*paragraphs: str) -> list[str]:
        article = Article(kind="news", paragraphs=paragraphs, title="破碎机园区召开会议")
        return [flag.name for flag in judged(article, []).flags]

    assert "keyword-injected" in flags(pushed, clean * 20_000)
    assert not flags(clean * 20_000, pushed)
