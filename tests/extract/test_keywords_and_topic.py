"""Keywords and the topic of an article."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import keywords, lexicon, topic
from ingest.extract.reading import Reading

PAGES = Path(__file__).resolve().parents[1] / "pages"
#: What the invented pages of other fields are about; their cues were chosen without them.
TOPICS = {
    "chips-foundry": "半导体",
    "culture-museum": "文化",
    "energy-renewables": "能源",
    "farm-harvest": "农业",
    "finance-credit": "金融",
    "pharma-drugs": "医药健康",
    "rail-spring": "交通",
    "space-launch": "航天",
    "tax-relief": "财税",
    "trade-province": "贸易",
}


def article(page: str) -> tuple[tuple[str, ...], str]:
    told = json.loads((PAGES / f"{page}.expected.json").read_text("utf-8"))["articles"][0]
    return tuple(told["paragraphs"]), told["title"]


@pytest.mark.parametrize(("page", "about"), TOPICS.items())
def test_topics_of_other_fields(page: str, about: str) -> None:
    found = topic.find(*article(page))
    assert found is not None
    assert found.name == about
    assert 0 < found.score <= 1
    assert all(cue in "".join(article(page)[0]) + article(page)[1] for cue in found.cues)


def test_few_cues_make_no_topic() -> None:
    assert topic.find(("今天去银行取了钱，买了一本书。",), "一天") is None
    assert topic.find((), None) is None


def test_every_cue_can_be_found() -> None:
    rows = lexicon.rows("topic_cues")
    cues = [cue for _, strong, weak in rows for cue in (*strong.split(), *weak.split())]
    assert all(len(cue) > 1 for cue in cues)
    assert all(len(row) == 3 for row in rows)


def test_keywords_are_words_said_more_often_than_in_the_language() -> None:
    text = "充电宝涨价了。共享充电宝的市场很大，共享充电宝的用户很多，大家都在用充电宝，大家都说贵。"
    found = keywords.find(Reading((text,), "共享充电宝涨价"))
    assert found[0] in ("充电宝", "共享充电宝")
    assert "大家" not in found[:2]


def test_nothing_said_twice_gives_no_keywords() -> None:
    assert keywords.find(Reading(("天气晴朗。",))) == ()


@given(st.lists(st.text("充电宝共享市场价格涨，。AB1 \n", max_size=60), max_size=4), st.none() | st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_keywords_stand_in_the_text(paragraphs: list[str], title: str | None) -> None:
    given_paragraphs = tuple(paragraphs)
    found = keywords.find(Reading(given_paragraphs, title))
    said = "\n".join((*given_paragraphs, title or ""))
    assert all(word in said for word in found)
    assert found == keywords.find(Reading(given_paragraphs, title))
