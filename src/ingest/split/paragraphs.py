"""Paragraphs of an article from its blocks; those that a newspaper's columns cut are rejoined."""

import re

from ingest.model import Block, Label, Paragraph
from ingest.strip.label_view import breaks_off

_TEXT = frozenset({Label.BODY, Label.HEADING})
_CLOSED = re.compile(r"(?:[。！？；：:…!?;]|(?<!\d)\.)[”’』」）)\]】]{0,3}$")
_TAIL = 8  # characters at a line's end that say whether it is closed
_ENUMERATOR = re.compile(
    r"^\s*(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?:[)）、]|[.．](?!\d))|第[一二三四五六七八九十\d]+[章节条]|[①-⑳•·●▪]"
    r"|[一二三四五六七八九十][要是])"
)
_GOES_ON = re.compile(r"^\s*[，。、；：）”》%]")  # marks that no line begins with
_DATED = re.compile(r"^\s*(?:(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|近日|日前|今年|据了解|据悉|[“\"])")
_OPENER = re.compile(r"^\s*(?:本报|图为|新华社|附件|链接|答[：:]|问[：:])")
_LONG = 30  # a column's line that breaks off; headings and headlines are mostly shorter


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
        text="".join(_stripped(b.text) for b in group),
        original="".join(_stripped(b.original) for b in group),
        blocks=tuple(b.index for b in group),
        heading=group[0].label is Label.HEADING and len(group) == 1,
    )


def _stripped(text: str) -> str:
    """A block's text without white space at its ends; a table's row keeps the tabs of its empty cells."""
    return text.strip() if "\t" not in text else text.strip(" \n\u3000")


def _goes_on(above: Block, below: Block) -> bool:
    """Whether a block continues the one before: that one breaks off, and this one does not begin anything."""
    text, following = above.text.strip(), below.text.strip()
    if not above.label is below.label is Label.BODY or below.bullet or "\t" in text or "\t" in following:
        return False
    if below.inline and below.line == above.line:
        return True
    if _GOES_ON.match(following):
        return True
    if _CLOSED.search(text[-_TAIL:]) or _ENUMERATOR.match(following) or _OPENER.match(following):
        return False
    if breaks_off(text) or (text[-1:].isdigit() and following[:1].isdigit()):
        return True
    inside = "。" in text  # a line with a full stop inside and none at its end is a paragraph that was cut
    return len(text) >= _LONG and (inside or not _DATED.match(following))
