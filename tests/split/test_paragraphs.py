"""Paragraphs that a newspaper's columns cut."""

import pytest

from ingest.model import Block, Label
from ingest.split.paragraphs import paragraphs
from tests.damage.columns import cut_columns
from tests.split.stitched import STORIES
from tests.strip.reading import drafted

OTHER = "下一步，该区将建设公共检测平台，为企业提供检测和认证服务，让产品更快走向市场。"
FULL = "该区以滨江街道为重点，高标准打造整车产业集聚区，加快组建产业联盟和行业协会，形成产业生态圈。"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("该区以滨江街道为重点，高标准打造新能源整车和核心零部件产业集", "聚区，加快组建产业联盟和行业协会。"),
        ("坚持引领、党管人才，把人才", "资源导入放在最优先位置，作为核心战略之一。"),
        ("“此次获批试验区联动创新区，意味着某某高新区对外", "开放平台将得到进一步加强。”负责人表示。"),
        ("一季度实现产值612亿元，同比增长8.3%，全年力争达到2", "500亿元，为全市经济作出贡献。"),
        ("该公司良率由87.", "5%提高到93.2%，单线日产量再创新高。"),
        ("全省共有265项成果获奖，其中某某高新区35项成果获得一等奖和二等奖", "，占全市总数的三成。"),
    ],
)
def test_a_cut_is_joined(above: str, below: str) -> None:
    _, [draft] = drafted(f"某某高新区：产业提速\n{FULL}\n{above}\n\n{below}\n{OTHER}")
    assert [p.text for p in draft.paragraphs] == [FULL, above + below, OTHER]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("以党建链引领创新链", "如何高标准抓好产业创新集群建设？答案是聚焦组织覆盖。"),
        ("一要加强组织领导，压实工作责任；", "二要强化统筹协调，形成工作合力；"),
        ("（一）基本原则", "坚持创新引领。把科技创新摆在首位。"),
        ("聚焦三大领域推进五大工程 某州高新区打造新能源之都核心区", "本报讯 近日，某区召开大会，部署工作。"),
        ("“人才是第一资源。”", "该区深入实施人才强区战略，引进专家200人。"),
    ],
)
def test_what_belongs_apart_stays_apart(above: str, below: str) -> None:
    _, drafts = drafted(f"某某高新区：产业提速\n{FULL}\n{above}\n{below}\n{OTHER}")
    assert not any(above[:6] in p.text and below[-6:] in p.text for d in drafts for p in d.paragraphs)


def test_cut_columns_are_rejoined() -> None:
    joined = wanted = 0
    for seed in range(5):
        for story in STORIES:
            long = ["".join(line for line in story.lines if not line.startswith("#"))]
            cut = cut_columns(long, count=1, seed=seed)
            _, drafts = drafted("\n".join([story.title, OTHER, *cut, FULL]))
            wanted += 1
            joined += long[0] in {p.text for d in drafts for p in d.paragraphs}
    assert joined / wanted >= 0.97


def test_a_paragraph_knows_its_blocks() -> None:
    blocks, [draft] = drafted(f"某某高新区：产业提速\n本报讯 {FULL} 王小强\n")
    [paragraph] = draft.paragraphs
    assert paragraph.text == FULL
    assert [blocks[i].label.value for i in draft.blocks] == ["title", "dateline", "body", "byline"]


def test_a_block_of_which_mending_left_nothing_is_no_paragraph() -> None:
    lines = ["\x01\x02", "全年力争达到2", "\u200b\u200b", FULL]
    texts = ["", lines[1], "", FULL]
    blocks = [Block(i, text, line, label=Label.BODY) for i, (text, line) in enumerate(zip(texts, lines, strict=True))]
    assert [p.text for p in paragraphs(blocks)] == [lines[1], FULL]
