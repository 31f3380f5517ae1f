"""What holds for any text: spans are evidence, values re-parse from it, nothing raises."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.context import Context
from ingest.extract.indicators import find, lexicon, scan
from ingest.model import Indicator, Organisation

_CHARACTERS = (
    "一二两三四五六七八九十百千万亿几余多半点0123456789０９.,，。；：、（）()“”《》%％-—~至到 \n"
    "年月日家个项名元企业增长占比的了在将第"
)
# fmt: off
_PIECES = [
    "今年1至5月", "截至目前", "2021年", "去年同期", "到2025年", "近3年来", "同比增长", "下降",
    "分别为", "占全市的", "由", "提高到", "超过", "近", "约", "以上", "左右", "引进", "举办", "力争",
    "将", "该公司", "全区", "我省", "等", "其中", "排名全市第", "企业", "产值", "3.5亿元", "12家",
    "百余场", "8.2%", "1.5个百分点", "两大", "三四十人", "3至5个", "1:2:3", "2.1:47.5:50.4", "，",
    "。", "；", "、", "（", "）", "“", "”", "的", "甲乙公司", "第3届", "每千瓦时", "-", "元/吨",
]
# fmt: on
TEXTS = st.one_of(
    st.text(_CHARACTERS, max_size=80),
    st.lists(st.sampled_from(_PIECES), max_size=30).map("".join),
    st.text(max_size=40),
)


def read(paragraphs: list[str], published: date | None) -> tuple[Context, tuple[Indicator, ...]]:
    firm = Organisation(paragraph=0, start=0, end=0, text="", name="甲乙公司", kind="enterprise")
    article = Context(
        paragraphs=tuple(paragraphs),
        published_on=published,
        zones=("绵阳高新区",),
        regions=("四川省",),
        organisations=(firm,),
    )
    return article, find(article)


@settings(max_examples=250, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.sampled_from([None, date(2022, 7, 4), date(2024, 2, 29)]))
def test_every_span_is_its_evidence(paragraphs: list[str], published: date | None) -> None:
    article, found = read(paragraphs, published)
    for record in found:
        assert article.paragraphs[record.paragraph][record.start : record.end] == record.text
        assert 0 <= record.confidence <= 1
        assert record.method
        assert record.bound in ("exact", "about", "over", "under")
        assert record.aspect in ("level", "change", "growth", "share", "rank", "target")
        assert record.period is None or record.period[0] is None or record.period[0] <= record.period[1]
    assert found == read(paragraphs, published)[1]


@settings(max_examples=250, deadline=None)
@given(st.lists(TEXTS, max_size=3))
def test_every_value_reparses_from_its_text(paragraphs: list[str]) -> None:
    _, found = read(paragraphs, date(2022, 7, 4))
    for record in found:
        if record.aspect == "rank":
            assert re.search(r"[\d一二三四五六七八九十百]|首位|榜首", record.text)
            continue
        # a lower number in a row leaves its unit to the last one: 172亿、102亿千瓦时
        # and 由1至3个 tells both ends in one evidence
        again = [_plain(q.value) for q in scan.scan(record.text, [])]
        assert _plain(record.value) in {*again, *((end,) for ends in again for end in ends)}


def _plain(value: scan.Value) -> tuple[Decimal, ...]:
    return tuple(sorted(abs(v) for v in value)) if isinstance(value, tuple) else (abs(value),)


@given(st.text(_CHARACTERS, max_size=60))
def test_quantities_are_in_order_and_apart(text: str) -> None:
    found = [q for q in scan.scan(text, []) if q.kind != "percent"]
    for one, other in pairwise(found):
        assert one.number < other.number
        assert one.number + len(one.printed) <= other.number


def test_every_unit_is_read_as_itself() -> None:
    for unit, kind in lexicon.unit_kinds().items():
        _, read_kind, end = scan.read_unit("3" + unit + "甲", 1)
        assert (read_kind, end) == (kind, 1 + len(unit)), unit
