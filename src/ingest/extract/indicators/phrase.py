"""What a quantity measures: the noun phrase before or after it, and the stretch of text that carries the figure."""

import re
from dataclasses import dataclass

from ingest.extract.indicators import left as before
from ingest.extract.indicators import right as behind
from ingest.extract.indicators import words
from ingest.extract.indicators.scan import Quantity
from ingest.extract.indicators.words import Span


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
    bare: bool = False


_TOTAL = re.compile(r"总(?:投资|面积|产值|额|金额|长|价|里程|规模|造价|容量|装机|产能|用地)|合计|共计|累计|涉及|其中")
_LASTS = re.compile(r"(?:多)?(?:的)?(?:时间|光景|工夫)?(?:里|内|来)?(?:，)?(?:就|才|便|他|她|我们|一直|都|还|，)*")
_PREDICATE = re.compile(r"[^，。；：！？]{2,24}")


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
    if q.kind == "time" and not (left.noun and left.link):
        return _duration(text, q, left, hi)
    right_end = behind.end_of_noun(text, q.end, hi)
    right = before.clean(text[q.end : right_end])
    if right and words.has_han(right) and _number_first(text, q, left):
        return _first(text, q, left, right, (right_end, stop))
    return Phrase(
        start=min(left.start, q.start), end=q.end, name=left.noun, verb=left.verb, link=left.link, bare=left.bare
    )


_EACH = re.compile("[按以]?(每[^，。的]{1,4})")
#: A longer noun before 有 is a description and no name.
_HOLDER = 5


def _number_first(text: str, q: Quantity, left: before.Left) -> bool:
    """Whether the noun after the unit is what is counted, though a noun may stand before the number too."""
    each = _EACH.fullmatch(left.noun)
    own = bool(left.noun and not (each and text.startswith("的", q.end))) or (
        left.bare and words.is_deverbal(left.verb)
    )
    following = behind.verb_after(text, q.end, len(text))
    if q.kind == "big":
        return True
    if q.kind in ("count", "bare"):
        if not left.noun:
            return True
        return not following and not _TOTAL.match(text, q.end) and (not left.link or words.kind(left.link) == "have")
    if q.kind == "percent":
        return not own and not left.link and not following
    if q.kind in ("point", "fold", "multiple", "tenth", "index", "score"):
        return text.startswith("的", q.end) and not own and not left.link
    if following and not words.is_deverbal(following):
        return False
    return not own and words.kind(left.link) not in ("up", "down")


def _first(text: str, q: Quantity, left: before.Left, right: str, ends: Span) -> Phrase:
    right_end, hi = ends
    if q.kind == "count" and (taken := behind.taken(text, right_end, hi, right)):
        name, verb, end = taken
        return Phrase(start=q.start, end=end, name=name, verb=verb, first=True)
    verb = left.verb or behind.verb_after(text, right_end, hi)
    holder = left.noun if words.kind(left.link) == "have" and len(left.noun) <= _HOLDER else ""
    start = min(left.start, q.start) if left.bare or (left.verb and not left.noun) else q.start
    each = _EACH.fullmatch(left.noun)
    name = each[1] + right if each else right
    return Phrase(start=start, end=right_end, name=name, verb=verb, link=left.link, first=True, holder=holder)


_COUNTED = re.compile(r"[\d.万亿余多约近超]+[人名个家项]的|了|[\d.]+[个家名项人].*$")


def _deed(predicate: str) -> str:
    """What is done in a time, without what it is done to in numbers: 评选甲、乙等工匠65名 is 评选工匠."""
    listed = re.match(r"(..)[^，]*等(?=[\u4e00-\u9fff])", predicate)
    if listed:
        predicate = listed[1] + predicate[listed.end() :]
    return before.clean(_COUNTED.sub("", predicate))


def _duration(text: str, q: Quantity, left: before.Left, hi: int) -> Phrase:
    """How long something lasts is named by it: 连续6年|评选工匠, 用时7个月|完成设计."""
    lasts = _LASTS.match(text, q.end)
    at = lasts.end() if lasts else q.end
    done = _PREDICATE.match(text, at)
    apart = text[q.end : q.end + 1] in ("，", "。", "；")
    if done and (not apart or (text[q.end : q.end + 1] == "，" and not (left.verb or left.noun))):
        name = _deed(done[0]) if done else ""
        end = q.end if done and done.end() > hi else (done.end() if done else q.end)
        return Phrase(
            start=min(left.start, q.start), end=max(q.end, min(end, hi)), name=name, verb="持续", link=left.link
        )
    return Phrase(
        start=min(left.start, q.start), end=q.end, name=left.noun or left.verb, verb=left.verb, link=left.link
    )
