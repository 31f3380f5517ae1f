"""Pages that are no article have no body; what comes near them has."""

import pytest

from ingest import strip
from ingest.model import Label
from tests.strip_html.shapes import Page

MADE = Page("trs", 1)
NAV, FOOT, MANY = MADE.nav(""), MADE.foot(""), MADE.links("30")

PAGES = {
    "not found": "<title>404</title><h1>404</h1><p>对不起，您访问的页面不存在或已被删除！</p>3秒后跳转",
    "removed": f"<title>提示</title><ul>{NAV}</ul><p>抱歉，该文章已被删除，请看其他内容，敬请谅解。</p><ul>{MANY}</ul>",
    "login": "<title>用户登录</title><div><p>您好，请登录后继续阅读全文，感谢支持。</p>用户名<input></div>",
    "challenge": "<title>Just a moment...</title><div><p>正在进行安全验证，请稍候。本站以此防范恶意程序。</p></div>",
    "shell": '<title>某网</title><div id="app"></div><noscript>请启用JavaScript，以便浏览本网站。</noscript>',
    "links": f"<title>新闻中心-某网</title><ul>{NAV}</ul><h2>新闻中心</h2><ul>{MANY}</ul><div>{FOOT}</div>",
    "abstracts": f"<title>新闻中心-某网</title><ul>{NAV}</ul><h2>新闻中心</h2><div>{MADE.abstracts('20')}</div>{FOOT}",
    "unlinked abstracts": f"<title>要闻-某网</title><ul>{NAV}</ul><div>{MADE.slides('20')}</div><ul>{MANY}</ul>",
    "home": f"<title>某门户</title><ul>{NAV}</ul><div><h2><a>头条</a></h2><p>{MADE.one('')}</p></div><ul>{MANY}</ul>",
}


def body(page: str) -> list[str]:
    document = strip.segment(f"<html><body>{page}</body></html>")
    _, blocks = strip.classify(document, strip.label(document))
    return [block.original for block in blocks if block.label is Label.BODY]


@pytest.mark.parametrize("kind", PAGES)
def test_no_body(kind: str) -> None:
    assert body(PAGES[kind]) == []


def test_an_article_on_a_lost_page_is_an_article() -> None:
    text = "多家网站近日出现“页面不存在”的提示，技术人员说，这是服务器迁移造成的，预计三天内恢复。" * 6
    assert body(f"<title>网站迁移</title><h1>网站迁移</h1><p>{text}</p>") == [text]


def test_one_sentence_is_a_page() -> None:
    assert body("<p>今天上午，园区新建的人行天桥正式通行。</p>") == ["今天上午，园区新建的人行天桥正式通行。"]
