"""Lists that stand in scripts, in the forms that sites keep them, and documents that are JSON."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.web import listing
from ingest.sources.web.links import Link
from ingest.sources.web.scripted import unfolded


def on(day: int) -> datetime:
    return datetime(2026, 11, day)  # noqa: DTZ001 - as lists print it, without a zone


AT = "https://gxq.example.cn/xw/index.html"
ENTRIES = [
    {
        "id": 1,
        "title": "量子产业园开工",
        "linkUrl": "/xw/1.html",
        "imgUrl": "/i/1.png",
        "publishTime": "2026-11-20 08:00",
    },
    {"id": 2, "title": "生物医药大会", "linkUrl": "2.html", "imgUrl": "/2.png", "publishTime": "2026-11-19 08:00"},
]
EXPECTED = (
    Link(url="https://gxq.example.cn/xw/1.html", title="量子产业园开工", published=on(20)),
    Link(url="https://gxq.example.cn/xw/2.html", title="生物医药大会", published=on(19)),
)
STATE = json.dumps({"props": {"nav": [{"name": "概况", "path": "/about/"}], "newsList": ENTRIES}})
ROWS = "".join(f'<li><a href="{e["linkUrl"]}">{e["title"]}</a><span>{e["publishTime"]}</span></li>' for e in ENTRIES)


def page(script: str, kind: str = "") -> bytes:
    return f'<html><body><div id="app"></div><script id="data"{kind}>{script}</script></body></html>'.encode()


def read(body: bytes, links: str) -> tuple[Link, ...]:
    return listing.read(body, AT, links=links).links


@pytest.mark.parametrize(
    "script",
    [
        STATE,
        f"window.__INITIAL_STATE__ = {STATE};window.x=1",
        f"var s = JSON.parse({json.dumps(STATE)})",
        json.dumps({"code": 0, "newsList": json.dumps(ENTRIES)}),
        json.dumps({"newsList": {"1": ENTRIES[0], "2": ENTRIES[1]}}),
        f"self.__next_f.push({json.dumps([1, '5:' + STATE + chr(10)])})",
    ],
    ids=["whole", "assigned", "parsed", "json in json", "by number", "streamed"],
)
def test_json(script: str) -> None:
    assert read(page(script), "script-list.newsList") == EXPECTED


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (
            f"<datastore><nextgroup><![CDATA[<a href='/2.jsp'></a>]]></nextgroup><record><![CDATA[{ROWS}]]></record>",
            ' type="text/xml"',
        ),
        (f"document.write({json.dumps(ROWS)})", ""),
        (json.dumps({"html": ROWS}), ' type="application/json"'),
        (f"<ul>{ROWS}</ul>", ' type="text/template"'),
        (f"var t = '<li><a href=\"' + e.url + '\">' + e.title; var rows = {json.dumps(ROWS)};", ""),
    ],
    ids=["datastore", "written", "in json", "template", "beside a program"],
)
def test_markup(script: str, kind: str) -> None:
    assert read(page(script, kind), "script-list li a") == EXPECTED


@pytest.mark.parametrize("form", ["{}", "jQuery17({});", "\ufeff{}"], ids=["bare", "called", "with a mark"])
def test_a_document_of_json(form: str) -> None:
    text = form.replace("{}", json.dumps({"data": {"list": ENTRIES}}, ensure_ascii=False))
    assert read(text.encode(), "script-list.list") == EXPECTED


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"pubDate": 1795104000}, 20),  # midnight in China, the 19th in UTC
        ({"createdAt": "2026-11-01", "publishedAt": 1795104000000}, 20),
        ({"publishTime": "2026-11-19T17:00:00Z"}, 20),
        ({"releaseDate": "2026年11月20日"}, 20),
        ({"updateTime": "2026-11-20T08:00:00+08:00"}, 20),
        ({"views": 1795104000, "timeline": "none"}, None),
    ],
)
def test_days(said: dict[str, object], day: int | None) -> None:
    (found,) = read(page(json.dumps([{"title": "开工", "url": "/1.html", **said}])), "script")
    assert found.published == (on(day) if day else None)


@pytest.mark.parametrize(
    "entry",
    [
        {"title": "图", "imgUrl": "/1.png"},
        {"title": "图", "url": "/1.jpg?w=3"},
        {"url": "/1.html"},
        {"title": "模板", "url": "/{{id}}.html"},
        {"title": "号", "url": "17"},
        {"authorName": "某", "url": "/u/1"},
    ],
)
def test_what_names_no_page(entry: dict[str, str]) -> None:
    assert read(page(json.dumps([entry])), "script") == ()


def test_a_selector_that_speaks_of_no_script_sees_none() -> None:
    assert read(page(json.dumps({"description": [ROWS]})), ".description a") == ()
    assert read(page(STATE) + b'<ul><li><a href="/z.html">z</a></li></ul>', "a") == (
        Link(url="https://gxq.example.cn/z.html", title="z"),
    )


def test_lists_are_apart_and_bounded() -> None:
    soup = unfolded(page(STATE).decode())
    assert [each["class"] for each in soup.select("script-list")] == ["nav", "newsList"]
    many = json.dumps([{"title": str(n), "url": f"/{n}.html"} for n in range(20_000)])
    assert len(read(page(many), "script")) == 5_000
    assert read(page("[" * 100_000), "script") == ()


KEYS = st.sampled_from(["url", "title", "list", "date", "9", "é."])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("/a/1.html"),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@given(JSON)
def test_any_json_is_read(value: object) -> None:
    for link in read(page(json.dumps(value).replace("</", "<\\/")), "script"):
        assert link.url.startswith("http")
