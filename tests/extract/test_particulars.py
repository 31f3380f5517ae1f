"""What articles say about themselves."""

from datetime import date, datetime, time

import pytest

from ingest import read_page, split, strip
from ingest.extract.particulars import particulars
from ingest.model import Document, Meta, Particulars
from tests.strip.reading import drafted, labelled

TEXT = "近日，某某高新区召开大会，部署下半年工作，要求各部门抓好落实，推动全区经济高质量发展。"
MORE = "今年以来，该区新开工项目35个，完成投资12亿元，同比增长8.3%，为全年目标完成打下坚实基础。"


def of(source: str, *, url: str | None = None) -> list[Particulars]:
    blocks, drafts = drafted(source)
    return [particulars(draft, blocks, Document(blocks=blocks, meta=Meta(), markup=False), url=url) for draft in drafts]


def of_html(head: str, body: str, *, url: str | None = None) -> Particulars:
    document = strip.segment(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")
    for block in document.blocks:
        block.text = block.original
    blocks = strip.label(document)
    [draft] = split.articles(blocks)
    return particulars(draft, blocks, document, url=url)


def article(above: str = "", below: str = "") -> str:
    return (
        f'<div class="article"><h1>某某高新区：产业提速</h1><div class="info">{above}</div>'
        f"<p>{TEXT}</p><p>{MORE}</p><p>{below}</p></div>"
        '<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">某地开工</a> 2020-01-01</li></ul></div>'
    )


LINKED = '<script type="application/ld+json">{"datePublished": "2024-05-06T10:22:33+08:00"}</script>'
TITLE = "<title>某某高新区：产业提速_要闻_某某网</title>"


def test_a_page_of_a_portal() -> None:
    [found] = of(
        "某某高新区：产业提速\n\n2022-07-04 12:18:01\n来源：某某高新区 作者：陈小艺 评论：0\n"
        f"{TEXT}\n{MORE}\n\n（责任编辑：王小萍）\n"
    )
    assert found == Particulars(
        title="某某高新区：产业提速",
        published_on=date(2022, 7, 4),
        published_at=datetime.combine(date(2022, 7, 4), time(12, 18, 1)),
        publisher="某某高新区",
        authors=("陈小艺",),
        editors=("王小萍",),
    )


def test_kicker_contributor_and_a_date_without_time() -> None:
    [found] = of(
        "【重点策划】某某高新区：党建引领科技攀高\n"
        f"来源：产研院 cyy.example 日期：2025-09-25 点击：次\n{TEXT}\n{MORE}\n（某某省某某高新区党建工作部供稿）\n"
    )
    assert (found.kicker, found.title) == ("重点策划", "某某高新区：党建引领科技攀高")
    assert (found.publisher, found.contributor) == ("产研院 cyy.example", "某某省某某高新区党建工作部")
    assert (found.published_on, found.published_at) == (date(2025, 9, 25), None)


@pytest.mark.parametrize(
    ("source", "authors"),
    [
        (f"某地：产业提速\n魏小强 吕明\n{TEXT}\n{MORE}", ("魏小强", "吕明")),
        (f"某地：产业提速\n王 强 欧阳小桥\n{TEXT}\n{MORE}", ("王强", "欧阳小桥")),
        (f"某地：产业提速\n{TEXT}\n{MORE} 胡小超", ("胡小超",)),
        (f"某地：产业提速\n{TEXT}\n{MORE}（孔小怡）", ("孔小怡",)),
        (f"某地：产业提速\n{TEXT}\n{MORE}\n解张 张小博 吴小情", ("解张", "张小博", "吴小情")),
        (f"某地：产业提速\n本报（特约通讯员 欧阳小桥） {TEXT}\n{MORE}", ("欧阳小桥",)),
        (f"某地：产业提速\n本报讯（记者张三 通讯员李四）{TEXT}\n{MORE}", ("张三", "李四")),
        (f"某地：产业提速\n本报讯 记者 王强 通讯员 李勇 {TEXT}\n{MORE}", ("王强", "李勇")),
        (f"某地：产业提速\n新华社某地5月6日电（记者王强、李勇）{TEXT}\n{MORE}", ("王强", "李勇")),
        (f"某地：产业提速\n□ 本报记者 高峰\n{TEXT}\n{MORE}", ("高峰",)),
        (f"某地：产业提速\n文/张三 图/李四\n{TEXT}\n{MORE}", ("张三",)),
        (f"某地：产业提速\n{TEXT}\n{MORE}\n（某某日报记者 张三 通讯员 李四）", ("张三", "李四")),
    ],
)
def test_authors_wherever_they_stand(source: str, authors: tuple[str, ...]) -> None:
    [found] = of(source)
    assert found.authors == authors


def test_the_dateline_is_closed_up_and_ends_before_its_topic() -> None:
    [found] = of(f"某地：产业提速\n本报 （记者 张三） {TEXT}\n{MORE}")
    assert found.dateline == "本报（记者 张三）"
    [found] = of(f"某地：产业提速\n新华社某地5月6日电（记者 张三）题：产业提速看某地\n{TEXT}\n{MORE}")
    assert (found.dateline, found.authors) == ("新华社某地5月6日电（记者 张三）", ("张三",))


def test_editors_without_the_numbers_of_the_house() -> None:
    [found] = of(f"某地：产业提速\n{TEXT}\n{MORE}\n责任编辑：杨小倩_NF4425\n审核：李四 校对：王五\n")
    assert found.editors == ("杨小倩",)


def test_the_credit_of_a_photo() -> None:
    _, photo = of(
        f"某地：产业提速\n{TEXT}\n{MORE}\n图片来源：某州高新区（滨江）\n近日，一场毅行在某州启程。图为市民在江边。\n"
        f"某山：成果获奖\n本报讯 {TEXT}\n"
    )[:2]
    assert (photo.image_credit, photo.title, photo.authors) == ("某州高新区（滨江）", None, ())


@pytest.mark.parametrize(
    ("credit", "who"),
    [("（冯小乔 摄）", "冯小乔"), ("（某某融媒供图）", "某某融媒"), ("（图片由某某公司提供）", "某某公司")],
)
def test_the_photographer(credit: str, who: str) -> None:
    page = (
        f"某地：产业提速\n{TEXT}\n{MORE}\n某某高新区工作人员在大厅讲解惠企政策。{credit}\n{TEXT[4:]}另有多项举措出台。"
    )
    news, photo = of(page)
    assert (news.authors, photo.image_credit) == ((), who)


def test_subtitle_and_kicker_on_lines_of_their_own() -> None:
    [found] = of(f"园区风向标\n某某高新区：产业提速\n——写在投产一周年之际\n2024-05-06\n{TEXT}\n{MORE}")
    assert (found.kicker, found.title, found.subtitle) == (
        "园区风向标",
        "某某高新区：产业提速",
        "——写在投产一周年之际",
    )


@pytest.mark.parametrize(
    ("head", "above", "url", "day"),
    [
        ("", "2024-05-06 10:22 来源：某某日报", None, date(2024, 5, 6)),
        ('<meta name="publishdate" content="2024-05-06 10:22:33">', "", None, date(2024, 5, 6)),
        ('<meta property="article:published_time" content="2024-05-06T20:22:33Z">', "", None, date(2024, 5, 7)),
        (LINKED, "", None, date(2024, 5, 6)),
        ("", "", "https://www.example.com/2024/0506/12345.html", date(2024, 5, 6)),
        ('<link rel="canonical" href="https://www.example.com/20240506/1.html">', "", None, date(2024, 5, 6)),
        ('<meta name="publishdate" content="2024-05-01">', "2024年5月6日 某某日报", None, date(2024, 5, 6)),
        ("", "", None, None),
    ],
)
def test_where_the_date_is_from(head: str, above: str, url: str | None, day: date | None) -> None:
    assert of_html(TITLE + head, article(above), url=url).published_on == day


def test_the_clock_of_the_site_is_not_the_date() -> None:
    [found] = of(f"2026年11月22日 星期日\n某某高新区：产业提速\n2024-05-06 来源：某某日报\n{TEXT}\n{MORE}")
    assert found.published_on == date(2024, 5, 6)


def test_the_date_of_a_meeting_is_text() -> None:
    [found] = of(f"某某高新区：培训通知\n2024-05-06\n{TEXT}\n一、时间：2024年6月1日\n二、地点：某某厅\n{MORE}")
    assert found.published_on == date(2024, 5, 6)
    [found] = of(f"某某高新区：培训通知\n{TEXT}\n时间：2024年6月1日\n地点：某某厅\n{MORE}")
    assert found.published_on is None


def test_the_head_lends_its_time_of_day() -> None:
    head = TITLE + '<meta name="pubdate" content="2024-05-06 10:22:33">'
    expected = datetime.combine(date(2024, 5, 6), time(10, 22, 33))
    assert of_html(head, article("2024-05-06 10:22")).published_at == expected
    assert of_html(head, article("2024-05-06")).published_at == expected
    assert of_html(head, article("2024-05-07")).published_at is None


def test_a_date_below_the_text() -> None:
    found = of_html(TITLE, article(below="发布日期：2024-05-06 责任编辑：龙小慧"))
    assert (found.published_on, found.editors) == (date(2024, 5, 6), ("龙小慧",))


def test_an_author_behind_the_date_is_no_publisher() -> None:
    found = of_html(TITLE, article("2024-05-06 20:35 张小三"))
    assert (found.publisher, found.authors) == (None, ("张小三",))


def test_labels_of_a_line_agree_with_what_is_read_from_it() -> None:
    blocks = labelled(f"某地：产业提速\n2024-05-06 来源：某某日报 责编：李四 点击：88\n{TEXT}\n{MORE}")
    assert [b.role for b in blocks[1:5]] == ["date", "publisher", "editor", "views"]
    assert [b.role for b in blocks[5:]] == ["", ""]


@pytest.mark.parametrize(
    ("head", "title", "kicker"),
    [
        ("【资讯汇总】五月园区要闻一览_某网", "【资讯汇总】五月园区要闻一览", None),
        ("五月园区要闻一览_某网", "五月园区要闻一览", "资讯汇总"),
        ("某网", "【资讯汇总】五月园区要闻一览", None),
    ],
)
def test_a_label_in_brackets_is_a_kicker_where_the_title_stands_without_it(
    head: str, title: str, kicker: str | None
) -> None:
    page = f"<title>{head}</title><h1>【资讯汇总】五月园区要闻一览</h1><div><p>{TEXT}</p><p>{MORE}</p></div>"
    [article] = read_page(f"<html><body>{page}</body></html>".encode()).articles
    assert (article.title, article.kicker) == (title, kicker)
