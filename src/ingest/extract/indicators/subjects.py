"""Whose figure it is: the zone, place or organisation that the text speaks of, carried over where it leaves it out."""

import re
from collections import Counter
from dataclasses import dataclass

from ingest.extract.context import Context
from ingest.extract.indicators import names, words
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.times import Time
from ingest.extract.indicators.words import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the text, or a word that stands for one. ``kind``: see ``names.Name``."""

    start: int
    end: int
    name: str | None
    kind: str


_REPORTS = re.compile(
    r"[^，。；：]{0,16}?(?:表示|介绍|说|称|认为|指出|透露|公布|发布|统计|数据|获悉|宣布|预计|预测|消息|显示|强调|报道|调查|测算|估计|报告|披露"
    r"|专家|记者|分析师|研究员|官员|人士|提供)"
)
_LIST = re.compile(r"[^，。；：！？\d]{0,60}?等(?:共)?[\d一二两三四五六七八九十百数几多]")
_AWARD = re.compile(r"[^，。；、的\d]{0,10}(?<!获)奖(?!总数)")
#: Those who come from 60个国家 or take part are nobody's figure of the place.
_VISITORS = re.compile(r"来自$|来自[^，。；]{0,16}的$|(?:参加|参与|出席)[^，。；]{1,40}的$")
#: What may stand before a name that is what the clause speaks of.
_PREFIX = re.compile(
    r"(?:在|据|位于[^，。]{1,16}的|作为[^，。]{1,16}的|而|但|且|仅|走进|来到|像|使|让|为|助力|推动|促进|带动|随着|如|例如|比如|今后|下半年)*$"
)
#: Words before a name that leave it what the clause speaks of: 目前，全区.
_FILLER = re.compile(r"[ \u3000、，,“‘”’]|目前|截至|其中|此外|同时|累计|已|仅|共|另外|另")
#: A paragraph that goes on about a company: somebody's speech, or 该公司, 团队.
_COMPANY_GOES_ON = re.compile(
    r"^\s*“|(?<![\u4e00-\u9fff])(?:该公司|公司|团队|我们|该企业|我公司|该团队)|(?:技术|研发|让|使|为)(?:团队|公司)"
)
_SPEECH = re.compile(r"“([^“”]{12,})”")
#: 公司, 园区 and the like stand for a name only where no noun runs into them (母公司, 产业园区).
_BARE = ("公司", "集团", "园区", "高新区", "团队", "合作社")
_OPEN = "，。；：、的在让使个和与该为对把将由是新“”（ \u3000"
_NOBODY = "\0"
#: Named so many times as often as the next name, it is what an article without a telling title is about.
_OFTEN = 2


class Subjects:
    """The names an article's figures may belong to, and which of them the text is speaking of."""

    def __init__(self, article: Context) -> None:
        self.zone = article.zones[0] if article.zones else None
        self.names = names.of(article)
        self._pattern = re.compile("|".join(map(re.escape, sorted(self.names, key=len, reverse=True))))
        self.firm: str | None = None  # the firm last spoken of
        self.body: str | None = None  # the public body last spoken of
        self.topic: str | None = None
        self.accepted: set[int] = set()  # where the names that became topics stand in this paragraph
        self._aside: tuple[str | None, int] | None = (
            None  # a public body's turn: the topic before it, its sentence's end
        )
        self._speakers: list[tuple[Span, str]] = []
        self.default = self.zone or self._main(article)

    def mentions(self, text: str) -> list[Mention]:
        """All names in a text, in order."""
        found = []
        for match in self._pattern.finditer(text):
            name, before = self.names[match[0]], text[match.start() - 1 : match.start()]
            if name.kind == "person" and text[match.end() : match.end() + 1] in tuple("们国人山乡日用"):
                continue
            if match[0] in _BARE and before and before not in _OPEN:
                continue
            found.append(Mention(start=match.start(), end=match.end(), name=name.name, kind=name.kind))
        return found

    def new_paragraph(self, text: str, found: list[Mention]) -> None:
        """Start a paragraph. With a zone, what the one before spoke of holds only where it goes on about a company."""
        self.accepted = set()
        self._speakers = [(m.span(), who) for m in _SPEECH.finditer(text) if (who := _speaker(text, m.end(), found))]
        self._aside = None
        if self.default is not None or self.topic in (self.firm, _NOBODY):
            self.topic = self.firm if self.firm and _COMPANY_GOES_ON.search(text) else None

    def advance(self, text: str, clause: Span, found: list[Mention], times: list[Time], upto: int) -> None:
        """Take in the names of a clause that end before ``upto``; one that the clause speaks of becomes the topic."""
        if self._aside is not None and clause[0] >= self._aside[1]:
            self.topic, self._aside = self._aside[0], None
        taken = False
        for mention in found:
            if not clause[0] <= mention.start < clause[1] or mention.end > upto:
                continue
            inside = mention.kind == "place" and text[mention.start - 1 : mention.start] == "在"
            if inside and (taken or self.zone):
                continue
            if mention.kind == "abroad" and self.default:
                continue
            if self._is_topic(text, clause, mention, found, times):
                self.accepted.add(mention.start)
                self._take(text, mention)
                taken = True

    def _take(self, text: str, mention: Mention) -> None:
        if mention.kind == "organisation":
            self.firm, self.body = mention.name, None
        if mention.kind == "source":
            self.body = mention.name
            self._aside = self._aside or (self.topic, words.sentence_end(text, mention.end))
        elif mention.kind != "company":
            self._aside = None
        if mention.kind == "company":
            self.topic = self.body or self.firm or self.topic
        elif mention.kind == "person":
            self.topic = _NOBODY
        elif mention.name:
            self.topic = mention.name

    def owner(self, text: str, figure: Figure) -> str | None:
        """Whose figure it is, at the point the text has reached; None where it is nobody's of those known."""
        at = figure.quantity.number
        speaker = next((who for span, who in self._speakers if span[0] < at < span[1]), None)
        if speaker:
            return speaker
        before = text[figure.sentence[0] : figure.quantity.start]
        if self.topic == _NOBODY or _VISITORS.search(before):
            return None
        return self.topic or self.default

    def _main(self, article: Context) -> str | None:
        """Without a zone: who the title speaks of, else who is named most often by far, else the country."""
        title = article.title or ""
        told = [
            m for m in self.mentions(title) if m.name and not (m.kind == "source" and title[m.end : m.end + 1] in "：:")
        ]
        if told:
            return told[0].name
        named = [
            m
            for text in article.paragraphs
            for m in self.mentions(text)
            if m.name and m.kind not in ("abroad", "source")
        ]
        counted = Counter(m.name for m in named if m.name != "中国").most_common(2)
        if counted and counted[0][1] >= _OFTEN * (counted[1][1] if len(counted) > 1 else 1):
            return counted[0][0]
        return "中国" if sum(m.name == "中国" for m in named) >= _OFTEN else None

    def _is_topic(self, text: str, clause: Span, mention: Mention, found: list[Mention], times: list[Time]) -> bool:
        prefix = _before(text, clause[0], mention.start, found, times)
        if (
            prefix.endswith("在")
            and mention.kind != "zone"
            and text[mention.end : mention.end + 1] not in tuple("，的")
        ):
            return False
        if not _PREFIX.fullmatch(prefix) or text[mention.end : mention.end + 1] in ("、", "等"):
            return False
        if _LIST.match(text, mention.end) or (mention.kind == "place" and _AWARD.match(text, mention.end)):
            return False
        tells = mention.kind in ("source", "place") and _REPORTS.match(text, mention.end, clause[1])
        return not tells


def _before(text: str, lo: int, hi: int, found: list[Mention], times: list[Time]) -> str:
    """What stands in a clause before a name, less times, adverbs and other names."""
    cut = [(t.start, t.end) for t in times if lo <= t.start and t.end <= hi]
    cut += [(m.start, m.end) for m in found if lo <= m.start and m.end <= hi]
    kept, at = [], lo
    for start, end in sorted(cut):
        if start >= at:
            kept.append(text[at:start])
            at = end
    kept.append(text[at:hi])
    return _FILLER.sub("", "".join(kept))


def _only_told(title: str, mention: Mention) -> bool:
    """Whether a title names somebody without being about them: a body that tells (某海关：…), 中国人."""
    after = title[mention.end : mention.end + 1]
    return (mention.kind == "source" and after in ("：", ":")) or (mention.name == "中国" and after in tuple("人队芯梦式"))


def _speaker(text: str, at: int, found: list[Mention]) -> str | None:
    """Whose speech ends at a closing quotation mark: the firm named right behind it (…”某某公司负责人说)."""
    end = words.clause_end(text, at)
    named = [m for m in found if at <= m.start and m.end <= end and m.kind == "organisation"]
    told = re.search("说|表示|介绍|称|告诉|回忆|坦言|道", text[at:end])
    return named[0].name if named and told else None
