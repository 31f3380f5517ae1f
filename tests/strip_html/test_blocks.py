"""Pages taken apart: which text is a block, and what a block knows of itself."""

from ingest.strip.html import looks_like_html, read_html


def texts(source: str) -> list[str]:
    return [block.original for block in read_html(source).blocks]


def test_block_level_elements_and_breaks_part_the_text() -> None:
    source = "<div>前言<p>第一段<b>加粗</b>，结束。</p>尾<br>次行<br><br>再行</div>"
    assert texts(source) == ["前言", "第一段加粗，结束。", "尾", "次行", "再行"]


def test_scripts_styles_comments_and_the_title_are_no_text() -> None:
    source = "<title>页名</title><style>p{}</style><p>甲<!-- 注 --><script>var 乙</script>丙</p>"
    document = read_html(source)
    assert [block.original for block in document.blocks] == ["甲丙"]
    assert document.meta.title == "页名"


def test_text_behind_the_end_of_the_page_is_read() -> None:
    assert texts("<html><body><p>正文</p></body></html><div>跟在后面的字</div>") == ["正文", "跟在后面的字"]


def test_white_space_is_collapsed_and_line_feeds_of_preformatted_text_part_it() -> None:
    assert texts("<p>　　甲\n\n乙&nbsp;&nbsp;丙</p><pre>一行\n  二行\n\n三行</pre>") == [
        "甲 乙 丙",
        "一行",
        "二行",
        "三行",
    ]


def test_links_of_a_block_are_weighed_and_parted() -> None:
    blocks = read_html("<p><a href=x>链接</a>正文文字</p><div><a>甲县</a><a>乙县</a></div>").blocks
    assert blocks[0].links == 2 / 6
    assert (blocks[1].original, blocks[1].links) == ("甲县 乙县", 1.0)


def test_a_block_knows_its_element() -> None:
    document = read_html('<body><div id="artibody" class="article main"><h2>小标题</h2><ul><li><b>项目</b></ul></div>')
    heading, item = document.blocks
    assert heading.path == "html/body/div#artibody.article.main/h2"
    assert (heading.heading, heading.strong, item.heading, item.bullet, item.strong) == (2, True, 0, True, True)
    assert document.elements.names[heading.element] == "h2"
    assert document.elements.names[document.elements.parents[heading.element]] == "div#artibody.article.main"


def test_a_row_of_a_data_table_is_one_block_with_its_cells_apart() -> None:
    table = "<table><tr><th>县区<th>产值<th>增长</tr><tr><td><p>甲县</p><td>12<td></tr></table>"
    assert texts(table) == ["县区\t产值\t增长", "甲县\t12\t"]


def test_the_cells_of_a_layout_table_stay_blocks() -> None:
    layout = f"<table><tr><td><a href=x>导航</a><td><p>{'正文一句。' * 60}</p><p>第二段。</p></table>"
    assert len(texts(layout)) == 3


def test_hidden_text_within_a_line_is_a_block_of_its_own() -> None:
    blocks = read_html('<p>可见的<span style="display:none">藏着的</span>后半句。</p>').blocks
    assert [(b.original, b.hidden, b.inline) for b in blocks] == [
        ("可见的", False, False),
        ("藏着的", True, True),
        ("后半句。", False, True),
    ]


def test_a_declaration_of_another_charset_does_no_harm() -> None:
    source = '<?xml version="1.0" encoding="gb2312"?><html><head><meta charset="big5"></head><p>朱镕基</p></html>'
    assert texts(source) == ["朱镕基"]


def test_the_head_is_read() -> None:
    meta = read_html(
        '<html lang="zh-CN"><head><title> 题目_某网 </title><meta property="OG:Title" content="题目">'
        '<meta name="PubDate" content="2022-01-02"><meta name="pubdate" content="第二个不算">'
        '<link rel="canonical" href="http://example.cn/1.html">'
        '<script type="application/ld+json">{"@context": "x", "@graph": [{"@type": "NewsArticle", '
        '"headline": "题\n目"}]}'
        '</script><script type=\'application/ld+json\'>[{"@type": "WebPage"}]</script>'
        "<script type='application/ld+json'>{broken</script></head>"
    ).meta
    assert (meta.title, meta.language, meta.canonical) == ("题目_某网", "zh-CN", "http://example.cn/1.html")
    assert meta.properties == {"og:title": "题目", "pubdate": "2022-01-02"}
    assert [item["@type"] for item in meta.linked_data] == ["NewsArticle", "WebPage"]


def test_the_next_page_of_an_article_is_noted() -> None:
    pages = '<div><span>1</span><a href="a_2.html">2</a><a href="a_2.html">下一页</a><a href="a_9.html">尾页</a></div>'
    assert read_html(f"<p>正文。</p>{pages}").meta.properties == {"link:next": "a_2.html"}
    assert read_html('<a href="javascript:;">下一页</a>').meta.properties == {}


def test_what_is_html_and_what_is_text() -> None:
    assert looks_like_html("<!DOCTYPE html><html>", None)
    assert looks_like_html("<p>一段</p><p>二段</p>", None)
    assert looks_like_html("<p>一段", "text/html; charset=gbk")
    assert looks_like_html("\n<html><body>", "text/plain")
    assert not looks_like_html('第一行\n• <bdo id="00ikk"></bdo>\n第三行', None)
    assert not looks_like_html("增速<5%，产值>3亿元。", None)
    assert not looks_like_html("没有标记的一行", "text/html")
    assert not looks_like_html("<p>一段</p><p>二段</p><p>三段</p>", "text/plain")
