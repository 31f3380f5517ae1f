"""An article about a list keeps its list, whatever its shape, in text and in HTML."""

from collections.abc import Callable

import pytest

from ingest import read_page

Shape = Callable[[list[str]], str]
LISTS = {
    "counties": "临漳县 成安县 大名县 涉县 磁县 邱县 鸡泽县 广平县 馆陶县 魏县 曲周县 武安市",
    "counties of two provinces": "安吉县 德清县 长兴县 宁国市 广德市 绩溪县 桐庐县 淳安县 歙县",
    "places of two levels": "石家庄市 邯郸市 武安市 涉县 正定县 辛集市 定州市 雄县",
    "companies": "东湖仪器有限公司 海蓝医药集团 天元软件股份有限公司 博远物流 金叶种业 宏达轴承厂 华信电气 新力机械厂",
    "people": "王建国 李秀英 张海涛 陈志强 赵春梅 孙立军 周玉兰 吴德明 郑小龙 冯国华",
    "awards": "深海探测机器人关键技术 高寒区冻土路基稳定控制 小麦抗赤霉病新品种 智能电网调度系统 肿瘤早筛试剂盒 "
    "古建筑木构件修复工艺 城市内涝预警平台 新型钠离子电池",
    "schools": "青湖实验小学 城关第三小学 育才中学 东风幼儿园 滨江职业学院 红星小学 第二实验中学 北街小学",
}
TITLE = "省里公布首批示范名单"
OPENINGS = (
    "日前，省商务厅公布首批示范名单，入选的名单如下：",
    "省里昨天公布了首批示范单位，共有{n}家入选。",
    "首批获奖名单公布，名单如下",
    "省科技厅公布了今年的奖励名单，获奖的是：",
)
CLOSING = "据介绍，入选者将获得专项资金支持，每处补助五百万元，用于今后三年的建设。"
# Bars and dots between the items are what farms have: such a list stays only where a line announces it.
TEXT: dict[str, Shape] = {
    "sentence": lambda items: "、".join(items) + "。",
    "no full stop": "、".join,
    "commas": lambda items: "，".join(items) + "。",
    "semicolons": lambda items: "；".join(items) + "。",
    "lines": "\n".join,
    "indented lines": lambda items: "\n".join(f"\u3000\u3000{item}" for item in items),
    "numbers": lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)),
    "bullets": lambda items: "\n".join(f"• {item}" for item in items),
    "spaces": " ".join,
    "wide spaces": "\u3000".join,
    "three to a line": lambda items: "\n".join(" ".join(items[n : n + 3]) for n in range(0, len(items), 3)),
    "columns": lambda items: "\n".join("\t".join(items[n : n + 3]) for n in range(0, len(items), 3)),
    "figures": lambda items: "\n".join(f"{item}：增长{n}.{n}%" for n, item in enumerate(items, 3)),
}
HTML: dict[str, Shape] = {
    "paragraphs": lambda items: "".join(f"<p>{item}</p>" for item in items),
    "list": lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>",
    "table": lambda items: "<table>" + "".join(f"<tr><td>{n}<td>{i}</tr>" for n, i in enumerate(items)) + "</table>",
    "breaks": lambda items: f"<p>{'<br>'.join(items)}</p>",
    "bold": lambda items: "".join(f"<p><strong>{item}</strong></p>" for item in items),
    "terms": lambda items: "<dl>" + "".join(f"<dt>{item}</dt><dd>投资3亿元</dd>" for item in items) + "</dl>",
    "one paragraph": lambda items: f"<p>{'、'.join(items)}</p>",
    "three to a paragraph": lambda items: "".join(
        f"<p>{'　'.join(items[n : n + 3])}</p>" for n in range(0, len(items), 3)
    ),
}


def body(source: str) -> str:
    articles = read_page(source.encode()).articles
    assert len(articles) == 1
    return "".join("".join(articles[0].paragraphs).split())


def lost(source: str, items: list[str]) -> list[str]:
    found = body(source)
    return [item for item in (*items, CLOSING) if item not in found]


@pytest.mark.parametrize("at_end", [False, True])
@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("shape", TEXT)
def test_in_text(shape: str, listed: str, at_end: bool) -> None:
    items = LISTS[listed].split()
    for opening in OPENINGS:
        parts = [opening.format(n=len(items)), TEXT[shape](items)]
        lines = [CLOSING, *parts] if at_end else [*parts, CLOSING]
        page = [TITLE, "2024-05-06 来源：某某日报", *lines, "（责任编辑：李四）"]
        assert lost("\n".join(page), items) == [], opening


def as_html(inner: str) -> str:
    menu = "<div class=nav><a href=/>首页</a> <a href=/1>新闻</a> <a href=/2>专题</a></div>"
    head = f"<head><title>{TITLE}_某某网</title></head>"
    return f"<html>{head}<body>{menu}<h1>{TITLE}</h1><div class=a>{inner}</div></body></html>"


@pytest.mark.parametrize("at_end", [False, True])
@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("shape", HTML)
def test_in_html(shape: str, listed: str, at_end: bool) -> None:
    items = LISTS[listed].split()
    for opening in OPENINGS:
        parts = [f"<p>{opening.format(n=len(items))}</p>", HTML[shape](items)]
        closing = f"<p>{CLOSING}</p>"
        inner = "".join([closing, *parts] if at_end else [*parts, closing])
        assert lost(as_html(inner), items) == [], opening


@pytest.mark.parametrize("listed", ["counties", "companies", "people", "schools"])
def test_links_that_the_text_announces(listed: str) -> None:
    items = LISTS[listed].split()
    links = "".join(f"<li><a href='/a'>{item}</a></li>" for item in items)
    assert lost(as_html(f"<p>{OPENINGS[0]}</p><ul>{links}</ul><p>{CLOSING}</p>"), items) == []
