"""Several articles on a page, and the articles that are photos."""

import random

import pytest

from tests.split.stitched import STORIES, UNSEEN, Page, Story, stitched
from tests.strip.reading import drafted

NEWSPAPER = """党建风向标

某江高新区：党建“链”出产业新画卷

魏小强 吕明

今年以来，某江高新区把支部建在产业链上，聚焦算力产业，派出专员帮企业补链强链，解决难题46件。

以党建链引领创新链

怎样把一条链拧成一股绳？某江高新区的做法是让上下游企业的支部结对，每季度开一次碰头会。

图片来源：某湖高新区

近日，某湖高新区举办开放日，30位大学生走进展馆。图为大学生在展馆参观。

某山高新区：35项成果获科学技术奖

本报 近日，某山高新区在全省科技大会上捧回35个奖项，数量居全省园区首位。 胡小超

某省“之江同心”毅行活动启动仪式

图片来源：某州高新区（滨江）

4月8日，毅行活动在某州高新区鸣枪，500名爱好者沿江徒步十公里。

聚焦三大领域推进五大工程 某州高新区打造新能源之都

本报讯（记者 张三） 近日，某州高新区出台实施意见，提出五年内建成三座共享储能电站。

解张 张小博 吴小情
"""


def test_a_page_of_a_newspaper() -> None:
    blocks, drafts = drafted(NEWSPAPER)
    assert [d.kind for d in drafts] == ["news", "photo-caption", "news", "photo-caption", "news"]
    titles = [[blocks[i].text for i in d.blocks if blocks[i].label.value == "title"] for d in drafts]
    assert [bool(t) for t in titles] == [True, False, True, True, True]
    assert [p.heading for p in drafts[0].paragraphs] == [False, True, False]
    assert all(len(d.paragraphs) == 1 for d in drafts[1:])


def test_every_kept_block_belongs_to_one_article() -> None:
    blocks, drafts = drafted(NEWSPAPER)
    owned = [i for d in drafts for i in d.blocks]
    assert sorted(owned) == [b.index for b in blocks if b.label.kept]


@pytest.mark.parametrize("style", ["names", "dateline", "signed", "mixed", "bare"])
def test_boundaries_of_stitched_pages(style: str) -> None:
    rng = random.Random(style)
    right = given = wanted = 0
    for _ in range(30):
        page = stitched(rng.randint(2, len(STORIES)), rng, style)
        blocks, drafts = drafted(page.source)
        found = {blocks[d.blocks[0]].line for d in drafts if d.kind == "news"}
        right, given, wanted = right + len(found & page.opening), given + len(found), wanted + len(page.opening)
    assert right / given >= 0.97
    assert right / wanted >= 0.97


def as_html(page: Page, tag: str) -> str:
    """Return a stitched page as HTML whose headlines stand in ``tag``."""
    lines = enumerate(page.source.splitlines(), 1)
    body = "\n".join(f"<{tag}>{x}</{tag}>" if n in page.opening else f"<p>{x}</p>" for n, x in lines)
    head = "<title>园区动态_某某报</title>"
    menu = '<div class="nav"><a href="/">首页</a> <a href="/x">新闻</a></div>'
    return f'<html><head>{head}</head><body>{menu}<div class="content">{body}</div></body></html>'


@pytest.mark.parametrize(("tag", "style"), [("h1", "bare"), ("h2", "mixed"), ("p", "names"), ("p", "dateline")])
def test_boundaries_of_stitched_html(tag: str, style: str) -> None:
    rng = random.Random(tag + style)
    right = given = wanted = 0
    for _ in range(15):
        page = stitched(rng.randint(2, len(STORIES)), rng, style)
        lines = page.source.splitlines()
        blocks, drafts = drafted(as_html(page, tag))
        found = {blocks[d.blocks[0]].text.strip() for d in drafts}
        titles = {lines[n - 1] for n in page.opening}
        right, given, wanted = right + len(found & titles), given + len(found), wanted + len(titles)
    assert right / given >= 0.97
    assert right / wanted >= 0.95


def boundaries(pages: list[tuple[str, Page]]) -> tuple[float, float]:
    """Return precision and recall of the headlines after the first, of sources with the pages they were made from."""
    right = given = wanted = 0
    for source, page in pages:
        lines = page.source.splitlines()
        blocks, drafts = drafted(source)
        found = {blocks[d.blocks[0]].text.strip() for d in drafts if d.kind == "news"}
        titles = {lines[n - 1] for n in page.opening}
        right, given, wanted = right + len(found & titles), given + len(found), wanted + len(titles)
    return right / given, right / wanted


@pytest.mark.parametrize("style", ["names", "dateline", "signed", "bare"])
@pytest.mark.parametrize("tag", ["", "p", "h2"])
def test_boundaries_between_unseen_articles(tag: str, style: str) -> None:
    rng = random.Random(f"unseen {tag} {style}")
    pages = [stitched(rng.randint(2, len(UNSEEN)), rng, style, UNSEEN) for _ in range(20)]
    precision, recall = boundaries([(as_html(page, tag) if tag else page.source, page) for page in pages])
    assert precision >= 0.97
    assert recall >= (0.97 if style != "bare" or tag == "h2" else 0.94)


def test_headings_of_unseen_articles_open_none() -> None:
    for story in UNSEEN:
        lines = [story.title, *(line.removeprefix("#") for line in story.lines)]
        plain = "".join(f"<p>{line}</p>" for line in lines)
        for source in ("\n".join(lines), f"<html><body>{plain}</body></html>"):
            assert len(drafted(source)[1]) == 1, story.title


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.title[:8])
def test_an_article_with_headings_is_one(story: Story) -> None:
    _, [draft] = drafted("\n".join([story.title, *(line.removeprefix("#") for line in story.lines)]))
    headings = [line.removeprefix("#") for line in story.lines if line.startswith("#")]
    assert [p.text for p in draft.paragraphs if p.heading] == headings


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["园区动态", STORIES[1].title], ["kicker", "title"]),
        ([STORIES[2].title, "——沿海某市税务服务见闻"], ["title", "subtitle"]),
        (["三农一线", STORIES[1].title, "——平原县夏收见闻"], ["kicker", "title", "subtitle"]),
    ],
)
def test_lines_round_a_second_headline(lines: list[str], expected: list[str]) -> None:
    first, second = STORIES[0], STORIES[1] if STORIES[1].title in lines else STORIES[2]
    page = "\n".join([first.title, first.lines[0], first.lines[2], *lines, "张小明 李文", *second.lines[:2]])
    blocks, drafts = drafted(page)
    assert [b.label.value for b in blocks[3 : 3 + len(lines)]] == expected
    assert len(drafts) == 2


def test_a_credit_amid_a_paragraph_of_text_makes_no_article() -> None:
    story = STORIES[0]
    lines = [story.title, story.lines[0], "图片来源：临江船厂", *story.lines[2:4]]
    _, drafts = drafted("\n".join(lines))
    assert [d.kind for d in drafts] == ["news"]
