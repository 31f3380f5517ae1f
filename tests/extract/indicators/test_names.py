"""What is counted or measured, cut out of running text."""

from datetime import date

import pytest

from ingest.extract.context import Context
from ingest.extract.indicators import find


def names(text: str) -> list[str]:
    return [i.name for i in find(Context(paragraphs=(text,), published_on=date(2023, 5, 1)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今年共招收研究生2180人。", ["研究生"]),  # no 生 that somebody 研究
        ("发放通行证1.2万张。", ["通行证"]),
        ("为企业出具检测报告300份。", ["检测报告"]),
        ("提供就业岗位500个。", ["就业岗位"]),
        ("现有120户居民吃上了旅游饭。", ["居民"]),
        ("每年有30名学生辍学。", ["学生"]),
        ("实现产值285亿元。", ["产值"]),
        ("办理时限由原来的20个工作日压缩至7个工作日。", ["办理时限", "办理时限"]),
        ("园区设立50亿元产业基金。", ["产业基金"]),
        ("该厂设立总规模8亿元的产业基金。", ["产业基金总规模"]),
        ("去年上市公司新增3家，总数达到37家。", ["上市公司", "上市公司"]),
        ("接待游客486万人次，实现旅游收入42亿元，同比分别增长13%和16%。", ["游客", "旅游收入", "游客", "旅游收入"]),
        ("产业规模达到2000亿元，年均增长25%。", ["产业规模", "产业规模"]),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    assert names(text) == found
