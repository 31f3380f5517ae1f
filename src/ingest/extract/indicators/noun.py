"""Noun phrases before a number: where one begins, which verb governs it, what clings to its ends."""

import re
from typing import NamedTuple

from ingest.extract.indicators import lexicon, spans, words
from ingest.extract.words import sentence

SPACE = " \u3000"
#: 对 opens a noun phrase that keeps it: 对东盟进出口.
_KEPT = re.compile(r"对(?=[^，。；]{1,8}(?:进出口|出口|进口|投资|贸易))")
_ETC = re.compile(
    r"(?<![平高中初均对同优相不何])等(?!级|于|候|额|效|奖|待|式|离|方式|形式|部门|地|人|同)(?:全部|各类|各|共|主要|合计)?"
)
_TRAIL = re.compile(
    r"(?:的|在|了|着|和|及|与|或|、|等|，|：|以|中|之|为|是|共有|共|有|其中|已|均|又|也|还|并|问题(?<=.{4}))+$"
)
_HEAD = re.compile(
    r"^(?:的|了|着|、|和(?!谐)|及|与(?!会)|有(?![关机色限效益线利])|是|还有|(?:实现|设立|达成|取得)了?(?=..)|完成了?(?!率|额|量|情况)(?=..))+"
)
#: 以…为核心的|业务: what something is built on says nothing of what is measured.
_WITH = re.compile("^以[^，]{2,20}的(?=..)")
_EACH = re.compile("(?:[由从为是达约]|收?于)(?=每)")
_WORD = re.compile("[\u4e00-\u9fff“A-Za-z]")
#: What ends so is measured, and a verb in it is part of it: 城镇登记失业率, 贷款加权平均利率.
_MEASURED = re.compile(r"(?:率|额|量|值|比例|比重|指数|系数|时间|时限|次数|人数|里程|净额|煤耗|能耗|收入|支出)$")
#: With these behind it a verb is the first half of a noun: 发明奖, 投资额.
_SUFFIX = "税奖者率额量费价值型性权业品员商厂站组处部"
#: A verb with so short a noun behind it is one compound with it (建设项目), unless it heads the phrase.
_COMPOUND = 3
#: A modifier between a verb and its compound object is no longer than this: 建成跨区域|服务站.
_MODIFIER = 4
#: No noun phrase of the pages read is longer, in characters.
REACH = 48


class Phrase(NamedTuple):
    """Where a noun phrase begins, the verb that governs it (empty for none) and where that begins."""

    start: int
    verb: str
    verb_start: int


class _Verb(NamedTuple):
    """A verb in a stretch of text that may govern the noun phrase behind it."""

    text: str
    word: str
    at: int
    lo: int
    end: int

    @property
    def after(self) -> str:
        return self.text[self.at + len(self.word) : self.end]

    @property
    def before(self) -> str:
        return self.text[self.at - 1] if self.at > self.lo else ""

    @property
    def marked(self) -> bool:
        """Whether an aspect particle makes it plain that it is a verb: 解决了, 培育出."""
        return self.after[:1] in ("了", "出")


def phrase(text: str, lo: int, end: int, *, linked: bool) -> Phrase:
    """The noun phrase that ends at ``end`` and begins at ``lo`` or after.

    ``linked``: a copula follows it, so it is a subject, and a verb in it counts only where it drives another clause
    (推动用户突破3万户), while 新引进项目到位资金 keeps its verb.
    """
    lo = max(lo, end - REACH)
    listed = [m.end() for m in _ETC.finditer(text, lo, end) if words.has_han(text[m.end() : end])]
    start = skip_lead(text, lo, end)
    verb, verb_start = "", start
    found = governing(text, start, end, linked=linked)
    if found:
        behind = [verb for verb in found if listed and verb[0] >= listed[-1]]
        verb_start, verb = behind[-1] if behind else found[0] if listed else _governor(text, found, end)
        start = verb_start + len(verb)
        while start < end and text[start] in "了出着过好起":
            start += 1
    if listed and listed[-1] > start:
        start = listed[-1]
    return Phrase(skip_lead(text, start, end), verb, verb_start)


def _governor(text: str, found: list[tuple[int, str]], end: int) -> tuple[int, str]:
    """The verb that governs the noun: the last one, unless it and a short noun are the end of an object themselves.

    出具|检测报告, 提供|融资服务: the verb before, with no more than a modifier between.
    """
    at, verb = found[-1]
    if len(found) > 1 and end - at - len(verb) <= _COMPOUND and text[at + len(verb)] not in "了出":
        earlier, governing_verb = found[-2]
        between = text[earlier + len(governing_verb) : at]
        if len(between) <= _MODIFIER and "，" not in between and sentence(text).edge(at):
            return found[-2]
    return at, verb


def skip_lead(text: str, at: int, end: int) -> int:
    """Past connectives, adverbs and adverbial phrases at the head of a stretch."""
    while at < end:
        if text[at] in SPACE + "、，的了":
            at += 1
            continue
        if lexicon.NOUNS.at(text, at) > at:
            break
        if word := words.adverb_at(text, at, end):
            at += len(word)
            continue
        lead = lexicon.pattern("<lead>").match(text, at, end)
        single = lead is not None and len(lead[0]) == 1
        if lead is None or (single and words.begins_noun(text, at)) or _KEPT.match(text, at):
            break
        at = lead.end()
    return at


def governing(text: str, lo: int, end: int, *, linked: bool) -> list[tuple[int, str]]:
    """The verbs of a stretch that may govern the noun phrase at its end, each with its place."""
    guarded = words.compounds(text, lo, end)
    found, at = [], lo
    while at < end - 1:
        if guarded and (inside := spans.around(guarded, at)):
            at = inside[1]
            continue
        if text[at] == "“":
            close = text.find("”", at, end)
            at = close + 1 if close >= 0 else at + 1
            continue
        word = words.verb_at(text, at, end)
        if word and words.is_whole(text, at, word) and _governs(_Verb(text, word, at, lo, end), linked=linked):
            found.append((at, word))
            at += len(word)
            continue
        at += 1
    return found


def _governs(verb: _Verb, *, linked: bool) -> bool:
    """Whether a verb governs what stands behind it: it is no half of a compound, and heads its phrase or is marked."""
    kind, after = words.kind(verb.word), verb.after
    if kind == "copula" or not _WORD.search(after) or _is_half(after):
        return False
    if linked:
        return verb.marked or (kind in ("cause", "have") and len(verb.word) > 1)
    if len(verb.word) == 1:
        free = not verb.before or verb.before in "共已还现仅只仍均将，、"
        return kind in ("have", "stock") and (free or verb.marked)
    return verb.marked or (_is_transitive(verb) and _heads(verb))


def _is_half(after: str) -> bool:
    return after[0] in _SUFFIX and after[:2] not in lexicon.words("suffix-word")


def _is_transitive(verb: _Verb) -> bool:
    """Whether the noun behind it is its object, not the second half of one noun: 出口创汇, 退税金额, 参与人才."""
    nominal = words.is_deverbal(verb.word)
    if verb.after[0] in "和及与、" or (words.is_deverbal(verb.after) and (nominal or verb.before)):
        return False
    inside = bool(verb.before) and verb.before not in "共已还又再先后计将，、"
    if (nominal or inside) and _MEASURED.search(verb.after):
        return False
    if lexicon.pattern("<measure-head>$").match(verb.after):
        return False
    return not (words.joins(verb.word) and lexicon.pattern("<party>").match(verb.after))


def _heads(verb: _Verb) -> bool:
    """Whether a verb heads its stretch, or at least does not make one compound with what is around it."""
    compound = lexicon.pattern("<noun-object>$").match(verb.after)
    if not verb.before:
        return True
    if verb.before == "新":
        return verb.at - 1 == verb.lo and not compound
    if verb.before == "的" or (compound and len(verb.after) <= _COMPOUND):
        return False
    # 工业项目|审批环节: with a noun before it and a short one behind it a verb joins the two
    return not (len(verb.after) < _COMPOUND and _follows_noun(verb))


def _follows_noun(verb: _Verb) -> bool:
    cut = sentence(verb.text)
    before = cut.words[cut.index(verb.at - 1)]
    return before.tag in ("n", "vn", "a") and len(before.text) > 1 and before.start >= verb.lo


def clean(name: str) -> str:
    """A noun phrase without what clings to its ends."""
    name = _HEAD.sub("", name.strip(SPACE + "，。；：、,;:"))
    name = _WITH.sub("", name)
    if "每" in name:
        name = _EACH.sub("", name)
    name = _TRAIL.sub("", name) if not name.endswith(("目的", "行为")) else name
    if name.count("（") != name.count("）"):
        name = re.sub(r"[（）].*$", "", name)
    if name.count("“") > name.count("”"):
        name = name[1:] if name.startswith("“") else name[: name.rfind("“")]
    if name.count("”") > name.count("“"):
        name = name[name.rfind("”") + 1 :] or name.rstrip("”")
    return name.strip(SPACE)
