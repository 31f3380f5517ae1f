"""The ways in which pages keep an article's text in their scripts, one made page for each."""

import base64
import html
import json
from typing import Any
from urllib.parse import quote

import pytest

import ingest
from tests.strip_html.shapes import Page

PARAGRAPHS = [
    "云溪湿地今年首次记录到彩鹮，一共三只，在浅滩上停留了两个小时才离开。",
    "保护站站长何青说，水位控制得当，浅滩面积比去年增加了两成，候鸟有了落脚的地方。",
    "今年以来，湿地已经记录到一百二十六种鸟，其中有七种是第一次出现在这里。",
]
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
ESCAPED = "".join(f"\\u{ord(c):04x}" if ord(c) > 127 else c for c in MARKUP)
LIST = [
    {"title": f"东岭第{i}车间交付新机床", "summary": f"东岭第{i}车间的机床已经交付，用户很满意。"} for i in range(12)
]
RUNS = [
    {"type": "paragraph", "content": [{"type": "text", "text": text[:15]}, {"type": "text", "text": text[15:]}]}
    for text in PARAGRAPHS
]
STREAM = (
    f'1:I["x",[],"y"]\n2:["$","div",null,{{"a":"x"}}]\n3:T{len(MARKUP.encode()):x},{MARKUP}4:["$","$L1",null,{{}}]\n'
)


def data(value: Any, kind: str = 'id="__NEXT_DATA__" type="application/json"') -> str:
    return f"<script {kind}>{json.dumps(value)}</script>"


def assigned(value: Any) -> str:
    return f"<script>window.__INITIAL_STATE__={json.dumps(value, ensure_ascii=False)};</script>"


def pushed(*pieces: str) -> str:
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)


STATE = json.dumps({"d": {"content": MARKUP}})
WAYS = {
    "markup escaped within JSON": data({"props": {"article": {"content": html.escape(MARKUP)}, "rel": LIST}}),
    "blocks": data({"props": {"article": {"blocks": [{"type": "paragraph", "text": p} for p in PARAGRAPHS]}}}),
    "arrays in arrays": data({"doc": [[["p", PARAGRAPHS[0]], ["p", PARAGRAPHS[1]]], [["p", PARAGRAPHS[2]]]]}),
    "blocks of an editor": assigned({"draft": {"blocks": [{"key": "a", "text": p} for p in PARAGRAPHS]}}),
    "runs of an editor": assigned({"content": {"type": "doc", "content": RUNS}}),
    "undefined in it": assigned({"a": {"content": MARKUP}, "user": 1}).replace("1};", "undefined};"),
    "a string of JSON": f"<script>window.__INITIAL_STATE__={json.dumps(STATE)}</script>",
    "JSON in JSON in JSON": data(json.dumps(json.dumps({"article": {"html": MARKUP}}))),
    "arguments of a function": f"<script>window.N=(function(a){{return {{c:a}}}}({json.dumps(MARKUP)}))</script>",
    "a graph of linked data": data(
        {"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)}]},
        'type="application/ld+json"',
    ),
    "a stream of JSON": pushed(json.dumps({"children": ["$", "div", None, {"inner": {"__html": MARKUP}}]})),
    "a stream in pieces": pushed(STREAM[:120], STREAM[120:300], STREAM[300:]),
    "a template literal": f"<script>var page = {{ body: `{MARKUP}` }};</script>",
    "unicode escapes": "<script>var A={'id':1,'content':'" + ESCAPED.replace("/", "\\/") + "'};</script>",
    "hex escapes": "<script>var c='" + ESCAPED.replace("<", "\\x3c").replace(">", "\\x3e") + "';render(c)</script>",
    "percent signs": f'<script>var c=decodeURIComponent("{quote(MARKUP)}");</script>',
    "Base64": f'<script>var c=atob("{base64.b64encode(MARKUP.encode()).decode()}");</script>',
    "beside a list": assigned({"list": LIST, "news": {"news_content": MARKUP}}),
    "a template": f'<script type="text/template">{MARKUP}</script>',
}


def read(inner: str) -> list[str]:
    page = f"<html><head><title>云溪湿地来了彩鹮_云溪网</title></head><body>{inner}<p>版权所有 云溪网</p></body></html>"
    return [paragraph for article in ingest.read_page(page.encode()).articles for paragraph in article.paragraphs]


@pytest.mark.parametrize("way", WAYS)
def test_a_text_in_a_script_is_read_where_the_page_shows_none(way: str) -> None:
    assert read(f'<div id="app"></div>{WAYS[way]}') == PARAGRAPHS


@pytest.mark.parametrize("way", WAYS)
def test_it_is_left_alone_where_the_page_shows_one(way: str) -> None:
    page = Page("trs", 3)
    shown = ingest.read_page(page.html.replace("</body>", WAYS[way] + "</body>").encode())
    assert "".join(p for article in shown.articles for p in article.paragraphs) == page.body


def test_linked_data_in_one_line_is_one_paragraph() -> None:
    body = "".join(PARAGRAPHS)
    assert read(data({"@type": "NewsArticle", "articleBody": body}, 'type="application/ld+json"')) == [body]
