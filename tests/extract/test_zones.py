"""The lists of high-tech zones: complete, tied to divisions, without doublets; and a zone's code in the records."""

from collections import Counter

import pytest

from ingest.extract import divisions, lexicon, zones
from tests.extract.reading_aids import read

# High-tech zones by province as of 2023, by the Torch Center's count of 178 (with 苏州工业园区).
BY_PROVINCE = {
    "北京市": 1, "天津市": 1, "河北省": 5, "山西省": 2, "内蒙古自治区": 3, "辽宁省": 8, "吉林省": 5, "黑龙江省": 3,
    "上海市": 2, "江苏省": 18, "浙江省": 8, "安徽省": 8, "福建省": 7, "江西省": 9, "山东省": 13, "河南省": 9,
    "湖北省": 12, "湖南省": 9, "广东省": 14, "广西壮族自治区": 4, "海南省": 1, "重庆市": 4, "四川省": 8, "贵州省": 3,
    "云南省": 3, "西藏自治区": 1, "陕西省": 7, "甘肃省": 2, "青海省": 1, "宁夏回族自治区": 2, "新疆维吾尔自治区": 5,
}  # fmt: skip


def test_all_national_zones_are_there() -> None:
    rows = lexicon.rows("zones_hightech")
    assert Counter(row[2] for row in rows if row[5] != "自创区") == BY_PROVINCE
    assert sum(BY_PROVINCE.values()) == 178
    assert len([row for row in rows if row[5] == "自创区"]) == 23
    assert all(1988 <= int(row[4]) <= 2023 for row in rows)


@pytest.mark.parametrize("name", ["zones_hightech", "zones_provincial"])
def test_every_zone_lies_in_a_division_that_has_a_code(name: str) -> None:
    rows = lexicon.rows(name)
    assert len({row[0] for row in rows}) == len(rows)
    assert [row[0] for row in rows if zones.division(row[0]) not in divisions.by_code()] == []


def test_no_name_stands_for_two_zones() -> None:
    surfaces: Counter[str] = Counter()
    for row in lexicon.rows("zones_hightech"):
        surfaces.update({row[0], row[1], *(row[6].split("|") if len(row) > 6 and row[6] else ())})
    assert [surface for surface, times in surfaces.items() if times > 1] == []


def test_a_zone_in_the_text_has_the_code_of_its_city() -> None:
    found = {p.name: p.code for p in read("昆山国家高新区和乐清高新区结对。").places if p.kind == "zone"}
    assert found == {"昆山高新区": "320583", "乐清高新区": "330300"}


def test_a_zone_of_no_list_is_surer_than_nothing_and_less_sure_than_a_listed_one() -> None:
    found = {p.name: p.confidence for p in read("苏州高新区、乐清高新区和石城高新区结对。").places if p.kind == "zone"}
    assert found["石城高新区"] < found["乐清高新区"] < found["苏州高新区"]
