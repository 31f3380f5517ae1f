"""The selectors of a source on its pages."""

import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import Tag
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest
from ingest.model import Label, Page, PageKind, Selectors
from ingest.strip import html_parser, segment
from ingest.strip.selectors import _tags, match
from tests.strip_html.shapes import SHAPES
from tests.strip_html.shapes import Page as Shape

FIRST = "东岭机床厂今天交付第一百台五轴机床，用户是本地的一家航空配套企业。"
SECOND = "厂长唐晓舟说，这批机床的主轴和数控系统都由园区内的企业配套。"
BOX = "编者按：本栏目欢迎来稿，来稿请注明作者的姓名和联系方式，一经采用即付稿酬。"
OTHER = "另据气象部门消息，本周后期有一次明显降温过程，请大家及时添衣，注意防寒保暖。" * 4
PAGE = f"""<html><head><title>某网</title><meta name="when" content="2024-05-06 08:30"></head><body>
<div class="top"><h2 class="hd">东岭交付第一百台机床</h2><span class="t">2023年1月2日</span></div>
<div id="a"><p>{FIRST}</p><div class="box">{BOX}</div><p>{SECOND}</p></div>
<div id="b"><p>{OTHER}</p></div></body></html>"""


def read(page: str = PAGE, **selectors: str | tuple[str, ...]) -> Page:
    each = {key: (value,) if isinstance(value, str) else value for key, value in selectors.items()}
    return ingest.read_page(page.encode(), selectors=Selectors(**each))


def told(page: Page) -> list[str]:
    return [paragraph for article in page.articles for paragraph in article.paragraphs]


def test_the_general_rules_take_the_longer_text() -> None:
    assert OTHER in told(ingest.read_page(PAGE.encode()))


def test_what_body_selects_is_the_body_and_what_drop_selects_is_not() -> None:
    page = read(body="#a", drop=".box", title=".hd", date=".t")
    [article] = page.articles
    assert (article.paragraphs, article.title) == ((FIRST, SECOND), "东岭交付第一百台机床")
    assert article.published_on == date(2023, 1, 2)
    assert page.flags == ()
    reasons = {block.text: block.reason for block in page.blocks}
    assert reasons[FIRST] == "selector: body: #a"
    assert reasons[BOX] == "selector: drop: .box"
    assert [b.label for b in page.blocks if b.text == OTHER] == [Label.FURNITURE]


def test_of_several_the_first_that_matches_counts_and_drop_counts_all() -> None:
    assert told(read(body=(".gone", "#a", "#b"), drop=(".box", "#a p:last-child"))) == [FIRST]


def test_a_date_may_stand_in_the_head() -> None:
    [article] = read(body="#a", date="meta[name=when]").articles
    assert str(article.published_at) == "2024-05-06 08:30:00"


def test_a_title_may_stand_in_the_head() -> None:
    page = '<title>东岭交付第一百台机床-某网</title><div id="a"><p>' + FIRST + "</p></div>"
    assert [a.title for a in read(page, title="title", body="#a").articles] == ["东岭交付第一百台机床"]


@pytest.mark.parametrize("key", ["title", "body", "date", "drop"])
def test_a_selector_that_matches_nothing_is_a_flag_and_the_general_rules_go_on(key: str) -> None:
    page, plain = read(**{key: ".gone"}), ingest.read_page(PAGE.encode())
    assert [f.name for f in page.flags] == ["selector"]
    assert page.flags[0].reason == f"[page] {key}: nothing matches .gone; the general rules decide"
    assert page.articles == plain.articles


def test_a_body_without_text_is_a_flag() -> None:
    page = read(PAGE.replace("</body>", '<div id="c"> </div></body>'), body="#c")
    assert [f.reason for f in page.flags] == ["[page] body: what it matches shows no text; the general rules decide"]
    assert OTHER in told(page)


def test_a_date_that_is_none_is_a_flag() -> None:
    page = read(date=".hd")
    assert page.flags[0].reason.startswith("[page] date: what it matches is no date")


def test_hidden_text_within_the_body_stays_hidden() -> None:
    page = read(PAGE.replace('class="box"', 'class="box" style="display:none"'), body="#a")
    assert told(page) == [FIRST, SECOND]


def test_parts_of_a_line_can_be_selected() -> None:
    page = f'<div id="a"><p>{FIRST}<em class="ad">下载客户端看更多</em>{SECOND}</p></div>'
    assert "".join(told(read(page, body="#a", drop="em.ad"))) == FIRST + SECOND


def test_a_selected_body_makes_an_article_of_what_looks_like_a_listing() -> None:
    links = "".join(f'<li><a href="/{i}">东岭机床厂第{i}车间交付新机床</a></li>' for i in range(20))
    page = f'<title>清单</title><ul id="a">{links}</ul>'
    assert ingest.read_page(page.encode()).kind is not PageKind.ARTICLE
    assert len("".join(told(read(page, body="#a")))) > 20 * 12


def test_text_pages_have_no_elements() -> None:
    text = f"东岭交付第一百台机床\n{FIRST}\n{SECOND}\n".encode()
    assert ingest.read_page(text, selectors=Selectors(body=("p",))) == ingest.read_page(text)


def spelled(tags: list[Tag]) -> list[str]:
    return [tag.name for tag in tags]


class Names:
    """Notes the elements that a reader meets."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        self.names.append(tag)

    def end(self, tag: str) -> None: ...

    def data(self, data: str) -> None: ...

    def close(self) -> None: ...


def names(source: str) -> list[str]:
    noted = Names()
    html_parser.feed(source, noted)
    return noted.names


MARKUP = """<p> </p> <div> </div> <table> <tr> <td> </td> <b> </b> <a> </a> <li> <ul> </ul> <br> <img> <form> <select>
<option> <script> </script> <style> </style> <h1> </h1> <html> <body> </body> <head> <svg> </svg> <!--x--> 字 &amp;"""
PIECES = st.sampled_from(MARKUP.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_both_readers_meet_the_same_elements_in_one_order(source: str) -> None:
    assert spelled(_tags(source)) == names(source)


def test_they_do_on_real_pages(shared: Path) -> None:
    for path in sorted((shared / "pages").glob("*.html")):
        source = path.read_bytes().decode("utf-8", "replace")
        assert spelled(_tags(source)) == names(source), path.name


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["p", "td", "b", "div p", ":first-child"]))
def test_a_page_is_whole_whatever_is_selected(source: str, selector: str) -> None:
    chosen = Selectors(body=(selector,), drop=("a",))
    page = f"<html>{source}</html>"
    plain, picked = segment(page), segment(page, selectors=chosen)
    assert whole(plain.blocks) == whole(picked.blocks)
    texts = {number: key for number, key in match(page, chosen).kinds.items() if key == "drop"}
    assert bool(texts) == ("<a" in source and "a" in names(page))


def whole(blocks: list[ingest.model.Block]) -> str:
    return re.sub(r"\s", "", "".join(block.original for block in blocks))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_read_with_the_container_that_the_rules_choose_is_read_alike(shape: str) -> None:
    page = ingest.read_page(Shape(shape, 2).html.encode())
    texts = [b for b in page.blocks if b.label in {Label.BODY, Label.HEADING}]
    if {b.path for b in texts} != {texts[0].path}:
        return  # several elements
    name = texts[0].path.rsplit("/", 1)[-1]
    again = ingest.read_page(Shape(shape, 2).html.encode(), selectors=Selectors(body=(name,)))
    assert set(told(page)) <= set(told(again))
