"""What lists of the web name, in every form and state that they come in."""

import gzip
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import TargetError
from ingest.sources.web import feed, listing, sitemap
from ingest.sources.web.links import Link, canonical

AT = "https://gxq.example.cn/news/feed.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>园区要闻</title>
<item><title>量子产业园开工</title><link>/news/1.html?utm_source=rss</link>
<pubDate>Fri, 20 Nov 2026 08:00:00 +0800</pubDate></item>
<item><title>生物医药大会</title><link>https://gxq.example.cn/news/2.html#top</link></item>
<item><title>没有链接</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>a</title>
<link href="3.html"/><updated>2026-11-20T08:00:00+08:00</updated></entry></feed>"""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://GXQ.example.cn:80", "http://gxq.example.cn/"),
        ("http://gxq.example.cn/a.html?utm_source=x&id=3&spm=a2.b#top", "http://gxq.example.cn/a.html?id=3"),
        ("http://gxq.example.cn/a?from=timeline&isappinstalled=0", "http://gxq.example.cn/a"),
        ("http://gxq.example.cn/a?from=archive", "http://gxq.example.cn/a?from=archive"),
        ("http://gxq.example.cn/a?b=2&a=1", "http://gxq.example.cn/a?a=1&b=2"),
        ("/页/1.html", "https://gxq.example.cn/%E9%A1%B5/1.html"),
        ("../2.html", "https://gxq.example.cn/2.html"),
        ("javascript:void(0)", None),
        ("mailto:a@example.org", None),
        ("http://[broken", None),
        ("http://", None),
        ("http://example.cn/" + "a" * 3000, None),
    ],
)
def test_one_page_has_one_address(url: str, expected: str | None) -> None:
    assert canonical(url, AT) == expected


@given(st.text(max_size=60))
def test_any_text_has_an_address_or_none(text: str) -> None:
    found = canonical(text, AT)
    assert found is None or canonical(found) == found


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb2312"])
def test_rss_in_its_encodings(encoding: str) -> None:
    found = list(feed.read(RSS.format(encoding=encoding).encode(encoding), AT, "text/xml"))
    assert [link.url for link in found] == ["https://gxq.example.cn/news/1.html", "https://gxq.example.cn/news/2.html"]
    assert found[0].published == datetime(2026, 11, 20, tzinfo=UTC)
    assert found[0].title == "量子产业园开工"


def test_atom_and_json() -> None:
    (entry,) = feed.read(ATOM, AT)
    assert entry == Link(
        url="https://gxq.example.cn/news/3.html", title="a", changed=datetime(2026, 11, 20, tzinfo=UTC)
    )
    body = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "4.html", "title": "四"}, {"id": 5}, 6]}'
    assert list(feed.read(body.encode(), AT)) == [Link(url="https://gxq.example.cn/news/4.html", title="四")]


def test_a_feed_that_breaks_off_gives_what_it_has() -> None:
    whole = RSS.format(encoding="utf-8").encode()
    assert next(feed.read(whole[: whole.index("生物".encode())], AT)).url.endswith("/1.html")


def test_a_feed_of_ten_thousand_entries() -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(10_000))
    assert len(list(feed.read(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), AT))) == 10_000


@pytest.mark.parametrize(
    "body", [b"<html><body>no feed</body></html>", b"", b"{", b'{"a": 1}', b"[" * 100_000, b"\x00\xff" * 50]
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(TargetError):
        list(feed.read(body, AT))


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">'.encode() for n in range(1, 12)
)


@pytest.mark.parametrize("reader", [lambda body: list(feed.read(body, AT)), lambda body: sitemap.read(body, AT).pages])
def test_entities_do_not_expand(reader: Callable[[bytes], list[Link]]) -> None:
    """A billion of letters would be the address, or the file."""
    body = (
        BOMB + b'<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://a.cn/&a11;&f;</loc></url></urlset>'
    )
    found: list[Link] = []
    with suppress(TargetError):
        found = reader(body)
    assert not [link for link in found if len(link.url) > 20]


INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/s1.xml.gz</loc>
<lastmod>2026-11-20</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>"""
PAGES = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> /a.html </loc><lastmod>2026-11-21T08:00:00+08:00</lastmod><news:news>
<news:publication_date>2026-11-20</news:publication_date>
<news:title>高新区</news:title></news:news></url><url><loc>/b.html</loc></url><url></url></urlset>""".encode()


def test_site_maps() -> None:
    index = sitemap.read(INDEX, AT)
    assert [link.url for link in index.maps] == ["https://gxq.example.cn/s1.xml.gz", "https://gxq.example.cn/s2.xml"]
    pages = sitemap.read(PAGES, AT).pages
    assert (pages[0].url, pages[0].title) == ("https://gxq.example.cn/a.html", "高新区")
    assert pages[0].published == datetime(2026, 11, 20)  # noqa: DTZ001 - the list names no zone
    assert pages[0].changed == datetime(2026, 11, 21, tzinfo=UTC)
    assert len(pages) == 2
    assert sitemap.read(PAGES[: PAGES.index(b"/b.html")], AT).pages == pages[:1]
    assert [link.url for link in sitemap.read(b"https://a.cn/1\nhttps://a.cn/2\n", AT).pages] == [
        "https://a.cn/1",
        "https://a.cn/2",
    ]


@pytest.mark.parametrize("body", [b"", b"<html><p>x</html>", gzip.compress(PAGES), b"words in a row"])
def test_what_is_no_site_map(body: bytes) -> None:
    with pytest.raises(TargetError):
        sitemap.read(body, AT)


LIST = """<html><head><meta charset="{0}"></head><body><ul class="news">
<li><a href="t20261120_1.html" title="量子产业园开工">量子产业园…</a><span>2026-11-20</span></li>
<li><span>[2026年11月9日]</span><a href="/b.html">生物医药大会</a></li>
<li><a href="t20261120_1.html">量子产业园开工</a></li><li><a href="javascript:;">更多</a></li></ul>
<a class="next" href="list_2.html">下一页</a></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_listing(encoding: str) -> None:
    body = LIST.format(encoding).encode(encoding)
    found = listing.read(body, "http://gxq.example.cn/xw/list.html", links="ul.news a", next_page="a.next")
    assert found.links == (
        Link(url="http://gxq.example.cn/xw/t20261120_1.html", title="量子产业园开工", published=datetime(2026, 11, 20)),  # noqa: DTZ001
        Link(url="http://gxq.example.cn/b.html", title="生物医药大会", published=datetime(2026, 11, 9)),  # noqa: DTZ001
    )
    assert found.next == "http://gxq.example.cn/xw/list_2.html"
