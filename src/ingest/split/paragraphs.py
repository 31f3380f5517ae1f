"""Paragraphs of an article from its blocks; those that a newspaper's columns cut are rejoined."""

import re

from ingest.model import Block, Label, Paragraph

_TEXT = frozenset({Label.BODY, Label.HEADING})
_CLOSED = re.compile(r"[。！？；：:…!?.;][”’』」）)\]】]{0,3}$")
_ENUMERATOR = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]+[章节条]|[①-⑳•·●▪]|[一二三四五六七八九十]要|[一二三四五六]是)"
)
_OPENER = re.compile(
    r"^\s*(?:本报|近日|日前|据了解|据悉|图为|新华社|附件|链接|答[：:]|问[：:]|[“\"]?(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|[，。、；])"
)
_LONG = 30  # a column's line that breaks off; headings and headlines are mostly shorter
_HANGING = re.compile(r"(?:[，、：—（(“《的和与及在为对把将从向被或]|[，；][把将被随][^，。；]{1,4})$")


def paragraphs(part: list[Block]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article, headings included, in order."""
    texts = _TEXT | ({Label.CAPTION} if all(b.label not in _TEXT for b in part) else set())
    groups: list[list[Block]] = []
    for block in part:
        if block.label not in texts:
            continue
        if groups and _goes_on(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    made = (_paragraph(g) for g in groups)
    return tuple(p for p in made if p.text)


def _paragraph(group: list[Block]) -> Paragraph:
    return Paragraph(
        text="".join(b.text.strip() for b in group),
        original="".join(b.original.strip() for b in group),
        blocks=tuple(b.index for b in group),
        heading=group[0].label is Label.HEADING and len(group) == 1,
    )


def _goes_on(above: Block, below: Block) -> bool:
    """Whether a block continues the one before: that one breaks off, and this one does not begin anything."""
    if above.label is not Label.BODY or below.label is not Label.BODY:
        return False
    text, following = above.text.strip(), below.text.strip()
    if below.inline and below.line == above.line:
        return True
    if _CLOSED.search(text) or _ENUMERATOR.match(following) or _OPENER.match(following):
        return False
    return len(text) >= _LONG or _HANGING.search(text) is not None
