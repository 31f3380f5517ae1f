"""Pages that are no article, told apart; and articles that speak of such things, which stay articles.

``pages/`` holds them as bytes, each with what must be read from it beside it. All were written for this.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest.model import Label, Page, PageKind
from tests.strip_html.shapes import SHAPES
from tests.strip_html.shapes import Page as Shape

FOLDER = Path(__file__).parent / "pages"
PAGES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".json")
NO_ARTICLE = [name for name in PAGES if not name.startswith("article")]


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))
    return found


def read(name: str) -> Page:
    return ingest.read_page((FOLDER / name).read_bytes(), url=expected(name).get("url"))


def body(page: Page) -> str:
    return "".join(paragraph for article in page.articles for paragraph in article.paragraphs)


@pytest.mark.parametrize("name", PAGES)
def test_kind_and_articles(name: str) -> None:
    page, want = read(name), expected(name)
    assert (page.kind.value, len(page.articles)) == (want["kind"], want["articles"]), page.kind_reason
    assert body(page) == want.get("body", body(page))


@pytest.mark.parametrize("name", NO_ARTICLE)
def test_a_page_that_is_no_article_says_why_and_keeps_nothing(name: str) -> None:
    page = read(name)
    assert page.kind_reason
    assert not any(block.label.kept for block in page.blocks)


def test_there_are_pages_of_every_kind() -> None:
    assert {expected(name)["kind"] for name in PAGES} == set(PageKind) - {PageKind.OTHER}
    assert len(NO_ARTICLE) >= 50


@pytest.mark.parametrize("size", ["article", "two", "brief"])
@pytest.mark.parametrize("shape", SHAPES)
def test_articles_of_every_shape_are_articles(shape: str, size: str) -> None:
    assert ingest.read_page(Shape(shape, 4, size).html.encode()).kind is PageKind.ARTICLE


def test_real_pages_are_articles(shared: Path) -> None:
    pages = [*(shared / "pages").glob("*.html"), *(shared / "seeds").glob("*.txt")]
    assert len(pages) == 62
    assert {
        path.name: page.kind_reason for path in pages if (page := ingest.read_page(path.read_bytes())).kind_reason
    } == {}


@pytest.mark.parametrize(
    "said", ["页面不存在", "系统繁忙", "请先登录", "安全验证", "加载中", "登录后查看", "访问被拦截"]
)
@pytest.mark.parametrize("form", ["{}\n", "<html><head><title>t</title></head><body><p>{}</p></body></html>"])
def test_a_brief_that_reports_what_a_gate_says_is_an_article(said: str, form: str) -> None:
    text = f"记者获悉，5月6日早高峰，多名市民打开云溪通时只看到{said}字样，运营方说，光缆被挖断，中午恢复，请大家稍等。"
    page = ingest.read_page(form.format(text).encode())
    assert (page.kind, body(page)) == (PageKind.ARTICLE, text)


def test_a_page_without_anything_known_says_so() -> None:
    page = ingest.read_page("云溪高新区\n东岭\n".encode())
    assert (page.kind, page.articles) == (PageKind.OTHER, ())
    assert {block.label for block in page.blocks} == {Label.FURNITURE}
