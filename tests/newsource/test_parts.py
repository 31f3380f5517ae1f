"""The parts of a look: shapes of addresses, selectors that stay, ways to further pages."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from ingest.newsource import css, onward, shapes
from ingest.newsource.asking import same_site
from ingest.newsource.groups import groups
from ingest.newsource.writing import name_for
from ingest.sources.config import matches
from tests.newsource.sites import title

SEGMENTS = st.lists(st.from_regex(r"[a-z]{1,8}|\d{1,8}|[a-z]{1,4}_\d{1,6}|[a-z]\[\d\]\*", fullmatch=True), max_size=4)
ADDRESSES = st.builds(
    lambda folders, stem, end: "https://example.cn/" + "/".join([*folders, stem + end]),
    SEGMENTS,
    st.from_regex(r"t\d{1,8}_\d{1,8}|[a-z]{2,9}|\d{1,8}|[0-9a-f]{16}", fullmatch=True),
    st.sampled_from(["", ".html", ".shtml", "/", ".php?id=7&a=show"]),
)


@given(st.lists(ADDRESSES, min_size=1), st.lists(ADDRESSES))
def test_patterns_pass_every_good_address(good: list[str], bad: list[str]) -> None:
    patterns = shapes.include(good, bad)
    assert bool(patterns) == bool(bad)
    if bad:
        assert all(matches(url, patterns) for url in good)


@given(ADDRESSES)
def test_a_shape_is_the_same_with_other_numbers(url: str) -> None:
    other = url.translate(str.maketrans("0123456789", "5678901234"))
    assert shapes.shape(other) == shapes.shape(url)
    assert shapes.has_number(other) == shapes.has_number(url)


@pytest.mark.parametrize(
    ("good", "bad", "patterns"),
    [
        (["/content/2026/1.html"], ["/about/us.html"], ["*/content/*"]),
        (["/content_12.htm"], ["/node_2.htm"], ["*/content_[0-9]*"]),
        (["/x/2026/1120/t9_1.html"], ["/x/index.html"], ["*/x/[0-9]*/[0-9]*/t[0-9]*_[0-9]*.html"]),
        (["/x/12.html"], ["/x/y/12.html"], ["*/x/[0-9]*.html"]),
    ],
)
def test_the_plainest_pattern_is_taken(good: list[str], bad: list[str], patterns: list[str]) -> None:
    site = "https://example.cn"
    found = shapes.include([site + each for each in good], [site + each for each in bad])
    assert list(found) == patterns
    assert not any(matches(site + each, found) for each in bad)


@pytest.mark.parametrize("name", ["news-list", "gl_list", "TRS_Editor", "list2", "entry-title", "c"])
def test_names_that_stay(name: str) -> None:
    assert css.stable(name)


@pytest.mark.parametrize(
    "name", ["odd", "active", "css-1x9kz2", "sc-a1b2c3", "list_37521", "item-1004", "on", "col-md-8"]
)
def test_names_that_go(name: str) -> None:
    assert not css.stable(name)


def ways(body: str, url: str = "https://example.cn/xw/index.html") -> list[dict[str, str | int]]:
    return [way.keys for way in onward.ways(BeautifulSoup(body, "lxml"), url)]


@pytest.mark.parametrize(
    ("body", "way"),
    [
        ('<a href="list_2.html">下一页</a>', {"next_page": 'a:-soup-contains("下一页")'}),
        ('<a href="list_2.html">下页 &gt;</a>', {"next_page": 'a:-soup-contains("下页")'}),
        ('<a href="/xw/list_2.html" rel="next">2</a>', {"next_page": "a[rel~=next]"}),
        ('<li class="next"><a href="2.html">»</a></li>', {"next_page": "li.next a"}),
        ('<a href="list_2.html">2</a><a href="list_3.html">3</a>', {"pages": "list_{n}.html"}),
        ('<a href="index_1.html">2</a><a href="index_2.html">3</a>', {"pages": "index_{n}.html", "first_page": 1}),
        ('<a href="?page=2">[2]</a>', {"pages": "index.html?page={n}"}),
        ('<a href="/l2/2/p_2.html">2</a><a href="/l2/2/p_3.html">3</a>', {"pages": "/l2/2/p_{n}.html"}),
        ("<script>createPageHTML('page',20,1,'fs','shtml',900)</script>", {"pages": "fs_{n}.shtml", "first_page": 1}),
        ('<script>createPageHTML(9, 0, "index", "html")</script>', {"pages": "index_{n}.html", "first_page": 1}),
        ("<a onclick='go(2)'>下一页</a>", {"pages": "index_{n}.html", "first_page": 1}),
    ],
)
def test_the_way_on(body: str, way: dict[str, str | int]) -> None:
    assert ways(body)[0] == way


@pytest.mark.parametrize("body", ["", "<a href='2.html'>下一篇</a>", "<p>2</p>"])
def test_no_way_on(body: str) -> None:
    assert ways(body) == []


def test_the_list_is_found_among_links_and_a_ranking() -> None:
    rows = "".join(f'<li><a href="/a/{n}.html">{title(n)}</a> 2026-11-20</li>' for n in range(9))
    menu = "".join(f'<li><a href="/m{n}/">关于高新区的工作介绍{n}</a></li>' for n in range(20))
    rank = "".join(f'<li><a href="/a/{n}.html">{title(n)}</a></li>' for n in range(10))
    page = f'<ul class="menu">{menu}</ul><div><ul class="items">{rows}</ul></div><ul class="ranking">{rank}</ul>'
    best = groups(BeautifulSoup(page, "lxml"), "https://example.cn/xw/")[0]
    assert best.selector == "ul.items li a"
    assert len(best.addresses) == 9


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("https://www.cd.gov.cn/", "http://gxq.cd.gov.cn/a", True),
        ("https://a.gov.cn/", "https://b.gov.cn/", False),
        ("https://news.example.com/", "https://www.example.com/", True),
        ("http://10.0.0.1/", "http://10.0.0.2/", False),
    ],
)
def test_one_site_or_two(one: str, two: str, same: bool) -> None:
    assert same_site(one, two) is same


def test_a_name_is_made_of_the_address() -> None:
    assert name_for("https://www.example.gov.cn/xw/index.html") == "example-xw"
    assert name_for("https://www.gov.cn/") == "site"
