"""Link farms: found in every shape, and nothing else taken for one."""

import random

import pytest

from ingest.strip.farm import farm_reason
from ingest.strip.farm_places import is_place, levels, provinces
from ingest.strip.farm_runs import cells
from ingest.strip.label_words import column
from tests.strip.reading import HEAD, HEALTHY, MIDDLE, drafted, labelled, put

BARS = ["| ", "|", "｜", "_", "-", "; ", ",", " ", "\n", "·", "/"]


def items(count: int, rng: random.Random) -> list[str]:
    """Return names of mixed level, one of them twice, one that is no place."""
    names = rng.sample(sorted(column("places_divisions", 1)), count)
    names[rng.randrange(1, count)] = names[0]
    return names if count < 20 else [*names[:5], "时尚", *names[5:]]


@pytest.mark.parametrize("bar", BARS)
def test_every_shape_is_found_wherever_it_stands(bar: str) -> None:
    rng = random.Random(bar)
    for count in (8, 13, 21, 34, 60):
        farm = bar.join(items(count, rng)).splitlines()
        for page in (put(farm, 0), put(farm, MIDDLE), HEALTHY + "\n" + "\n".join(farm)):
            blocks, [draft] = drafted(page)
            found = "".join(b.original for b in blocks if b.label.value == "link-farm")
            assert "".join(found.split()) == "".join("".join(farm).split())
            assert len(draft.paragraphs) == 3


@pytest.mark.parametrize(
    "line",
    [
        "北京|上海|广州|深圳|杭州|成都|武汉|南京|西安|重庆",
        "首页|新闻|政务|服务|互动|专题|图片|视频|党建|招商",
        "安化县，桃江县，沅江市，南县，资阳区，赫山区，益阳市，新化县，涟源市",
        "石家庄市 唐山市 秦皇岛市 邯郸市 邢台市 保定市 张家口市 承德市 沧州市",
        "安化县、祁东县、新化县、平江县、南县、桃江县、沅江市、赫山区、永州市、怀化市",
        "活动覆盖安化县|祁东县|新化县|平江县|南县|桃江县|沅江市|赫山区等地。",
        "安化县|永修县|山东省",
    ],
)
def test_honest_lists_are_none(line: str) -> None:
    assert farm_reason(line) == ""


def test_a_list_of_one_province_by_the_line_stays_in_its_article() -> None:
    names = ["安化县", "桃江县", "沅江市", "南县", "资阳区", "赫山区", "平江县", "汨罗市", "湘阴县", "岳阳市"]
    assert "link-farm" not in {b.label.value for b in labelled(put(names, HEAD))}


def test_a_stroke_parts_items_though_it_is_a_letter_by_its_kind() -> None:
    names = items(24, random.Random("丨"))
    lines = ["丨".join(names[n : n + 5]) for n in range(0, len(names), 5)]
    assert cells(lines[0]) == tuple(names[:5])
    farm = [b for b in labelled(put(lines, MIDDLE)) if b.label.value == "link-farm"]
    assert [b.original for b in farm] == lines


def test_the_reason_says_what_was_seen() -> None:
    farm = "| ".join(["麻阳", "永修县", "山东省", "永修县", "湘乡市", "迭部县", "鹤岗市", "琼海市", "芷江"]) + "|"
    signs = "levels mixed, a name twice, strewn over 6 provinces, a bar dangling"
    assert farm_reason(farm) == f"9 items joined by '|', 9 of them places; {signs}"


def test_places() -> None:
    assert is_place("永修县")
    assert is_place("芷江")
    assert is_place("台南县")  # in no list of the mainland
    assert not is_place("时尚")
    assert levels(["山东省", "永修县", "芷江"]) == {"province", "county", "bare"}
    assert provinces(["永修县", "礼泉县", "鼓楼区"]) == {"36", "61"}  # 鼓楼区 is borne in several provinces


WOVEN = [f"{thing}{offer}" for thing in ("木马桶", "竹书架", "藤摇椅") for offer in ("批发", "图片", "尺寸", "厂址")]
TRADES = {
    "films": [f"{name}{way}" for name in ("雾岛", "归雁", "长夜") for way in ("在线观看", "未删减", "磁力链接")],
    "a telephone number before the town": [f"0571-8800{n:04} {town}开锁" for n, town in enumerate(["义乌"] * 9)],
    "a town behind": [f"琴弦定制{town}" for town in ["广州", "长沙", "西安", "沈阳", "昆明", "郑州", "太原", "兰州"]],
    "woven": [*WOVEN, WOVEN[0], WOVEN[5]],
}


@pytest.mark.parametrize("bar", ["|", " ~ ", "】", "\n"])
@pytest.mark.parametrize("trade", TRADES)
def test_farms_of_other_trades(trade: str, bar: str) -> None:
    farm = bar.join(TRADES[trade]).splitlines()
    if trade == "woven" and bar == "\n":
        pytest.skip("lines of words that no trade has may be anything")
    found = "".join(b.original for b in labelled(put(farm, MIDDLE)) if b.label.value == "link-farm")
    assert "".join(found.split()) == "".join("".join(farm).split())


def test_the_ends_of_a_farm_that_no_list_of_words_knows() -> None:
    items = ["木马桶", *TRADES["films"], "竹书架"]
    listed = "".join(f'<li><a href="/{n}">{item}</a></li>' for n, item in enumerate(items))
    texts = "".join(f"<p>{line}</p>" for line in HEALTHY.splitlines() if line)
    blocks = labelled(f"<html><body><div>{texts}</div><ul>{listed}</ul></body></html>")
    assert [b.text for b in blocks if b.label.value == "link-farm"] == items
