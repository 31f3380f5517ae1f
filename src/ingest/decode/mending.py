"""The lines of a page, mended in an order in which no repair takes away what a later one needs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.decode import damage, edits, invisible, mojibake, pinyin, punctuation, script, tables
from ingest.decode.entities import find as find_entities
from ingest.model import Flag, Repair

Chars = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A line as it reads now, and what was mended in it; offsets in the line as it was."""

    text: str
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The lines of a page, one for one, and what no rule could settle."""

    lines: list[Mended]
    flags: tuple[Flag, ...] = ()


class _Round(NamedTuple):
    """One kind of repair: whether the characters of a page give cause for it, and the repair of the page's text."""

    needed: Callable[[Chars], bool]
    find: Callable[[str], list[Repair] | mojibake.Found]


_ENTITIES = _Round(lambda chars: bool(chars & {"&", "#", "\\", "%", "＆", ";"}), find_entities)
_MOJIBAKE = _Round(lambda _: True, mojibake.find)
_ROUNDS = (
    _MOJIBAKE,
    _ENTITIES,
    _Round(lambda chars: bool(chars & invisible.signs()), invisible.find),
    _Round(lambda chars: bool(chars & {"(", "（"}), pinyin.find),
    _Round(lambda chars: bool(chars & tables.traditional()), script.find),
    _Round(lambda chars: bool(chars & set(",:;!?(")), punctuation.find),
)
_LAST = frozenset({"pinyin", "script", "punctuation", "width"})  # kinds that bring no other to light
_SLICE = 1_000_000  # characters mended at once, so that a dump of 100 MB costs no more memory than its text
_REPEATS = 3  # a code may stand for a character that is itself damaged


def mend(lines: Sequence[str], *, entities: bool = True, garbled: bool = True) -> Mending:
    """Mend the text of a page, line by line, by what the whole page says.

    Args:
        lines: The page's lines or blocks in order, free of markup.
        entities: Whether codes such as &#20013; are damage; in the source of an HTML page they are not.
        garbled: Whether the lines may hold mojibake; those of a source that `read_source` has mended do not.

    Returns:
        The same lines, mended, each with its repairs, and flags for damage that cannot be mended.
    """
    left_out = {None if entities else _ENTITIES, None if garbled else _MOJIBAKE}
    rounds = [round_ for round_ in _ROUNDS if round_ not in left_out]
    if sum(map(len, lines)) <= _SLICE:
        return _page(lines, rounds)
    parts: list[list[Mended]] = [[] for _ in lines]
    flags: dict[str, Flag] = {}
    for slice_ in _slices(lines):
        mending = _page([piece for _, piece in slice_], rounds)
        for (index, _), mended in zip(slice_, mending.lines, strict=True):
            parts[index].append(mended)
        flags |= {flag.name: flag for flag in mending.flags if flag.name not in flags}
    mended_lines = [_whole(line, pieces) for line, pieces in zip(lines, parts, strict=True)]
    return Mending(lines=mended_lines, flags=tuple(flags.values()))


def _page(lines: Sequence[str], rounds: Sequence[_Round]) -> Mending:
    page = "\n".join(lines)
    text, repairs, chars = page, list[Repair](), frozenset(page)
    unread: tuple[Flag, ...] = ()
    for _ in range(_REPEATS):
        better, more, chars, flags = _once(text, chars, rounds if text is page else _again(rounds))
        unread = unread or flags
        if not more:
            break
        repairs = edits.compose(page, repairs, text, more)
        text = better
        if all(repair.kind in _LAST for repair in more):
            break
    flags = damage.guessed(repairs) + unread + damage.find(text, chars)
    return Mending(lines=list(_divided(lines, repairs)), flags=flags)


def _again(rounds: Sequence[_Round]) -> Sequence[_Round]:
    """The rounds for text that codes were read in, which may have spelled mojibake."""
    return rounds if _MOJIBAKE in rounds else (_MOJIBAKE, *rounds)


def _slices(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """The lines of a page beyond all measure in handy slices, a long line in pieces, each with its line's index."""
    slice_: list[tuple[int, str]] = []
    size = 0
    for index, line in enumerate(lines):
        for begin in range(0, max(1, len(line)), _SLICE):
            piece = line[begin : begin + _SLICE]
            if slice_ and size + len(piece) > _SLICE:
                yield slice_
                slice_, size = [], 0
            slice_.append((index, piece))
            size += len(piece)
    if slice_:
        yield slice_


def _whole(line: str, pieces: list[Mended]) -> Mended:
    """A line from its mended pieces."""
    if not any(piece.repairs for piece in pieces):
        return Mended(text=line)
    repairs: list[Repair] = []
    for index, piece in enumerate(pieces):
        repairs += (edits.moved(repair, index * _SLICE) for repair in piece.repairs)
    return Mended(text="".join(piece.text for piece in pieces), repairs=tuple(repairs))


class _Better(NamedTuple):
    """A page with every kind of repair made once, the repairs, the characters it holds then, what was too much."""

    text: str
    repairs: list[Repair]
    chars: Chars
    flags: tuple[Flag, ...]


def _once(page: str, chars: Chars, rounds: Sequence[_Round]) -> _Better:
    text, repairs, flags = page, list[Repair](), tuple[Flag, ...]()
    for needed, find in rounds:
        found = find(text) if needed(chars) else []
        if isinstance(found, mojibake.Found):
            found, flags = found
        if found:
            repairs = edits.compose(page, repairs, text, found)
            text = edits.apply(page, repairs)
            chars = frozenset(text)
    return _Better(text, repairs, chars, flags)


def _divided(lines: Sequence[str], repairs: Sequence[Repair]) -> Iterator[Mended]:
    """Hand each line the repairs that are its own."""
    begin = index = 0
    ahead = repairs[0].end if repairs else -1
    for line in lines:
        end = begin + len(line)
        if index == len(repairs) or ahead > end:
            yield Mended(text=line)
            begin = end + 1
            continue
        own = []
        while index < len(repairs) and (ahead := repairs[index].end) <= end:
            own.append(edits.moved(repairs[index], -begin))
            index += 1
        yield Mended(text=edits.apply(line, own), repairs=tuple(own))
        begin = end + 1
