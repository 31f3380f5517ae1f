"""The makers of damage do the harm that is measured on real pages, and no other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.damage import articles, charset, farm, script, spin
from tests.damage.columns import SHORTEST, cut_columns
from tests.damage.punctuation import to_halfwidth
from tests.damage.templates import LOOKS, as_html

_ANNOTATION = re.compile(r"([㐀-鿿])\(([a-zü\u00e0-\u01dc]+)\)")
TEXTS = ["".join(articles.load(name).paragraphs) for name in articles.names()]


@pytest.mark.parametrize("share", [0.3, 0.5, 1.0])
def test_annotations_come_off_again(share: float) -> None:
    for text in map(script.to_traditional, TEXTS):
        assert _ANNOTATION.sub(r"\1", script.annotate(text, share=share)) == text


def test_a_character_is_always_or_never_annotated_and_has_one_reading() -> None:
    page = script.annotate(script.to_traditional("".join(TEXTS)), seed=2)
    annotated = _ANNOTATION.findall(page)
    bare = set(_ANNOTATION.sub("", page))
    readings = dict(annotated)
    assert len(annotated) > 200
    assert len(set(annotated)) == len(readings)
    assert not bare & readings.keys()


def test_about_half_of_the_converted_characters_are_annotated() -> None:
    healthy, page = "".join(TEXTS), script.to_traditional("".join(TEXTS))
    converted = {t for s, t in zip(healthy, page, strict=True) if s != t}
    share = sum(script.is_annotated(c) for c in converted) / len(converted)
    assert 0.4 < share < 0.6


def test_script_is_converted_without_looking_at_words() -> None:
    assert script.to_traditional("皇后以后看着里程") == "皇後以後看著裡程"


def test_punctuation_of_a_crawl() -> None:
    assert to_halfwidth("据悉，（首批）项目：“甲”、《乙》！") == "据悉,(首批)项目:“甲”、《乙》!"


def test_spun_words_cascade_in_the_order_of_the_table() -> None:
    assert spin.spin("不断完善机制，全力推动产业链发展") == "不断齐备机制，鼎力促动财产链进展"


def test_spinning_keeps_numbers_and_names() -> None:
    numbers = re.compile(r"\d[\d.]*%?")
    for text in TEXTS:
        assert numbers.findall(spin.spin(text)) == numbers.findall(text)


def test_injected_keywords_stand_before_punctuation() -> None:
    paragraphs = inject = ["园区新增企业12家，产值增长8%。", "下一步，园区将补链强链。"]
    out = spin.inject(paragraphs, "云仓", count=3, seed=1)
    assert "".join(out).count("云仓") == 3
    assert all(after in "，。" for after in re.findall("云仓(.)", "".join(out)))
    assert [text.replace("云仓", "") for text in out] == inject


@given(st.lists(st.text("高新区企业创新发展，。", min_size=1, max_size=300), max_size=12), st.integers(0, 9))
def test_cut_columns_join_again_and_never_end_a_sentence(paragraphs: list[str], seed: int) -> None:
    lines = cut_columns(paragraphs, count=3, seed=seed)
    assert "".join(lines) == "".join(paragraphs)
    assert len(lines) <= len(paragraphs) + 3
    for open_line in (line for line in lines if line not in paragraphs and not line.endswith(tuple(paragraphs))):
        assert len(open_line) >= SHORTEST


@pytest.mark.parametrize("shape", farm.SHAPES)
@pytest.mark.parametrize("n", [8, 24, 60])
def test_farm_has_its_items_one_of_them_twice(shape: str, n: int) -> None:
    line = farm.farm(n, shape, seed=3)
    items = [item for item in re.split(r"\| ?|｜|_|-|;", line) if item]
    assert len(items) == n
    assert len(set(items)) == n - 1
    assert set(items) <= set(farm.places())
    assert line == farm.farm(n, shape, seed=3)
    assert line != farm.farm(n, shape, seed=4)


@pytest.mark.parametrize("how", farm.HIDDEN)
def test_hidden_farm_hides_its_links(how: str) -> None:
    html = farm.hidden_farm(12, how, seed=5)
    assert html.count("<a href=") == 12
    assert re.match(r'<div style="[^"]+">', html)


def test_random_tags_hold_no_text() -> None:
    assert re.sub(r"<[^>]+>|\s", "", farm.random_tags(20, seed=1)) == ""


@pytest.mark.parametrize("read_as", ["cp1252", "latin-1"])
def test_mojibake_is_what_a_wrong_reading_makes(read_as: str) -> None:
    for text in TEXTS:
        wrong = charset.mojibake(text, read_as=read_as).decode("utf-8")
        byte = {charset.read_as_cp1252(bytes([b])) if read_as == "cp1252" else chr(b): b for b in range(256)}
        assert bytes(byte[c] for c in wrong).decode("utf-8") == text


def test_label_and_codec_differ() -> None:
    page = charset.mislabel('<meta charset="utf-8"><p>姜镕€</p>', codec="gb18030", label="gb2312")
    assert b'charset="gb2312"' in page
    assert "姜镕€".encode("gb18030") in page


@pytest.mark.parametrize("template", [name for name in LOOKS if name != "hijacked"])
def test_template_shows_the_article_whole_and_in_order(template: str) -> None:
    article = articles.load("portal")
    page = as_html(article, template)
    places = [page.index(paragraph) for paragraph in article.paragraphs]
    assert places == sorted(places)
    assert "$" not in page
