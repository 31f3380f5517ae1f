"""No record comes from a block that was left out, and each slices to its evidence: samples and made pages."""

import gzip
from dataclasses import fields
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import read_page
from ingest.model import Article, Page, Record, Records

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(
    file
    for folder in ("seeds/samples", "tests/pages")
    for file in (ROOT / folder).iterdir()
    if file.suffix in {".txt", ".html", ".gz"}
)
_FIRMS = ("绵阳云翼电子有限公司", "赣州稀矿集团", "烟台海工大学", "安庆市税务局")
_BODY = (
    "{firm}董事长周明远说，去年投入研发经费2.3亿元，同比增长12%。",
    "近日，{firm}获得安徽省科技进步奖一等奖，新增订单45个。",
    "根据《产业发展实施意见》，{firm}将在2025年前建成3条产线。",
    "{firm}位于四川省绵阳市，现有员工1200人，“铸链行动”由此开始。",
)
_FURNITURE = (
    '<div class="nav"><a href="/a">首页</a><a href="/b">{firm}</a><a href="/c">合肥新闻</a></div>',
    (
        '<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">{firm}营收90亿元</a></li>'
        '<li><a href="/2">{firm}总经理李文强表示增长30%</a></li></ul></div>'
    ),
    '<div class="footer">版权所有 {firm} 蜀ICP备12345678号 电话0816-1234567</div>',
    '<div style="display:none">{firm}获得全国五一劳动奖章，利润8亿元</div>',
)


def records_of(article: Article) -> list[Record]:
    found = chain.from_iterable(v for f in fields(Records) if isinstance(v := getattr(article, f.name), tuple))
    return [record for record in found if isinstance(record, Record)]


def assert_kept(page: Page) -> int:
    """Check every record of a page against the blocks of its paragraph; how many there were."""
    seen = 0
    for article in page.articles:
        for record in records_of(article):
            seen += 1
            assert article.paragraphs[record.paragraph][record.start : record.end] == record.text
            blocks = [page.blocks[i] for i in article.paragraph_blocks[record.paragraph]]
            assert blocks
            assert all(block.label.kept for block in blocks)
            assert "".join(record.text.split()) in "".join("".join(block.text.split()) for block in blocks)
    return seen


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_records_of_the_samples_come_from_kept_blocks(file: Path) -> None:
    content = file.read_bytes()
    assert assert_kept(read_page(gzip.decompress(content) if file.suffix == ".gz" else content)) > 0


@given(
    st.lists(st.tuples(st.sampled_from(_BODY), st.sampled_from(_FIRMS)), min_size=2, max_size=6),
    st.lists(st.sampled_from(_FURNITURE), max_size=3),
    st.lists(st.sampled_from(_FURNITURE), max_size=3),
)
@settings(max_examples=40, deadline=None)
def test_what_only_the_furniture_says_is_no_record(
    body: list[tuple[str, str]], before: list[str], behind: list[str]
) -> None:
    other = "洛阳重器装备有限公司"
    paragraphs = "".join(f"<p>{text.format(firm=firm)}</p>" for text, firm in body)
    above, below = ("".join(part.format(firm=other) for part in parts) for parts in (before, behind))
    article = f'<h1>园区纪事</h1><div class="content">{paragraphs}</div>'
    html = f"<html><head><title>园区纪事</title></head><body>{above}{article}{below}</body></html>"
    page = read_page(html.encode())
    assert_kept(page)
    assert not any(other in record.text for article in page.articles for record in records_of(article))
