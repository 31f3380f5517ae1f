"""From lists to links: what repeats, ends, fails, or lies outside the window."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from ingest.errors import TargetError
from ingest.sources.web.config import FeedSource, ListingSource, SitemapSource, UrlsSource, WebSource
from ingest.sources.web.discover import Fetched, discover
from ingest.sources.web.window import Window

SITE = "http://gxq.example.cn"


def web(lists: dict[str, str]) -> tuple[Callable[[str], Fetched], list[str]]:
    asked: list[str] = []

    def get(url: str) -> Fetched:
        asked.append(url)
        if url not in lists:
            raise TargetError("is not there (status 404)", stage="fetch")
        return Fetched(url, lists[url].encode(), "text/html; charset=utf-8")

    return get, asked


def source(kind: type[WebSource], **keys: Any) -> WebSource:
    names = {UrlsSource: "urls", FeedSource: "feed", SitemapSource: "sitemap", ListingSource: "listing"}
    return kind.model_validate({"name": "x", "title": "x", "kind": names[kind]} | keys)


def urls(source: WebSource, lists: dict[str, str], window: Window = Window()) -> list[str]:  # noqa: B008 - frozen
    return [link.url.removeprefix(SITE) for link in discover(source, web(lists)[0], window)]


def entries(*numbers: int, day: int = 20, after: str = "") -> str:
    rows = [f'<li><a href="/t{n}.html">第{n}条新闻</a> 2026-11-{day:02}</li>' for n in numbers]
    return f"<ul>{''.join(rows)}</ul>{after}"


def listing(**keys: Any) -> WebSource:
    return source(ListingSource, urls=[f"{SITE}/list.html"], links="li a", **keys)


def test_urls_once_each_and_filtered() -> None:
    named = source(
        UrlsSource, urls=[f"{SITE}/a.html", f"{SITE}/a.html#top", f"{SITE}/print/a.html"], exclude=["*/print/*"]
    )
    assert urls(named, {}) == ["/a.html"]


def test_a_listing_goes_on_by_number_until_there_is_no_more() -> None:
    lists = {f"{SITE}/list.html": entries(1, 2), f"{SITE}/list_2.html": entries(3), f"{SITE}/list_3.html": entries(4)}
    assert urls(listing(pages="list_{n}.html"), lists) == ["/t1.html", "/t2.html", "/t3.html", "/t4.html"]


def test_a_listing_that_repeats_its_last_page_ends() -> None:
    lists = {f"{SITE}/list.html": entries(1)} | {f"{SITE}/list_{n}.html": entries(1, 2) for n in range(2, 200)}
    get, asked = web(lists)
    assert len(list(discover(listing(pages="list_{n}.html"), get))) == 2
    assert len(asked) == 3


def test_a_listing_whose_next_page_leads_in_circles_ends() -> None:
    lists = {
        f"{SITE}/list.html": entries(1, after='<a class="next" href="list_2.html">下一页</a>'),
        f"{SITE}/list_2.html": entries(2, after='<a class="next" href="list.html">下一页</a>'),
    }
    assert urls(listing(next_page="a.next"), lists) == ["/t1.html", "/t2.html"]


def test_a_listing_is_read_no_further_than_the_window() -> None:
    lists = {f"{SITE}/list_{n}.html": entries(n, day=22 - n) for n in range(2, 20)}
    lists[f"{SITE}/list.html"] = entries(1, day=21)
    window = Window(since=datetime(2026, 11, 19, tzinfo=UTC), until=datetime(2026, 11, 21, tzinfo=UTC))
    get, asked = web(lists)
    found = list(discover(listing(pages="list_{n}.html"), get, window))
    # Days without a zone are Beijing's: of the 19th all but eight hours lie within, the 18th ends before.
    assert [link.url.removeprefix(SITE) for link in found] == ["/t1.html", "/t2.html", "/t3.html"]
    assert len(asked) == 4


def test_a_listing_reads_no_more_pages_than_it_may() -> None:
    lists = {f"{SITE}/list_{n}.html": entries(n) for n in range(2, 50)} | {f"{SITE}/list.html": entries(1)}
    assert len(urls(listing(pages="list_{n}.html", max_lists=5), lists)) == 5


def test_a_selector_that_picks_nothing_is_told() -> None:
    with pytest.raises(TargetError, match="picks no link"):
        urls(listing(), {f"{SITE}/list.html": "<p>改版了</p>"})


def test_the_first_list_that_fails_is_told() -> None:
    with pytest.raises(TargetError, match="404"):
        urls(listing(), {})


def index(*maps: str) -> str:
    return (
        "<sitemapindex>" + "".join(f"<sitemap><loc>{SITE}{each}</loc></sitemap>" for each in maps) + "</sitemapindex>"
    )


def test_site_maps_that_name_each_other_end() -> None:
    lists = {
        f"{SITE}/sitemap.xml": index("/sitemap.xml", "/s1.xml"),
        f"{SITE}/s1.xml": index("/sitemap.xml", "/s2.xml"),
        f"{SITE}/s2.xml": f"<urlset><url><loc>{SITE}/a.html</loc></url></urlset>",
    }
    get, asked = web(lists)
    maps = source(SitemapSource, urls=[f"{SITE}/sitemap.xml"])
    assert [link.url for link in discover(maps, get)] == [f"{SITE}/a.html"]
    assert len(asked) == 3


def test_site_maps_unchanged_since_before_the_window_are_not_read() -> None:
    old = f"<sitemapindex><sitemap><loc>{SITE}/2020.xml</loc><lastmod>2020-12-31</lastmod></sitemap></sitemapindex>"
    get, asked = web({f"{SITE}/sitemap.xml": old})
    maps = source(SitemapSource, urls=[f"{SITE}/sitemap.xml"])
    assert not list(discover(maps, get, Window(since=datetime(2026, 1, 1, tzinfo=UTC))))
    assert asked == [f"{SITE}/sitemap.xml"]


def test_a_site_map_of_an_index_that_is_not_there_is_passed_over() -> None:
    lists = {
        f"{SITE}/sitemap.xml": index("/s1.xml", "/s2.xml"),
        f"{SITE}/s2.xml": f"<urlset><url><loc>{SITE}/a.html</loc></url></urlset>",
    }
    assert urls(source(SitemapSource, urls=[f"{SITE}/sitemap.xml"]), lists) == ["/a.html"]
    with pytest.raises(TargetError):
        urls(source(SitemapSource, urls=[f"{SITE}/no.xml"]), lists)


def test_feeds_one_after_the_other() -> None:
    lists = {
        f"{SITE}/{n}.xml": f'<rss version="2.0"><channel><item><link>{SITE}/{n}.html</link></item></channel></rss>'
        for n in "ab"
    }
    assert urls(source(FeedSource, urls=[f"{SITE}/a.xml", f"{SITE}/b.xml"]), lists) == ["/a.html", "/b.html"]


@pytest.mark.parametrize(
    "keys",
    [
        {"urls": []},
        {"urls": ["gxq.example.cn"]},
        {"urls": ["ftp://gxq.example.cn/"]},
        {"pages": "list.html"},
        {"pages": "list_{n}.html", "next_page": "a"},
        {"pace": -1},
        {"links": "a["},
    ],
)
def test_keys_that_make_no_sense_are_errors(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        source(ListingSource, **({"urls": [SITE], "links": "a"} | keys))
