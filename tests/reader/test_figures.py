"""Figures and sentences as a person reads them: short, and no digit lost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reader import charts, figures, sentences
from ingest.reader.charts import Value

_SIZES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("123450000000", "元", "1,234.5 亿元"),
        ("2000000", "元", "200 万元"),
        ("12345678", "元", "12,345,678 元"),
        ("31", "家", "31 家"),
        ("12000", "", "1.2 万"),
        ("6.50", "%", "6.5%"),
        ("-0.3", "个百分点", "-0.3 个百分点"),
        ("-310000000", "元", "-3.1 亿元"),
        ("3400000000000", "元", "3.4 万亿元"),
    ],
)
def test_a_figure_is_written_the_short_way(value: str, unit: str, written: str) -> None:
    assert figures.counted(Decimal(value), unit) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_no_digit_is_lost(value: Decimal) -> None:
    digits, _, size = figures.counted(value).partition(" ")
    assert Decimal(digits.replace(",", "")) * _SIZES.get(size, 1) == value


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ((2023, 1, 1), (2023, 12, 31), "2023"),
        ((2021, 1, 1), (2023, 12, 31), "2021 to 2023"),
        ((2023, 1, 1), (2023, 6, 30), "2023-01 to 2023-06"),
        ((2023, 3, 1), (2023, 3, 31), "2023-03"),
        ((2023, 3, 2), (2023, 3, 31), "2023-03-02 to 2023-03-31"),
        ((2023, 3, 2), (2023, 3, 2), "2023-03-02"),
        (None, (2023, 3, 2), "until 2023-03-02"),
        ((2023, 3, 2), None, "since 2023-03-02"),
        (None, None, ""),
    ],
)
def test_a_time_is_told_by_what_it_is(start: Any, end: Any, told: str) -> None:
    days = {"period_start": date(*start) if start else None, "period_end": date(*end) if end else None}
    assert figures.period(days) == told


def indicator(**fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "subject": "绵阳高新区",
        "name": "工业产值",
        "value": Decimal(41250000000),
        "value_high": None,
    }
    given |= {"unit": "元", "bound": "exact", "aspect": "level", "restated": False}
    return given | {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)} | fields


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "绵阳高新区: 工业产值 was 412.5 亿元, 2023"),
        ({"value": Decimal("-3.5"), "unit": "%", "aspect": "growth"}, "绵阳高新区: 工业产值 fell by 3.5%, 2023"),
        (
            {"value": Decimal(-5), "value_high": Decimal(-3), "unit": "%", "aspect": "growth", "period_end": None},
            "绵阳高新区: 工业产值 fell by 3% to 5%, since 2023-01-01",
        ),
        (
            {"value": Decimal(-5), "value_high": Decimal(3), "unit": "%", "aspect": "growth"},
            "绵阳高新区: 工业产值 grew by -5% to 3%, 2023",
        ),
        (
            {"value": Decimal(-60), "unit": "%", "aspect": "growth", "bound": "over"},
            "绵阳高新区: 工业产值 fell by over 60%, 2023",
        ),
        ({"aspect": "target", "bound": "over"}, "绵阳高新区: 工业产值 is to be over 412.5 亿元, 2023"),
        ({"subject": None, "restated": True}, "Of whom is not said: 工业产值 was 412.5 亿元, 2023 (said before)"),
    ],
)
def test_an_indicator_is_a_sentence(fields: dict[str, Any], told: str) -> None:
    assert sentences.plain("indicator", indicator(**fields)) == told


def test_what_is_written_short_has_all_its_digits_beside_it() -> None:
    [short] = [piece for piece in sentences.sentence("indicator", indicator()) if piece.exact]
    assert (short.text, short.exact) == ("412.5 亿元", "41,250,000,000 元")


def test_a_bound_is_of_the_size_as_the_text_has_it() -> None:
    fell = indicator(value=Decimal(-60), unit="%", aspect="growth", bound="over")
    assert (figures.figure(fell), figures.exact(fell)) == ("over 60% down", "over 60% down")
    assert figures.figure(fell | {"bound": "exact"}) == "-60%"
    assert figures.figure(fell | {"aspect": "level"}) == "over -60%"


def test_a_correction_is_told_as_it_stands() -> None:
    decision = {
        "stands": {"value": "32", "unit": "家", "name": "企业", "period_end": None, "period_start": "2024-05-06"}
    }
    now = sentences.standing(indicator(), decision)
    assert sentences.plain("indicator", now) == "绵阳高新区: 企业 was 32 家, since 2024-05-06"


def test_a_line_goes_through_the_first_of_each_day_and_no_label_is_cut() -> None:
    days = [date(2020, 12, 31), date(2020, 12, 31), date(2021, 12, 31)]
    values = [Value(day, Decimal(n), str(n), f"/{n}") for n, day in enumerate(days, start=1)]
    drawn = charts.lines("t", "d", {"a": values})
    [line] = drawn.lines
    first, last = line.points[0], line.points[2]
    assert len(line.points) == 3
    assert line.corners == f"{first.x},{first.y} {last.x},{last.y}"
    months = charts.lines("t", "d", {"a": [Value(date(2020, n, 28), Decimal(n), "", "/") for n in (1, 12)]})
    assert [tick.anchor for tick in months.across] == ["middle", "end"]
