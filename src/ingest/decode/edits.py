"""Repairs as edits of a text: making them, laying one round over another.

The invariant of this room: a text's edits are in order, do not overlap, and made in it give its reading text exactly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from heapq import merge
from itertools import compress, pairwise
from typing import NamedTuple, overload


class Edit(NamedTuple):
    """A mended stretch within this room: offsets in the text it was found in, and what was made of it.

    The room's rules speak of edits; the `Repair` that other rooms see is made of one when somebody asks for it, since
    a page in Traditional script has thousands.
    """

    start: int
    end: int
    made: str
    kind: str
    confidence: float = 1.0


class Swaps(Sequence[Edit]):
    """Edits that put one character in the place of one, kept as their places: an `Edit` only for who asks.

    ``text`` is the text with all of them made; ``others`` are the places of those that are not of ``kind``; ``kinds``
    are the kinds of all of them, and perhaps of others of the text.
    """

    __slots__ = ("kind", "kinds", "others", "starts", "text")

    def __init__(
        self, text: str, starts: Sequence[int], kind: str, others: Mapping[int, str], kinds: frozenset[str]
    ) -> None:
        self.text = text
        self.starts = starts
        self.kind = kind
        self.others = others
        self.kinds = kinds

    @overload
    def __getitem__(self, index: int) -> Edit: ...
    @overload
    def __getitem__(self, index: slice) -> "Swaps": ...
    def __getitem__(self, index: int | slice) -> "Edit | Swaps":
        if isinstance(index, slice):
            return Swaps(self.text, self.starts[index], self.kind, self.others, self.kinds)
        place = self.starts[index]
        return Edit(place, place + 1, self.text[place], self.others.get(place, self.kind))

    def __len__(self) -> int:
        return len(self.starts)

    def laid(self, second: Sequence[Edit]) -> "Swaps | None":
        """These with edits of their text laid over them, if those are of the same make and touch none of these."""
        more = {e.start: e for e in second if e.end == e.start + len(e.made) == e.start + 1 and e.confidence == 1.0}
        starts = sorted([*self.starts, *more])
        if len(more) < len(second) or any(one == other for one, other in pairwise(starts)):
            return None
        others = {**self.others, **{place: e.kind for place, e in more.items()}}
        return Swaps(apply(self.text, second), starts, self.kind, others, frozenset({self.kind, *others.values()}))


def swaps(found: str, made: str, kind: str) -> Swaps:
    """The edits that make one text of another that has as many characters."""
    one, other = (int.from_bytes(text.encode("utf-32-le", "surrogatepass"), "little") for text in (found, made))
    differing = (one ^ other).to_bytes(4 * len(found), "little")  # three times faster than a comparison of characters
    one, other, third = (int.from_bytes(differing[byte::4], "little") for byte in range(3))
    places = compress(range(len(found)), (one | other | third).to_bytes(len(found), "little"))
    return Swaps(made, list(places), kind, {}, frozenset({kind}))


# Characters of a line compared at once: `SequenceMatcher` is quadratic in a line that repeats itself, and a sentence of
# news has seldom more than a hundred characters.
_WINDOW = 400
_HELD = 4  # equal characters that show where the next comparison has to begin; notes may stand every few characters


def apply(original: str, edits: Iterable[Edit]) -> str:
    """Make the edits in the text they were found in."""
    if isinstance(edits, Swaps):
        return edits.text
    parts: list[str] = []
    done = 0
    for start, end, made, _, _ in edits:
        parts += (original[done:start], made)
        done = end
    parts.append(original[done:])
    return "".join(parts)


def moved(edits: Iterable[Edit], places: int) -> Iterable[Edit]:
    """Edits of a part of a text as edits of the text, which holds ``places`` characters before that part."""
    if not places:
        return edits
    return [Edit(start + places, end + places, made, kind, sure) for start, end, made, kind, sure in edits]


def difference(found: str, made: str, *, kind: str, confidence: float) -> Iterator[Edit]:
    """The edits that make one line of another, as small as they come."""
    spans: list[list[int]] = []
    for what, *places in _opcodes(found, made):
        bounds = _held(*places) if what == "insert" and found else places
        if what == "insert" and spans and spans[-1][1] > bounds[0]:
            spans[-1][1::2] = bounds[1::2]
        elif what != "equal":
            spans.append(bounds)
    for start, end, made_start, made_end in spans:
        yield Edit(start, end, made[made_start:made_end], kind, confidence)


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


def compose(first: Sequence[Edit], text: str, second: Sequence[Edit]) -> Sequence[Edit]:
    """Lay a second round of edits over a first.

    Args:
        first: Edits of the text before any repair.
        text: That text with ``first`` made.
        second: Edits of ``text``.

    Returns:
        Edits of the text before any repair that give what ``second`` makes of ``text``. Where two rounds touched the
        same stretch there is one edit, of the earlier round's kind: the script of a mended stretch is no news.
    """
    if not first or not second:
        return first or second
    if isinstance(first, Swaps) and (both := first.laid(second)) is not None:
        return both
    if all(edit.end - edit.start == len(edit.made) for edit in first):  # no place has moved: script, punctuation
        rounds = sorted([*first, *second])
        if all(one.end <= other.start for one, other in pairwise(rounds)):
            return rounds
    return list(laid(first, text, second))


def laid(first: Iterable[Edit], text: str, second: Iterable[Edit]) -> Iterator[Edit]:
    """Lay a second round over a first as `compose` does, edit by edit, for rounds too long to be held."""
    shift = 0  # a place in the original less the same place in the text, behind the groups passed so far
    for group in _groups(first, second):
        if len(group) == 1:
            only = group[0].edit
            yield only if group[0].first else only._replace(start=only.start + shift, end=only.end + shift)
            shift += (only.end - only.start - len(only.made)) if group[0].first else 0
            continue
        start, end = group[0].start, max(member.end for member in group)
        begin = start + shift
        shift += sum(m.edit.end - m.edit.start - len(m.edit.made) for m in group if m.first)
        later = moved([m.edit for m in group if not m.first], -start)
        yield Edit(
            begin,
            end + shift,
            apply(text[start:end], later),
            next((m.edit.kind for m in group if m.first), group[0].edit.kind),
            min(m.edit.confidence for m in group),
        )


class _Member(NamedTuple):
    """An edit of either round and its stretch of the text between the rounds."""

    start: int
    end: int
    first: bool
    edit: Edit


def _groups(first: Iterable[Edit], second: Iterable[Edit]) -> Iterator[list[_Member]]:
    """Both rounds in the order of the text, those together that touched the same stretch."""
    members = merge(_placed(first), (_Member(e.start, e.end, False, e) for e in second), key=lambda m: m[:2])
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


def _placed(edits: Iterable[Edit]) -> Iterator[_Member]:
    """Edits with the place of what they made in the text that they gave."""
    shift = 0
    for edit in edits:
        start = edit.start - shift
        yield _Member(start, start + len(edit.made), True, edit)
        shift += edit.end - edit.start - len(edit.made)
