"""What holds of every record, whatever the text: it slices to its evidence, and no text is an error."""

import json
from datetime import date
from itertools import chain
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import extract
from ingest.model import Record, Records

PASSAGES = sorted((Path(__file__).parent / "passages").glob("*.json"))
_WORDS = (
    "有限公司 集团 大学 研究院 董事长 教授 书记 张伟 李 表示 记者 高新区 昆山 北京市 获得 一等奖 入选 等5家企业 行动 "
    "“专精特新”小巨人企业 实施意见 党支部 国家税务总局 税务局 镇 街道 京、沪等地 12.5% A · 某 约翰逊"
)
_PIECES = st.sampled_from([*"的和与在说是“”《》（），。、：；·第一二三年月日市区县省局部委高新\n ", *_WORDS.split()])


def every(records: Records) -> list[Record]:
    return list(
        chain(
            records.places,
            records.organisations,
            records.people,
            records.policies,
            records.programmes,
            records.honours,
        )
    )


def slices(paragraphs: tuple[str, ...], records: Records) -> bool:
    return all(paragraphs[r.paragraph][r.start : r.end] == r.text and r.text for r in every(records))


@given(st.lists(st.lists(_PIECES, max_size=40).map("".join), max_size=4), st.none() | st.lists(_PIECES, max_size=8))
@settings(max_examples=150, deadline=None)
def test_records_of_any_words_slice_to_their_evidence(paragraphs: list[str], title: list[str] | None) -> None:
    given_paragraphs = tuple(paragraphs)
    records = extract.records(
        given_paragraphs,
        title="".join(title) if title else None,
        published_on=date(2022, 7, 4),
        headings=frozenset(),
    )
    assert slices(given_paragraphs, records)
    assert all(r.method and 0 < r.confidence <= 1 for r in every(records))


@given(st.text(max_size=200), st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(paragraph: str, title: str) -> None:
    assert slices((paragraph,), extract.records((paragraph,), title=title, published_on=None, headings=frozenset()))


def test_the_same_text_gives_the_same_records() -> None:
    page = json.loads(PASSAGES[0].read_text("utf-8"))
    once, twice = (
        extract.records(tuple(page["paragraphs"]), title=page["title"], published_on=None, headings=frozenset())
        for _ in range(2)
    )
    assert once == twice


def test_a_very_long_line_is_read() -> None:
    line = "北京市海淀区云帆科技有限公司董事长张伟明说，“产能满了。”" * 700
    assert {o.name for o in extract.records((line,), title=None, published_on=None, headings=frozenset()).organisations}
