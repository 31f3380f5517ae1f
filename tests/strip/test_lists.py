"""Link farms of every trade in every shape, in text and in HTML; and the honest lists of articles, which stay."""

import random
from collections.abc import Callable

import pytest

from tests.strip.reading import HEAD, HEALTHY, MIDDLE, drafted, put

TOWNS = [
    "滁州",
    "钦州",
    "临沂",
    "岳阳",
    "汉中",
    "遂宁",
    "赤峰",
    "白山",
    "南平",
    "新余",
    "泰安",
    "茂名",
    "曲靖",
    "安顺",
    "张掖",
    "邵阳",
]
TRADES = {
    "services": [f"{town}{work}" for town in TOWNS for work in ("搬家", "开锁", "疏通下水道", "空调维修")],
    "repairs": [
        f"{maker}{thing}维修电话400-{n}81-2{n}6"
        for n, maker in enumerate(["美的", "格力", "海信", "长虹"], 31)
        for thing in ["空调", "冰箱", "洗衣机", "热水器"]
    ],
    "gambling": [
        "重庆时时彩",
        "北京赛车",
        "六合彩资料",
        "百家乐平台",
        "葡京赌场",
        "快三走势",
        "真人棋牌",
        "老虎机技巧",
        "足球投注",
        "体育博彩",
    ],
    "loans": [
        "无抵押贷款",
        "身份证贷款",
        "信用卡套现",
        "车辆抵押贷款",
        "急用钱借款",
        "民间借贷",
        "房贷垫资",
        "应急贷款",
        "私人放款",
    ],
    "hotels": [f"{town}{name}" for town in TOWNS for name in ("如意大酒店", "快捷宾馆", "海景客栈")],
    "questions": [
        f"{what}{asks}"
        for what in ["胃痛", "湿疹", "落枕", "鼻塞", "多梦"]
        for asks in ("怎么办", "是什么意思", "吃什么药")
    ],
}
SHAPES: dict[str, Callable[[list[str]], str]] = {
    "lines": "\n".join,
    "bars": "|".join,
    "dots": " · ".join,
    "spaces": " ".join,
    "glued": "".join,
    "commas": "、".join,
    "numbered": lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)),
    "bulleted": lambda items: "\n".join(f"• {item}" for item in items),
}
MARKUP = {
    "list": "<ul>{}</ul>",
    "links": "<div>{}</div>",
    "hidden": '<div style="position:absolute;left:-9999px">{}</div>',
}


def chosen(trade: str, rng: random.Random) -> list[str]:
    return [rng.choice(TRADES[trade]) for _ in range(rng.randint(9, 40))]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("trade", TRADES)
def test_a_farm_is_found_wherever_it_stands(trade: str, shape: str) -> None:
    rng = random.Random(trade + shape)
    farm = SHAPES[shape](chosen(trade, rng)).splitlines()
    for page in (put(farm, HEAD), put(farm, MIDDLE), HEALTHY + "\n" + "\n".join(farm)):
        blocks, [draft] = drafted(page)
        found = "".join(b.original for b in blocks if b.label.value == "link-farm")
        assert "".join(found.split()) == "".join("".join(farm).split())
        assert len(draft.paragraphs) == 3


@pytest.mark.parametrize("way", MARKUP)
@pytest.mark.parametrize("trade", TRADES)
def test_a_farm_in_html_is_found(trade: str, way: str) -> None:
    items = chosen(trade, random.Random(trade + way))
    tag = "li" if way == "list" else "a"
    farm = MARKUP[way].format("".join(f"<{tag}>{item}</{tag}>" for item in items))
    story = "".join(f"<p>{line}</p>" for line in HEALTHY.splitlines()[5:10] if line)
    blocks, [draft] = drafted(f"<html><body><h1>某某高新区：产业提速</h1><div>{story}</div>{farm}</body></html>")
    found = "".join(b.original for b in blocks if b.label.value in {"link-farm", "hidden"})
    assert "".join(found.split()) == "".join("".join(items).split())
    assert len(draft.paragraphs) == 3


HONEST = {
    "counties": ["安化县", "桃江县", "沅江市", "南县", "资阳区", "赫山区", "平江县", "汨罗市", "湘阴县"],
    "counties of the country": [
        "平谷区",
        "蓟州区",
        "滦平县",
        "沁源县",
        "阿荣旗",
        "东港市",
        "抚松县",
        "虎林市",
        "昆山市",
        "德清县",
    ],
    "companies": [
        f"{name}股份有限公司"
        for name in ["华芯微电子", "蓝谷新材", "江北物流", "康泽医药", "天工机器", "绿源环保", "星图软件", "宏达家具"]
    ],
    "winners": [f"{name} 实验中学 一等奖" for name in ["张伟", "李娜", "王芳", "刘洋", "陈静", "杨帆", "赵磊", "黄婷"]],
    "hotels": [
        "青山宾馆",
        "湖畔酒店",
        "东湖宾馆",
        "和平饭店",
        "友谊酒店",
        "明珠宾馆",
        "迎宾酒店",
        "海湾酒店",
        "云顶酒店",
    ],
    "dishes": ["北京烤鸭", "重庆火锅", "扬州炒饭", "兰州拉面", "柳州螺蛳粉", "长沙臭豆腐", "广州肠粉", "天津包子"],
    "offices": [
        f"市{name}局咨询电话 0571-8812000{n}"
        for n, name in enumerate(["教育", "民政", "交通", "财政", "公安", "税务", "体育", "审计"])
    ],
}


@pytest.mark.parametrize("shape", ["lines", "numbered", "bulleted", "commas"])
@pytest.mark.parametrize("name", HONEST)
def test_an_honest_list_stays_in_its_article(name: str, shape: str) -> None:
    items = SHAPES[shape](HONEST[name]).splitlines()
    for at in (MIDDLE, 10):
        blocks, [draft] = drafted(put(["名单如下：", *items], at))
        assert "link-farm" not in {b.label.value for b in blocks}
        kept = {p.text.strip() for p in draft.paragraphs}
        assert {item.strip() for item in items} <= kept


def test_a_table_is_rows_of_cells() -> None:
    rows = ["县区\t总量\t增速", "南县\t35.2\t8.1%", "安化县\t42\t7.9%"]
    _, [draft] = drafted(put(rows, 10))
    assert [p.text for p in draft.paragraphs][-3:] == rows


@pytest.mark.parametrize(
    "sentence", ["警方提醒，时时彩、六合彩、百家乐、老虎机、赌球、赛车、快三、德州扑克等形式都是违法的赌博。"]
)
def test_a_sentence_on_gambling_is_none(sentence: str) -> None:
    blocks, _ = drafted(put(sentence, MIDDLE))
    assert [b.label.value for b in blocks if b.text == sentence] == ["body"]
