"""What a page shows that tells its kind: titles, what it says first, its short lines, and what speaks for a report."""

import re
from dataclasses import dataclass
from functools import cache

from ingest.model import Block, Document, Label
from ingest.strip.label_words import rows, words

AT_ONCE = 80  # characters of the text in which a gate says what it is
LOOKED_AT = 400  # blocks
SHORT = 16  # characters of a button, a field's name, a menu's item
ROW = 40  # of a line of such: 设为首页 | 加入收藏 | 联系我们
LINKED = 0.5
LINK = 4  # characters of a link that leads somewhere: a headline beside its date
_BARS = re.compile(r"[\s|｜丨·]+")
_TEXT = frozenset({Label.BODY, Label.HEADING, Label.CAPTION})
_TITLED = frozenset({Label.TITLE, Label.KICKER, Label.SUBTITLE})
_SIGNED = frozenset({"author", "publisher", "editor", "contributor"})
_AROUND = frozenset({Label.NAV, Label.COPYRIGHT, Label.BREADCRUMB, Label.RELATED, Label.LIST, Label.SHARE})
# What is quoted is spoken of: “页面不存在”背后.
_QUOTED = re.compile(r"[“「『\"][^”」』\"]{1,40}[”」』\"]|《[^》]{1,40}》")
_SAID = re.compile(
    r"(?:说|表示|介绍|解释|获悉|报道|回应|透露|告诉|认为|指出)(?=[，,：:“。]|，?记者)|[称道](?=[，：:])|记者从|据.{2,12}(?:消息|通报|介绍)"
)
_NOTICE = re.compile(
    r"特此(?:公告|通知|通告|说明|公示)|(?:的|改版|搬迁|升级|维护|暂停|停机)(?:公告|通知|通告|公示|函|说明|启事)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What tells the kind of a page. Texts are reading texts; what is hidden or part of a menu is left out."""

    markup: bool
    titles: tuple[str, ...]  # of the head, of the headline, of headings
    paragraphs: tuple[str, ...]  # what is kept of it for an article
    text: str  # the same in one
    lead: str  # its beginning, less what is quoted
    shown: str  # the beginning of all that it shows, less links and what is quoted
    lines: tuple[str, ...]  # all it shows, links too
    linked: int  # blocks that are links
    names: tuple[str, ...]  # of its elements
    scripts: tuple[str, ...]
    properties: dict[str, str]
    types: frozenset[str]  # of its JSON-LD objects
    reports: str  # what speaks for a report or a notice; empty when nothing does
    dated: bool  # a byline has a date

    @classmethod
    def of(cls, document: Document, blocks: list[Block]) -> "Signs":
        """Gather the signs of a page."""
        shown = [b for b in blocks[:LOOKED_AT] if b.label is not Label.HIDDEN and not b.hidden]
        own = [b for b in shown if b.links <= LINKED and b.label not in _AROUND]
        titles = [b.text.strip() for b in own if b.label in _TITLED or 0 < b.heading <= 3]
        if not document.markup:
            titles += [b.text.strip() for b in own[:3]]
        paragraphs = tuple(b.text.strip() for b in shown if b.label in _TEXT)
        text = " ".join(paragraphs)
        return cls(
            markup=document.markup,
            titles=tuple(dict.fromkeys(filter(None, [document.meta.title or "", *titles]))),
            paragraphs=paragraphs,
            text=text,
            lead=_unquoted(text)[:AT_ONCE],
            shown=_unquoted(" ".join(b.text for b in own))[: 4 * AT_ONCE],
            lines=tuple(b.text.strip() for b in shown if b.text.strip()),
            linked=sum(b.links * len(b.text) >= LINK for b in shown),
            names=tuple(document.elements.names),
            scripts=document.scripts,
            properties=document.meta.properties,
            types=frozenset(str(item.get("@type", "")) for item in document.meta.linked_data),
            reports=_reports(own, text),
            dated=any(b.label is Label.BYLINE and b.role == "date" for b in shown),
        )

    def count(self, listed: frozenset[str]) -> int:
        """How many of some words stand on lines of their own or side by side, each counted once."""
        short = {line.strip(" :：*") for line in self.lines if len(line) <= SHORT}
        short |= {part for line in self.lines if len(line) <= ROW for part in _BARS.split(line)}
        return len(listed & short)


def _unquoted(text: str) -> str:
    return _QUOTED.sub("", text)


def _reports(blocks: list[Block], text: str) -> str:
    """What says that a short text is news or a notice of its own, and not the site's word to its reader."""
    for block in blocks:
        if block.label is Label.DATELINE:
            return "a dateline"
        if block.label in {Label.BYLINE, Label.CREDIT} and block.role in _SIGNED:
            return f"a byline with {block.role}"
        if block.label is Label.TITLE and _NOTICE.search(block.text.strip()):
            return "the title of a notice"
    opener = next((word for word in words("strip_text_openers") if text.lstrip().startswith(word)), "")
    said = _SAID.search(text) or _NOTICE.search(text)
    return f"it opens with {opener}" if opener else f"it says {said[0]}" if said else ""


@cache
def listed(kind: str, manner: str) -> frozenset[str]:
    """The phrases of ``data/strip_page_kinds.tsv`` of a kind and a manner."""
    table = rows("strip_page_kinds")
    return frozenset(p for k, m, found in table if (k, m) == (kind, manner) for p in found.split("|"))
