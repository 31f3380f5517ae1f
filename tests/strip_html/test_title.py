"""Titles less the site's name, and headlines found."""

import pytest

from ingest.model import Block, Document, Label, Meta
from ingest.strip.meta import clean_title


def page(*, headline: str = "", **properties: str) -> Document:
    blocks = [Block(index=0, text=headline, original=headline, label=Label.TITLE)] if headline else []
    return Document(blocks=blocks, meta=Meta(properties=properties), markup=True)


CASES = [
    ("园区集中开工二十个项目_要闻_某某网", "园区集中开工二十个项目"),
    ("园区集中开工二十个项目|园区|项目_新浪新闻", "园区集中开工二十个项目"),
    ("园区集中开工二十个项目--经济--人民报网", "园区集中开工二十个项目"),
    ("园区集中开工二十个项目 - 某省人民政府门户网站", "园区集中开工二十个项目"),
    ("园区集中开工二十个项目-股票频道-某财经网", "园区集中开工二十个项目"),
    ("园区集中开工二十个项目 某某门户网站", "园区集中开工二十个项目"),
    ("深度|园区扩容之后怎么办_财经_某网", "深度|园区扩容之后怎么办"),
    ("1-10月全县投资结构趋稳", "1-10月全县投资结构趋稳"),
    ("中美贸易战：谁在受损——一个工厂的账本", "中美贸易战：谁在受损——一个工厂的账本"),
    ("最新Z-5型号发布，性能翻番", "最新Z-5型号发布，性能翻番"),
]


@pytest.mark.parametrize(("raw", "clean"), CASES)
def test_suffix_comes_off(raw: str, clean: str) -> None:
    assert clean_title(raw, page()) == clean


def test_the_headline_on_the_page_says_where_the_title_ends() -> None:
    assert clean_title("园区条例全文-纪检", page(headline="园区条例全文")) == "园区条例全文"


def test_a_title_cut_by_a_quotation_mark_in_a_meta_tag_is_not_believed() -> None:
    document = page(**{"og:title": "奖金七百万元！"})
    assert clean_title('奖金七百万元！"科学大奖"揭晓_某网', document) == '奖金七百万元！"科学大奖"揭晓'
