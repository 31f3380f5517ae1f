"""What a quantity measures: the noun phrase before or after it, and the stretch of text that carries the figure."""

import re
from dataclasses import dataclass

from ingest.extract.indicators import left as before
from ingest.extract.indicators import lexicon, words
from ingest.extract.indicators import right as behind
from ingest.extract.indicators.noun import clean
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.spans import Span


@dataclass(slots=True, kw_only=True)
class Phrase:
    """A quantity in its clause. ``start`` to ``end`` is the evidence, ``name`` what is counted (may be empty).

    ``verb`` governs the noun (引进, 举办) or is done by it (开工), ``link`` stands between noun and number (完成, 达,
    增长). ``first``: the number comes before the noun.
    """

    start: int
    end: int
    name: str = ""
    verb: str = ""
    link: str = ""
    first: bool = False
    holder: str = ""  # who has what is counted, where a noun says so: 某地有20多万华商
    bare: bool = False  # the verb stands right before the number


_LASTS = re.compile(r"(?:多)?(?:的)?(?:时间|光景|工夫)?(?:里|内|来)?(?:，)?(?:就|才|便|他|她|我们|一直|都|还|，)*")
_TIME = re.compile("时间|光景|工夫")
_PREDICATE = re.compile(r"[^，。；：！？]{2,24}")
_SIZE = re.compile("(?:首期|一期)?(?:总?规模|总?投资|总?额度|授信额度)")
_EACH = re.compile("[按以]?(每[^，。的]{1,4})")
_LISTED = re.compile(r"(..)[^，]*等(?=[\u4e00-\u9fff])")
_COUNTED = re.compile(r"[\d.万亿余多约近超]+[人名个家项]的|了|[\d.]+[个家名项人].*$")
#: A longer noun before 有 is a description and no name.
_HOLDER = 5


def read(text: str, q: Quantity, free: tuple[int, int, int], cuts: list[Span]) -> Phrase:
    """Name and evidence of a quantity.

    Args:
        text: The paragraph.
        q: The quantity.
        free: Where what is free for it in its clause begins, where a noun behind it must end, where the rest ends.
        cuts: Spans that are no part of a noun: times, adverbial phrases, the subject's name.
    """
    lo, hi, stop = free
    left = before.read(text, lo, q.start, cuts, percent=q.kind in ("percent", "tenth", "permille"))
    if q.kind == "time" and not left.link:
        return _duration(text, q, left, hi)
    if q.kind == "money" and not left.noun and text.endswith("以", lo, q.start):
        left.verb = left.noun = behind.verb_after(text, q.end, stop)  # 以20亿美元收购
    right_end = behind.end_of_noun(text, q.end, hi)
    right = clean(text[q.end : right_end])
    if right and text.startswith("的", q.end) and _SIZE.fullmatch(left.noun):  # 总规模8亿元的产业基金
        left.noun = right + left.noun
    if words.has_han(right) and _number_first(text, q, left):
        return _first(text, q, left, right, (right_end, stop))
    return Phrase(
        start=min(left.start, q.start), end=q.end, name=left.noun, verb=left.verb, link=left.link, bare=left.bare
    )


def _number_first(text: str, q: Quantity, left: before.Left) -> bool:
    """Whether the noun after the unit is what is counted, though a noun may stand before the number too."""
    following = behind.verb_after(text, q.end, len(text))
    if q.kind == "big":
        return True
    if q.kind in ("count", "bare"):
        opens = following or lexicon.pattern("<total>").match(text, q.end)
        return not left.noun or not (opens or (left.link and words.kind(left.link) != "have"))
    each = _EACH.fullmatch(left.noun) and text.startswith("的", q.end)
    gives = left.bare and left.verb and not words.is_deverbal(left.verb)  # 园区|设立50亿元|产业基金
    own = bool(left.noun and not each and not gives) or (left.bare and words.is_deverbal(left.verb))
    if own or (following and not words.is_deverbal(following)):
        return False
    if q.kind in ("money", "measure"):
        return words.kind(left.link) not in ("up", "down")
    return not left.link and (q.kind == "percent" or text.startswith("的", q.end))


def _first(text: str, q: Quantity, left: before.Left, right: str, ends: Span) -> Phrase:
    right_end, hi = ends
    if q.kind == "count" and (taken := behind.taken(text, right_end, hi, right)):
        name, verb, end = taken
        return Phrase(start=q.start, end=end, name=name, verb=verb, first=True)
    each = _EACH.fullmatch(left.noun)
    return Phrase(
        start=min(left.start, q.start) if left.bare or (left.verb and not left.noun) else q.start,
        end=right_end,
        name=each[1] + right if each else right,
        verb=left.verb or behind.verb_after(text, right_end, hi),
        link=left.link,
        first=True,
        holder=left.noun if words.kind(left.link) == "have" and len(left.noun) <= _HOLDER else "",
    )


def _duration(text: str, q: Quantity, left: before.Left, hi: int) -> Phrase:
    """How long something lasts is named by it: 连续6年|评选工匠, 用时7个月|完成设计."""
    start = min(left.start, q.start)
    if text.startswith("的", q.end) and not _TIME.match(text, q.end + 1):
        end = behind.end_of_noun(text, q.end, hi)
        return Phrase(start=start, end=end, name=clean(text[q.end : end]), verb=left.verb, link=left.link, first=True)
    if lexicon.pattern("<rose>").match(text, q.end):  # 办理时限由20天压缩至7天
        return Phrase(start=start, end=q.end, name=left.noun, verb=left.verb, link=left.link)
    lasts = _LASTS.match(text, q.end)
    done = _PREDICATE.match(text, lasts.end() if lasts else q.end)
    mark = text[q.end : q.end + 1]
    apart = mark in ("。", "；") or (mark == "，" and (left.verb or left.noun))
    if done is None or apart:
        return Phrase(start=start, end=q.end, name=left.noun or left.verb, verb=left.verb, link=left.link)
    end = done.end() if done.end() <= hi else q.end
    return Phrase(start=start, end=end, name=_deed(done[0]), verb="持续", link=left.link)


def _deed(predicate: str) -> str:
    """What is done in a time, without what it is done to in numbers: 评选甲、乙等工匠65名 is 评选工匠."""
    listed = _LISTED.match(predicate)
    if listed:
        predicate = listed[1] + predicate[listed.end() :]
    return clean(_COUNTED.sub("", predicate))
