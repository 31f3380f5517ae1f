"""Groups, heads and kinds as a person expects them; figures that count once; contradictions."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from ingest.model import Article, Indicator, Person
from ingest.store import copies_ask, copies_waiting, forget, queries, write
from ingest.store.engine import Database
from ingest.store.export.kinds import Filters
from ingest.store.export.write import Style
from ingest.store.export.write import write as export
from ingest.store.keys import article_keys
from ingest.store.rows import Reading
from tests.store.pages import NOW, article, read, rows, store

BODY = (
    "昨天，东湾高新区召开一季度运行调度会，管委会负责人马维川通报，今年前三个月全区规上工业产值达到318.6亿元，增长7.4%。",
    "会上介绍，园区新签约项目26个，计划总投资94.3亿元，其中半导体材料项目占到一半；新增就业岗位4150个。",
    "会议要求，各单位把项目落地摆在首位，逐个建立台账，按周调度，力争上半年开工率超过八成。",
)
FIGURES = (("318.6", "亿元", "产值"), ("94.3", "亿元", "投资"), ("4150", "个", "岗位"))


def made(paragraphs: tuple[str, ...], day: int, **fields: Any) -> Article:
    found = []
    for value, unit, name in FIGURES:
        for number, text_ in enumerate(paragraphs):
            if (start := text_.find(value)) >= 0:
                place: dict[str, Any] = {"paragraph": number, "start": start, "end": start + len(value), "text": value}
                amount = Decimal(value) * (10**8 if unit == "亿元" else 1)
                given: dict[str, Any] = {"name": name, "value": amount, "unit": unit[-1], "subject": None}
                rest: dict[str, Any] = {"bound": "exact", "aspect": "level", "period": None}
                found.append(Indicator(**place, **given, **rest))
    people: tuple[Person, ...] = ()
    for name in ("马维川", "马维山"):
        if (start := paragraphs[0].find(name)) >= 0:
            people = (
                Person(paragraph=0, start=start, end=start + 3, text=name, name=name, role=None, organisation=None),
            )
    blocks = tuple((n,) for n in range(len(paragraphs)))
    base = article("东湾高新区一季度开门红", indicators=tuple(found), people=people, organisations=(), zones=())
    day_of = date(2025, 4, day)
    particulars: dict[str, Any] = {
        "paragraphs": paragraphs,
        "originals": paragraphs,
        "paragraph_blocks": blocks,
        "published_on": day_of,
    }
    return replace(base, published_at=None, **particulars | fields)


def page(name: str, one: Article) -> Reading:
    return read(one, address=name)


def key(name: str) -> str:
    return article_keys("s", name, [article()])[0]


def counted(database: Database) -> list[tuple[str, str, int]]:
    with database.read() as connection:
        found = connection.execute(text("SELECT name, article_key, witness_count FROM indicators_counted_once")).all()
    return sorted((row.name, row.article_key, row.witness_count) for row in found)


@pytest.fixture
def family(database: Database) -> Database:
    """An article of the 3rd, a copy of the 5th with a figure and a name changed, a brief of it, another article."""
    copy = tuple(p.replace("318.6", "381.6").replace("马维川", "马维山") for p in BODY)
    long = (
        *BODY,
        *(
            f"延伸阅读第{n}段：{'甲乙丙丁戊己庚辛'[n]}公司在沿江片区布局新的生产线，预计明年投产，{n}月完成设备安装调试。"
            for n in range(8)
        ),
    )
    other = ("西岭高新区昨天为三家独角兽企业授牌，市领导出席仪式并讲话，要求优化营商环境，服务企业做大做强。",)
    store(
        database,
        page("copy", made(copy, 5)),
        page("head", made(BODY, 3)),
        page("long", made(long, 9)),
        page("other", made(other, 1)),
    )
    return database


def test_the_earliest_is_the_head_and_others_are_told_apart(family: Database) -> None:
    with family.read() as connection:
        group = copies_ask.group(connection, key("copy"))
        parts = copies_ask.parts(connection, key("head"))
        assert copies_ask.group(connection, key("other")) == []
    assert [(row["address"], row["kind"]) for row in group] == [("head", "head"), ("copy", "copy")]
    assert [(row["role"], row["address"]) for row in parts] == [("whole", "long")]


def test_of_two_of_a_day_the_fuller_is_the_head_then_the_more_trusted(database: Database) -> None:
    store(database, page("a-cut", made(BODY[:2], 3)), page("full", made(BODY, 3)))
    with database.read() as connection:
        assert copies_ask.group(connection, key("full"))[0]["address"] == "full"
    trusted = {"name": "s", "kind": "files", "title": "S", "language": "zh", "trust": 0.1}
    with database.write() as connection:
        queries.put_source(connection, trusted)
        queries.put_source(connection, trusted | {"name": "t", "trust": 0.9})
        again = page("full", made(BODY, 3))
        rest = {"source": "t", "address": "z"}
        row = again.articles[0] | rest | {"key": "f" * 32}
        other = replace(
            again, key="f" * 32, address="z", articles=[row], records={row["key"]: again.records[key("full")]}
        )
        other = replace(
            other,
            page=again.page | rest | {"key": "f" * 32},
            records={row["key"]: {k: [] for k in again.records[key("full")]}},
        )
        write.store_readings(connection, [other], NOW)
    copies_waiting.link_all(database)
    with database.read() as connection:
        assert copies_ask.group(connection, key("full"))[0]["address"] == "z"


def test_what_a_copy_says_otherwise_is_listed(family: Database) -> None:
    found = [(row["kind"], row["text"], row["of_head"]) for row in rows(family, "contradiction")]
    assert sorted(found) == [("name", "马维山", "马维川"), ("number", "381.6亿", "318.6亿")]
    for row in rows(family, "contradiction"):
        [said] = [r["paragraphs"] for r in rows(family, "article") if r["key"] == row["article_key"]]
        assert said[row["paragraph"]][row["span_start"] : row["span_end"]] == row["text"]


def test_a_figure_counts_once_with_all_its_witnesses(family: Database) -> None:
    # The head is part of the long one: what that says too counts there.
    assert counted(family) == [("产值", key("long"), 2), ("岗位", key("long"), 3), ("投资", key("long"), 3)]
    with family.write() as connection:
        forget._delete_rows(connection, forget.Scope("s", "long"))
    assert counted(family) == [("产值", key("head"), 1), ("岗位", key("head"), 2), ("投资", key("head"), 2)]
    with family.write() as connection:
        forget._delete_rows(connection, forget.Scope("s", "head"))
    assert [row[2] for row in counted(family)] == [1, 1]  # 381.6 was no figure of those we read
    assert rows(family, "copymember") == rows(family, "contradiction") == []


def test_it_is_exported_with_its_dictionary(family: Database) -> None:
    out = io.BytesIO()
    with family.read() as connection:
        assert export(connection, "indicators_counted_once", Filters(), Style("jsonl"), out) == 3
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {tuple(sorted(row["witnesses"])) for row in told if row["name"] == "岗位"} == {
        tuple(sorted(map(key, ("long", "head", "copy"))))
    }
