"""Prizes and titles that an article says somebody holds, and who holds them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ingest.extract import lexicon
from ingest.extract.reading import Mention, Reading
from ingest.model import Honour

# A paragraph without any of these has no honours; most have none.
_SIGNS = re.compile("奖|入选|评|授予|认定|获|跻身|升级|命名|列入|创建|创成|称号|一家|国家级|省级|企业")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_TIERS = r"(?:[特一二三]等奖|金奖|银奖|铜奖)"
_NAME = r"[\u4e00-\u9fffA-Za-z0-9“”·]"
_GETTING = re.compile(
    rf"(?:荣获|获得|斩获|摘得|捧得|获|授予)(?:了|过)?(?:\d{{4}}年度?)?"
    rf"((?:(?:国家|省部?|市)、)?(?:{_NAME}{{2,28}}?奖(?:章|{_TIERS})?|{_TIERS}))(?![励项])"
)
_COUNTED = re.compile(rf"((?:[\u4e00-\u9fff]{{2,16}}奖)?(?:{_TIERS})?)(?:\d+|[一二三四五六七八九十]+)余?项")
_INSIDE = re.compile(r"获|其中|占|共")
_TIER_BEHIND = re.compile(f"{_TIERS}$")
_TIER_ONLY = re.compile(rf"^{_TIERS}$")
_TITLED = re.compile(
    r"(?:入选|被评为|获评为?|评为|获批(?:为|成为)?|被授予|授予|被?认定为|荣获|跻身|升级为|被命名为|列入|成功创建|创成)"
    r"(?:了|第[一二三四五六七八九十\d]+批|\d{4}年(?:度|第一批)?|首批(?!院士))*"
)
# After these a name in quotes is a title whatever it ends in; 创业园升级为“创智湾” only renames.
_GIVEN = re.compile(r"入选|被?评为|获评|被?授予|被?认定为|荣获|被命名为")
_OBJECT = re.compile(r"[^，。；！？：（）()\d][^，。；！？：（）()]{2,40}")
# 获得…、…等荣誉: a list of prizes and titles
_HONOURED = re.compile(r"(?:获得|荣获|获)(?:了|过)?([^，。；！？]{4,80}?)等(?:多项|一系列|系列|\d+项)?(?:荣誉|称号)")
_IS_ONE = re.compile(
    r"(?:是|作为|成为)(?:[^，。；是]{0,12}的)?(?:一家|一个)?((?:国家级?|省级|全国)[\u4e00-\u9fff“”]{2,12}企业)"
)
_LIST_TITLE = re.compile(
    r"等(?:\d+家|多家|一批)?((?:国家级?|省级)?“?专精特新”?“?小巨人”?企业"
    r"|(?:国家级?)?高新技术企业|独角兽企业|(?:制造业)?单项冠军企业)"
)
# 年度评选出张伟、刘洋等技术能手20名: a list of persons, then the title and how many hold it.
_AWARDED = re.compile(r"评选(?:出|了)?([^。；，]{2,40})等([\u4e00-\u9fff]{2,6})\d+[名位个]")
# 农科院完成的“抗旱小麦选育”获一等奖: the work is named as the winner, with who did it.
_DONE_BY = re.compile("[^，]*完成的“[^”]{1,80}”")
_GROUP = re.compile(r"(\d+家[\u4e00-\u9fff]{2,8})(?:已|均|全部|先后)*$")
# The firm that the paragraph has named last
_SAME = re.compile(r"(?:目前，|近年来，)?(?:该?公司|该?企业|该集团)")
# 被省政府认定为…: who stands behind these gives the title
_GIVERS = ("被", "由", "经", "获")
#: Whoever wins is named within so many characters before the verb; bounds the work in endless sentences.
_REACH = 120
_PART, _QUOTED = re.compile("[^、]+"), re.compile("“(?!涉|违|非法)([^”]{3,24})”")
# What the name of a title does not go on over.
_OVER = re.compile("(?:名单|榜单|后|时|以来)")
_TRIMMED = re.compile(r"^(?:为|成为)|(?:荣誉)?称号$|(?:等)?荣誉$")


class _Found(NamedTuple):
    start: int
    end: int
    name: str
    recipients: tuple[str | None, ...]
    method: str
    confidence: float


def find(reading: Reading, holders: list[Mention], about: str | None) -> tuple[Honour, ...]:
    """One record for each honour and holder.

    ``holders`` are the places where organisations and persons are named, under their full names; ``about`` is the
    zone or place that holds what nobody else is said to hold.
    """
    found: dict[tuple[str, str | None], Honour] = {}
    for number in sorted(reading.where(_SIGNS)):
        text = reading.paragraphs[number]
        here = sorted((m for m in holders if m.paragraph == number), key=lambda m: m.start)
        for honour in _in_paragraph(text, here, about):
            for recipient in honour.recipients:
                found.setdefault(
                    (honour.name, recipient),
                    Honour(
                        paragraph=number,
                        start=honour.start,
                        end=honour.end,
                        text=text[honour.start : honour.end],
                        method=honour.method,
                        confidence=honour.confidence,
                        name=honour.name,
                        recipient=recipient,
                    ),
                )
    return tuple(found.values())


def _in_paragraph(text: str, holders: list[Mention], about: str | None) -> Iterator[_Found]:
    spots: list[_Found] = []
    for sentence in _SENTENCE.finditer(text):
        clause = _Clause(text, sentence.start(), sentence.end(), holders, about)
        spots += [*clause.prizes(), *clause.counted(), *clause.titles(), *clause.listed()]
    yield from sorted(spots, key=lambda spot: spot.start)


class _Clause(NamedTuple):
    """A sentence of a paragraph, and who is named in the paragraph."""

    text: str
    start: int
    end: int
    holders: list[Mention]
    about: str | None

    def prizes(self) -> Iterator[_Found]:
        """荣获…奖."""
        if "奖" not in self.text[self.start : self.end]:
            return
        prize = ""
        for found in _GETTING.finditer(self.text, self.start, self.end):
            won = found.group(1)
            if won.count("“") != won.count("”"):
                continue  # the title in quotes is read as such
            name = prize + won if _TIER_ONLY.match(won) else won
            if name == won:
                prize = _TIER_BEHIND.sub("", name)
            if not _TIER_ONLY.match(name) and "的" not in name and "，" not in name:
                yield self._found(found.start(1), found.end(1), name, found.start(), "prize won")

    def counted(self) -> Iterator[_Found]:
        """…奖一等奖4项、二等奖13项: the second is filled in from the first."""
        prize = ""
        if "奖" not in self.text[self.start : self.end]:
            return
        for found in _COUNTED.finditer(self.text, self.start, self.end):
            name = found.group(1)
            if not name or _INSIDE.search(name) or self.text.endswith("、", 0, found.start()):
                continue
            name = name.removeprefix("含")
            if _TIER_ONLY.match(name):
                name = prize + name
            prize = _TIER_BEHIND.sub("", name)
            if prize:
                yield _Found(found.start(1), found.end(1), name, (self.about,), "prizes counted", 0.8)

    def titles(self) -> Iterator[_Found]:
        """入选…, 被评为…, 获批…: titles given to someone."""
        for verb in _TITLED.finditer(self.text, self.start, self.end):
            found = _OBJECT.match(self.text, verb.end(), self.end)
            given = _GIVEN.match(verb.group()) is not None
            for start, end in _objects(self.text, *found.span(), quoted=given) if found else ():
                yield self._found(start, end, self.text[start:end], verb.start(), "title given")
        for found in _HONOURED.finditer(self.text, self.start, self.end):
            for start, end in _objects(self.text, *found.span(1), quoted=True):
                yield self._found(start, end, self.text[start:end], found.start(), "title among honours")
        for found in _IS_ONE.finditer(self.text, self.start, self.end):
            yield self._found(found.start(1), found.end(1), found.group(1), found.start(), "title held")

    def listed(self) -> Iterator[_Found]:
        """…、…等“专精特新”小巨人企业: who stands in the list holds the title."""
        for found in _LIST_TITLE.finditer(self.text, self.start, self.end):
            named = tuple(m.name for m in self._list_before(found.start()))
            if named:
                yield _Found(found.start(1), found.end(1), found.group(1), named, "title of a list", 0.8)
        for found in _AWARDED.finditer(self.text, self.start, self.end):
            persons = tuple(
                m.name for m in self.holders if found.start(1) <= m.start < found.end(1) and m.kind == "person"
            )
            if persons:
                yield _Found(found.start(2), found.end(2), found.group(2), persons, "title awarded", 0.8)

    def _found(self, start: int, end: int, name: str, verb: int, method: str) -> _Found:
        recipients = self._recipients(verb)
        return _Found(start, end, name, recipients, method, 0.8 if recipients != (None,) else 0.6)

    def _recipients(self, verb: int) -> tuple[str | None, ...]:
        before = self.text[max(self.start, verb - _REACH) : verb]
        done = _done_by(before)
        if done:
            return (done,)
        group = _GROUP.search(before)
        if _SAME.match(self.text, self.start + self.text.startswith("”", self.start)):
            firms = [m for m in self.holders if m.end <= self.start and m.kind == "enterprise"]
            return (firms[-1].name,) if firms else (self.about,)
        listed = self._list_before(verb)
        given = listed and self.text.endswith(_GIVERS, 0, listed[0].start)
        if listed and not given:
            return tuple(m.name for m in listed)
        return (group.group(1),) if group and "企业" in group.group(1)[-6:] else (self.about,)

    def _list_before(self, end: int) -> list[Mention]:
        """Those named last before an offset, with all that stand in one list with them."""
        before = [m for m in self.holders if self.start <= m.start and m.end <= end]
        if not before:
            return []
        kept = [before[-1]]
        for mention in reversed(before[:-1]):
            if self.text[mention.end : kept[0].start] not in {"、", "和", "及", "与", "以及"}:
                break
            kept.insert(0, mention)
        return kept


def _done_by(before: str) -> str | None:
    """The piece of work, with who did it, that was named last before a verb of winning."""
    at = before.rfind("完成的“")
    if at < 0:
        return None
    found = _DONE_BY.match(before, before.rfind("，", 0, at) + 1)
    return found.group() if found else None


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicon.words("honour_titles"))


def _objects(text: str, start: int, end: int, *, quoted: bool) -> Iterator[tuple[int, int]]:
    """The titles in what stands behind a verb of giving: the parts of a list that end like a title."""
    for part in _PART.finditer(text[start:end]):
        a, b = start + part.start(), start + part.end()
        lead = _TRIMMED.match(text[a:b])
        a += lead.end() if lead and lead.start() == 0 else 0
        named = _QUOTED.match(text[a:b])
        if named:
            yield from [(a + 1, a + 1 + len(named.group(1)))] if quoted else []
            continue
        cut = _title_end(text, a, b)
        if cut > a + 3 and "的" not in text[a:cut]:
            yield a, cut


def _title_end(text: str, start: int, end: int) -> int:
    """Where a title ends: at the last ending of the list that closes the stretch or stands before a verb."""
    stretch = text[start:end]
    for cut in (_OVER.split(stretch, maxsplit=1)[0], stretch):
        if cut[1:].endswith(_endings()):
            return start + len(cut)
    return start
