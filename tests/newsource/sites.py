"""Made sites of different build, small but whole: a list of whatever kind, articles, and the pages around them."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fetch_web.site import Behaviour, fixed

PLACES = ("德阳", "宝鸡", "襄阳", "株洲", "柳州", "绵阳", "潍坊", "芜湖")
THINGS = ("光电产业园", "新材料中试基地", "智能装备工厂", "生物医药孵化器", "氢能试验线", "数据中心二期")
NAV = "".join(f'<li><a href="/{each}/">{name}</a></li>' for each, name in {
    "about": "园区概况", "xw": "新闻中心", "zc": "政策法规", "tz": "投资指南", "fw": "办事服务", "lx": "联系我们",
}.items())  # fmt: skip
ABOUT = """<html><head><title>园区概况</title></head><body><h1>园区概况</h1><p>园区位于城市东部，规划面积六十平方公里，
分为三个片区，设有管委会办公室、经济发展局等机构，常年接待来访企业。</p></body></html>"""


@dataclass
class Made:
    """A made site. ``url`` is the path that a person would give; ``articles`` the paths of all that it names."""

    url: str
    kind: str
    articles: list[str]
    pages: dict[str, Behaviour] = field(default_factory=dict)
    slack: int = 0  # targets that are no article and may slip in


def title(n: int) -> str:
    return f"{PLACES[n % 8]}高新区{THINGS[n % 6]}建成投用 第{n}批企业签约入驻"


def day(n: int) -> str:
    return f"2026-{11 - n // 28:02d}-{28 - n % 28:02d}"


def text(n: int) -> list[str]:
    place, thing = PLACES[n % 8], THINGS[n % 6]
    return [
        f"记者从{place}高新区管委会获悉，{thing}日前建成投用，总投资{n + 3}亿元，首批{n + 5}家企业已经签约。",
        f"据介绍，该项目历时{n % 9 + 10}个月，全部达产后预计年产值可达{n + 12}亿元，新增就业岗位{n * 10 + 200}个。",
        f"{place}高新区有关负责人表示，下一步将围绕产业链招引配套企业，力争到明年底形成完整的上下游协作关系。",
    ]


def article(n: int, *, template: str = "gov", head: str = "", charset: str = "utf-8") -> bytes:
    """Return an article's page in one of several makes."""
    body = "".join(f"<p>　　{each}</p>" for each in text(n))
    makes = {
        "gov": f'<div class="nav"><ul>{NAV}</ul></div><div class="content"><h1>{title(n)}</h1>'
        f'<div class="info">发布时间：{day(n)}　来源：高新区管委会</div><div class="TRS_Editor">{body}</div></div>'
        '<div class="footer">版权所有 高新区管委会</div>',
        "blog": f"<article><header><h2>{title(n)}</h2>"
        f'<time datetime="{day(n)}T09:00:00+08:00">{day(n)}</time></header>'
        f"<section>{body}</section></article>",
        "table": f"<table><tr><td><ul>{NAV}</ul></td><td><table><tr><td align=center><b>{title(n)}</b></td></tr>"
        f"<tr><td>日期：{day(n)}　作者：本站　点击：{n}</td></tr><tr><td>{body}</td></tr></table></td></tr></table>",
    }
    page = f"<html><head>{head}<title>{title(n)}</title></head><body>{makes[template]}</body></html>"
    return page.encode(charset)


def around(pages: dict[str, Behaviour]) -> dict[str, Behaviour]:
    """Add the pages that the navigation leads to."""
    return {f"/{each}/": fixed(body=ABOUT.encode()) for each in ("about", "zc", "tz", "fw", "lx")} | pages


def html(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}<title>新闻中心-高新区</title></head><body>{body}</body></html>".encode()


def feed_only() -> Made:
    paths = [f"/post/{n}.html" for n in range(12)]
    items = "".join(
        f"<item><title>{title(n)}</title><link>{path}</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item>"
        for n, path in enumerate(paths)
    )
    rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>新闻</title>{items}</channel></rss>'
    pages = {path: fixed(body=article(n, template="blog")) for n, path in enumerate(paths)}
    head = '<link rel="alternate" type="application/rss+xml" title="新闻" href="/news/rss20.php">'
    pages["/"] = fixed(body=html("<div id=app></div><p>请使用订阅阅读本站的内容。</p>", head))
    return Made("/", "feed", paths, pages | {"/news/rss20.php": fixed(body=rss.encode(), Content_Type="text/xml")})


def feed_in_gbk() -> Made:
    """A feed and pages in GBK, and a server that calls everything ISO-8859-1."""
    paths = [f"/html/2026/11/{n}.htm" for n in range(10)]
    items = "".join(f"<item><title>{title(n)}</title><link>{path}</link></item>" for n, path in enumerate(paths))
    rss = (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>新闻</title>{items}</channel></rss>'
    )
    label = "text/html; charset=ISO-8859-1"
    pages = {
        path: fixed(body=article(n, template="table", charset="gbk"), Content_Type=label)
        for n, path in enumerate(paths)
    }
    pages["/"] = fixed(body=html('<a href="/rss.xml">RSS订阅</a>').decode().encode("gbk"), Content_Type=label)
    pages["/rss.xml"] = fixed(body=rss.encode("gbk"), Content_Type="text/xml; charset=ISO-8859-1")
    return Made("/", "feed", paths, pages)


def sitemap_by_robots() -> Made:
    paths = [f"/detail/{n * 37 + 1000}" for n in range(15)]
    others = ["/", "/about/", "/zc/", "/tz/", "/fw/", "/lx/"]
    urls = "".join(f"<url><loc>{path}</loc><lastmod>2026-11-20</lastmod></url>" for path in [*others, *paths])
    pages = {path: fixed(body=article(n)) for n, path in enumerate(paths)}
    pages["/"] = fixed(body=html('<div id="root"></div><script src="/app.js"></script>'))
    pages["/maps/site.xml"] = fixed(body=f"<urlset>{urls}</urlset>".encode(), Content_Type="text/xml")
    pages["/robots.txt"] = fixed(body=b"User-agent: *\nDisallow: /admin/\nSitemap: /maps/site.xml\n")
    return Made("/", "sitemap", paths, around(pages))


def sitemap_index() -> Made:
    paths = [f"/news/2026/{n % 12 + 1:02d}/{n * 911 + 71234}.shtml" for n in range(16)]
    halves = [paths[:8], paths[8:]]
    pages = {path: fixed(body=article(n, template="blog")) for n, path in enumerate(paths)}
    pages["/"] = fixed(body=html('<div id="root"></div>'))
    for number, half in enumerate(halves):
        urls = "".join(f"<url><loc>{path}</loc></url>" for path in half)
        body = gzip.compress(f"<urlset>{urls}</urlset>".encode())
        pages[f"/sitemap-{number}.xml.gz"] = fixed(body=body, Content_Type="application/gzip")
    maps = "".join(f"<sitemap><loc>/sitemap-{number}.xml.gz</loc></sitemap>" for number in range(2))
    pages["/sitemap.xml"] = fixed(body=f"<sitemapindex>{maps}</sitemapindex>".encode(), Content_Type="text/xml")
    return Made("/", "sitemap", paths, pages)


def numbered_in_gb2312() -> Made:
    """A section of a TRS site: ul and li, pages by createPageHTML, the second of them index_1."""
    paths = [f"/xw/yqdt/202611/t202611{28 - n % 28:02d}_{n + 84310}.html" for n in range(36)]
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    pages = {p: fixed(body=article(n, head=head, charset="gbk"), Content_Type="text/html") for n, p in enumerate(paths)}
    for number in range(3):
        rows = "".join(
            f'<li><a href=".{paths[n][8:]}" target="_blank">{title(n)}</a><span>{day(n)}</span></li>'
            for n in range(number * 12, number * 12 + 12)
        )
        body = html(
            f'<div class="header"><ul>{NAV}</ul></div><div class="w1200"><div class="left"><ul>{NAV}</ul></div>'
            f'<div class="right"><ul class="gl_list">{rows}</ul><div class="page"><script>createPageHTML(3, {number},'
            ' "index", "html");</script></div></div></div>',
            head,
        ).decode()
        name = "/xw/yqdt/" if number == 0 else f"/xw/yqdt/index_{number}.html"
        pages[name] = fixed(body=body.encode("gbk"), Content_Type="text/html")
    return Made("/xw/yqdt/", "listing", paths, around(pages))


def table_rows() -> Made:
    """Tables without a class, a section's name before each headline, pages by ?page=."""
    paths = [f"/show.asp?id={n + 500}" for n in range(20)]
    pages: dict[str, Behaviour] = {"/show.asp": _by_query(paths)}

    def rows(part: range) -> str:
        return "".join(
            f'<tr><td>[<a href="/list.asp?class=2">工作动态</a>]</td><td><a href="{paths[n]}">{title(n)}</a></td>'
            f"<td>{day(n)}</td></tr>"
            for n in part
        )

    def page(part: range) -> bytes:
        pager = '<p>共2页 1 <a href="list.asp?class=2&page=2">2</a> <a href="list.asp?class=2&page=2">尾页</a></p>'
        return html(f"<table><tr><td><ul>{NAV}</ul></td><td><table>{rows(part)}</table>{pager}</td></tr></table>")

    pages["/list.asp"] = _by_query_of("page", {"": page(range(10)), "2": page(range(10, 20))})
    return Made("/list.asp?class=2", "listing", paths, around(pages))


def _by_query(paths: list[str]) -> Behaviour:
    return _by_query_of("id", {p.partition("=")[2]: article(n, template="table") for n, p in enumerate(paths)})


def _by_query_of(name: str, bodies: dict[str, bytes]) -> Behaviour:
    from urllib.parse import parse_qs

    from tests.fetch_web.site import Answer, Request, not_found

    async def answer(request: Request, to: Answer) -> None:
        value = parse_qs(request.path.partition("?")[2]).get(name, [""])[0]
        if value in bodies:
            await to.send(body=bodies[value])
        else:
            await not_found(request, to)

    return answer


def next_link() -> Made:
    paths = [f"/a/{n * 13 + 20_001}.html" for n in range(24)]
    pages = {path: fixed(body=article(n)) for n, path in enumerate(paths)}
    for number in range(3):
        rows = "".join(
            f'<dl><dt><a href="{paths[n]}">{title(n)}</a></dt><dd>{text(n)[0][:40]}…<i>{day(n)}</i></dd></dl>'
            for n in range(number * 8, number * 8 + 8)
        )
        name = "/dongtai/" if number == 0 else f"/dongtai/p{'xyz'[number]}.html"
        before = f'<a href="{["/dongtai/", "/dongtai/", "/dongtai/py.html"][number]}">上一页</a>' if number else ""
        after = f'<a href="/dongtai/p{"xyz"[number + 1]}.html">下一页</a>' if number < 2 else "<a>下一页</a>"
        pages[name] = fixed(
            body=html(f'<nav><ul>{NAV}</ul></nav><div id="main">{rows}<div class="pages">{before} {after}</div></div>')
        )
    return Made("/dongtai/", "listing", paths, around(pages))


def cards_among_links() -> Made:
    """Cards of a framework, with links to sections, tags and authors in every card, and a ranking beside them."""
    paths = [f"/news/{n * 7 + 300}/{PLACES_PINYIN[n % 8]}-gaoxinqu" for n in range(12)]
    cards = "".join(
        f'<div class="news-card card-{n + 1000}"><a class="cover" href="{path}"><img src="/i/{n}.jpg">'
        f'</a><div class="b">'
        f'<a class="tag" href="/tag/{n % 3}">产业园区与重大项目动态</a><h3><a href="{path}">{title(n)}</a></h3>'
        f'<p>{text(n)[0][:50]}<a href="{path}">阅读全文</a></p><span class="t">{day(n)}</span>'
        f'<a class="au" href="/author/{n % 4}">记者{n % 4}</a></div></div>'
        for n, path in enumerate(paths)
    )
    side = "".join(f'<li><a href="{paths[n]}">{title(n)}</a></li>' for n in range(5))
    around_them = f'<div class="side-hot"><ul>{side}</ul></div>'
    body = f'<div class="top-menu"><ul>{NAV}</ul></div><div class="grid">{cards}</div>{around_them}'
    pages = {path: fixed(body=article(n, template="blog")) for n, path in enumerate(paths)}
    return Made("/channel/yuanqu", "listing", paths, around(pages | {"/channel/yuanqu": fixed(body=html(body))}))


PLACES_PINYIN = ("deyang", "baoji", "xiangyang", "zhuzhou", "liuzhou", "mianyang", "weifang", "wuhu")


def portal_with_feed() -> Made:
    paths = [f"/art/2026/11/{n + 1}/art_{n + 60}_{n + 9000}.html" for n in range(14)]
    entries = "".join(
        f'<entry><title>{title(n)}</title><link href="{path}"/><updated>{day(n)}T08:00:00+08:00</updated></entry>'
        for n, path in enumerate(paths)
    )
    atom = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>门户</title>{entries}</feed>'
    head = (
        '<link rel="alternate" type="application/rss+xml" title="评论" href="/comments/feed">'
        '<link rel="alternate" type="application/atom+xml" title="门户" href="/atom">'
    )
    links = "".join(f'<li><a href="/dept/{n}/">高新区第{n}局委办公室主页</a></li>' for n in range(60))
    pages = {path: fixed(body=article(n)) for n, path in enumerate(paths)}
    pages["/"] = fixed(body=html(f"<ul>{NAV}</ul><ul>{links}</ul>", head))
    pages["/atom"] = fixed(body=atom.encode(), Content_Type="application/atom+xml")
    return Made("/", "feed", paths, around(pages))


def json_feed() -> Made:
    paths = [f"/p/{n:08x}c0ffee" for n in range(9)]
    items = [{"id": path, "url": path, "title": title(n), "date_published": f"{day(n)}T01:00:00Z"}
             for n, path in enumerate(paths)]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "园区", "items": items}
    pages = {path: fixed(body=article(n, template="blog")) for n, path in enumerate(paths)}
    pages["/blog/"] = fixed(
        body=html("<p>园区通讯</p>", '<link rel="alternate" type="application/feed+json" href="/blog/feed.json">')
    )
    body = json.dumps(feed, ensure_ascii=False).encode()
    return Made("/blog/", "feed", paths, pages | {"/blog/feed.json": fixed(body=body, Content_Type="application/json")})


def list_in_a_state() -> Made:
    """A page that a script draws: menu, ranking and list stand in its state as JSON."""
    paths = [f"/news/detail/{n * 13 + 700}" for n in range(14)]
    state = {
        "menu": [{"name": name, "path": f"/{name}/"} for name in ("about", "zc", "tz", "fw", "lx")],
        "newsList": [
            {"title": title(n), "detailUrl": path, "publishTime": day(n)} for n, path in enumerate(paths)
        ],
        "banners": [{"title": title(n), "imgUrl": f"/{n}.jpg"} for n in range(3)],
    }  # fmt: skip
    pages = {path: fixed(body=article(n, template="blog")) for n, path in enumerate(paths)}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": state})}</script>'
    pages["/xw/"] = fixed(body=html(f'<div id="__next"></div>{script}'))
    return Made("/xw/", "listing", paths, around(pages))


def list_in_a_datastore() -> Made:
    """A section of a government site whose rows stand as markup in a script and are drawn page by page."""
    paths = [f"/art/2026/11/{28 - n}/art_1229_{n + 5200}.html" for n in range(12)]
    rows = "".join(
        f"<record><![CDATA[<li><a href='{path}' title='{title(n)}'>{title(n)[:12]}…</a><b>{day(n)}</b></li>]]></record>"
        for n, path in enumerate(paths)
    )
    store = f"<datastore><nextgroup><![CDATA[<a href='/dataproxy.jsp?page=2'></a>]]></nextgroup>{rows}</datastore>"
    pages = {path: fixed(body=article(n)) for n, path in enumerate(paths)}
    script = f'<div id="316"><script type="text/xml">{store}</script></div>'
    pages["/col/col1/index.html"] = fixed(body=html(f'<div class="header"><ul>{NAV}</ul></div>{script}'))
    return Made("/col/col1/index.html", "listing", paths, around(pages))


def list_as_json() -> Made:
    """What a page's script asks for, given as it is."""
    paths = [f"/news/{n + 310}.html" for n in range(10)]
    rows = [{"id": n, "newsTitle": title(n), "url": path, "pubDate": day(n)} for n, path in enumerate(paths)]
    body = json.dumps({"code": 200, "data": {"total": 10, "rows": rows}}).encode()
    pages = {path: fixed(body=article(n)) for n, path in enumerate(paths)}
    pages["/api/news"] = fixed(body=body, Content_Type="application/json")
    return Made("/api/news", "listing", paths, around(pages))


SITES: dict[str, Callable[[], Made]] = {
    each.__name__: each
    for each in (
        feed_only,
        feed_in_gbk,
        sitemap_by_robots,
        sitemap_index,
        numbered_in_gb2312,
        table_rows,
        next_link,
        cards_among_links,
        portal_with_feed,
        json_feed,
        list_in_a_state,
        list_in_a_datastore,
        list_as_json,
    )
}
