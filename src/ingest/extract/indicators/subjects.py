"""Whose figure it is: the zone, place or organisation that the text speaks of, carried over where it leaves it out."""

import re
from collections import Counter
from itertools import chain, pairwise

from ingest.extract.context import Context
from ingest.extract.indicators import periods, spans, topics
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.names import Mention, Names
from ingest.extract.indicators.paragraph import Paragraph
from ingest.extract.indicators.speakers import Speakers, Speech

#: Those who come from 60个国家 or take part are nobody's figure of the place.
_VISITORS = re.compile(r"来自$|来自[^，。；]{0,16}的$|(?:参加|参与|出席)[^，。；]{1,40}的$")
#: A paragraph that goes on about a company: somebody's speech, or 该公司, 团队.
_COMPANY_GOES_ON = re.compile(
    r"^\s*“|(?<![\u4e00-\u9fff])(?:该公司|公司|团队|我们|该企业|我公司|该团队)|(?:技术|研发|让|使|为)(?:团队|公司)"
)
#: Behind 中国 in a title these make a word that is not about the country: 中国人, 中国队.
_NOT_CHINA = tuple("人队芯梦式")
#: Named so many times as often as the next name, it is what an article without a telling title is about.
_OFTEN = 2
#: A name so far before a figure, in characters, in one sentence counts as carried over; bounds endless sentences.
_SENTENCE = 400
_MADE = re.compile("产自|产于|出自|源自")
#: The kinds of names that are remembered beyond their paragraph.
_CARRIED = frozenset(("organisation", "source", "place"))
#: What stands so far before a figure, in characters, may say that it is a visitor's.
_VISIT = 60


class Subjects:
    """Which of an article's names the text is speaking of."""

    def __init__(self, article: Context) -> None:
        names = Names(article)
        self._names = names
        self.mentions = names.paragraphs
        self.zone = article.zones[0] if article.zones else None
        self.default = self.zone or _main(article, names)
        self.accepted: set[int] = set()  # where the names that became topics stand in this paragraph
        self._said = Speakers(article, names)
        self._speeches: list[Speech] = []
        self._coming: list[Mention] = []  # the topics that the text has not reached yet, the next one last
        self._firm: str | None = None  # the firm last spoken of
        self._body: str | None = None  # the public body last spoken of
        self._topic: str | None = None
        self._place: str | None = None  # the place last spoken of
        self._goes_on = False  # whether the paragraph looks at the same statistics from another side
        self._nobody = False  # whether the text speaks of a person: 他
        self._aside: tuple[str | None, int] | None = None  # before a public body's turn: topic, end of its sentence

    def leave(self) -> None:
        """End a paragraph, or pass over one that carries nothing on: what was spoken of holds no further."""
        self.accepted, self._aside = set(), None
        self._speeches, self._coming = [], []
        self._topic, self._nobody, self._goes_on = None, False, False

    def enter(self, part: Paragraph) -> None:
        """Start a paragraph: what the one before spoke of holds only where it goes on about a company."""
        self.leave()
        if part.quantities:
            self._speeches = self._said.speeches(part.text, part.mentions)
            if self._firm and _COMPANY_GOES_ON.search(part.text):
                self._topic = self._firm
            self._goes_on = periods.is_new_view(part.text)
        if part.mentions:
            self._coming = topics.find(part, zone=self.zone is not None, default=self.default)[::-1]

    def advance(self, part: Paragraph, upto: int) -> None:
        """Take in the topics that end before a position."""
        while self._coming and self._coming[-1].end <= upto:
            mention = self._coming.pop()
            self._end_aside(mention.start)
            self.accepted.add(mention.start)
            self._take(part.text, mention)

    def _end_aside(self, position: int) -> None:
        if self._aside is not None and position >= self._aside[1]:
            self._topic, self._aside = self._aside[0], None

    def _take(self, text: str, mention: Mention) -> None:
        if mention.kind == "organisation":
            self._firm, self._body = mention.name, None
        if mention.kind == "place":
            self._place = mention.name
        if mention.kind == "source":
            self._body = mention.name
            self._aside = self._aside or (self._topic, topics.sentence_end(text, mention))
        elif mention.kind != "company":
            self._aside = None
        if mention.kind == "company":
            self._topic, self._nobody = mention.name or self._body or self._firm or self._topic, False
        elif mention.kind == "person" or mention.name:
            self._topic, self._nobody = mention.name, mention.kind == "person"

    def owner(self, part: Paragraph, figure: Figure) -> tuple[str | None, str]:
        """Whose figure it is, at the point the text has reached, and where that was found (see ``Figure.source``)."""
        self._end_aside(figure.clause[0])
        made = _made_in(part, figure)
        return (made, "named") if made else self._spoken_of(part, figure)

    def _spoken_of(self, part: Paragraph, figure: Figure) -> tuple[str | None, str]:
        """The speaker's firm, who has what is counted, else the topic, else whom the article is about."""
        at = figure.quantity.number
        nearby = spans.starting(part.mentions, max(figure.sentence[0], at - _SENTENCE), at)
        here = [m for m in nearby if m.start in self.accepted]
        speech = next((speech for speech in self._speeches if speech.start <= at < speech.end), None)
        if speech and not any(m.start >= speech.start and m.name for m in here):
            return speech.owner, "speaker"
        holder = figure.phrase.holder
        if holder and not self._names.stands_in(holder) and not any(m.start >= figure.clause[0] for m in here):
            return holder, "named"
        start = max(figure.sentence[0], figure.quantity.start - _VISIT)
        if self._nobody or _VISITORS.search(part.text, start, figure.quantity.start):
            return None, "nobody"
        if self._topic:
            return self._topic, "named" if here else "carried"
        if self.default is None and self._place and self._goes_on:
            return self._place, "carried"
        return self.default, "zone" if self.zone else "default" if self.default else "nobody"


def carries(mentions: list[Mention]) -> bool:
    """Whether a paragraph without a figure may name somebody whom a later one speaks of without the name."""
    return any(mention.kind in _CARRIED for mention in mentions)


def _made_in(part: Paragraph, figure: Figure) -> str | None:
    """Where the share of something is made: 全国60%的…产自某地."""
    q, clause = figure.quantity, figure.clause
    made = _MADE.search(part.text, q.end, min(clause[1], q.end + _SENTENCE)) if q.kind == "percent" else None
    where = spans.starting(part.mentions, made.end(), made.end() + 1) if made else ()
    return where[0].name if where else None


def _main(article: Context, names: Names) -> str | None:
    """Without a zone: who the title speaks of, else who is named most often by far.

    The country is nobody's default: of 49 annotated figures it was right for 8.
    """
    title = article.title or ""
    told = [m for m in names.mentions(title) if m.name and not _only_told(title, m)]
    for first, then in pairwise(told):  # 某市某区: the narrower one
        if first.end != then.start:
            return first.name
    if told:
        return told[-1].name
    body = chain(*names.paragraphs)
    named = [m.name for m in body if m.name and m.kind not in ("abroad", "source")]
    counted = Counter(name for name in named if name != "中国").most_common(2)
    if counted and counted[0][1] >= _OFTEN * (counted[1][1] if len(counted) > 1 else 1):
        return counted[0][0]
    return None


def _only_told(title: str, mention: Mention) -> bool:
    """Whether a title names somebody without being about them: a body that tells (某海关：…), 中国人."""
    tells = mention.kind == "source" and title.startswith(("：", ":"), mention.end)
    return tells or (mention.name == "中国" and title.startswith(_NOT_CHINA, mention.end))
