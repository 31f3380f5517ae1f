"""The article is chosen against what outweighs it: its page's links, a portal's whole disclaimer, its own name."""

import pytest

from tests.strip_html.test_shapes import chosen

TITLE = "开发区一季度签约项目三十二个"
BRIEF = "记者4月8日从开发区管委会获悉，一季度该区签约项目三十二个，总投资一百二十亿元，制造业项目占六成。"
PARAGRAPHS = [
    "新落户的企业里，有十九家从事设备制造，七家从事软件开发，其余是物流和检测服务。",
    "管委会副主任表示，二季度将为这些企业办理用地、用能和环评手续，力争九月底前全部开工。",
    "去年同期，该区签约项目二十一个，总投资八十亿元。",
]
MENU = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(("首页", "要闻", "园区", "服务")))
FOOTER = "<div class=footer><p>主办：开发区管委会 地址：某市某路1号</p><p>某ICP备00000000号</p></div>"
NOTICE = (
    "本站刊载的内容由合作单位提供，仅供参考，不构成投资建议，本站不保证其真实性、准确性，风险自负。",
    "凡注明来源为本站的作品，版权属于本站，未经授权，任何媒体和个人不得转载，违者将追究法律责任。",
    "转载的作品不代表本站观点，作者如认为侵权，请在三十日内联系我们，我们将在核实后删除。",
)


def page(inner: str) -> str:
    head = f"<head><title>{TITLE}_某某网</title></head>"
    return f"<html>{head}<body><ul class=nav>{MENU}</ul>{inner}{FOOTER}</body></html>"


@pytest.mark.parametrize("links", [0, 8, 30])
def test_a_bare_brief_beside_the_links_of_its_page(links: int) -> None:
    listed = "".join(f'<li><a href="/n/{n}">开发区第{n}批项目集中开工</a></li>' for n in range(links))
    assert chosen(page(f"<h1>{TITLE}</h1><p>{BRIEF}</p><ul>{listed}</ul>"))[1] == BRIEF


@pytest.mark.parametrize("times", [1, 3, 6])
def test_a_disclaimer_longer_than_the_article(times: int) -> None:
    body = "".join(f"<p>{text}</p>" for text in (BRIEF, *PARAGRAPHS))
    notice = "".join(f"<p>{text}</p>" for text in NOTICE * times)
    found = chosen(page(f"<h1>{TITLE}</h1><div class=a>{body}</div><div class=b>{notice}</div>"))[1]
    assert found == "".join((BRIEF, *PARAGRAPHS))


@pytest.mark.parametrize("name", ["sidebar", "recommend", "hot-news", "share-box", "footer", "login", "ad-wrap"])
def test_a_container_whose_name_speaks_against_it(name: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in (BRIEF, *PARAGRAPHS))
    other = "".join(f"<p><a href='/{n}'>某地公布第{n}批名单</a></p>" for n in range(12))
    found = chosen(page(f"<h1>{TITLE}</h1><div class='{name}'>{body}</div><div class=right>{other}</div>"))[1]
    assert found == "".join((BRIEF, *PARAGRAPHS))


def test_an_article_about_copyright_keeps_its_words() -> None:
    law = "法院认为，被告未经授权转载原告享有著作权的文章，构成侵权，应当赔偿损失，并在网站首页刊登声明。"
    body = "".join(f"<p>{law}</p>" for _ in range(20))
    found = chosen(page(f"<h1>{TITLE}</h1><div class=a>{body}</div>"))[1]
    assert found == law * 20


SHAPES = {
    "items": lambda links: f"<ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>",
    "breaks": lambda links: "<br>".join(links) + "<br>",
    "spans": lambda links: "".join(f"<span>{link}</span> " for link in links),
    "paragraphs": lambda links: "".join(f"<p>{link}</p>" for link in links),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("at", [0, 1, 2, 4])
@pytest.mark.parametrize("paragraphs", [1, 4])
def test_links_in_the_container_of_a_short_story_leave_it_its_article(shape: str, at: int, paragraphs: int) -> None:
    texts = [BRIEF, *PARAGRAPHS][:paragraphs]
    parts = [f"<p>{text}</p>" for text in texts]
    parts.insert(at, SHAPES[shape]([f'<a href="/{n}">{13900000000 + n}某市{n}区开锁</a>' for n in range(40)]))
    found = chosen(page(f"<h1>{TITLE}</h1><div>2024-05-06 10:00</div><div class=content>{''.join(parts)}</div>"))[1]
    assert found == "".join(texts)
