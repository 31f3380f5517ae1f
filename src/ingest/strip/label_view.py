"""What the rules look at: a page's blocks with what every rule wants to know about them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ingest.model import Block, Document, Elements, Label

_STOP = re.compile(r"[。！？；…!?]")
_END = re.compile(r"[。！？；…!?][”’』」）)]{0,3}$")
_FOREIGN_END = re.compile(r"[^.\d][.!?][\"”’)]{0,2}$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMMA = re.compile(r"[，、,：；]")
_LONG = 60  # a line of this length with a comma is prose though its full stop was cut off
_SHORTEST_TELLING = 12
_TELLS = re.compile(r"(?:[：:]|如下)$")  # it announces what follows: 日前，…公布名单，入选的如下：
_CLAUSES = 45  # and so is one of this length with two
_SHORTEST = 8
_TAIL = 8  # characters at a line's end within which the patterns of ends find what they look for
_LONGEST_HEADLINE = 40  # characters; the longest of 57 news pages has 39
_ASKS = re.compile(r"(?:[！？!?]|…|\.{3})[”’』」）)]{0,3}$")
_OPEN = 24  # so is a shorter one that breaks off behind a comma's clause


TEXT = frozenset({Label.BODY, Label.HEADING})
KEPT = frozenset(label for label in Label if label.kept)  # ``Label.kept`` as a set, which is quicker to ask


# What a column's end leaves hanging; behind a comma also the first words of a clause (…，把人才).
_HANGS = re.compile(r"(?:[，、：—（(“《的和与及在为对把将从向被或]|[，；][把将被随][^，。；]{1,4}|\d\.)$")
_ENDINGS = frozenset('。！？；…!?.”’』」）)"')  # every end of a sentence is one of them
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))


class Verdict(NamedTuple):
    """A rule's word on a block."""

    block: int
    label: Label
    reason: str
    role: str = ""  # of a byline or credit


@dataclass(slots=True, kw_only=True)
class View:
    """A page under labelling. ``labels`` holds the verdicts so far; the first one on a block stands."""

    blocks: list[Block]
    markup: bool
    texts: list[str]
    prose: list[bool]
    labels: dict[int, Verdict] = field(default_factory=dict)
    elements: Elements = field(default_factory=Elements)  # of an HTML page
    told: dict[int, Verdict] = field(default_factory=dict)  # bylines behind the text: of the article or of a list?
    paragraphs: list[int] = field(default_factory=list)  # the lines that are prose
    left: list[int] = field(default_factory=list)  # blocks that no rule before the one at work has spoken on
    # What may be lists, once a rule has asked: runs of short lines, and long lines with the number of their bars.
    runs: list[list[int]] | None = None
    unbroken: dict[int, int] | None = None

    def settle(self) -> None:
        """Bring ``left`` up to date with the verdicts."""
        self.left = [i for i in self.left if i not in self.labels]

    def open(self, index: int) -> bool:
        """Whether nothing has spoken on a block yet."""
        return index not in self.labels and index not in self.told

    def parent(self, index: int) -> int:
        """Return the element that a block's own element stands in; -1 on a text page."""
        element = self.blocks[index].element
        return self.elements.parents[element] if 0 <= element < len(self.elements.parents) else -1

    def inside(self, index: int) -> bool:
        """Whether a block may be text of an article, as far as the markup of the page tells."""
        return not self.markup or self.blocks[index].label in TEXT

    def left_inside(self) -> list[int]:
        """The blocks of ``left`` that may be text of an article: on most pages few."""
        if not self.markup:
            return self.left
        blocks = self.blocks
        return [i for i in self.left if blocks[i].label in TEXT]

    def first_prose(self) -> int:
        """Return the index of the first paragraph that no rule took for furniture; the number of blocks if none."""
        return next(filter(self.open, self.paragraphs), len(self.blocks))

    def last_prose(self) -> int:
        """Return the index of the last paragraph that no rule took for furniture; -1 if none."""
        return next(filter(self.open, reversed(self.paragraphs)), -1)


Rule = Callable[[View], Iterable[Verdict]]


def is_prose(text: str) -> bool:
    """Whether a line reads as running text: it has a full stop, or is long and has commas."""
    text = text.strip()
    last = text[-1:]
    if last in _ENDINGS:
        tail, stops = text[-_TAIL:], last == "。"  # as nearly every paragraph does
        if not stops and _ASKS.search(tail):  # a headline may ask or call out
            return len(text) > _LONGEST_HEADLINE or "。" in text or text[0] in "“「"
        if stops or _END.search(tail) or (_FOREIGN_END.search(tail) and not _HAN.search(text)):
            return len(text) >= _SHORTEST
    if len(text) >= _SHORTEST_TELLING and "，" in text and _TELLS.search(text[-_TAIL:]):
        return True
    if len(text) < _OPEN:
        return False
    if len(text) >= _CLAUSES and text.count("，") > 1:  # a brief without its full stop; no headline has three clauses
        return True
    return (len(text) >= _LONG and _COMMA.search(text) is not None) or (
        "。" in text and _STOP.search(text[:-1]) is not None
    )


def ends(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _END.search(text.strip()[-_TAIL:]) is not None


def breaks_off(text: str) -> bool:
    """Whether a line stops where no sentence can: behind a word of grammar, or inside quotation marks or brackets."""
    text = text.strip()
    if _HANGS.search(text[-_TAIL:]):
        return True
    return any(text.count(left) > text.count(right) for left, right in _PAIRS)


def following(indices: list[int]) -> Iterator[list[int]]:
    """Return some indices in order, cut where one does not follow the other."""
    start = 0
    for end, (one, other) in enumerate(pairwise(indices), 1):
        if other > one + 1:
            yield indices[start:end]
            start = end
    if indices:
        yield indices[start:]


def view(blocks: list[Block], document: Document, told: dict[int, Verdict]) -> View:
    """Return the view of a page's blocks, cut where they hold two things.

    ``told`` is what the cuts say already. Bylines behind the last paragraph are held back: the article's own, or
    those of a list of other articles?
    """
    texts = [b.text.strip() for b in blocks]
    dated = {i + 1 for i, v in told.items() if v.label is Label.DATELINE}
    page = View(
        blocks=blocks,
        markup=document.markup,
        texts=texts,
        prose=[(len(t) >= _SHORTEST_TELLING or t[-1:] in _ENDINGS) and is_prose(t) for t in texts],
        elements=document.elements,
    )
    for index in dated:
        if index < len(blocks) and blocks[index].inline:
            page.prose[index] = True
    page.paragraphs = [i for i, p in enumerate(page.prose) if p]
    own = [i for i in page.paragraphs if i not in told]
    first, last = (own[0], own[-1]) if own else (-1, -1)
    told = {i: v for i, v in told.items() if not (first < i < last and _is_appointment(page, i, v))}
    page.told = {i: v for i, v in told.items() if i > last and v.label is Label.BYLINE and not blocks[i].inline}
    page.labels = {i: v for i, v in told.items() if i not in page.told}
    page.left = [i for i in range(len(blocks)) if i not in told]
    return page


def _is_appointment(page: View, index: int, verdict: Verdict) -> bool:
    """Whether a date amid the text is a notice's (时间：5月6日 地点：…) and not that of another article."""
    if verdict.role != "date" or not _APPOINTMENT.match(page.texts[index]):
        return False
    above = page.texts[index - 1]
    return page.prose[index - 1] or _ENTRY.search(above) is not None


_APPOINTMENT = re.compile(r"[\d（(一二三]{0,3}[)）、.．]?\s?(?:会议|活动|报名|举办|申报|比赛)?(?:时间|日期)\s?[:：]")
_ENTRY = re.compile(r"^.{0,8}[:：]|[:：]$")
