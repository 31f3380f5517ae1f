"""Bodies that a page keeps in its scripts."""

import html
import json

import pytest

from ingest.model import Label
from ingest.strip.content import choose
from ingest.strip.html import read_html

PARAGRAPHS = [
    "高新区管委会今天发布消息，园区一季度新签约项目12个，总投资30亿元。",
    "其中，工业项目8个，涉及新材料、装备制造等领域；现代服务业项目4个。",
    "下一步，园区将继续优化营商环境，推动项目早开工、早投产。",
]
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OTHERS = [{"title": f"另一条新闻{i}", "summary": f"第{i}条新闻的摘要，讲的是别的事情，与本文无关。"} for i in range(9)]
STATE = {"props": {"detail": {"title": "园区签约12个项目", "content": MARKUP}, "list": OTHERS}}
PARTS = {"orgContent": [{"type": "text", "desc": text} for text in PARAGRAPHS], "rel": OTHERS}
NESTED = {"state": json.dumps({"data": json.dumps({"html": MARKUP})})}

SCRIPTS = {
    "next": f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>',
    "state": f"<script>window.__INITIAL_STATE__={json.dumps(STATE, ensure_ascii=False)};(function(){{}}())</script>",
    "parse": f"<script>window.__INITIAL_STATE__=JSON.parse({json.dumps(json.dumps(STATE))});</script>",
    "linked data": '<script type="application/ld+json">'
    + json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)}, ensure_ascii=False)
    + "</script>",
    "literal": "<script>var DATA = {info: {content: '"
    + html.escape(MARKUP).replace("/", "\\u002F")
    + "', a: b}}</script>",
    "list": f"<script>var DATA = {json.dumps(PARTS, ensure_ascii=False)};</script>",
    "nested": f"<script>var D = {json.dumps(NESTED)};</script>",
    "function": f"<script>window.__NUXT__=(function(a){{return {{a:[{{content:{json.dumps(MARKUP)}}}]}}}}(1))</script>",
}


def body(page: str) -> list[str]:
    document = read_html(page)
    choose(document)
    return [block.original for block in document.blocks if block.label is Label.BODY]


@pytest.mark.parametrize("way", SCRIPTS)
def test_a_body_in_a_script_is_read(way: str) -> None:
    page = f'<title>园区签约</title><div id="app"></div>{SCRIPTS[way]}<div class="footer">版权所有 某网</div>'
    assert body(page) == PARAGRAPHS


def test_its_blocks_say_where_they_come_from() -> None:
    blocks = read_html(f'<div id="app"></div>{SCRIPTS["next"]}').blocks
    assert {block.path for block in blocks} == {"script/__NEXT_DATA__/props.detail.content"}


def test_a_page_that_shows_its_article_is_read_as_shown() -> None:
    shown = "园区今天举行集中开工活动，二十个项目同时动工。" * 20
    assert body(f"<div><p>{shown}</p></div>{SCRIPTS['state']}") == [shown]


def test_scripts_without_prose_give_nothing() -> None:
    assert (
        body("<div>加载</div><script>var a = {'x': 'https://example.cn/very/long/address/" + "a" * 200 + "'}</script>")
        == []
    )
