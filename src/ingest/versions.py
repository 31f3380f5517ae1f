"""What differs between two versions of an article: particulars by name, paragraphs one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

# Comparing two texts letter by letter costs their product: above this they are shown whole.
_LONGEST = 5_000
# Two paragraphs that share less than this are two paragraphs, not one that was changed; below it a diff is confetti.
_ALIKE = 0.4


class Piece(NamedTuple):
    """A stretch of a text: in both versions, only in the former, or only in the later one."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``name`` is a particular's, or ``paragraph``, with its number (from 1) in the later version.

    A paragraph that went has its number in the former version.
    """

    name: str
    number: int | None
    pieces: tuple[Piece, ...]


def changes(former: Mapping[str, Any], later: Mapping[str, Any]) -> list[Change]:
    """Return what differs between two versions: contents as ``revision.content`` holds them."""
    told = [
        Change(name, None, _pieces(_text(former.get(name)), _text(later.get(name))))
        for name in later
        if name not in {"paragraphs", "originals"} and former.get(name) != later.get(name)
    ]
    texts = _paragraphs(former.get("paragraphs") or [], later.get("paragraphs") or [])
    if not told and not texts:  # the reading text is the same: punctuation, script or an annotation on the page differs
        was, is_now = former.get("originals") or [], later.get("originals") or []
        texts = [Change("as published", each.number, each.pieces) for each in _paragraphs(was, is_now)]
    return told + texts


def _paragraphs(former: Sequence[str], later: Sequence[str]) -> list[Change]:
    found: list[Change] = []
    for kind, i, j, k, m in SequenceMatcher(None, former, later, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _replaced(former[i:j], later[k:m], i, k)
    return found


def _replaced(former: Sequence[str], later: Sequence[str], first: int, second: int) -> list[Change]:
    """Pair paragraphs that took one another's place, in order; the rest went or came."""
    found = []
    for place in range(max(len(former), len(later))):
        was = former[place] if place < len(former) else ""
        now = later[place] if place < len(later) else ""
        number = (second if now else first) + place + 1
        found.append(Change("paragraph", number, _pieces(was, now)))
    return found


def _pieces(former: str, later: str) -> tuple[Piece, ...]:
    if not former or not later or len(former) + len(later) > 2 * _LONGEST:
        return _whole(former, later)
    matcher = SequenceMatcher(None, former, later, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(former, later)
    found: list[Piece] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", former[i:j]))
            continue
        found += [Piece("gone", former[i:j])] if j > i else []
        found += [Piece("new", later[k:m])] if m > k else []
    return tuple(found)


def _whole(former: str, later: str) -> tuple[Piece, ...]:
    both = (Piece("gone", former), Piece("new", later))
    return tuple(piece for piece in both if piece.text)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
