"""Whose figure it is: the zone, place or organisation that the text speaks of, carried over where it leaves it out."""

import re
from collections import Counter
from itertools import pairwise

from ingest.extract.context import Context
from ingest.extract.indicators import lexicon, spans, words
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.names import Mention, Names
from ingest.extract.indicators.paragraph import Paragraph
from ingest.extract.indicators.spans import Span

_LIST = re.compile(r"[^，。；：！？\d]{0,60}?等(?:共)?[\d一二两三四五六七八九十百数几多]")
_AWARD = re.compile(r"[^，。；、的\d]{0,10}(?<!获)奖(?!总数)")
#: Those who come from 60个国家 or take part are nobody's figure of the place.
_VISITORS = re.compile(r"来自$|来自[^，。；]{0,16}的$|(?:参加|参与|出席)[^，。；]{1,40}的$")
#: Words before a name that leave it what the clause speaks of: 目前，全区.
_FILLER = re.compile(r"[ \u3000、，,“‘”’]|目前|截至|其中|此外|同时|累计|已|仅|共|另外|另")
#: A paragraph that goes on about a company: somebody's speech, or 该公司, 团队.
_COMPANY_GOES_ON = re.compile(
    r"^\s*“|(?<![\u4e00-\u9fff])(?:该公司|公司|团队|我们|该企业|我公司|该团队)|(?:技术|研发|让|使|为)(?:团队|公司)"
)
#: A firm that a description leads up to: 作为国内领先的…, 总部设在某地的….
_DESCRIBED = re.compile(r"(?:作为|身为)?[^，。；]{2,20}的")
_LEARNT = re.compile("[^，。；]{0,6}?(?:获悉|了解到|得知)")
_SCENE = re.compile("，|的|内|里|车间|厂区|总部|展厅|现场|基地|生产线|生产车间")
_SPEECH = re.compile(r"“([^“”]{12,})”")
_SAYS = re.compile("说|表示|介绍|称|告诉|回忆|坦言|道")
#: Behind 中国 in a title these make a word that is not about the country: 中国人, 中国队.
_NOT_CHINA = tuple("人队芯梦式")
#: Named so many times as often as the next name, it is what an article without a telling title is about.
_OFTEN = 2
#: A name farther from the head of its clause, in characters, is not what it speaks of; bounds endless clauses.
_REACH = 80
#: A name so far before a figure, in characters, in one sentence counts as carried over; bounds endless sentences.
_SENTENCE = 400
#: What stands so far before a figure, in characters, may say that it is a visitor's.
_VISIT = 60


class Subjects:
    """Which of an article's names the text is speaking of."""

    def __init__(self, article: Context) -> None:
        names = Names(article)
        self.mentions = names.mentions
        self.zone = article.zones[0] if article.zones else None
        self.default = self.zone or _main(article, names)
        self.accepted: set[int] = set()  # where the names that became topics stand in this paragraph
        self._firm: str | None = None  # the firm last spoken of
        self._body: str | None = None  # the public body last spoken of
        self._topic: str | None = None
        self._nobody = False  # whether the text speaks of a person: 他
        self._aside: tuple[str | None, int] | None = None  # before a public body's turn: topic, end of its sentence
        self._speakers: list[tuple[Span, str]] = []

    def new_paragraph(self, text: str, found: list[Mention]) -> None:
        """Start a paragraph: what the one before spoke of holds only where it goes on about a company."""
        self.accepted, self._aside = set(), None
        self._speakers = [(m.span(), who) for m in _SPEECH.finditer(text) if (who := _speaker(text, m.end(), found))]
        if self.default is not None or self._nobody or self._topic == self._firm:
            self._topic = self._firm if self._firm and _COMPANY_GOES_ON.search(text) else None
        self._nobody = False

    def advance(self, part: Paragraph, clause: Span, upto: int) -> None:
        """Take in the names of a clause that end before ``upto``; one that the clause speaks of becomes the topic."""
        if self._aside is not None and clause[0] >= self._aside[1]:
            self._topic, self._aside = self._aside[0], None
        taken, end = False, min(clause[1], clause[0] + _REACH)
        for mention in spans.starting(part.mentions, clause[0], end):
            within = mention.kind == "place" and part.text.startswith("在", mention.start - 1)
            if mention.end > upto or (within and (taken or self.zone)) or (mention.kind == "abroad" and self.default):
                continue
            if _is_topic(part, clause, mention):
                self.accepted.add(mention.start)
                self._take(part.text, mention)
                taken = True

    def _take(self, text: str, mention: Mention) -> None:
        if mention.kind == "organisation":
            self._firm, self._body = mention.name, None
        if mention.kind == "source":
            self._body = mention.name
            self._aside = self._aside or (self._topic, words.sentence_end(text, mention.end))
        elif mention.kind != "company":
            self._aside = None
        if mention.kind == "company":
            self._topic, self._nobody = self._body or self._firm or self._topic, False
        elif mention.kind == "person" or mention.name:
            self._topic, self._nobody = mention.name, mention.kind == "person"

    def owner(self, part: Paragraph, figure: Figure) -> tuple[str | None, str]:
        """Whose figure it is, at the point the text has reached, and where that was found (see ``Figure.source``)."""
        at = figure.quantity.number
        if speaker := next((who for span, who in self._speakers if span[0] < at < span[1]), None):
            return speaker, "speaker"
        nearby = spans.starting(part.mentions, max(figure.sentence[0], at - _SENTENCE), at)
        here = [m for m in nearby if m.start in self.accepted]
        if figure.phrase.holder and not any(m.start >= figure.clause[0] for m in here):
            return figure.phrase.holder, "named"
        start = max(figure.sentence[0], figure.quantity.start - _VISIT)
        if self._nobody or _VISITORS.search(part.text, start, figure.quantity.start):
            return None, "nobody"
        if self._topic:
            return self._topic, "named" if here else "carried"
        return self.default, "zone" if self.zone else "default" if self.default else "nobody"


def _main(article: Context, names: Names) -> str | None:
    """Without a zone: who the title speaks of, else who is named most often by far, else the country."""
    title = article.title or ""
    told = [m for m in names.mentions(title) if m.name and not _only_told(title, m)]
    for first, then in pairwise(told):  # 某市某区: the narrower one
        if first.end != then.start:
            return first.name
    if told:
        return told[-1].name
    body = (m for text in article.paragraphs for m in names.mentions(text))
    named = [m.name for m in body if m.name and m.kind not in ("abroad", "source")]
    counted = Counter(name for name in named if name != "中国").most_common(2)
    if counted and counted[0][1] >= _OFTEN * (counted[1][1] if len(counted) > 1 else 1):
        return counted[0][0]
    return "中国" if named.count("中国") >= _OFTEN else None


def _only_told(title: str, mention: Mention) -> bool:
    """Whether a title names somebody without being about them: a body that tells (某海关：…), 中国人."""
    tells = mention.kind == "source" and title.startswith(("：", ":"), mention.end)
    return tells or (mention.name == "中国" and title.startswith(_NOT_CHINA, mention.end))


def _is_topic(part: Paragraph, clause: Span, mention: Mention) -> bool:
    """Whether a clause speaks of a name in it: nothing but times and connectives before it, no list around it."""
    text, after = part.text, mention.end
    prefix = _before(part, clause[0], mention.start)
    if mention.kind == "organisation" and _DESCRIBED.fullmatch(prefix):
        prefix = ""
    if prefix.endswith("从") and not (mention.kind == "organisation" and _LEARNT.match(text, after)):
        return False
    if prefix.endswith("在") and mention.kind != "zone" and not _SCENE.match(text, after):
        return False
    if not lexicon.pattern("<preposition-ok>*").fullmatch(prefix) or text.startswith(("、", "等"), after):
        return False
    if _LIST.match(text, after) or (mention.kind == "place" and _AWARD.match(text, after)):
        return False
    tells = lexicon.pattern("[^，。；：]{0,16}?<reports>").match(text, after, clause[1])
    return not (tells and mention.kind in ("source", "place"))


def _before(part: Paragraph, lo: int, hi: int) -> str:
    """What stands in a clause before a name, less times, adverbs and other names."""
    cut = [(t.start, t.end) for t in spans.starting(part.times, lo, hi) if t.end <= hi]
    cut += [(m.start, m.end) for m in spans.starting(part.mentions, lo, hi) if m.end <= hi]
    kept, at = [], lo
    for start, end in sorted(cut):
        if start >= at:
            kept.append(part.text[at:start])
            at = end
    kept.append(part.text[at:hi])
    return _FILLER.sub("", "".join(kept))


def _speaker(text: str, at: int, found: list[Mention]) -> str | None:
    """Whose speech ends at a closing quotation mark: the firm named right behind it (…”某某公司负责人说)."""
    end = words.clause_end(text, at)
    named = [m for m in spans.starting(found, at, end) if m.kind == "organisation"]
    return named[0].name if named and _SAYS.search(text, at, end) else None
