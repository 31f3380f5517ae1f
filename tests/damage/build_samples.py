"""Builds the sample pages of ``seeds/samples`` from the healthy articles, byte for byte.

Run it from the project's root: ``uv run python -m tests.damage.build_samples``. The expected records beside the pages
are written by hand and never touched.
"""

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.damage.articles import Source, load
from tests.damage.charset import mislabel, mojibake
from tests.damage.farm import farm, hidden_farm
from tests.damage.layouts import glued_page, listed_page, newspaper_page, portal_page, tagged_page
from tests.damage.punctuation import to_halfwidth
from tests.damage.script import annotate, to_traditional
from tests.damage.spin import inject, spin
from tests.damage.templates import as_epaper, as_html

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "samples"
_DATA = Path(__file__).parent / "data"


def _text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode("utf-8")


def annotated_farm() -> bytes:
    """Traditional script, annotations, half-width punctuation; the farm came after the conversion and is Simplified."""
    lines = tagged_page(
        load("annotated-farm"),
        section="区域",
        tags=("制造业", "绵阳市", "高新区", "支部", "产业链"),
        farm=farm(36, "bar", seed=1),
    )
    *page, last = lines
    return _text([annotate(to_traditional(to_halfwidth(line)), seed=1) for line in page] + [last])


def _spun(name: str, keyword: str, *, count: int, seed: int) -> Source:
    healthy = load(name)
    paragraphs = inject([spin(p) for p in healthy.paragraphs], keyword, count=count, seed=seed)
    return replace(healthy, title=keyword + spin(healthy.title), paragraphs=tuple(paragraphs))


def spun_keyword() -> bytes:
    """A spun copy with an injected keyword, before the title and seven times in the body."""
    page = glued_page(_spun("spun-keyword", "新能源", count=7, seed=4), section="资讯动态News")
    return _text([to_halfwidth(line) for line in page])


def newspaper() -> bytes:
    """Four articles and two photos of one newspaper page, with the authors in four places."""
    articles = [load(f"newspaper-{n}") for n in range(1, 7)]
    byline = ["below", "", "inline", "dateline", "", "end"]
    return _text([to_halfwidth(line) for line in newspaper_page(articles, byline=byline, seed=7)])


def portal() -> bytes:
    """A healthy article inside a portal's furniture."""
    furniture = (_DATA / "portal_below.txt").read_text("utf-8")
    return _text([to_halfwidth(line) for line in portal_page(load("portal"), furniture=furniture)])


def nav_list() -> bytes:
    """A mirror with its navigation above the article and a photo's caption amid the body; annotated."""
    above = (_DATA / "nav_above.txt").read_text("utf-8")
    lines = listed_page(load("nav-list"), above=above, caption=load("nav-list-photo"), after=3)
    return _text([annotate(to_traditional(to_halfwidth(line)), seed=5, share=0.7) for line in lines])


def _signed(article: Source, after: str = "") -> Source:
    """Put the authors in parentheses at the end of the last paragraph, and ``after`` behind them."""
    *others, last = article.paragraphs
    return replace(article, paragraphs=(*others, f"{last}（{'、'.join(article.authors)}）{after}"))


def gb18030() -> bytes:
    """A portal's page in GB18030, declared gb2312, with characters that GB 2312 lacks (€ 喆 镕 堃 𬭎)."""
    return mislabel(as_html(load("gb18030"), "portal"), codec="gb18030", label="gb2312")


def big5() -> bytes:
    """A mirror's page in Traditional script and Big5, so declared, with its navigation before the article."""
    html = as_html(load("big5"), "mirror", photo=load("big5-photo"), after=2)
    return mislabel(to_traditional(html), codec="big5", label="big5")


def declared_gbk() -> bytes:
    """A newspaper's electronic page in UTF-8, declared gbk: two articles and a photo."""
    articles = [load(f"epaper-{n}") for n in (1, 2, 3)]
    return mislabel(as_epaper(articles), codec="utf-8", label="gbk")


def mojibake_page() -> bytes:
    """A government site's page whose UTF-8 was read as windows-1252 and saved again as UTF-8."""
    return mojibake(as_html(load("mojibake"), "government"), read_as="cp1252")


def hidden_farm_page() -> bytes:
    """A hijacked mirror: annotated, with keywords on top and farms that no reader sees above and below."""
    marks = {name: f"<!--{name}-->" for name in ("top", "middle", "bottom")}
    page = annotate(to_traditional(as_html(_signed(load("hidden-farm")), "hijacked", parts=marks)), seed=3)
    top = "<div>手机登录入口-官方网页版-最新版本下载-备用线路-安卓苹果通用版-注册送礼</div>"
    farms = {
        "top": top + "\n" + hidden_farm(14, "random-tags", seed=11),
        "middle": hidden_farm(40, "off-screen", seed=12),
        "bottom": hidden_farm(120, "display", seed=13),
    }
    for name, farm_html in farms.items():
        page = page.replace(marks[name], farm_html)
    return page.encode("utf-8")


def healthy() -> bytes:
    """A healthy page in UTF-8 with JSON-LD."""
    return as_html(load("healthy"), "modern").encode("utf-8")


def brief() -> bytes:
    """A healthy page whose article is one sentence of about 60 characters."""
    return as_html(load("brief"), "brief").encode("utf-8")


def spun_mirror() -> bytes:
    """A company's site that carries a spun copy, sent with gzip; the title is glued on after the byline."""
    spun = _spun("spun-mirror", "破碎机", count=5, seed=9)
    page = as_html(_signed(spun, after=spun.title), "company")
    return gzip.compress(page.encode("utf-8"), mtime=0)


PAGES: dict[str, Callable[[], bytes]] = {
    "annotated-farm.txt": annotated_farm,
    "spun-keyword.txt": spun_keyword,
    "newspaper.txt": newspaper,
    "portal.txt": portal,
    "nav-list.txt": nav_list,
    "gb18030.html": gb18030,
    "big5.html": big5,
    "declared-gbk.html": declared_gbk,
    "mojibake.html": mojibake_page,
    "hidden-farm.html": hidden_farm_page,
    "healthy.html": healthy,
    "brief.html": brief,
    "spun-mirror.html.gz": spun_mirror,
}


def main() -> None:
    """Write every sample page."""
    for name, build in PAGES.items():
        (SAMPLES / name).write_bytes(build())


if __name__ == "__main__":
    main()
