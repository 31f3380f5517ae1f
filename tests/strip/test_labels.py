"""What lines of a text page are."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.strip.reading import HEAD, HEALTHY, MIDDLE, TAIL, drafted, label_of, labelled, labels, put

PAGE = """地方

某某市：高新区“红帆引擎”赋能 助推创业

2022.04.14
浏览次数：
返回列表

近年来，某某高新区党工委以“红帆引擎”激发企业活力，通过示范引领和夯实基础，奏响创业的“三部曲”。

据了解，该园区以产业链党委为抓手，以星级企业为主体，不断促进产业技术创新，组建研发平台60余个。（孔小怡）

  • 企业
  • 创新
  • 某某省
年来，某某高新区党工委以“红帆引擎”激发企业活力，通过示范引领和夯实基础，奏响创业的“三部曲”。
推荐阅读

热门资讯
"""


def test_each_line_of_a_portal_page() -> None:
    assert [name for name, _ in labels(PAGE)] == [
        "section",
        "title",
        "byline",
        "furniture",
        "furniture",
        "body",
        "body",
        "byline",
        "tag-cloud",
        "tag-cloud",
        "tag-cloud",
        "duplicate",
        "related",
        "related",
    ]


def test_a_line_of_fields_is_cut_at_each() -> None:
    found = labels("标题：产业提速\n来源：某某高新区 作者：陈小艺 评论：0\n近日，某区召开大会，部署下半年工作。\n")
    assert found[1:4] == [("byline", "来源：某某高新区"), ("byline", "作者：陈小艺"), ("furniture", "评论：0")]


def test_a_title_glued_to_the_last_paragraph_is_a_duplicate() -> None:
    title = "某地：科技与产业“两翼齐飞” 注入新动能"
    found = labels(f"{title}\n\n近日，某区召开大会。\n\n惟创新者强，厚植新优势，形成新动能。（黄小轩）{title}\n\n搜索")
    assert found[2:] == [
        ("body", "惟创新者强，厚植新优势，形成新动能。"),
        ("byline", "（黄小轩）"),
        ("duplicate", title),
        ("furniture", "搜索"),
    ]


def test_menu_breadcrumb_kicker_and_contributor() -> None:
    page = """Network
当前位置：主页 > 新闻中心 > 产业规划 >
- 院内新闻
- 政策解读
- 行业洞见
【重点策划】某某高新区：党建引领科技攀高
来源：产研院 cyy.example 日期：2025-09-25 点击：次
走进某某高新区“量子街”，短短几百米的道路两旁密布了30多家企业。
（某某省某某高新区党建工作部供稿）
相关文章推荐：
"""
    assert labels(page) == [
        ("section", "Network"),
        ("breadcrumb", "当前位置：主页 > 新闻中心 > 产业规划 >"),
        ("nav", "- 院内新闻"),
        ("nav", "- 政策解读"),
        ("nav", "- 行业洞见"),
        ("kicker", "【重点策划】"),
        ("title", "某某高新区：党建引领科技攀高"),
        ("byline", "来源：产研院 cyy.example"),
        ("byline", "日期：2025-09-25"),
        ("furniture", "点击：次"),
        ("body", "走进某某高新区“量子街”，短短几百米的道路两旁密布了30多家企业。"),
        ("credit", "（某某省某某高新区党建工作部供稿）"),
        ("related", "相关文章推荐："),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("【打印】【关闭】【字号：大 中 小】", "furniture"),
        ("上一篇：某地出台新政支持企业上市", "furniture"),
        ("分享到：微信 新浪微博 QQ空间", "share"),
        ("扫描添加 某某日报客户端", "share"),
        ("网友评论", "comment"),
        ("点击排行", "related"),
        ("首页 > 新闻 > 要闻", "breadcrumb"),
        ("标签：创新 高新区 企业党建", "tag-cloud"),
        ("Copyright © 2024 某某网 版权所有", "copyright"),
        ("某ICP备00000000号-1", "copyright"),
        ("特别声明：以上内容仅代表作者观点，不代表本网立场，如有侵权请联系我们删除。", "copyright"),
        ("彩票开奖-北京赛车-免费电影-棋牌游戏-成人视频", "keyword-injection"),
    ],
)
def test_lines_of_the_site(line: str, expected: str) -> None:
    page = HEALTHY + "\n" + line
    assert set(label_of(page, line)) == {expected}


def test_a_copyright_notice_with_its_items() -> None:
    notice = [
        "版权与免责声明：",
        "①凡本站注明来源为某某网的所有文字和图片，版权均属本网所有，未经授权不得转载。",
        "② 任何单位或个人认为本网站内容可能涉嫌侵犯其权益，应及时书面反馈，本网站将移除侵权的内容。",
        "③稿件的版权等事宜，请在刊发两周内与本网联系。电话：010-00000000",
    ]
    blocks = labelled(HEALTHY + "\n".join(notice) + "\n排行\n  • 本月\n")
    assert [b.label.value for b in blocks[-6:]] == ["copyright"] * 4 + ["related"] * 2


def test_what_stands_under_a_ranking_belongs_to_it() -> None:
    tail = "编辑推荐\n某地出台新政支持企业上市\n2024-05-01\n某区一季度开门红\n2024-04-30\n"
    assert [b.label.value for b in labelled(HEALTHY + tail)[-5:]] == ["related"] * 5


def test_lists_within_the_text_stay_in_it() -> None:
    counties = [
        "获批名单如下：",
        "安化县",
        "桃江县",
        "沅江市",
        "南县",
        "资阳区",
        "赫山区",
        "大通湖区",
        "平江县",
        "汨罗市",
    ]
    page = put(counties, MIDDLE)
    _, [draft] = drafted(page)
    told = "".join(p.text for p in draft.paragraphs)
    assert all(name in told for name in counties)
    assert not any(p.heading for p in draft.paragraphs)


def test_numbered_paragraphs_are_text() -> None:
    items = ["1. 申报单位应在某某市注册，并有研发机构；", "2. 上年度研发投入占比不低于5%。", "（三）其他条件见附件。"]
    page = put(items, MIDDLE)
    assert [label_of(page, item) for item in items] == [["body"]] * 3


def test_a_brief_is_an_article() -> None:
    text = "5月6日，某某高新区举行集中签约，12个项目落户，总投资36亿元，涵盖芯片和新能源。"
    _, [draft] = drafted(f"某某高新区12个项目签约\n2024-05-06\n{text}\n")
    assert [p.text for p in draft.paragraphs] == [text]


def test_a_brief_on_a_failing_system_is_one_too() -> None:
    _, [draft] = drafted("某银行周末升级系统\n2024-05-06\n某银行公告，因系统升级，网上银行将暂停服务两小时。\n")
    assert len(draft.paragraphs) == 1


def test_a_page_without_text_holds_no_article() -> None:
    assert drafted("首页\n新闻中心\n- 要闻\n- 图片\n- 视频\n版权所有\n")[1] == []
    assert drafted("")[1] == []


@pytest.mark.parametrize(
    "page",
    ["404\n您访问的页面不存在，请检查网址是否正确。\n返回首页", "安全验证\n请完成安全验证，拖动滑块后继续访问本页面。"],
)
def test_errors_and_gates_hold_no_article(page: str) -> None:
    assert drafted(page)[1] == []


def healthy_texts(shared: Path) -> dict[str, list[Any]]:
    texts: dict[str, list[Any]] = json.loads((shared / "data" / "must_not_fire.json").read_text("utf-8"))
    return texts


@pytest.mark.parametrize("at", [HEAD, MIDDLE, TAIL])
def test_texts_about_furniture_stay_in_the_text(shared: Path, at: int) -> None:
    for text in healthy_texts(shared)["furniture"]:
        assert label_of(put(text, at), text) == ["body"], text


@pytest.mark.parametrize("at", [HEAD, MIDDLE, TAIL])
def test_sentences_with_places_are_no_link_farm(shared: Path, at: int) -> None:
    for text in healthy_texts(shared)["link-farm"]:
        page = put(text, at)
        assert "link-farm" not in label_of(page, text)
        if text.endswith("。"):
            assert label_of(page, text) == ["body"], text


@pytest.mark.parametrize("at", [HEAD, MIDDLE, TAIL])
def test_lines_that_look_like_headlines_open_no_article(shared: Path, at: int) -> None:
    for text in healthy_texts(shared)["multiple-articles"]:
        assert len(drafted(put(text, at))[1]) == 1, text


@pytest.mark.parametrize("at", [HEAD, MIDDLE, TAIL])
def test_pairs_that_belong_apart_stay_apart(shared: Path, at: int) -> None:
    for pair in healthy_texts(shared)["split-paragraph"]:
        blocks, drafts = drafted(put(pair, at))
        for paragraph in (p for d in drafts for p in d.paragraphs):
            assert len({blocks[i].line for i in paragraph.blocks}) == 1, pair


@pytest.mark.parametrize("at", [HEAD, MIDDLE, TAIL])
def test_other_healthy_texts_are_paragraphs(shared: Path, at: int) -> None:
    for kind in ("pinyin-annotation", "spun-text"):
        for text in healthy_texts(shared)[kind]:
            assert label_of(put(text, at), text) == ["body"], text
