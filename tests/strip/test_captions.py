"""Captions of photos: articles of their own amid an article."""

import pytest

from tests.strip.reading import drafted, label_of

LONG = (
    "深化理论武装，筑牢思想根基。某某高新区坚持将党的创新理论作为科技企业发展的“源头活水”，建立常态化学习机制，"
    "通过专题辅导报告、企业家座谈会、线上学习平台推送等多种形式，引导企业深入学习，让企业家们理解自身研发与产业命运的联系。"
    "围绕区内优势产业，精心打造系列课程，邀请权威专家结合需求深度解读，累计举办48场，参加人数超过6200人次。"
)


def page(*lines: str) -> str:
    return "\n".join(["某某高新区：理论学习进车间", "2024-05-06", LONG, LONG[14:], *lines, LONG[5:], LONG[30:]])


@pytest.mark.parametrize(
    "caption",
    [
        "在两家场馆共同主办的巡展上，孩子们通过生动的课堂学习人工智能知识。",
        "3月12日，某某药业有限公司技术人员在洁净车间检查灌装线，这条生产线每分钟可灌装600瓶。",
        "图为学生在互动展台前提问。",
        "▲某某高新区的无人机试飞场。",
    ],
)
def test_a_caption_amid_the_text(caption: str) -> None:
    _, drafts = drafted(page(caption))
    assert [d.kind for d in drafts] == (["news", "photo-caption"] if len(caption) >= 15 else ["news"])
    assert label_of(page(caption), caption) == ["caption"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "在某某园区，党员干部带头攻关的企业还有很多。",
        "订单翻倍增长的背后，是一支年轻的队伍。",
        "“车间里，工人们干劲很足。”该公司负责人说。",
    ],
)
def test_a_short_paragraph_is_none(paragraph: str) -> None:
    assert label_of(page(paragraph), paragraph) == ["body"]


@pytest.mark.parametrize("credit", ["（冯小乔 摄）", "（某某融媒供图）", "（图片由某某公司提供）"])
def test_the_photographer_is_the_credit(credit: str) -> None:
    blocks, [_, photo] = drafted(page(f"某某高新区工作人员在大厅为创业青年讲解惠企政策。{credit}"))
    assert [p.text for p in photo.paragraphs] == ["某某高新区工作人员在大厅为创业青年讲解惠企政策。"]
    assert [blocks[i].label.value for i in photo.blocks] == ["caption", "credit"]
