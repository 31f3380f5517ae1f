"""Short ways from a page's text to its labelled blocks."""

from ingest import decode, split, strip
from ingest.model import Block, Document, Draft

HEALTHY = """某某高新区：产业提速

2024-05-06 10:00
来源：某某日报 作者：张三

近日，某某高新区召开大会，部署下半年工作，要求各部门抓好落实，推动全区经济高质量发展。

今年以来，该区新开工项目35个，完成投资12亿元，同比增长8.3%，为全年目标完成打下坚实基础。

“我们将再建两个平台，服务更多中小企业。”该区有关负责人说，下一步还要优化服务，让企业少跑腿。

（责任编辑：李四）

返回列表
"""
HEAD, MIDDLE, TAIL = 5, 7, 10  # where a paragraph may be put into it, as numbers of lines


def segmented(source: str) -> Document:
    """Return a page taken apart, its blocks mended."""
    document = strip.segment(source)
    mended = decode.mend([block.original for block in document.blocks]).lines
    for block, line in zip(document.blocks, mended, strict=True):
        block.text, block.repairs = line.text, line.repairs
    return document


def labelled(source: str) -> list[Block]:
    """Return the blocks of a page as the pipeline labels them."""
    return strip.label(segmented(source))


def drafted(source: str) -> tuple[list[Block], list[Draft]]:
    """Return the blocks of a page and its articles."""
    document = segmented(source)
    _, blocks = strip.classify(document, strip.label(document))
    return blocks, split.articles(blocks)


def labels(source: str) -> list[tuple[str, str]]:
    """Return label and text of each block."""
    return [(block.label.value, block.text.strip()) for block in labelled(source)]


def label_of(source: str, text: str) -> list[str]:
    """Return the labels of the blocks of one line of a page."""
    line = source.splitlines().index(text) + 1
    return [block.label.value for block in labelled(source) if block.line == line]


def put(text: str | list[str], at: int) -> str:
    """Return the healthy page with one or more lines put in."""
    lines = HEALTHY.splitlines()
    more = [text] if isinstance(text, str) else text
    return "\n".join([*lines[:at], *more, "", *lines[at:]])
