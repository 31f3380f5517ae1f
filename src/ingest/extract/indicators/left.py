"""What stands before a number in its clause: the noun measured, its verb, the link between noun and number."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from ingest.extract.indicators import lexicon, noun, words
from ingest.extract.indicators.spans import Span


@dataclass(slots=True, kw_only=True)
class Left:
    """The words before a number.

    ``start``: where the evidence begins. ``verb`` governs the noun (引进) or, if ``bare``, stands right before the
    number. ``link`` stands between noun and number: 完成, 达, 增长, 占.
    """

    start: int
    noun: str = ""
    verb: str = ""
    link: str = ""
    bare: bool = False


class _Slot(NamedTuple):
    """A stretch of a paragraph before a number; ``cuts`` are no part of a noun: times, adverbials, the subject."""

    text: str
    lo: int
    hi: int
    cuts: list[Span]

    def pieces(self, end: int) -> list[Span]:
        """What is left of the stretch up to ``end`` without the cuts, the nearest first."""
        found, at = [], self.lo
        for a, b in sorted(self.cuts):
            if b <= at or a >= end:
                continue
            if a > at:
                found.append((at, a))
            at = max(at, b)
        if at < end:
            found.append((at, end))
        return found[::-1]


_SHARE = re.compile(
    r"占(?:到|据|了)?(?!地|比|有|用|领|道|据|到)(?P<whole>[^占，。；]{1,34}?)(?:的?(?:比重|比例|份额))?的?$"
)
_THAN = re.compile(
    r"(?<![同环占对相])(?:比|较(?!为|大|高|好|快))(?!例|重|率|亚|较|拟)[^，。；]{1,20}$|(?:与|同|和)[^，。；]{1,14}相比$"
)
_ABOVE = re.compile(r"(?:高于|低于|快于|慢于|高出|低出|超出|领先|落后|优于|好于|多于|少于|高过)(?=[^，。；]{1,20}$)")
_ONCE = re.compile(r"(?:从|由|至|到)?(?:过去|原来|现在|目前|最初|如今|当初|以前|当时|之前)的$")
_LATIN = re.compile("[A-Za-z]{2}")
#: Before a verb with only a number behind it, what is counted has at least so many characters: 中小企业|入库|120家.
_TOPIC = 2
_FUNCTION = frozenset("在于对从向与和同由为至到按据使让共有")
#: How often, and nothing that is measured: 年均增长.
_RHYTHM = frozenset(("年", "月", "日", "年均", "月均", "日均", "每年", "平均"))
#: These stand between a doer and what it measures: 生产性服务业|完成|投资39亿元.
_DONE = ("完成", "实现")


def read(text: str, lo: int, hi: int, cuts: list[Span], *, percent: bool = False) -> Left:
    """Read the words before a number.

    Args:
        text: The paragraph.
        lo: Where the number's clause, or what is left of it, begins.
        hi: Where the number begins, its bound included.
        cuts: Spans that are no part of a noun: times, adverbial phrases, the subject's name.
        percent: Whether the number is a percentage, whose noun may end in 的 (年初预算的76%).
    """
    lo = max(lo, hi - 2 * noun.REACH)
    while hi > lo and text[hi - 1] in noun.SPACE:
        hi -= 1
    once = _ONCE.search(text, lo, hi)
    hi = once.start() if once else hi
    if once and text[hi - 1 : hi] in ("由", "从"):
        hi -= 1
    alone = hi <= lo or text[hi - 1] == "、" or text[lo:hi].strip("，") in ("和", "及", "与", "或", "至", "到")
    if alone or (text[hi - 1] == "的" and not percent):
        return Left(start=hi)
    slot = _Slot(text, lo, hi, cuts)
    end, link, verb = _links(text, lo, hi)
    if verb:
        return _bare(slot, end, verb, link)
    if share := _SHARE.search(text[lo:end]):
        whole = _without_cuts(slot, lo + share.start("whole"), lo + share.end("whole"))
        return Left(start=lo + share.start(), noun=noun.clean(whole) if words.has_han(whole) else "", link="占")
    end, link = _before_comparison(slot, end, link)
    return _noun(slot, end, link)


def _links(text: str, lo: int, hi: int) -> tuple[int, str, str]:
    """Where the noun ends, the link after it, and the verb if one stands right before the number."""
    end, link = hi, ""
    while end > lo:
        if text[end - 1] in noun.SPACE + "了约":
            end -= 1
            continue
        if text.endswith("人民币", lo, end):
            end -= 3
            continue
        word = words.word_before(text, lo, end)
        if not word or any(a < end <= b and b - a > len(word) for a, b in words.compounds(text, lo, end)):
            break
        if not words.is_adverb(word):
            kind = words.kind(word)
            if words.is_deverbal(word) and kind in ("up", "down"):
                return end, word, ""
            if not words.links(word):
                return (end, link, "") if link else (end, link, word)
            link = word if not link or (kind in ("up", "down") and words.is_copula(link)) else link
        end -= len(word)
    return end, link, ""


def _bare(slot: _Slot, end: int, verb: str, link: str) -> Left:
    """A verb right before the number; if it may be a noun (出口5亿元) it is what is measured, with what defines it."""
    start = end - len(verb)
    if not words.is_deverbal(verb):
        topic = _topic(slot, start)
        return Left(start=start - len(topic), noun=noun.clean(topic), verb=verb, link=link, bare=True)
    a, b = slot.pieces(end)[0]
    if b == end:
        found = noun.phrase(slot.text, a, end, linked=False)
        name = noun.clean(slot.text[found.start : end])
        begin = noun.skip_lead(slot.text, a, found.verb_start)
        if found.verb in _DONE and (doer := noun.clean(slot.text[begin : found.verb_start])):
            return Left(start=begin, noun=doer + name, verb=found.verb, link=link)
        if name.endswith(verb):
            begin = found.verb_start if found.verb else found.start
            return Left(start=begin, noun=name, verb=found.verb or verb, link=link, bare=not found.verb)
    return Left(start=start, noun=verb, verb=verb, link=link, bare=True)


def _topic(slot: _Slot, end: int) -> str:
    """What stands before a verb that has only a number behind it, if it is a noun: 中小企业|入库|120家."""
    pieces = slot.pieces(end)
    if not pieces or pieces[0][1] != end:
        return ""
    begin = noun.skip_lead(slot.text, pieces[0][0], end)
    name = noun.clean(slot.text[begin:end])
    if not _TOPIC <= len(name) <= noun.REACH // 2 or noun.governing(slot.text, begin, end, linked=False):
        return ""
    return slot.text[begin:end]


def _before_comparison(slot: _Slot, end: int, link: str) -> tuple[int, str]:
    """The end of the noun before 比去年同期 or 高于全国平均水平, and the link."""
    piece = slot.text[slot.lo : end]
    if above := _ABOVE.search(piece):
        return _links_end(slot.text, slot.lo, slot.lo + above.start()), above[0]
    than = _THAN.search(piece)
    if than and words.kind(link) in ("up", "down"):
        return _links_end(slot.text, slot.lo, slot.lo + than.start()), link
    return end, link


def _links_end(text: str, lo: int, hi: int) -> int:
    """Where a noun ends that adverbs and links may follow; they are kept if nothing else is there (增速)."""
    end = _links(text, lo, hi)[0]
    return end if words.has_han(text[lo:end]) else hi


def _noun(slot: _Slot, end: int, link: str) -> Left:
    """The noun in the nearest stretch before the link that no time or adverbial takes up."""
    linked = words.is_copula(link) or words.kind(link) in ("up", "down")
    for a, b in slot.pieces(end):
        stop = b if b == end else _links_end(slot.text, a, b)
        found = noun.phrase(slot.text, a, stop, linked=linked or b != end)
        name = noun.clean(slot.text[found.start : stop])
        begin = noun.skip_lead(slot.text, a, found.verb_start)
        if found.verb in _DONE and name and (doer := noun.clean(slot.text[begin : found.verb_start])):
            return Left(start=begin, noun=doer + name, verb=found.verb, link=link)
        if name in _FUNCTION or name in _RHYTHM or lexicon.unit_kinds().get(name) == "count":
            continue
        if words.has_han(name) or _LATIN.search(name):
            return Left(start=found.verb_start if found.verb else found.start, noun=name, verb=found.verb, link=link)
        if found.verb and not name:
            return Left(start=found.verb_start, verb=found.verb, link=link, bare=True)
    return Left(start=end if link else slot.hi, link=link, verb=link if words.kind(link) == "have" else "")


def _without_cuts(slot: _Slot, lo: int, hi: int) -> str:
    """A stretch without the times in it."""
    kept, at = "", lo
    for a, b in sorted(slot.cuts):
        if at <= a < hi and b <= hi:
            kept, at = kept + slot.text[at:a], b
    return (kept + slot.text[at:hi]).removeprefix("的")
