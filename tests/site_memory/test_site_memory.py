"""Blocks that recur on a site's pages are left out of its articles, and nothing else is."""

from collections import Counter
from random import Random

import pytest

import ingest
from ingest.model import SITE_PAGES, Label, Page, SiteProfile
from ingest.strip.site_memory import fingerprint
from tests.strip_html.shapes import SHAPES
from tests.strip_html.shapes import Page as Shape

BOXES = (
    "打开云溪发布客户端，第一时间获取权威资讯，更多精彩内容等您来看。",
    "云溪日报社所有自采稿件均受法律保护，其他单位使用时须写明出处，违者追究责任。",
    "线索征集：您身边有新鲜事，欢迎拨打我们的热线，一经采用奖励50元。",
)


def profile(pages: list[Page]) -> SiteProfile:
    """What the store makes of pages that were read."""
    counts = Counter(each for page in pages for each in page.fingerprints)
    least = max(SITE_PAGES, len(pages) / 2)
    return SiteProfile(pages=len(pages), counts={k: n for k, n in counts.items() if n >= least}, version="v")


def body(page: Page) -> str:
    return "".join(paragraph for article in page.articles for paragraph in article.paragraphs)


def with_box(page: str, text: str, box: str, *, behind: bool) -> str:
    """Put a paragraph before or behind another of the same container."""
    at = page.index(text)
    begin, end = page.rindex("<", 0, at), page.index(">", page.index("</", at)) + 1
    name = page[begin + 1 : page.index(">", begin)].split(maxsplit=1)[0]
    added = f"<{name}>{box}</{name}>"
    return page[:end] + added + page[end:] if behind else page[:begin] + added + page[begin:]


def site(shape: str, count: int, boxed: int, box: str) -> tuple[list[str], list[str]]:
    """Pages of a site, ``boxed`` of them with a box amid the text; and their articles' texts."""
    made = [Shape(shape, seed) for seed in range(count)]
    pages = []
    for number, page in enumerate(made):
        text = page.texts[Random(number).randrange(len(page.texts))]
        pages.append(with_box(page.html, text, box, behind=number % 2 == 0) if number < boxed else page.html)
    return pages, [page.body for page in made]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("shape", ["trs", "dede", "school", "portal"])
def test_a_box_amid_the_text_goes_once_the_site_is_known(shape: str, box: str) -> None:
    sources, texts = site(shape, 14, 10, box)
    first = [ingest.read_page(source.encode()) for source in sources]
    known = profile(first)
    again = [ingest.read_page(source.encode(), site=known) for source in sources]
    assert [body(page) for page in again] == [body(page).replace(box, "") for page in first]
    reasons = {block.reason for page in again for block in page.blocks if block.text == box}
    if any(box in body(page) for page in first):
        assert reasons == {"site memory: on 10 of 14 pages"}
    assert sum(text in body(page) for text, page in zip(texts, again, strict=True)) >= sum(
        text in body(page) for text, page in zip(texts, first, strict=True)
    )


@pytest.mark.parametrize(("count", "boxed"), [(14, 6), (SITE_PAGES - 1, SITE_PAGES - 1)])
def test_what_stands_on_few_pages_or_on_a_small_site_stays(count: int, boxed: int) -> None:
    """A serial's motto on less than half of the pages; a site of seven pages."""
    sources, _ = site("trs", count, boxed, BOXES[0])
    first = [ingest.read_page(source.encode()) for source in sources]
    again = [ingest.read_page(source.encode(), site=profile(first)) for source in sources]
    assert [page.articles for page in again] == [page.articles for page in first]


def test_an_article_that_was_printed_at_every_address_stays() -> None:
    page = Shape("trs", 1).html
    first = [ingest.read_page(page.encode()) for _ in range(12)]
    again = ingest.read_page(page.encode(), site=profile(first))
    assert again.articles == first[0].articles


def test_titles_and_bylines_that_recur_stay() -> None:
    pages = [Shape("trs", seed).html.replace(Shape("trs", seed).title, "云溪一周要闻回顾") for seed in range(10)]
    first = [ingest.read_page(page.encode()) for page in pages]
    again = ingest.read_page(pages[0].encode(), site=profile(first))
    assert again.articles[0].title == first[0].articles[0].title == "云溪一周要闻回顾"
    assert again.articles[0].publisher == first[0].articles[0].publisher


def test_text_pages_have_a_memory_too() -> None:
    pages = []
    for seed in range(10):
        made = Shape("trs", seed)
        pages.append("\n\n".join([made.title, "2024-05-06 来源：云溪日报", *made.texts, BOXES[0]]))
    first = [ingest.read_page(page.encode()) for page in pages]
    assert BOXES[0] in body(first[0])
    again = ingest.read_page(pages[0].encode(), site=profile(first))
    assert body(again) == body(first[0]).replace(BOXES[0], "")
    assert [b.label for b in again.blocks if b.text.strip() == BOXES[0]] == [Label.FURNITURE]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_page_counts_for_does_not_depend_on_what_is_known(shape: str) -> None:
    pages = [Shape(shape, seed).html.encode() for seed in range(9)]
    first = [ingest.read_page(page) for page in pages]
    again = [ingest.read_page(page, site=profile(first)) for page in pages]
    assert [page.fingerprints for page in again] == [page.fingerprints for page in first]


def test_marks_make_no_other_block_and_numbers_do() -> None:
    assert fingerprint("线索征集：奖励50元。") == fingerprint("线索征集 奖励 50 元") != ""
    assert fingerprint("全区完成投资12亿元。") != fingerprint("全区完成投资15亿元。")
    assert fingerprint("图片") == ""
