"""The verdict on a source: what is usual is no alarm, what is broken is one."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.quality.judge import Expectation, Finding, judge, worst
from ingest.quality.past import band, quantile
from ingest.quality.sample import Sample
from ingest.quality.series import Level, Measured, pooled, series
from ingest.sources.expected import Particular

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
TODAY = NOW.date()


def sample(articles: int = 40, newest: date | None = None, **changed: Any) -> Sample:
    """Make a run's sample in which all is well."""
    filled = dict.fromkeys(("title", "body"), articles) | {"published_on": articles - articles // 20}
    given: dict[str, Any] = {
        "pages": articles,
        "articles": articles,
        "news": articles,
        "kept": articles * 900,
        "left_out": articles * 1500,
        "newest": newest or TODAY,
        "filled": filled,
        "lengths": {800: articles // 2, 1000: articles - articles // 2},
        "charsets": {"utf-8": articles},
    }
    return Sample.of_row(Sample().row() | given | changed)


def run(day: int, of: Sample, *, whole: bool = True, **outcomes: int) -> Measured:
    """Make a run that ended so many days ago."""
    return Measured(NOW - timedelta(days=day), whole, outcomes or {"new": of.pages}, of)


def past(days: int = 20, articles: int = 40) -> list[Measured]:
    """Make runs of the days before, the newest first."""
    return [run(day, sample(articles, TODAY - timedelta(days=day))) for day in range(1, days + 1)]


def levels(runs: list[Measured], expected: Expectation | None = None, today: date = TODAY) -> dict[str, Level]:
    """Return the levels of the measures that are not well."""
    newest = max((each.sample.newest for each in runs if each.sample.newest), default=None)
    found = judge("s", runs, expected or Expectation(), today, newest)
    return {each.measure: each.level for each in found if each.level is not Level.OK}


def told(runs: list[Measured], measure: str, expected: Expectation | None = None) -> Finding:
    """Return what a measure says."""
    found = judge("s", runs, expected or Expectation(), TODAY, TODAY)
    return next(each for each in found if each.measure == measure)


def test_a_day_like_the_others_says_nothing() -> None:
    assert levels([run(0, sample()), *past()]) == {}


@pytest.mark.parametrize(
    ("measure", "level", "changed"),
    [
        ("fill: published_on", Level.LOW, {"filled": {"title": 40, "body": 40, "published_on": 3}}),
        ("fill: title", Level.LOW, {"filled": {"title": 20, "body": 40, "published_on": 38}}),
        ("body length", Level.LOW, {"lengths": {120: 40}}),
        ("body length", Level.HIGH, {"lengths": {9000: 40}}),
        ("left out", Level.HIGH, {"left_out": 40 * 90_000}),
        ("left out", Level.HIGH, {"left_out": 0}),
        ("spun", Level.HIGH, {"spun": 15}),
        ("charsets", Level.HIGH, {"charsets": {"gb18030": 40}}),
    ],
)
def test_what_changes_is_told_by_its_measure_alone(measure: str, level: Level, changed: dict[str, Any]) -> None:
    assert levels([run(0, sample(**changed)), *past()]) == {measure: level}


def test_too_few_articles_fail_and_too_many_warn() -> None:
    assert levels([run(0, sample(0)), *past()]) == {"articles": Level.LOW}
    assert levels([run(0, sample(10)), *past()]) == {"articles": Level.LOW}
    assert levels([run(0, sample(300)), *past()]) == {"articles": Level.HIGH}
    assert levels([run(0, sample(10), whole=False), *past()]) == {}  # `--limit 10` says nothing of the source


def test_a_site_that_is_down_fails_by_its_articles_and_warns_of_its_failures() -> None:
    assert levels([run(0, Sample(), failed=1), *past()]) == {"articles": Level.LOW}  # its list could not be had
    half = run(0, sample(25), new=25, failed=15)
    assert levels([half, *past()]) == {"failed": Level.HIGH}
    assert levels([run(0, Sample(), failed=40), *past()]) == {"articles": Level.LOW, "failed": Level.HIGH}


def test_quiet_weekends_are_no_fault() -> None:
    week = [40, 42, 38, 41, 40, 2, 3]
    runs = [run(day, sample(week[(day + 2) % 7], TODAY - timedelta(days=day))) for day in range(28)]
    for first in range(7):
        assert "articles" not in levels(runs[first:]), first


def test_a_source_of_few_articles_may_have_none() -> None:
    runs = [run(day, sample(number)) for day, number in enumerate([0, 3, 1, 4, 2, 0, 3, 2, 1, 5, 2, 3])]
    assert levels(runs) | {"freshness": 0} == dict.fromkeys(levels(runs), Level.UNKNOWN) | {"freshness": 0}
    assert "articles" not in levels(runs)


def test_small_runs_are_put_together_before_their_shares_are_compared() -> None:
    one = sample(4)
    assert [pool.news for pool in pooled([one] * 12)] == [20, 20]
    bad = sample(4, filled={"title": 4, "body": 4})  # one run of four without dates decides nothing
    runs = [run(0, bad), *(run(day, sample(4)) for day in range(1, 60))]
    assert "fill: published_on" not in levels(runs)
    runs = [*(run(day, bad) for day in range(5)), *(run(day, sample(4)) for day in range(5, 60))]
    assert levels(runs)["fill: published_on"] is Level.LOW


def test_without_enough_of_a_past_only_what_is_expected_counts() -> None:
    runs = [run(0, sample(3)), *past(5)]
    assert told(runs, "articles").level is Level.UNKNOWN
    assert "5 earlier values to compare with; 8 are needed" in told(runs, "articles").why
    expected = Expectation(articles=(20, 200), body_length=(300, 5000), fill={"published_on": 0.9, "authors": 0.5})
    assert told(runs, "articles", expected).level is Level.LOW
    assert told(runs, "articles", expected).why == "below the 20 that [expected] says"
    assert told(runs, "fill: published_on", expected).level is Level.OK
    assert told(runs, "fill: authors", expected).level is Level.LOW
    assert told(runs, "body length", expected).level is Level.OK
    assert worst(judge("s", runs, Expectation(), TODAY, TODAY)) is Level.UNKNOWN
    assert worst(judge("s", runs, expected, TODAY, TODAY)) is Level.LOW
    assert [each.measure for each in judge("s", [], expected, TODAY, None)] == ["runs"]


def test_a_source_that_falls_silent_is_stale_after_three_of_its_pauses() -> None:
    daily = past()
    assert levels(daily, today=TODAY + timedelta(days=6)) == {}  # a holiday
    assert levels(daily, today=TODAY + timedelta(days=9)) == {"freshness": Level.LOW}
    weekly = [run(day, sample(newest=TODAY - timedelta(days=day // 7 * 7))) for day in range(90)]
    assert levels(weekly, today=TODAY + timedelta(days=20)) == {}
    assert levels(weekly, today=TODAY + timedelta(days=22)) == {"freshness": Level.LOW}


def test_a_folder_that_never_changes_is_not_stale() -> None:
    still = [run(day, sample(newest=date(2021, 5, 6))) for day in range(30)]
    assert levels(still) == {"freshness": Level.UNKNOWN}
    expected = Expectation(freshness=timedelta(days=3))
    assert levels(still, expected) == {"freshness": Level.LOW}


def test_misread_days_to_come_are_no_news() -> None:
    page = {"encoding": "utf-8", "left_out": {}, "flags": []}
    blank = dict.fromkeys(("title", "published_at", "publisher", "authors", "editors", "contributor", "dateline"))
    blank |= dict.fromkeys(("image", "keywords", "topic", "zones", "regions"))
    row = blank | {"key": "k", "kind": "news", "flags": [], "originals": ["一"], "paragraphs": ["一二三"]}
    one = Sample()
    for day in (TODAY, TODAY + timedelta(days=1), date(2202, 1, 1)):
        one.note(
            page, [row | {"published_on": day}], {"k": {"indicators": [], "organisations": [1], "people": []}}, TODAY
        )
    assert one.newest == TODAY + timedelta(days=1)
    assert one.filled == {"published_on": 3, "body": 3, "organisations": 3}
    one.note(page | {"flags": [{"name": "spun"}]}, [row | {"published_on": None, "kind": "photo-caption"}], {}, TODAY)
    assert (one.news, one.articles, one.spun, one.kept) == (3, 4, 0, 4)


def test_what_a_row_holds_comes_back() -> None:
    one = sample(newest=date(2025, 1, 2))
    assert Sample.of_row(one.row()) == one
    twice = sample()
    twice.add(one)
    assert (twice.articles, twice.lengths[800], twice.newest) == (80, 40, TODAY)


@given(st.lists(st.floats(0, 1e6), min_size=8, max_size=30), st.floats(0, 1e3))
def test_most_of_the_past_is_usual(values: list[float], least: float) -> None:
    found = band(values, least)
    assert found.low <= found.usual <= found.high
    outside = [value for value in values if not found.low <= value <= found.high]
    assert len(outside) <= 0.2 * len(values) + 1
    assert quantile(values, 0) == min(values)


def test_false_alarms_are_rare() -> None:
    """Sixty sources whose articles are drawn from one hat each: no more than one alarm in a hundred verdicts."""
    chance = Random(7)
    alarms = verdicts = 0
    for _ in range(60):
        usual = chance.choice([3, 10, 40, 200])
        rate = chance.choice([0.05, 0.4, 0.9])
        runs = []
        for day in range(31):
            number = max(0, round(chance.gauss(usual, usual**0.5 * 1.5)))
            filled = {"title": number, "publisher": sum(chance.random() < rate for _ in range(number))}
            runs.append(run(day, sample(number, TODAY - timedelta(days=day), filled=filled)))
        found = judge("s", runs, Expectation(), TODAY, TODAY)
        verdicts += sum(each.level is not Level.UNKNOWN for each in found)
        alarms += sum(each.level in {Level.LOW, Level.HIGH} for each in found)
    assert verdicts > 500
    assert alarms <= verdicts / 100


def test_every_particular_that_a_person_may_expect_is_measured() -> None:
    names = [each.measure for each in series(past())]
    assert len(names) == len(set(names))
    assert {f"fill: {particular}" for particular in get_args(Particular)} <= set(names)
