"""Text pages as blocks."""

from hypothesis import given
from hypothesis import strategies as st

from ingest import strip
from tests.strip.reading import labelled


def squash(text: str) -> str:
    return "".join(text.split())


def test_a_line_is_a_block_with_its_number() -> None:
    blocks = strip.segment("\n标题一行\n\n  正文第一段。\n").blocks
    assert [(b.line, b.original) for b in blocks] == [(2, "标题一行"), (4, "正文第一段。")]


def test_bullets_are_told_from_dashes() -> None:
    blocks = strip.segment("  • 企业\n- 新闻\n· 动态\n——副题一行\n-5℃低温来袭\n").blocks
    assert [b.bullet for b in blocks] == [True, True, True, False, False]


# What pages are made of: lines of every kind, joined in any order.
PARTS = st.sampled_from(
    [
        "某某高新区：产业提速",
        "【重点关注】某地：一季度开门红",
        "2024-05-06 10:00 来源：某报 作者：张三 评论：0",
        "本报讯（记者 王强）近日，某区召开大会，部署工作。",
        "力争全年增长10%，完成各项目标。 胡小明",
        "为发展注入动能。（黄明）（责任编辑：李四）",
        "图片来源：某某高新区",
        "安化县| 永修县| 山东省| 礼泉县| 安化县| 渭南市| 兴城市| 芷江| 莎车县|",
        "  • 企业",
        "推荐阅读",
        "版权声明：",
        "1、凡注明来源为本网的稿件，版权均归本网所有，未经授权不得转载。",
        "（一）基本原则",
        "坚持党建引领，把人才",
        "",
        "\t",
    ]
)


@given(st.lists(st.one_of(PARTS, st.text(max_size=40)), max_size=25))
def test_no_text_is_lost_or_moved(lines: list[str]) -> None:
    source = "\n".join(lines)
    blocks = labelled(source)
    assert squash("".join(b.original for b in blocks)) == squash(source)
    assert [b.index for b in blocks] == list(range(len(blocks)))
    assert all(b.reason for b in blocks if b.text.strip())
