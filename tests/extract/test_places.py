"""The main image of an article, its own address, its pages and the next one."""

import pytest

from ingest import read_page
from ingest.model import Article

HERE = "https://news.example.cn/2024-05/06/t20240506_123.html"
FIRST = "云溪湿地今年首次记录到彩鹮，一共三只，在浅滩上停留了两个小时才离开。"
SECOND = "保护站站长何青说，水位控制得当，浅滩面积比去年增加了两成，候鸟有了落脚的地方。"
THIRD = "今年以来，湿地已经记录到一百二十六种鸟，其中有七种是第一次出现在这里。"


def read(inner: str = "", head: str = "", behind: str = "", url: str | None = HERE) -> Article:
    page = f"""<html><head><title>云溪湿地来了彩鹮_云溪网</title>{head}</head><body>
<div class="nav"><a href="/">首页</a><img src="/m/1.png" width="300" height="200"></div>
<h1>云溪湿地来了彩鹮</h1><div class="text"><p>{FIRST}</p>{inner}<p>{SECOND}</p><p>{THIRD}</p></div>{behind}
<div class="foot"><img src="/b/w200.jpg"> 版权所有 云溪网</div></body></html>"""
    return read_page(page.encode(), url=url).articles[0]


LINKED = '<script type="application/ld+json">{{"@type":"NewsArticle","image":{}}}</script>'
OG = '<meta property="og:image" content="{}">'


@pytest.mark.parametrize(
    ("inner", "head", "image"),
    [
        ('<p><img src="pic/W0201.jpg"></p>', "", "https://news.example.cn/2024-05/06/pic/W0201.jpg"),
        ('<img src="//img.example.cn/a/77.jpg">', "", "https://img.example.cn/a/77.jpg"),
        ('<img src="/grey/blank.gif" data-original="/u/77.jpg">', "", "https://news.example.cn/u/77.jpg"),
        ('<img src="W1.jpg">', '<base href="https://old.example.cn/x/">', "https://old.example.cn/x/W1.jpg"),
        ('<img src="W1.jpg">', OG.format("https://img.example.cn/cover.jpg"), "https://img.example.cn/cover.jpg"),
        ('<img src="W1.jpg">', OG.format("/static/share_logo.png"), "https://news.example.cn/2024-05/06/W1.jpg"),
        ("", LINKED.format('[{"@type":"ImageObject","url":"/i/9.jpg"}]'), "https://news.example.cn/i/9.jpg"),
        ('<img src="/i/ewm.png"><img src="/i/5.jpg">', "", "https://news.example.cn/i/5.jpg"),
        ('<img src="/i/1.gif" width="1" height="1"><img src="/i/5.jpg">', "", "https://news.example.cn/i/5.jpg"),
        (
            '<img src="/i/2.jpg" style="width:60px;height:60px"><img src="/i/5.jpg">',
            "",
            "https://news.example.cn/i/5.jpg",
        ),
        ('<img src="/i/3.jpg" width="900" height="125"><img src="/i/5.jpg">', "", "https://news.example.cn/i/5.jpg"),
        ('<img src="data:image/png;base64,AAAA">', "", None),
        ("", "", None),
    ],
)
def test_the_main_image(inner: str, head: str, image: str | None) -> None:
    assert read(inner, head).image == image


@pytest.mark.parametrize(
    ("inner", "caption"),
    [
        ('<figure><img src="/i/5.jpg"><figcaption>浅滩上的彩鹮</figcaption></figure>', "浅滩上的彩鹮"),
        ('<p><img src="/i/5.jpg"></p><p>图为在浅滩上觅食的彩鹮。唐晓舟 摄</p>', "图为在浅滩上觅食的彩鹮。唐晓舟 摄"),
        ('<p><img src="/i/5.jpg" alt="三只彩鹮在浅滩上觅食"></p>', "三只彩鹮在浅滩上觅食"),
        ('<p><img src="/i/5.jpg" alt="IMG_2031.jpg"></p>', None),
    ],
)
def test_the_caption_of_the_main_image(inner: str, caption: str | None) -> None:
    article = read(inner)
    said = article.image_caption
    assert (said or "").replace("唐晓舟 摄", "").rstrip("。 ") == (caption or "").replace("唐晓舟 摄", "").rstrip("。 ")


def test_an_address_stays_as_it_is_where_nobody_knows_the_pages() -> None:
    assert read('<img src="pic/5.jpg">', url=None).image == "pic/5.jpg"


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="https://www.example.cn/a/1.html">', "https://www.example.cn/a/1.html"),
        ('<link rel="canonical" href="/a/1.html#top">', "https://news.example.cn/a/1.html"),
        ('<meta property="og:url" content="https://www.example.cn/a/2.html">', "https://www.example.cn/a/2.html"),
        ('<link rel="canonical" href="https://www.example.cn/">', None),
        ('<link rel="canonical" href="javascript:void(0)">', None),
        ("", None),
    ],
)
def test_the_address_that_a_page_gives_itself(head: str, canonical: str | None) -> None:
    assert read(head=head).canonical == canonical


NUMBERS = """<div><a href="t20240506_123.html">1</a> <a href="t20240506_123_2.html">2</a>
<a href="t20240506_123_3.html">3</a> <a href="t20240506_123_2.html">下一页</a></div>"""
BASE = "https://news.example.cn/2024-05/06/"


@pytest.mark.parametrize(
    ("behind", "count", "following"),
    [
        (NUMBERS, 3, BASE + "t20240506_123_2.html"),
        ('<div>共5页 <a href="t20240506_123_1.html">下一页</a></div>', 5, BASE + "t20240506_123_1.html"),
        ('<div><a href="?page=2">下页</a></div>', None, HERE + "?page=2"),
        ('<script>createPageHTML(4, 0, "t20240506_123", "html");</script>', 4, BASE + "t20240506_123_1.html"),
        ('<script>createPageHTML(4, 3, "t20240506_123", "html");</script>', 4, None),
        ('<script>createPageHTML(1, 0, "t20240506_123", "html");</script>', None, None),
        ('<div>上一页 <a href="/2024-05/06/t20240506_99.html">下一页</a></div>', None, None),  # the next article
        ('<div><a href="javascript:next()">下一页</a></div>', None, None),
        ('<div>下一篇：<a href="t20240506_124.html">云溪修路</a></div>', None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_an_article_on_several_pages(behind: str, count: int | None, following: str | None) -> None:
    article = read(behind=behind)
    assert (article.page_count, article.next_page) == (count, following)


def test_a_next_page_named_in_the_head() -> None:
    article = read(head='<link rel="next" href="t20240506_123_2.html">')
    assert article.next_page == BASE + "t20240506_123_2.html"


def test_without_an_address_of_its_own_a_pages_pager_must_look_like_one() -> None:
    assert (
        read(behind='<div>1 <a href="a_2.html">2</a> <a href="a_2.html">下一页</a></div>', url=None).next_page
        == "a_2.html"
    )
    assert read(behind='<div><a href="b/x.html">下一页</a></div>', url=None).next_page is None
