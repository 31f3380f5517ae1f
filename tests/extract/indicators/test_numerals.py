from decimal import Decimal

import pytest

from ingest.extract.indicators.numerals import approximate, parse


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("3", 3), ("12.50", "12.50"), ("3,000", 3000), ("１２．５", "12.5"), ("1.2万", 12000), ("3千万", 30000000),
        ("1.5万亿", 1500000000000), ("1700多万", 17000000), ("8千", 8000), ("两", 2), ("十", 10), ("二十六", 26),
        ("一百零五", 105), ("三百五", 350), ("两百多", 200), ("百", 100), ("千万", 10000000), ("两千三百万", 23000000),
        ("万亿", 1000000000000), ("二〇二一", 2021), ("三点五", "3.5"), ("三点五亿", 350000000), ("一万零一百", 10100),
        ("1亿2000万", 120000000), ("1亿2千万", 120000000), ("1万5千", 15000), ("3千5百", 3500), ("12 万 5 千", 125000),
        ("1千5百万", 15000000), ("2万3500", 23500), ("1亿2千5百万", 125000000), ("一亿二千万", 120000000),
        ("1万亿5千亿", 1500000000000), ("1万5千多", 15000), ("1万五千", 15000), ("2万三千", 23000),
    ],
)  # fmt: skip
def test_value(printed: str, value: int | str) -> None:
    assert parse(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["二五", "三四十", "七八", "", "3万5万", "2百3千", "5亿7亿"])
def test_no_single_number(printed: str) -> None:
    assert parse(printed) is None


@pytest.mark.parametrize(
    ("printed", "ends"),
    [("三四十", (30, 40)), ("七八百万", (7000000, 8000000)), ("两三", (2, 3)), ("三七", None), ("十二", None)],
)
def test_neighbouring_digits_are_a_range(printed: str, ends: tuple[int, int] | None) -> None:
    assert approximate(printed) == (None if ends is None else (Decimal(ends[0]), Decimal(ends[1])))
