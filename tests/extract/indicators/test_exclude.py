"""Numbers that count nothing, and those beside them that do."""

import pytest

from ingest.extract.context import Context
from ingest.extract.indicators import find


def values(text: str) -> list[str]:
    return [f"{i.value}{i.unit}" for i in find(Context(paragraphs=(text,)))]


@pytest.mark.parametrize(
    "text",
    [
        "第七届论坛开幕，第3次会议召开。",
        "6月1日8时30分，会议在3楼开始。",
        "5G基站和A13芯片、骁龙865平台亮相。",
        "推出一系列措施，一批项目，一个个园区。",
        "咨询电话：0512-87654321，手机13812345678。",
        "印发〔2021〕5号文件。",
        "落实《关于20条措施的通知》。",
        "推行“四个一万亩”工程和“三同步”机制。",
        "出台“科创金融”20条。",
        "让千家万户受益，百花齐放。",
        "服务世界500强，打造千亿级产业。",
        "贯彻党的二十大精神，坚持两个维护。",
        "一家企业负责人说，一名党员的故事。",
        "他在22年前来到这里，两天之后离开。",
        "年收入500万元以上的企业免税。",
        "费用不得超过10%。",
        "大幅下滑（超过30%）的不多。",
        "实现两位数增长。",
        "提供24小时服务。",
        "版本号v1.2.3，网址https://a.cn/2020/30。",
        "仅有一个念头。",
        "二次创业，三次产业。",
    ],
)
def test_nothing_is_counted(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建两个实验室，三年时间建成。", ["2个", "3年"]),
        ("首批20家企业入选。", ["20家"]),
        ("仅有一条生产线。", ["1条"]),
        ("团队从一个发展到三个。", ["1个", "3个"]),
        ("推进五大工程，实施三大类12项服务。", ["5大", "3大类", "12项"]),
        ("5家规模超50亿元的骨干企业。", ["5家"]),
        ("超过60%的企业受益。", ["60%"]),
        ("形成百亿元产能。", ["10000000000元"]),
        ("举办培训班12期。", ["12期"]),
        ("PMI为50.2。", ["50.2"]),
        ("沪指收于2929.09点。", ["2929.09点"]),
        ("共有300人参加。", ["300人"]),
        ("全省排名第二。", ["2名"]),
    ],
)
def test_figures_beside_them(text: str, found: list[str]) -> None:
    assert values(text) == found
