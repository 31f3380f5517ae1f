from decimal import Decimal

import pytest

from ingest.extract.indicators.scan import scan


def read(text: str) -> list[tuple[object, str, str]]:
    return [(q.value, q.unit, q.bound) for q in scan(text, []) if q.kind != "bare"]


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("投资3.5亿元", 350000000, "元", "exact"),
        ("出口2万美元", 20000, "美元", "exact"),
        ("共12家企业", 12, "家", "exact"),
        ("装机50万千瓦", 500000, "千瓦", "exact"),
        ("用电3千瓦时", 3, "千瓦时", "exact"),
        ("走了5千米", 5, "千米", "exact"),
        ("电价0.35元/千瓦时", "0.35", "元/千瓦时", "exact"),
        ("租金每月3元每平方米", 3, "元每平方米", "exact"),
        ("获奖12项（人）", 12, "项（人）", "exact"),
        ("百分之三十五", 35, "%", "exact"),
        ("增长12.5％", "12.5", "%", "exact"),
        ("提高1.5个百分点", "1.5", "个百分点", "exact"),
        ("产值翻两番", 2, "番", "exact"),
        ("企业30余家", 30, "家", "over"),
        ("企业30多家", 30, "家", "over"),
        ("十几笔融资", 10, "笔", "over"),
        ("上百家企业", 100, "家", "over"),
        ("百余场活动", 100, "场", "over"),
        ("超过3000人", 3000, "人", "over"),
        ("逾5万户", 50000, "户", "over"),
        ("不少于20个", 20, "个", "over"),
        ("20家以上", 20, "家", "over"),
        ("近千名学生", 1000, "名", "under"),
        ("不足100家", 100, "家", "under"),
        ("3个工作日以内", 3, "个工作日", "under"),
        ("最长30天", 30, "天", "under"),
        ("约50亩", 50, "亩", "about"),
        ("100公里左右", 100, "公里", "about"),
        ("投资1亿2000万元", 120000000, "元", "exact"),
        ("登记1万5千家", 15000, "家", "exact"),
        ("吸纳12 万 5 千人", 125000, "人", "exact"),
        ("登记2万3500余户", 23500, "户", "over"),
        ("净额为-0.5亿元", -50000000, "元", "exact"),
    ],
)
def test_one_quantity(text: str, value: float | str, unit: str, bound: str) -> None:
    assert read(text) == [(Decimal(str(value)), unit, bound)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3至5家", 3, 5, "家"), ("3—5个", 3, 5, "个"), ("10%—20%", 10, 20, "%"), ("3至5万元", 30000, 50000, "元"),
        ("2元到3元每小时", 2, 3, "元每小时"), ("三四十人", 30, 40, "人"), ("五到六成", 5, 6, "成"),
    ],
)  # fmt: skip
def test_ranges(text: str, low: int, high: int, unit: str) -> None:
    [(value, read_unit, _)] = read(text)
    assert (value, read_unit) == ((Decimal(low), Decimal(high)), unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("产值19.7亿元", ["1970000000"]), ("增长7.20%", ["7.2"]), ("投资100.0元", ["100"]),
        ("1.5至3万元", ["15000", "30000"]),
        ("比例为30.0:20.50:49.5", ["30", "20.5", "49.5"]), ("共300万吨", ["3000000"]), ("三点五亿元", ["350000000"]),
    ],
)  # fmt: skip
def test_values_have_no_trailing_zeros_and_no_exponent(text: str, values: list[str]) -> None:
    found = [q.value for q in scan(text, [])]
    assert [str(v) for value in found for v in (value if isinstance(value, tuple) else (value,))] == values


def test_a_change_is_no_range() -> None:
    assert [value for value, _, _ in read("由10%至30%")] == [10, 30]


def test_numbers_in_a_row_share_the_unit() -> None:
    assert read("分别为172亿、102亿千瓦时") == [(17200000000, "千瓦时", "exact"), (10200000000, "千瓦时", "exact")]


def test_proportions_give_one_share_a_part() -> None:
    assert [(str(q.value), q.unit) for q in scan("比例为2.1:47.5:50.4", [])] == [
        ("2.1", "%"),
        ("47.5", "%"),
        ("50.4", "%"),
    ]
    assert not [q for q in scan("比分3:2", []) if q.unit]


@pytest.mark.parametrize("text", ["网上3家", "通过5项验收", "附近3公里", "节约5吨"])
def test_parts_of_other_words_bound_nothing(text: str) -> None:
    [(_, _, bound)] = read(text)
    assert bound == "exact"


@pytest.mark.parametrize("text", ["5部门联合", "3年级学生", "30元宵", "5股份公司", "10人民", "3家长", "5支持", "8台湾"])
def test_unit_characters_inside_words(text: str) -> None:
    assert not [unit for _, unit, _ in read(text) if unit in ("部", "年", "元", "股", "人", "家", "支", "台")]


def test_a_unit_takes_in_the_currency_but_not_the_word_that_it_begins() -> None:
    assert read("20万人民币汇率") == [(Decimal(200000), "元", "exact")]
