"""No text is lost and none is made: the blocks' originals together are the page's text."""

import json
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.strip.html import read_html

MUTE = {"script", "style", "template"}
ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)


def squash(text: str) -> str:
    return "".join(text.split())


def text_nodes(source: str) -> str:
    """All text of a page but that of scripts and styles and of its title, from a tree of lxml's own making.

    The tree builder drops what follows ``</html>``; so these tags are taken out before.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(ENDS.sub("", source).encode(errors="replace"), parser)
    if root is None:
        return ""
    parts: list[str] = []
    titled = False
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            parts.append(element.tail or "")
        elif element.tag in MUTE or (element.tag == "title" and not titled):
            titled = titled or element.tag == "title"
            walk.skip_subtree()
        else:
            parts.append(element.text or "")
    return squash("".join(parts))


def blocks_of(source: str) -> str:
    return squash("".join(b.original for b in read_html(source).blocks if not b.path.startswith("script/")))


def test_every_page_is_its_blocks(shared: Path) -> None:
    for entry in json.loads((shared / "pages/manifest.json").read_text("utf-8")):
        source = (shared / "pages" / entry["html"]).read_bytes().decode("utf-8", "replace")
        assert blocks_of(source) == text_nodes(source), entry["id"]


TAGS = [
    "p",
    "div",
    "span",
    "a",
    "b",
    "br",
    "td",
    "tr",
    "table",
    "li",
    "ul",
    "h2",
    "section",
    "noscript",
    "pre",
    "font",
    "x-y",
]
ATTRIBUTES = [
    "",
    ' class="a b"',
    ' style="display:none"',
    ' style="font-size:0"',
    " hidden",
    ' id="main"',
    " style='color:#fff'",
]
PIECES = st.one_of(
    st.text(alphabet="高新区开工。，a1 \n　", max_size=8),
    st.builds(lambda tag, attrs: f"<{tag}{attrs}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS)),
    st.sampled_from(
        ["<!-- 注 -->", "<script>var 甲='<p>';</script>", "<style>.a{display:none}</style>", "&nbsp;", "&#x9ad8;"]
    ),
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_markup_is_its_blocks(source: str) -> None:
    page = f"<html><body>{source}"
    assert blocks_of(page) == text_nodes(page)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_string_gives_a_document(source: str) -> None:
    document = read_html(source)
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))
