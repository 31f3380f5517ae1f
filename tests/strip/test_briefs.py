"""A brief of some 60 characters is an article, with its final full stop and without it."""

import pytest

from ingest import read_page

TITLE = "青湖高新区启动新一轮企业上云补贴"
BRIEFS = (
    "近日，青湖高新区启动新一轮企业上云补贴，首批三十家制造企业可申领每户最高二十万元的补助，申报截至本月三十日",
    "记者昨日从市水务局获悉，东湖泵站改造工程已完工并通过验收，汛期排涝能力提高一倍，惠及沿线十二个社区居民约四万人",
    "6月3日，临江县人民医院新门诊楼启用，设诊室八十六间，日接诊能力由一千二百人次提高到三千人次，原门诊楼改作康复中心",
    "截至5月底，全市新能源汽车充电桩达一万二千个，比去年同期增加四成，其中快充桩占六成，高速服务区实现全覆盖",
    "中国队昨晚在世界女排联赛香港站以三比一战胜意大利队，取得三连胜，队长拿下全队最高的二十二分，今晚再战波兰队",
    "市图书馆流动服务车本周起每周六上午在云溪村文化广场停靠四小时，村民凭身份证即可办理借书证，每人每次可借五册",
)
LINKS = "".join(f"<a href=/{n}>栏目名称{n}</a> " for n in range(30))
RELATED = "".join(f"<li><a href=/n{n}>相关新闻标题第{n}条内容介绍</a></li>" for n in range(20))
HEAD = "<html><head><title>{title}</title></head><body>"
HTML = {
    "bare": HEAD + "<h1>{title}</h1><p>{text}</p>",
    "no title": "<html><head></head><body><p>{text}</p>",
    "the site's title": "<html><head><title>某某网</title></head><body><div id=main><div>{text}</div></div>",
    "menu and footer": HEAD
    + "<div class=nav><a href=/>首页</a> <a href=/1>新闻</a></div><h1>{title}</h1><div>2024-05-06 来源：某某日报</div>"
    "<div class=content><p>{text}</p></div><div class=foot>版权所有 某某网</div>",
    "a table": HEAD + "<table><tr><td>{title}</td></tr><tr><td>{text}</td></tr></table>",
    "many links": HEAD
    + f"<div class=nav>{LINKS}</div><h1>{{title}}</h1><div class=content>{{text}}</div><ul>{RELATED}</ul>",
    "an editor": HEAD + "<h1>{title}</h1><div class=content><p><span>{text}</span></p><p>（责任编辑：李四）</p></div>",
}
TEXT = {
    "title": "{title}\n{text}\n",
    "alone": "{text}\n",
    "byline": "{title}\n\n2024-05-06 来源：某某日报\n\n{text}\n",
    "furniture": "{title}\n2024-05-06 来源：某某日报 作者：张三\n{text}\n（责任编辑：李四）\n返回列表\n",
    "path and neighbours": "首页 > 新闻 > 正文\n{title}\n{text}\n上一篇：某某\n下一篇：某某\n",
    "dateline": "本报讯 {text}\n",
    "indented": "{title}\n\u3000\u3000{text}\n",
}


@pytest.mark.parametrize("stop", ["", "。"])
@pytest.mark.parametrize("shape", [*HTML, *TEXT])
def test_a_brief_is_an_article(shape: str, stop: str) -> None:
    for brief in BRIEFS:
        page = read_page(HTML.get(shape, TEXT.get(shape, "")).format(title=TITLE, text=brief + stop).encode())
        assert page.kind.value == "article", brief
        assert [a.paragraphs for a in page.articles] == [(brief + stop,)]
