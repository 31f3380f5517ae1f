"""Programmes named without quotation marks: national ones by list, others by a class noun or the list they stand in."""

import re
from collections.abc import Iterator

from ingest.extract import lexicon, matching, quoted
from ingest.extract.reading import Cover, Mention, Reading
from ingest.extract.words import Sentence, cut

_KNOWN = matching.listed("programme_known")
# 第十六届…博览会, 2019世界…大会, 中国…论坛: what makes a meeting one of its own.
_MEETING = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,4}届|首届|\d{4}年?|中国|世界|国际|全球|全国|亚洲|亚太|(?<=“)|(?<=、))"
    r"[\u4e00-\u9fffA-Za-z0-9（）—\-]{2,24}?"
    r"(?:博览会|交易会|高峰论坛|论坛|峰会|进博会|创新创业大赛|挑战赛|锦标赛|大赛|特训营|(?<!代表)大会)(?!堂|议)"
)
_MEETINGS = re.compile(
    "[览易峰博大论挑锦特](?:(?<=[览易峰博大])会|(?<=论)坛|(?<=大)赛|(?<=挑)战赛|(?<=锦)标赛|(?<=特)训营)"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]{1,4}届|首届")
_PROJECT = re.compile(
    r"(?:在|实施|启动|推进|开展|围绕|依托)([\u4e00-\u9fffA-Za-z0-9]{4,30}?(?:工程|示范带|基地))(?=方面|建设|，|、|。|”|等|的)"
)
# What closes a list of programmes; the list itself reaches back to a sign.
_CLOSING = re.compile(
    r"等(?:一批|重大|国家|系列|一系列|多个|特色|重要|党建|创新|[一二三四五六七八九十\d]+[个项大])*"
    r"(?:项目品牌|项目|品牌|平台|战略|活动|党建阵地|阵地|行动|计划|工程)|在内的"
)
_SIGN = re.compile(r"[，。；：！？]")
_PROJECTS = re.compile("工程|示范带|基地")
_NOUNS = ("工程", "行动", "计划")
_LISTED = range(2, 8)
_LIST_REACH = 150
_ITEM = range(4, 25)
_QUOTES = re.compile(r"[“”]")
# 包含…在内的…计划: what a list of measures is part of.
_WHOLE = re.compile(r"在内的([\u4e00-\u9fff]{3,12}(?:计划|行动|工程|体系))")
_BAD_ITEM = re.compile(r"的|了|是|和|等|在|与|将|为|由|主任|表决|召开")


def find(reading: Reading, organisations: Cover) -> list[Mention]:
    """The programmes named plainly; what is part of an organisation's name is none."""
    found: list[Mention] = []
    meetings, projects, lists = map(reading.where, (_MEETINGS, _PROJECTS, _CLOSING))
    for number, sentence in enumerate(reading.sentences):
        if _KNOWN.every(sentence.text):
            found += _known(number, sentence)
        if number in meetings:
            found += _meetings(number, sentence.text)
        if number in lists:
            found += _wholes(number, sentence.text)
        if number in projects:
            found += _projects(number, sentence.text)
        if number in lists:
            found += _listed(number, sentence, reading.body)
    return [m for m in found if not organisations.touches(m.paragraph, m.start, m.end)]


def _known(number: int, sentence: Sentence) -> Iterator[Mention]:
    """National programmes, not those within a document's title; a policy named plainly keeps the word: …联动政策."""
    text = sentence.text
    titles = [(t.start, t.end) for t in quoted.titles(text)] if "《" in text else []
    for start, end in _KNOWN.find(text):
        inside = any(a <= start < b for a, b in titles)
        if not inside and (sentence.edge(start) or not "\u4e00" <= text[start] <= "\u9fff"):
            stop = end + len("政策") if text.startswith("政策", end) else end
            yield Mention(number, start, stop, text[start:stop], "programme", "list of programmes", 0.9)


def _meetings(number: int, text: str) -> Iterator[Mention]:
    for meeting in _MEETING.finditer(text):
        ordinal = _ORDINAL.match(meeting.group())
        start = meeting.start() + (ordinal.end() if ordinal else 0)
        if not _BAD_ITEM.search(meeting.group()) and meeting.end() - start > 5:
            yield Mention(number, start, meeting.end(), text[start : meeting.end()], "programme", "named meeting", 0.7)


def _wholes(number: int, text: str) -> Iterator[Mention]:
    for whole in _WHOLE.finditer(text):
        start, end = whole.span(1)
        yield Mention(number, start, end, whole.group(1), "programme", "whole of a list", 0.7)


def _projects(number: int, text: str) -> Iterator[Mention]:
    for project in _PROJECT.finditer(text):
        start, end = project.start(1), project.end(1)
        if not _BAD_ITEM.search(text, start, end) and _own(text, start, end):
            yield Mention(number, start, end, text[start:end], "programme", "named project", 0.7)


def _own(text: str, start: int, end: int) -> bool:
    """Whether a project has a name, not a kind: taken up as a topic (在…工程方面), or with a place or 全国 in it."""
    name = text[start:end]
    if name.endswith("工程"):
        return text.startswith("方面", end)
    return any(part in name for part in ("全国", "国家", "大道", "省级", "国际"))


def _listed(number: int, sentence: Sentence, body: str) -> Iterator[Mention]:
    text = sentence.text
    for closing in _CLOSING.finditer(text):
        reach = max(0, closing.start() - _LIST_REACH)
        signs = [sign.end() for sign in _SIGN.finditer(text, reach, closing.start())]
        start = signs[-1] if signs else reach
        items = text[start : closing.start()].split("、")
        for item in items if len(items) in _LISTED else ():
            end = start + len(item)
            begin = _item_start(sentence, start, end) if item else end
            name = text[begin:end]
            if len(name) in _ITEM and _is_name(name) and not any(name + noun in body for noun in _NOUNS):
                yield Mention(number, begin, end, name, "programme", "list of programmes in the text", 0.6)
            start = end + 1


def _is_name(item: str) -> bool:
    """Whether an item of a list of programmes names one: no clause, and not trades only (产品研发, 技术攻关)."""
    if _QUOTES.search(item) or _BAD_ITEM.search(item):
        return False
    return any(word.text not in lexicon.words("programme_trades") for word in cut(item))


def _item_start(sentence: Sentence, start: int, end: int) -> int:
    """Where the first item of a list begins: behind the verb that brings the list in."""
    first = sentence.index(start)
    for number in range(sentence.index(end - 1), first - 1, -1):
        word = sentence.words[number]
        if number > first - 1 and word.text in lexicon.words("programme_openers"):
            return word.end
    return start
