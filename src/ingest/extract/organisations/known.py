"""Organisations known by name: ministries, banks, papers, firms that go by a short name of their own."""

import re
from functools import cache

from ingest.extract import divisions, lexicon, matching
from ingest.extract.organisations.naming import suffixes
from ingest.extract.reading import Mention
from ingest.extract.words import Sentence

_LISTS = ("org_known_public", "org_known_enterprises", "org_known_universities")
# What stands behind a firm's name: 苹果公司, 小米手机. It tells the firm from the everyday word.
_FIRM_BEHIND = re.compile(
    r"公司|集团|股份|汽车|手机|方面|官方|官网|旗下|高管|总部|电商|商城|创始人|董事长|总裁|首席|CEO|CFO"
    r"|(?:[、和与][\u4e00-\u9fffA-Za-z]{2,8}){0,8}等(?:\d+家|多家|[一-十]家|一批|众多|国内|国际|知名|头部|龙头|大型|主流)*"
    r"(?:企业|公司|品牌|厂商|巨头|车企|平台)"
)
_FIRM_BEFORE = re.compile(r"(?:企业|公司|厂商|品牌|巨头|车企|平台)$")
_DEED_BEHIND = re.compile(r"(?:在.{0,12})?(?:发布|宣布|推出|回应|表示|称|上市|股价|收购|入股)")
_NOT_BEHIND = re.compile(r"级|酒店|牌|杯|路|街|大厦|奖")
# The numbered bureaux and companies of the great builders: 中铁十一局, 中建三局集团有限公司.
_NUMBERED = re.compile(
    r"中(?:国?铁|建|交|冶|核|水电)第?[一二三四五六七八九十]{1,3}(?:航局|公局|局|冶|院|公司)(?:集团)?(?:有限公司)?"
)
_CAMPUS = re.compile(r"[（(][\u4e00-\u9fff]{2,4}[）)]")
_BRANCH = re.compile(r"中国(?:公司)?(?=[\u4e00-\u9fff]{0,6}(?:总裁|合伙人|负责人|董事长|总经理|首席|副总))")
# 【某某报】 before an item of a digest says where it comes from; （某县发改局） at the end of a paragraph who sent it.
_LABEL = re.compile(r"】")
_SENDER = re.compile(r"[）)]$")
# Newspapers and magazines in 《》.
_PAPER = re.compile(r"《([\u4e00-\u9fff]{2,10}(?:[日晚早周时商邮快导学]报|报|周刊|周报|月刊|杂志|评论))》")
_LONG = 4
_BLOCS = frozenset({"欧盟", "东盟", "非盟"})
_TRADING = re.compile(r"[对从自向往至与同和及、的]$")
_TRADED = re.compile(r"[、和及与等]|出口|进口|进出口|贸易|市场|国家|各国|双边|成员国|是|为|成为|超|首次")
_STOPS = frozenset("。！？；”")
_WHOLE = frozenset({"university", "media", "hospital"})
_NATION = frozenset({"国家", "中国", "全国", "中央", "中华"})
_LATIN = re.compile(r"[A-Za-z0-9]")


@cache
def identities() -> dict[str, str]:
    """Every known surface to the full name of what it names."""
    found: dict[str, str] = {}
    for name in _LISTS:
        for full, _, *rest in lexicon.rows(name):
            for surface in (full, *(rest[0].split("|") if rest and rest[0] else ())):
                found.setdefault(surface.rstrip("?"), full)
    return found


@cache
def _kinds() -> dict[str, str]:
    return {row[0]: row[1] for name in _LISTS for row in lexicon.rows(name)}


@cache
def _doubtful() -> frozenset[str]:
    cells = (row[2] for name in _LISTS for row in lexicon.rows(name) if len(row) > 2)
    return frozenset(s[:-1] for cell in cells for s in cell.split("|") if s.endswith("?"))


_MATCHER = matching.Matcher(identities)


def find(number: int, sentence: Sentence, whole: str) -> list[Mention]:
    """The known organisations of a paragraph; a firm's full name anywhere in ``whole``, the article, settles doubt."""
    text = sentence.text
    found: list[Mention] = []
    for start, end in _MATCHER.every(text):
        surface = text[start:end]
        if (found and start < found[-1].end) or not _stands_alone(sentence, start, end) or _NOT_BEHIND.match(text, end):
            continue
        if credited(text, start, end):
            continue
        if surface in suffixes() and _local(sentence, start):
            continue
        if surface in _BLOCS and _partner(text, start, end):
            continue
        if surface in _doubtful() and not _is_firm(text, start, end, whole, found):
            continue
        kind = _kinds()[identities()[surface]]
        stop = end + len(_beyond(text, end, kind))
        begin = _with_country(sentence, start, kind) if kind not in _WHOLE else start
        confidence = 0.8 if surface in _doubtful() else 1.0
        found.append(Mention(number, begin, stop, text[begin:stop], kind, "list of organisations", confidence))
    if "报》" in text or "刊》" in text:
        taken = {i for m in found for i in range(m.start, m.end)}
        found += [
            Mention(number, m.start(1), m.end(1), m.group(1), "media", "paper in title marks", 0.8)
            for m in _PAPER.finditer(text)
            if m.start(1) not in taken and not m.group(1).endswith("公报")
        ]
    if "中" in text:
        found += [
            Mention(number, m.start(), m.end(), m.group(), "enterprise", "numbered bureau", 0.95)
            for m in _NUMBERED.finditer(text)
        ]
    return found


def _partner(text: str, start: int, end: int) -> bool:
    """Whether a union of states is named as a market and not as one who acts: 对东盟出口."""
    return _TRADED.match(text, end) is not None and _TRADING.search(text, max(0, start - 1), start) is not None


def _local(sentence: Sentence, start: int) -> bool:
    """Whether a place or a level stands before 发改委, 国资委: a body of that place and not the nation's."""
    word = sentence.words[sentence.index(start - 1)] if start else None
    if word is None or word.text in _NATION:
        return False
    return word.tag == "ns" or word.text in lexicon.words("org_levels") or word.text in divisions.by_surface()


def _beyond(text: str, end: int, kind: str) -> str:
    """What belongs to a known name beyond it: the campus of a university, the Chinese branch of a foreign firm."""
    pattern = _CAMPUS if kind == "university" else _BRANCH if kind == "enterprise" else None
    found = pattern.match(text, end) if pattern else None
    return found.group() if found else ""


def _stands_alone(sentence: Sentence, start: int, end: int) -> bool:
    text = sentence.text
    if _LATIN.match(text[start]) or _LATIN.match(text[end - 1]):
        return not (start and _LATIN.match(text[start - 1])) and not (end < len(text) and _LATIN.match(text[end]))
    if end - start < _LONG:
        return sentence.edge(start) and sentence.edge(end)
    # 中国太平洋 is not 中国太平; 国家能源局长 is the head of the 国家能源局.
    return sentence.edge(end) or sentence.words[sentence.index(end)].text in lexicon.words("people_titles")


def _is_firm(text: str, start: int, end: int, whole: str, found: list[Mention]) -> bool:
    if _FIRM_BEHIND.match(text, end) or _DEED_BEHIND.match(text, end):
        return True
    if _FIRM_BEFORE.search(text, max(0, start - 4), start):
        return True
    if found and text[found[-1].end : start] in {"、", "和", "与"}:
        return True
    full = identities()[text[start:end]]
    return any(len(s) > end - start and s in whole for s in (full, text[start:end] + "公司", text[start:end] + "集团"))


def credited(text: str, start: int, end: int) -> bool:
    """Whether a name is a label before the item of a digest, or the sender's at the end of a paragraph."""
    before = text[start - 1 : start]
    if before == "【":
        return _LABEL.match(text, end) is not None
    return before in {"（", "("} and _SENDER.match(text, end) is not None and text[start - 2 : start - 1] in _STOPS


def _with_country(sentence: Sentence, start: int, kind: str) -> int:
    """美国半导体产业协会, 中国光大集团: a country before a body's name is part of it, a city before a firm's."""
    if start == 0:
        return start
    word = sentence.words[sentence.index(start - 1)]
    if kind == "enterprise":
        return word.start if word.text in divisions.by_surface() or word.text == "中国" else start
    return word.start if word.text in lexicon.words("places_countries") or word.text == "中国" else start
