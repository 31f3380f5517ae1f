"""What two articles are to each other: edited copies, spun ones, parts, and others of the same field."""

import random
from collections.abc import Iterator
from itertools import combinations

import pytest

from ingest.copies import Features, Kind, compare, features
from ingest.copies.contradictions import Said, contradictions
from ingest.copies.features import unpacked
from ingest.store.copies_marks import BOTH
from tests.copies.edits import EDITS, edited
from tests.spin import corpus, spinner
from tests.spin.corpus import Healthy


def of(article: Healthy) -> Features:
    found = features(article.title, article.paragraphs)
    assert found
    return found


def meet(a: Features, b: Features) -> bool:
    """Whether a search by marks brings the two together."""
    return not a.buckets.isdisjoint(b.buckets) or len(a.traces & b.traces) >= BOTH


def healthy() -> Iterator[Healthy]:
    yield from corpus.own()
    yield from corpus.fixtures()


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 0.15])
@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_copy_is_found_and_told(edit: str, share: float) -> None:
    pairs = [(of(one), features(one.title, edited(one, edit, share))) for one in healthy()]
    found = [(a, b) for a, b in pairs if b and meet(a, b) and (verdict := compare(a, b)) and verdict.kind]
    assert len(found) >= 0.97 * len(pairs)


def test_different_articles_of_a_field_are_different() -> None:
    texts = [of(one) for one in corpus.own()]
    assert [(a, b) for a, b in combinations(texts, 2) if compare(a, b)] == []


@pytest.mark.parametrize("table", spinner.NAMES)
def test_a_spun_copy_is_told(table: str) -> None:
    pairs = spinner.table(table)
    found = [(of(one), of(spinner.spin_everywhere(one, pairs).article)) for one in corpus.own()]
    met = [verdict for a, b in found if meet(a, b) and (verdict := compare(a, b))]
    assert len(met) >= 0.98 * len(found)
    if table == "large":
        assert sum(verdict.kind is Kind.SPUN for verdict in met) > len(met) / 2


def test_it_does_not_matter_which_came_first() -> None:
    chance = random.Random(2)
    texts = [of(one) for one in corpus.own()[:30]]
    texts += [of(one._replace(paragraphs=tuple(edited(one, "mixed", 0.3)))) for one in corpus.own()[:30]]
    for a, b in (chance.sample(texts, 2) for _ in range(300)):
        assert compare(a, b) == compare(b, a)


def test_a_brief_within_a_long_article_is_a_part() -> None:
    some = corpus.own()[:6]
    long = features("", [p for one in some for p in one.paragraphs])
    assert long
    for one in some:
        verdict = compare(of(one), long)
        assert verdict
        assert verdict.kind is Kind.PART
        assert verdict.score == 1
        assert meet(of(one), long)


def test_a_report_of_another_month_in_the_same_words_is_no_copy() -> None:
    said = (
        "{}月份，全区规上工业总产值完成{}亿元，同比增长{}%；固定资产投资完成{}亿元；新登记企业{}户；外贸进出口{}亿元。"
    )
    a = features("月报", [said.format(3, "41.27", "6.38", "12.95", 1143, "7.46")])
    b = features("月报", [said.format(4, "55.81", "7.12", "14.33", 1287, "8.92")])
    assert a
    assert b
    assert compare(a, b) is None


def test_punctuation_width_and_readings_are_no_difference() -> None:
    one = corpus.own()[0]
    other = [p.replace("，", ",").replace("。", " . ").replace("区", "区(qū)") for p in one.paragraphs]
    assert features(one.title, other).digest == of(one).digest  # type: ignore[union-attr]  # it has text enough


def test_what_was_packed_comes_back() -> None:
    found = of(corpus.own()[0])
    assert unpacked(found.packed()) == found


def test_a_headline_alone_has_no_features() -> None:
    assert features("高新区召开会议", []) is None


def test_contradictions_are_told_by_their_place() -> None:
    head = Said(["2024年3月5日，园区签约12个项目，投资1.2万元，另有35家企业参会。", "产值达到88亿元。"])
    copy = Said(["2024年3月6日，园区签约21个项目，投资12000元，另有35家企业参会。"])
    found = [(each.kind, each.text, each.of_head) for each in contradictions(head, copy)]
    assert found == [("date", "2024年3月6日", "2024年3月5日"), ("number", "21", "12")]
    assert contradictions(head, head) == []
    assert contradictions(head, Said(["另有35家企业参会。园区还种了600棵树。"])) == []
