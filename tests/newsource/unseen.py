"""Made sites that were built after the code, none of it fitted to them."""

from tests.fetch_web.site import Answer, Behaviour, Request, fixed
from tests.newsource.sites import NAV, Made, around, article, day, html, text, title


def boxes_with_options() -> Made:
    """Rows of div with the day in a box of its own, headlines cut short, a pager that is a select; titles in a div."""
    paths = [f"/c/{day(n)}/{n * 31 + 8849}.shtml" for n in range(20)]
    pages: dict[str, Behaviour] = {}
    for n, path in enumerate(paths):
        body = "".join(f"<div class='d'>{each}</div>" for each in text(n))
        pages[path] = fixed(
            body=f"<html><head><title>某某高新区门户网站</title></head><body>"
            f"<div class='logo'><h1>某某高新区门户网站</h1></div>"
            f"<div class='pos'>您的位置：首页 &gt; 要闻</div><div class='bt'>{title(n)}</div>"
            f"<div class='xx'>时间：{day(n)} 来源：本站 字号：大 中 小</div><div id='zoom'>{body}</div>"
            f"</body></html>".encode()
        )
    for number in range(2):
        rows = "".join(
            f'<div class="item"><div class="date"><b>{day(n)[8:]}</b><i>{day(n)[:7]}</i></div>'
            f'<div class="txt"><a title="{title(n)}" href="{paths[n]}">{title(n)[:12]}…</a>'
            f"<p>{text(n)[1][:30]}</p></div></div>"
            for n in range(number * 10, number * 10 + 10)
        )
        options = "".join(f'<option value="/yw/{name}">{i}</option>' for i, name in ((1, ""), (2, "list_2.shtml")))
        outside = '<div class="item2"><a href="http://www.example.org/zt/1.html">中国某某专题报道第一期专栏</a></div>'
        body = (
            f'<div id="head"><ul>{NAV}</ul></div><div class="main"><div class="lst">{rows}{outside}</div>'
            f'<a href="javascript:void(0)">下一页</a><select onchange="go(this)">{options}</select></div>'
        )
        pages["/yw/" if not number else "/yw/list_2.shtml"] = fixed(body=html(body))
    return Made("/yw/", "listing", paths, around(pages))


def home_of_modules() -> Made:
    """A home page with neither feed nor site map: four modules of headlines, more-links, banners, partners."""
    sections = ("gzdt", "qydt", "mtgz", "tzgg")
    paths = [f"/xwzx/{sections[n % 4]}/content_{n + 77012}.html" for n in range(28)]
    pages: dict[str, Behaviour] = {path: fixed(body=article(n)) for n, path in enumerate(paths)}
    modules = ""
    for i, section in enumerate(sections):
        rows = "".join(
            f'<li><i></i><a href="{paths[n]}" title="{title(n)}">{title(n)[:14]}...</a><span>{day(n)[5:]}</span></li>'
            for n in range(28)
            if n % 4 == i
        )
        modules += (
            f'<div class="mod m{i}"><div class="hd"><h2>栏目</h2><a href="/xwzx/{section}/">更多&gt;&gt;</a></div>'
            f'<div class="bd"><ul class="tabcon">{rows}</ul></div></div>'
        )
        pages[f"/xwzx/{section}/"] = fixed(body=html(f"<ul>{rows}</ul>"))
    partners = "".join(
        f'<li><a href="http://p{n}.example.org/">某某科技产业集团有限公司{n}</a></li>' for n in range(12)
    )
    services = "".join(f'<li><a href="/fw/{n}.jsp">企业注册登记一站式服务入口{n}</a></li>' for n in range(8))
    pages |= {f"/fw/{n}.jsp": fixed(body=html("<form><input name=q><input type=submit></form>")) for n in range(8)}
    pages["/"] = fixed(
        body=html(
            f'<div class="menu"><ul>{NAV}</ul></div><div class="wrap">{modules}<div class="srv">'
            f"<ul>{services}</ul></div>"
            f'<ul class="partner">{partners}</ul></div>'
        )
    )
    return Made("/", "listing", paths, around(pages))


def blog_category() -> Made:
    """A category of a blog: the whole site's feed and that of comments are declared; older posts on further pages."""
    mine = [f"/2026/11/{n + 1:02d}/park-story-{'abcdefghijkl'[n]}/" for n in range(12)]
    other = [f"/2026/10/{n + 1:02d}/travel-note-{'abcdefghijkl'[n]}/" for n in range(12)]
    pages: dict[str, Behaviour] = {p: fixed(body=article(n, template="blog")) for n, p in enumerate([*mine, *other])}

    def feed(paths: list[str]) -> Behaviour:
        items = "".join(f"<item><title>x</title><link>{path}</link></item>" for path in paths)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>b</title>{items}</channel></rss>'
        return fixed(body=body.encode(), Content_Type="application/rss+xml")

    pages |= {"/feed/": feed(other), "/comments/feed/": feed(other[:2])}
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in ("/feed/", "/comments/feed/")
    )
    side = "".join(f'<li><a href="{path}">{title(n + 12)}</a></li>' for n, path in enumerate(other[:5]))
    for number in range(2):
        posts = "".join(
            f'<article id="post-{n + 400}" class="post type-post category-park"><h2 class="entry-title">'
            f'<a href="{mine[n]}" rel="bookmark">{title(n)}</a></h2><div class="entry-meta"><a href="{mine[n]}">'
            f"<time>{day(n)}</time></a> <a href='/author/a/'>编辑部</a></div><p>{text(n)[0]} "
            f"<a href='{mine[n]}'>继续阅读</a></p></article>"
            for n in range(number * 6, number * 6 + 6)
        )
        way = '<a class="next page-numbers" href="/category/park/page/2/">&raquo;</a>' if not number else ""
        body = (
            f'<header><ul>{NAV}</ul></header><main id="main">{posts}<nav class="pagination"><span>1</span>'
            f'<a class="page-numbers" href="/category/park/page/2/">2</a>{way}</nav></main><aside>'
            f"<ul>{side}</ul></aside>"
        )
        pages["/category/park/" if not number else "/category/park/page/2/"] = fixed(body=html(body, head))
    return Made("/category/park/", "listing", mine, around(pages))


def bare_anchors() -> Made:
    """A page of the nineties: font and br, no list at all, a menu of links, pages called 1.htm, dates in brackets."""
    paths = [f"news/{n + 1}.htm" for n in range(16)]
    rows = "".join(f'<font color=red>·</font><a href="{p}">{title(n)}</a>（{day(n)}）<br>' for n, p in enumerate(paths))
    menu = "".join(f'<a href="m{n}.htm">机构设置与工作职责介绍{n}</a> | ' for n in range(5))
    pages = {f"/gxq/{p}": fixed(body=article(n, template="table")) for n, p in enumerate(paths)}
    pages |= {f"/gxq/m{n}.htm": fixed(body=html("<p>内设机构与职责</p>")) for n in range(5)}
    body = html(f"<center>{menu}</center><hr><p>{rows}</p><center>Copyright 2003</center>")
    pages["/gxq/news.htm"] = fixed(body=body)
    return Made("/gxq/news.htm", "listing", [f"/gxq/{p}" for p in paths], pages)


def newspaper_issue() -> Made:
    """An issue of a newspaper: a map with areas, the other pages' names, content below the day's folder."""
    paths = [f"/html/2026-11/20/content_{n // 5 + 1}_{n + 3101}.htm" for n in range(10)]
    pages = {path: fixed(body=article(n, template="table")) for n, path in enumerate(paths)}
    heads = "".join(
        f'<tr><td class="default"><a href="content_{n // 5 + 1}_{n + 3101}.htm">'
        f'<div style="display:inline">{title(n)}'
        "</div></a></td></tr>"
        for n in range(10)
    )
    nodes = "".join(
        f'<tr><td><a id="pageLink" href="node_{n}.htm">第{n:02d}版：园区要闻与产业观察</a></td></tr>'
        for n in range(1, 5)
    )
    pages |= {f"/html/2026-11/20/node_{n}.htm": fixed(body=html(f"<table>{nodes}</table>")) for n in range(2, 5)}
    areas = '<map name="PagePicMap"><area href="content_1_3101.htm"></map>'
    body = html(
        f'<table><tr><td>{areas}</td><td><table id="bmdhTable">{nodes}</table><table>{heads}</table></td></tr></table>'
    )
    pages["/html/2026-11/20/node_1.htm"] = fixed(body=body)
    return Made("/html/2026-11/20/node_1.htm", "listing", paths, pages)


def scripted_pager() -> Made:
    """A section whose pager is all onclick, further pages are index_2.jhtml; hot topics beside it."""
    paths = [f"/gxdt/{n + 60321}.jhtml" for n in range(30)]
    pages = {path: fixed(body=article(n)) for n, path in enumerate(paths)}
    hot = "".join(f'<li><em>{n}</em><a href="{paths[n]}">{title(n)}</a></li>' for n in range(10, 20))
    for number in range(2):
        rows = "".join(
            f'<li class="{("odd", "even")[n % 2]}"><span class="fr">[{day(n)[5:]}]</span>'
            f'<a href="{paths[n]}" style="color:#333">{title(n)}</a></li>'
            for n in range(number * 15, number * 15 + 15)
        )
        pager = (
            """<div class="pg">共30条 1/2 <a href="#" onclick="go(1)">首页</a><a href="javascript:;">下一页</a></div>"""
        )
        body = (
            f'<div class="hd"><ul>{NAV}</ul></div><div class="r_list"><ul>{rows}</ul>{pager}</div>'
            f'<div class="hot-box"><ul>{hot}</ul></div>'
        )
        pages["/gxdt/index.jhtml" if not number else "/gxdt/index_2.jhtml"] = fixed(body=html(body))
    return Made("/gxdt/index.jhtml", "listing", paths, around(pages))


def links_round_cards() -> Made:
    """Cards that are links as a whole, classes of a build tool, addresses with a UUID, a link to the next in rel."""
    paths = [f"/stories/{n:08x}-7d1e-4c2b-9f3a-{n * 7919:012x}" for n in range(18)]
    pages = {path: fixed(body=article(n, template="blog")) for n, path in enumerate(paths)}
    for number in range(2):
        cards = "".join(
            f'<a class="css-1x9kz{n % 3}q" href="{paths[n]}"><div class="css-77ab1c"><img src="/{n}.png"></div>'
            f"<div><h3>{title(n)}</h3>"
            f"<p>{text(n)[0][:30]}</p><time>{day(n)}</time></div></a>"
            for n in range(number * 9, number * 9 + 9)
        )
        head = "" if number else '<link rel="next" href="/stories?page=2">'
        pages["/stories" if not number else "/stories?page=2"] = fixed(
            body=html(
                f'<header class="site"><ul>{NAV}</ul></header><main><div class="css-kk29d0">{cards}</div></main>', head
            )
        )

    first, second = pages["/stories"], pages.pop("/stories?page=2")

    async def stories(request: Request, to: Answer) -> None:
        await (second if "page=2" in request.path else first)(request, to)

    pages["/stories"] = stories
    return Made("/stories", "listing", paths, around(pages))


def section_of_a_map() -> Made:
    """A section that scripts fill; the site's map has it among others."""
    mine = [f"/park/news/{n + 4400}" for n in range(9)]
    other = [f"/sport/news/{n + 8800}" for n in range(30)]
    urls = "".join(f"<url><loc>{path}</loc></url>" for path in ["/", "/park/", "/sport/", *other, *mine])
    pages = {path: fixed(body=article(n)) for n, path in enumerate([*mine, *other])}
    pages |= {"/sitemap.xml": fixed(body=f"<urlset>{urls}</urlset>".encode(), Content_Type="application/xml")}
    pages |= {path: fixed(body=html('<div id="app"></div><script src="/a.js"></script>')) for path in ("/", "/park/")}
    return Made("/park/", "sitemap", mine, pages)


def one_script_for_all() -> Made:
    """A phpcms site: sections and articles are index.php with parameters, sections' links between the headlines."""
    paths = [f"/index.php?a=show&catid=6&id={n + 31}&m=content" for n in range(14)]
    shows = {path: fixed(body=article(n, template="table")) for n, path in enumerate(paths)}
    menu = "".join(
        f'<li><a href="/index.php?m=content&c=index&a=lists&catid={n}">栏目之某某工作{n}</a></li>' for n in range(9)
    )
    rows = "".join(
        f'<li><a href="/index.php?m=content&a=lists&catid=6">[高新区要闻与动态]</a> '
        f'<a href="/index.php?m=content&a=show&catid=6&id={n + 31}">{title(n)}</a> <span>{day(n)}</span></li>'
        for n in range(14)
    )
    listing = fixed(
        body=html(f'<ul class="menu">{menu}</ul><div class="col-left"><ul class="list lh24">{rows}</ul></div>')
    )

    async def index(request: Request, to: Answer) -> None:
        await shows.get(request.path, listing)(request, to)

    return Made("/index.php?m=content&c=index&a=lists&catid=6", "listing", paths, {"/index.php": index})


UNSEEN = {
    each.__name__: each
    for each in (
        boxes_with_options,
        home_of_modules,
        blog_category,
        bare_anchors,
        newspaper_issue,
        scripted_pager,
        links_round_cards,
        section_of_a_map,
        one_script_for_all,
    )
}
