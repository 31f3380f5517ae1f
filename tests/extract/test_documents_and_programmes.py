"""Policies, programmes and honours: documents in 《》, names and figures of speech in “”, who won what."""

import pytest

from tests.extract.reading_aids import read


@pytest.mark.parametrize(
    ("text", "policies"),
    [
        ("《宁波市氢能发展实施意见》出台。《实施意见》提出，五年建站二十座。", ["宁波市氢能发展实施意见"]),
        (
            "依照《中华人民共和国环境保护税法》和《排污许可管理条例（草案）》执行。",
            ["中华人民共和国环境保护税法", "排污许可管理条例（草案）"],
        ),
        ("园区发布“人才十条”“算力券”等专项政策。", ["人才十条", "算力券"]),
        ("业内盼“九号文件”落地。", ["九号文件"]),
        ("他读完《平凡的世界》，又翻《南方周末》和《2020年中国能源发展报告》。", []),
    ],
)
def test_policies_are_documents_of_public_bodies(text: str, policies: list[str]) -> None:
    assert [p.name for p in read(text).policies] == policies


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("启动“灯塔领航”行动，建成“智税通”平台。", ["灯塔领航", "智税通"]),
        ("通过“院士讲堂”“周末学堂”、“创客下午茶”等系列活动凝聚人心。", ["院士讲堂", "周末学堂", "创客下午茶"]),
        (
            "积极融入“一带一路”建设和长江经济带、西部陆海新通道等国家战略。",
            ["一带一路", "长江经济带", "西部陆海新通道"],
        ),
        ("第六届世界智能大会开幕。", ["世界智能大会"]),
        ("发射了科学实验卫星“悟空号”。", ["悟空号"]),
        ("建立党员“责任区”，实行“林长制”。", ["党员“责任区”", "林长制"]),
        ("产业发展有了“硬支撑”，迈上“新台阶”，打通“最后一公里”，奏响“三部曲”。", []),
        ("围绕“抓党建、促发展”的宗旨，营造“你追我赶”的局面。", []),
    ],
)
def test_programmes_and_figures_of_speech(text: str, programmes: list[str]) -> None:
    assert [p.name for p in read(text).programmes] == programmes


@pytest.mark.parametrize(
    ("text", "honours"),
    [
        (
            "宁波旭升集团股份有限公司、宁波精达成形装备股份有限公司等5家企业入选国家制造业单项冠军示范企业。",
            [
                ("国家制造业单项冠军示范企业", "宁波旭升集团股份有限公司"),
                ("国家制造业单项冠军示范企业", "宁波精达成形装备股份有限公司"),
            ],
        ),
        ("高级技师何志平被授予“全国五一劳动奖章”荣誉称号。", [("全国五一劳动奖章", "何志平")]),
        (
            "中国矿业大学获得国家科技进步奖一等奖，徐州医科大学获二等奖。",
            [("国家科技进步奖一等奖", "中国矿业大学"), ("国家科技进步奖二等奖", "徐州医科大学")],
        ),
        ("绵阳高新区获批国家知识产权示范园区。", [("国家知识产权示范园区", "绵阳高新区")]),
        ("这家企业获奖无数，获得了用户的认可。", []),
    ],
)
def test_honours_and_who_holds_them(text: str, honours: list[tuple[str, str]]) -> None:
    assert [(h.name, h.recipient) for h in read(text, title="绵阳高新区获新牌").honours] == honours


def test_prizes_in_an_endless_sentence() -> None:
    honours = read("农科院完成的“抗旱小麦选育”获科技进步奖，" + "获科技进步奖3项、" * 4000).honours
    assert {(h.name, h.recipient) for h in honours} >= {("科技进步奖", "农科院完成的“抗旱小麦选育”")}
    assert len(honours) < 5
