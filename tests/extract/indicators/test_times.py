import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.indicators import timewords
from ingest.extract.indicators.times import find_times

PUBLISHED = date(2022, 7, 4)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2021年，全区", "range", "2021-01-01", "2021-12-31"),
        ("2022年度", "range", "2022-01-01", "2022-12-31"),
        ("二〇二一年", "range", "2021-01-01", "2021-12-31"),
        ("今年1至5月", "range", "2022-01-01", "2022-05-31"),
        ("1-5月，", "range", "2022-01-01", "2022-05-31"),
        ("去年上半年", "range", "2021-01-01", "2021-06-30"),
        ("今年一季度", "range", "2022-01-01", "2022-03-31"),
        ("2020年前三季度", "range", "2020-01-01", "2020-09-30"),
        ("今年前4个月", "range", "2022-01-01", "2022-04-30"),
        ("去年5月", "range", "2021-05-01", "2021-05-31"),
        ("9月份", "range", "2021-09-01", "2021-09-30"),
        ("今年5月9日", "range", "2022-05-09", "2022-05-09"),
        ("5月20日至31日", "range", "2022-05-20", "2022-05-31"),
        ("去年夏季", "range", "2021-06-01", "2021-08-31"),
        ("2019年至2021年", "range", "2019-01-01", "2021-12-31"),
        ("昨日", "range", "2022-07-03", "2022-07-03"),
        ("上月", "range", "2022-06-01", "2022-06-30"),
        ("“十三五”期间", "range", "2016-01-01", "2020-12-31"),
        ("“十三五”以来", "since", "2016-01-01", "2022-07-04"),
        ("2021年以来", "since", "2021-01-01", "2022-07-04"),
        ("今年4月上线以来", "since", "2022-04-01", "2022-07-04"),
        ("2020年起", "since", "2020-01-01", "2022-07-04"),
        ("近3年来，", "since", "2019-07-04", "2022-07-04"),
        ("过去五年", "since", "2017-07-04", "2022-07-04"),
        ("目前", "now", None, "2022-07-04"),
        ("截至目前", "now", None, "2022-07-04"),
        ("截至2021年底", "until", None, "2021-12-31"),
        ("截至6月末", "until", None, "2022-06-30"),
        ("到2025年", "goal", None, "2025-12-31"),
        ("未来3年内", "goal", None, "2025-07-04"),
        ("3月中旬", "range", "2022-03-11", "2022-03-20"),
        ("截至6月上旬", "until", None, "2022-06-10"),
        ("比2020年", "base", "2020-01-01", "2020-12-31"),
        ("去年同期", "same", "2021-01-01", "2021-12-31"),
    ],
)
def test_days(text: str, kind: str, first: str | None, last: str) -> None:
    [time] = find_times(text, PUBLISHED)
    assert time.kind == kind
    assert time.period == (first and date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["近年来", "下一步", "两天之后", "当时", "12时55分", "8:30", "上世纪九十年代"])
def test_no_days(text: str) -> None:
    times = find_times(text, PUBLISHED)
    assert times
    assert all(time.period is None for time in times)


@pytest.mark.parametrize(
    "text", ["9999年1月1日起，", "2022年9999月，", "2022年13月，", "近0年来，", "0年来，", "过去0年"]
)
def test_impossible_dates_mean_no_days(text: str) -> None:
    assert all(time.period is None and time.before is None for time in find_times(text, PUBLISHED))


def test_a_month_to_come_lies_ahead() -> None:
    assert [t.period for t in find_times("预计10月投产。", PUBLISHED)] == [(date(2022, 10, 1), date(2022, 10, 31))]
    assert [t.period for t in find_times("工厂10月投产。", PUBLISHED)] == [(date(2021, 10, 1), date(2021, 10, 31))]


def test_a_distance_names_its_year() -> None:
    [time] = find_times("16年前", PUBLISHED)
    assert (time.kind, time.period, time.before) == ("reference", None, (date(2006, 1, 1), date(2006, 12, 31)))


@pytest.mark.parametrize("text", ["今年", "目前", "近3年来，", "去年5月"])
def test_without_a_publication_date_relative_times_mean_no_days(text: str) -> None:
    assert [time.period for time in find_times(text, None)] == [None]


def test_a_month_belongs_to_the_year_named_in_its_sentence() -> None:
    text = "2018年3月开工，10月投产。4月又开新线。"
    assert [t.period and t.period[0] for t in find_times(text, PUBLISHED)] == [
        date(2018, 3, 1), date(2018, 10, 1), date(2022, 4, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["连续7年", "30年", "10个小时", "初步方案", "底部结构", "年初预算", "十五连冠"])
def test_durations_and_words_are_no_times(text: str) -> None:
    assert [t for t in find_times(text, PUBLISHED) if t.kind != "loose"] == []


#: What times are printed with.
CHARACTERS = (
    "0129１一二两三四十百五六七几数今本去上前明当同次第下头夏年全截到至自从比对目现如近过未"
    "最此每这昨日接长多月号天周时点半季旬内期来后“"
)


@given(st.text(CHARACTERS, max_size=9))
def test_what_may_begin_a_time_leaves_no_time_out(text: str) -> None:
    everywhere = re.compile(timewords.PATTERN.pattern.replace(f"(?={timewords._OPENING})", "", 1))
    assert everywhere.pattern != timewords.PATTERN.pattern
    assert [m.span() for m in timewords.PATTERN.finditer(text)] == [m.span() for m in everywhere.finditer(text)]
