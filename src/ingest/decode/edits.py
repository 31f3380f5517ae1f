"""Repairs as edits of a text: making them, laying one round over another, cutting a mended line in two.

The invariant of this room: a text's repairs are in order, do not overlap, and made in its original give its reading
text exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from heapq import merge
from typing import NamedTuple

from ingest.model import Repair

Half = tuple[str, str, tuple[Repair, ...]]
# Characters of a line compared at once: `SequenceMatcher` is quadratic in a line that repeats itself, and a sentence of
# news has seldom more than a hundred characters.
_WINDOW = 400
_HELD = 4  # equal characters that show where the next comparison has to begin; notes may stand every few characters


def apply(original: str, repairs: Iterable[Repair]) -> str:
    """Make the repairs in the text they were found in."""
    parts: list[str] = []
    done = 0
    for repair in repairs:
        parts += (original[done : repair.start], repair.made)
        done = repair.end
    parts.append(original[done:])
    return "".join(parts)


def moved(repair: Repair, places: int) -> Repair:
    """A repair of a part of a text as a repair of the text, which holds ``places`` characters before that part."""
    if not places:
        return repair
    return Repair(  # `dataclasses.replace` takes five times as long, and a Traditional page has thousands
        kind=repair.kind,
        start=repair.start + places,
        end=repair.end + places,
        found=repair.found,
        made=repair.made,
        confidence=repair.confidence,
        block=repair.block,
    )


def difference(found: str, made: str, *, kind: str, confidence: float) -> Iterator[Repair]:
    """The repairs that make one line of another, as small as they come."""
    spans: list[list[int]] = []
    for what, *places in _opcodes(found, made):
        bounds = _held(*places) if what == "insert" and found else places
        if what == "insert" and spans and spans[-1][1] > bounds[0]:
            spans[-1][1::2] = bounds[1::2]
        elif what != "equal":
            spans.append(bounds)
    for start, end, made_start, made_end in spans:
        yield Repair(
            kind=kind,
            start=start,
            end=end,
            found=found[start:end],
            made=made[made_start:made_end],
            confidence=confidence,
        )


def _opcodes(found: str, made: str) -> Iterator[tuple[str, int, int, int, int]]:
    """What makes one text of another, as `SequenceMatcher` says it; linear in their length."""
    at = made_at = 0
    while at < len(found) or made_at < len(made):
        window, made_window = found[at : at + _WINDOW], made[made_at : made_at + _WINDOW]
        matcher = SequenceMatcher(None, window, made_window, autojunk=False)
        end, made_end = len(window), len(made_window)
        if at + end < len(found) or made_at + made_end < len(made):
            end, made_end = _anchor(matcher, end, made_end)
        for what, *places in matcher.get_opcodes():
            start, behind, made_start, made_behind = places
            if start < end or made_start < made_end:
                behind, made_behind = min(behind, end), min(made_behind, made_end)
                yield what, at + start, at + behind, made_at + made_start, made_at + made_behind
        at, made_at = at + end, made_at + made_end


def _anchor(matcher: SequenceMatcher[str], end: int, made_end: int) -> tuple[int, int]:
    """Where in two windows to begin the next comparison: within the last stretch that both have, or at their ends."""
    late = [block for block in matcher.get_matching_blocks() if block.size and block.a + block.size > end // 2]
    if not late:
        return end, made_end
    longest = max(block.size for block in late)
    block = next(block for block in reversed(late) if block.size >= min(_HELD, longest))
    inside = max(1, block.size - _HELD // 2)
    return block.a + inside, block.b + inside


def _held(start: int, end: int, made_start: int, made_end: int) -> list[int]:
    """An insertion with the character before it, or else the one behind it: a repair has found something."""
    return [start - 1, end, made_start - 1, made_end] if start else [start, end + 1, made_start, made_end + 1]


def compose(original: str, first: Sequence[Repair], text: str, second: Sequence[Repair]) -> list[Repair]:
    """Lay a second round of repairs over a first.

    Args:
        original: The text before any repair.
        first: Repairs of ``original``.
        text: ``original`` with ``first`` made.
        second: Repairs of ``text``.

    Returns:
        Repairs of ``original`` that give what ``second`` makes of ``text``. Where two rounds touched the same stretch
        there is one repair, of the earlier round's kind: the script of a mended stretch is no news.
    """
    if not first:
        return list(second)
    if not second:
        return list(first)
    out: list[Repair] = []
    shift = 0  # a place in the original less the same place in the text, behind the groups passed so far
    for group in _groups(first, second):
        if len(group) == 1:
            only = group[0].repair
            out.append(only if group[0].first else moved(only, shift))
            shift += (only.end - only.start - len(only.made)) if group[0].first else 0
            continue
        start, end = group[0].start, max(member.end for member in group)
        begin = start + shift
        shift += sum(m.repair.end - m.repair.start - len(m.repair.made) for m in group if m.first)
        later = [moved(m.repair, -start) for m in group if not m.first]
        out.append(
            Repair(
                kind=next((m.repair.kind for m in group if m.first), group[0].repair.kind),
                start=begin,
                end=end + shift,
                found=original[begin : end + shift],
                made=apply(text[start:end], later),
                confidence=min(m.repair.confidence for m in group),
            )
        )
    return out


class _Member(NamedTuple):
    """A repair of either round and its stretch of the text between the rounds."""

    start: int
    end: int
    first: bool
    repair: Repair


def _groups(first: Sequence[Repair], second: Sequence[Repair]) -> Iterator[list[_Member]]:
    """Both rounds in the order of the text, those together that touched the same stretch."""
    members = merge(_placed(first), (_Member(r.start, r.end, False, r) for r in second), key=lambda m: m[:2])
    group: list[_Member] = []
    end = 0
    for member in members:
        if group and not (member.start < end and member.end > group[0].start):
            yield group
            group = []
        end = max(end, member.end) if group else member.end
        group.append(member)
    if group:
        yield group


def _placed(repairs: Sequence[Repair]) -> Iterator[_Member]:
    """Repairs with the place of what they made in the text that they gave."""
    shift = 0
    for repair in repairs:
        start = repair.start - shift
        yield _Member(start, start + len(repair.made), True, repair)
        shift += repair.end - repair.start - len(repair.made)


def cut(text: str, original: str, repairs: Sequence[Repair], at: int) -> tuple[Half, Half]:
    """Cut a mended line in two at a place of its reading text.

    Args:
        text: The reading text: ``original`` with ``repairs`` made.
        original: The line as published.
        repairs: What was mended in it, in order; offsets in ``original``.
        at: Where to cut, an offset in ``text``. A cut inside a mended stretch moves to the stretch's nearer edge.

    Returns:
        For either half its text, original and repairs, the offsets counted from the half's own beginning. The
        originals, one after the other, are ``original``; the texts ``text``.
    """
    head: list[Repair] = []
    tail: list[Repair] = []
    place = at  # the cut as a place in the original, as far as the repairs passed tell
    for repair in repairs:
        if repair.start >= place:
            tail.append(repair)
            continue
        made_end = repair.start + len(repair.made)  # counted as if this repair stood alone
        if place >= made_end:
            place += (repair.end - repair.start) - len(repair.made)
            head.append(repair)
        elif place - repair.start <= made_end - place:
            at, place = at - (place - repair.start), repair.start
            tail.append(repair)
        else:
            at, place = at + (made_end - place), repair.end
            head.append(repair)
    tail = [moved(r, -place) for r in tail]
    return (text[:at], original[:place], tuple(head)), (text[at:], original[place:], tuple(tail))
