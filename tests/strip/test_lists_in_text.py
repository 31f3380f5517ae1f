"""An article about a list keeps its list, whatever its shape, in text and in HTML."""

from collections.abc import Callable

import pytest

from ingest import read_page

Shape = Callable[[list[str]], str]
COUNTIES = ["临漳县", "成安县", "大名县", "涉县", "磁县", "邱县", "鸡泽县", "广平县", "馆陶县", "魏县", "曲周县"]
COUNTIES += ["武安市"]
COMPANIES = [f"{name}有限公司" for name in ("东湖仪器", "海蓝医药", "天元软件", "博远物流", "金叶种业", "宏达轴承")]
TITLE = "省里公布首批县域商业示范名单"
OPENING = "日前，省商务厅公布首批县域商业建设示范名单，入选的名单如下："
CLOSING = "据介绍，入选者将获得专项资金支持，每处补助五百万元，用于农村商业网点建设。"

TEXT: dict[str, Shape] = {
    "sentence": lambda items: "、".join(items) + "。",
    "semicolons": lambda items: "；".join(items) + "。",
    "lines": "\n".join,
    "numbers": lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)),
    "bullets": lambda items: "\n".join(f"• {item}" for item in items),
    "spaces": " ".join,
    "wide spaces": "\u3000".join,
    "columns": lambda items: "\n".join("\t".join(items[n : n + 3]) for n in range(0, len(items), 3)),
    "figures": lambda items: "\n".join(f"{item}：增长{n}.{n}%" for n, item in enumerate(items, 3)),
}
HTML: dict[str, Shape] = {
    "paragraphs": lambda items: "".join(f"<p>{item}</p>" for item in items),
    "list": lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>",
    "links": lambda items: "<ul>" + "".join(f"<li><a href='/a'>{item}</a></li>" for item in items) + "</ul>",
    "table": lambda items: "<table>" + "".join(f"<tr><td>{n}<td>{i}</tr>" for n, i in enumerate(items)) + "</table>",
    "breaks": "<br>".join,
    "bold": lambda items: "".join(f"<p><strong>{item}</strong></p>" for item in items),
    "terms": lambda items: "<dl>" + "".join(f"<dt>{item}</dt><dd>投资3亿元</dd>" for item in items) + "</dl>",
}


def body(source: str) -> str:
    articles = read_page(source.encode()).articles
    assert len(articles) == 1
    return "".join("".join(articles[0].paragraphs).split())


@pytest.mark.parametrize("items", [COUNTIES, COMPANIES], ids=["counties", "companies"])
@pytest.mark.parametrize("shape", TEXT)
def test_in_text(shape: str, items: list[str]) -> None:
    found = body(f"{TITLE}\n2024-05-06 来源：某某日报\n{OPENING}\n{TEXT[shape](items)}\n{CLOSING}")
    assert found.startswith(OPENING)
    assert found.endswith(CLOSING)
    assert [item for item in items if item not in found] == []


@pytest.mark.parametrize("items", [COUNTIES, COMPANIES], ids=["counties", "companies"])
@pytest.mark.parametrize("shape", HTML)
def test_in_html(shape: str, items: list[str]) -> None:
    menu = "<div class=nav><a href=/>首页</a> <a href=/1>新闻</a> <a href=/2>专题</a></div>"
    inner = f"<p>{OPENING}</p>{HTML[shape](items)}<p>{CLOSING}</p>"
    found = body(
        f"<html><head><title>{TITLE}_某某网</title></head><body>{menu}<h1>{TITLE}</h1><div class=a>{inner}</div></body>"
    )
    assert found.startswith(OPENING)
    assert found.endswith(CLOSING)
    assert [item for item in items if item not in found] == []
