"""Which words in “” name a programme, and which are figures of speech."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.extract import lexicon, matching, quoted
from ingest.extract.quoted import Quoted
from ingest.extract.reading import Mention, Reading
from ingest.extract.words import cut

_CLASSES = matching.listed("programme_classes")
# Numbered slogans: the number says how many things the slogan names.
_NUMERAL = "[一二两三四五六七八九十]"
_NUMBERED = re.compile(
    rf"(?:[二两三四五六七八九十]|\d+)[个大项][\u4e00-\u9fff\d%]{{2,6}}$|(?:{_NUMERAL}[\u4e00-\u9fff]{{1,3}}){{2,4}}$"
)
# What may stand between the closing mark and the noun that says what is named: “…”惠企服务行动.
_MODIFIERS = 10
_TOGETHER = re.compile(r"”(?:等|、|和|与|及|以及)?(?=“)|”[、和][^“”，。；]{2,12}(?=[、等])")
_LIST_CLOSED = re.compile(r"”?等(?:一系列|系列|一批|多个|多项|各类|[\d一二三四五六七八九十]+[个项大场])?")
_LIST_MARK = re.compile("[、，]")
_LIST_REST = re.compile(r"[^。；“”]{0,40}?等")
_DEEDS = re.compile(
    r"(?:举办|启动|开展|实施|推行|推出|发起|组建|建立|成立|上线|推进|深化|打响|融入|创建|实行|聚焦|围绕|以|开发的|探索|创新|建成|设立|落实|参与|抢抓|培育|发布)(?:了|的)?(?:[\u4e00-\u9fff]{0,6})?$"
)
_STARTED = re.compile(
    r"(?:推出|推行|实行|开通|上线|创设|启动|实施|开设|首创|发起|开展|举办|创新|探索|深化)(?:了)?(?:全[省市区国]首[个家创])?$"
)
_CLAUSE_END = re.compile("[，。；]|$")
_TEAMS = re.compile(r"(?:建立|组建|设立|成立|打造)([\u4e00-\u9fff]{2,8})$")
_FIGURE = re.compile(r"[\d.%]+")
_TERM_SIGNS = re.compile(r"[，。；！？、：]")
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十\d]+届|全国|首届|\d{4})$")
_MEETING = re.compile(r"”([\u4e00-\u9fff]{0,6}(?:大会|论坛|峰会|博览会|年会))")
_SAID_OF = re.compile(
    r"”的(?:宗旨|理念|原则|目标|要求|口号|定位|特点|局面|态势|现象|说法|质疑|声音|问题|作用|角色|地位|姿态|优势|效应|困境|难题)"
)
# A project that wins a prize is named for its work: “…关键技术”项目获得…
_WON = re.compile(r"”(?:等\d+项)?(?:项目|成果)+[\u4e00-\u9fff]{0,4}获")
# How sure a name is that only the noun at the end of its list gives away: “…”、“…”等活动.
_SHARED = 0.7
_LONGEST = 24
_SHORTEST = 2


def find(reading: Reading) -> list[Mention]:
    """The programmes named in “”."""
    title = reading.title or ""
    found: list[Mention] = []
    for number, text in enumerate(reading.paragraphs):
        if "“" not in text:
            continue
        for group in _groups(text, list(quoted.terms(text))):
            verdicts = [_Term(text, term, title).judged() for term in group]
            shared = _SHARED if _shares_noun(text, group[-1].end) else 0.0
            for term, verdict in zip(group, verdicts, strict=True):
                confidence = max(verdict, shared if _nameable(term.text) else 0.0)
                if confidence:
                    found.append(_mention(number, text, term, confidence))
    return found


def _groups(text: str, terms: list[Quoted]) -> Iterator[list[Quoted]]:
    """Quoted names that stand in one list: “…”“…”、“…”等活动."""
    group: list[Quoted] = []
    for term in terms:
        if group and text[group[-1].end : term.start] not in {
            "”“",
            "”、“",
            "”和“",
            "”与“",
            "”及“",
            "”，“",
            "”以及“",
            "”暨“",
        }:
            yield group
            group = []
        group.append(term)
    if group:
        yield group


def _shares_noun(text: str, end: int) -> bool:
    closed = _LIST_CLOSED.match(text, end + 1) or _LIST_MARK.match(text, end + 1)
    if not closed:
        return False
    if text[closed.start()] == "等":
        return _class_behind(text, closed.end())
    clause = _LIST_REST.match(text, closed.end())
    return clause is not None and _class_behind(text, clause.end())


def _class_behind(text: str, start: int) -> bool:
    """Whether a noun for a programme stands here or after a few words that say more of it."""
    for shift in range(_MODIFIERS):
        if start + shift >= len(text) or not "\u4e00" <= text[start + shift] <= "\u9fff":
            return False
        if text[start + shift] in "的是在了将为与和":
            return False
        if _CLASSES.at(text, start + shift) > start + shift:
            return True
    return False


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicon.words("programme_endings"))


def _nameable(term: str) -> bool:
    """Whether a quoted word can be a name at all: no clause, no list, no figure of speech."""
    if not _SHORTEST <= len(term) <= _LONGEST or _TERM_SIGNS.search(term):
        return False
    return "的" not in term and term not in lexicon.words("programme_figures") and not _FIGURE.fullmatch(term)


def _nominal(name: str) -> bool:
    """Whether a name is built round a noun: 政银合作, not 收割韭菜 or 一定要去一次."""
    pieces = cut(name)
    return pieces[0].tag not in {"v", "d", "m", "r"} and pieces[-1].tag in {"n", "vn", "nz", "ns", "v"}


class _Term:
    """A quoted word with its surroundings."""

    def __init__(self, text: str, term: Quoted, title: str) -> None:
        self._text, self._term, self._title = text, term, title
        self._before = text[max(0, term.start - 17) : term.start - 1]

    def judged(self) -> float:
        """How sure it is that the word names a programme; 0 when it does not."""
        name, end = self._term.text, self._term.end
        if not _nameable(name) or _SAID_OF.match(self._text, end) or _WON.match(self._text, end):
            return 0.0
        return next((confidence for holds, confidence in self._signs() if holds), 0.0)

    def _signs(self) -> Iterator[tuple[bool, float]]:
        """What speaks for a name, the surest first, with how sure it makes it."""
        name, end = self._term.text, self._term.end
        long = len(name) > _SHORTEST
        yield name in lexicon.words("programme_known") or "·" in name, 0.95
        yield _class_behind(self._text, end + 1) or (long and _ORDINAL.search(self._before) is not None), 0.85
        yield long and name.endswith(_endings()), 0.8
        yield long and _NUMBERED.match(name) is not None, 0.7
        yield self._class_before(), 0.75
        yield self._brought_in(), 0.6
        yield len(name) > _SHORTEST + 1 and f"“{name}”" in self._title and _nominal(name), 0.6

    def _brought_in(self) -> bool:
        """推出“红色帮办”，: what is started by its name, and the clause is over."""
        over = _CLAUSE_END.match(self._text, self._term.end + 1) is not None
        return over and len(self._term.text) > _SHORTEST and _STARTED.search(self._before) is not None

    def _class_before(self) -> bool:
        """卫星“…号”, 平台“…”: the noun stands right before the mark."""
        classes = lexicon.words("programme_classes")
        return any(self._before[-size:] in classes for size in (2, 3, 4)) and len(self._term.text) > 2


def _mention(number: int, text: str, term: Quoted, confidence: float) -> Mention:
    """The programme's name, with the words that belong to it outside the marks: 党员服务“…”, 全国“…”大会."""
    before = text[max(0, term.start - 13) : term.start - 1]
    meeting = _MEETING.match(text, term.end)
    if meeting and before.endswith("全国"):
        start, end = term.start - 3, meeting.end()
        return Mention(number, start, end, text[start:end], "programme", "named meeting", confidence)
    team = _TEAMS.search(before)
    if team and term.text.endswith(("区", "队", "岗", "团")) and not term.text.endswith("讲师团"):
        words_before = team.group(1)
        start, end = term.start - 1 - len(words_before), term.end + 1
        return Mention(number, start, end, text[start:end], "programme", "name half in quotes", confidence)
    return Mention(number, term.start, term.end, term.text, "programme", "name in quotes", confidence)
