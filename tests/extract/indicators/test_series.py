"""Figures told in one breath, comparisons, aspects, signs."""

from datetime import date
from decimal import Decimal

import pytest

from ingest.extract.context import Context
from ingest.extract.indicators import find
from ingest.model import Indicator


def read(*paragraphs: str) -> list[Indicator]:
    return list(
        find(Context(paragraphs=paragraphs, title="绵阳工业", regions=("绵阳市",), published_on=date(2023, 5, 1)))
    )


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("出口和进口分别为3亿元、2亿元。", [("出口", "300000000"), ("进口", "200000000")]),
        ("对美国、欧盟进出口分别增长5%和下降3%。", [("对美国进出口", "5"), ("对欧盟进出口", "-3")]),
        ("纺织业、造纸业产值分别下降3%和0.7%。", [("纺织业产值", "-3"), ("造纸业产值", "-0.7")]),
        ("税率由10%调整为30%。", [("税率", "10"), ("税率", "30")]),
        ("产值5亿元，占工业总产值的12%，同比增长8%。", [("产值", "500000000"), ("工业总产值", "12"), ("产值", "8")]),
        ("用电增长较快，分别达到5%和6%。", [("用电", "5"), ("用电", "6")]),
    ],
)  # fmt: skip
def test_names_and_values(text: str, figures: list[tuple[str, str]]) -> None:
    assert [(i.name, str(i.value)) for i in read(text)] == figures


@pytest.mark.parametrize(
    ("text", "aspect", "value"),
    [
        ("工业增加值同比增长8.5%。", "growth", "8.5"),
        ("能耗下降3%。", "growth", "-3"),
        ("审批时限压缩60%。", "growth", "-60"),
        ("产值翻一番。", "growth", "1"),
        ("利润率提高1.2个百分点。", "change", "1.2"),
        ("毛利率下滑0.5个百分点。", "change", "-0.5"),
        ("出口额比去年同期多2亿元。", "change", "200000000"),
        ("绿化率达40%。", "share", "40"),
        ("占总量的三成。", "share", "3"),
        ("价格指数为102.5%。", "level", "102.5"),
        ("居全省第二位。", "rank", "2"),
        ("力争产值突破100亿元。", "target", "10000000000"),
        ("到2025年，企业达到50家。", "target", "50"),
        ("将推出12条措施。", "target", "12"),
        ("预计全年增长5%。", "growth", "5"),
        ("拥有企业50家。", "level", "50"),
        ("成立联盟3个。", "level", "3"),
        ("2022年，成立联盟3个。", "change", "3"),
        ("目前，成立联盟3个。", "level", "3"),
        ("新增企业20家。", "change", "20"),
        ("累计举办活动30场。", "change", "30"),
        ("融资3000万元。", "change", "30000000"),
        ("固定资产投资完成5亿元。", "level", "500000000"),
        ("2022年，固定资产投资完成5亿元。", "level", "500000000"),
        ("将推进五大工程。", "level", "5"),
    ],
)
def test_aspect_and_sign(text: str, aspect: str, value: str) -> None:
    [figure] = read(text)
    assert (figure.aspect, str(figure.value)) == (aspect, value)


def test_what_is_counted_and_what_it_joined() -> None:
    assert [i.name for i in read("3家企业入选省级名单，5项成果获科技奖，2个项目已开工。")] == [
        "省级名单",
        "科技奖成果",
        "项目",
    ]


def test_grades_of_one_prize_are_filled_in() -> None:
    assert [i.name for i in read("获省技术奖一等奖2项、二等奖5项。")] == ["省技术奖一等奖", "省技术奖二等奖"]


def test_years_of_a_series() -> None:
    found = read("2019年至2021年，营收分别为1亿元、2亿元和3亿元。")
    assert [i.period and i.period[0] and i.period[0].year for i in found] == [2019, 2020, 2021]


def test_period_carried_and_dropped() -> None:
    found = read("今年1至3月，产值5亿元，增长3%。其中，出口1亿元。近年来，建成道路3条。")
    quarter = (date(2023, 1, 1), date(2023, 3, 31))
    assert [i.period for i in found] == [quarter, quarter, quarter, None]


def test_a_target_is_open_at_its_start() -> None:
    [figure] = read("今年计划引进企业30家。")
    assert figure.period == (None, date(2023, 12, 31))


def test_what_is_told_twice_says_so() -> None:
    found = read("全市建成平台12个。", "全市建成平台12个，投资3亿元。")
    assert [i.restated for i in found] == [False, True, False]


def test_an_inherited_noun_lowers_the_confidence() -> None:
    own, inherited = read("产值5亿元，增长3%。")
    assert inherited.confidence < own.confidence <= 1
    assert own.value == Decimal(500000000)
    assert inherited.method != own.method
