"""The lines of a page, mended in an order in which no repair takes away what a later one needs."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat
from operator import add
from typing import NamedTuple

from ingest.decode import damage, edits, invisible, mojibake, pinyin, punctuation, script
from ingest.decode import entities as codes_left
from ingest.decode.edits import Edit, Swaps
from ingest.decode.repairs import Repairs
from ingest.model import Flag, Repair

_SLICE = 200_000  # characters mended at once, so that a dump of 100 MB costs no more memory than its text
_REPEATS = 3  # a code may stand for a character that is itself damaged
_LAST = frozenset({"pinyin", "script", "punctuation", "width"})  # kinds that bring no other to light


class Mended(NamedTuple):
    """A line as it reads now, and what was mended in it; offsets in the line as it was."""

    text: str
    repairs: Sequence[Repair] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The lines of a page that were mended, by their index, and what no rule could settle."""

    originals: Sequence[str]
    changed: Mapping[int, Mended]
    flags: tuple[Flag, ...] = ()

    @property
    def lines(self) -> list[Mended]:
        """All lines of the page, one for one."""
        return [self.changed.get(index) or Mended(line) for index, line in enumerate(self.originals)]


class Group(NamedTuple):
    """Edits of a line, by its index, or of a part of one too long to be mended whole.

    ``start`` is the place in the line that they are counted from; it may lie before the line.
    """

    line: int
    start: int
    edits: Sequence[Edit]


def mend(lines: Sequence[str], *, entities: bool = True, garbled: bool = True) -> Mending:
    """Mend the text of a page, line by line, by what the whole page says.

    Args:
        lines: The page's lines or blocks in order, free of markup.
        entities: Whether codes such as &#20013; are damage; in the source of an HTML page they are not.
        garbled: Whether the lines may hold mojibake; those of a source that `read_source` has mended do not.

    Returns:
        The lines, those mended with their repairs, and flags for damage that cannot be mended.
    """
    mender = Mender(entities=entities, garbled=garbled)
    found = defaultdict(list)
    for group in mender.edits(lines):
        found[group.line].append(group[1:])
    changed = {index: _mended(lines[index], groups) for index, groups in found.items()}
    return Mending(originals=lines, changed=changed, flags=mender.flags)


def _mended(line: str, groups: list[tuple[int, Sequence[Edit]]]) -> Mended:
    repairs = Repairs(line, groups)
    return Mended(text=repairs.text, repairs=repairs)


class Mender:
    """Finds what is to be mended in the lines of one page."""

    def __init__(self, *, entities: bool, garbled: bool, exhausted: bool = False) -> None:
        self._entities = entities
        self._garbled = garbled
        self._reader = mojibake.Reader(exhausted=exhausted)
        self._flags: dict[str, Flag] = {}

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What no rule could settle in the lines passed so far."""
        return tuple(self._flags.values())

    def edits(self, lines: Sequence[str]) -> Iterator[Group]:
        """What is to be mended in lines, in their order."""
        for places, pieces in _slices(lines):
            found, flags = self._page("\n".join(pieces))
            for flag in flags:
                self._flags.setdefault(flag.name, flag)
            if found:
                yield from _divided(places, pieces, found)

    def _page(self, page: str) -> tuple[Sequence[Edit], tuple[Flag, ...]]:
        """Everything to be mended in a page, and flags; in several rounds where one brings more to light."""
        text = page
        found: Sequence[Edit] = ()
        garbled = self._garbled
        flags: tuple[Flag, ...] = ()
        for _ in range(_REPEATS):
            more, better, unread = self._round(text, garbled=garbled)
            flags += unread
            if not more:
                break
            found, text = edits.compose(found, text, more), better
            kinds = more.kinds if isinstance(more, Swaps) else {edit.kind for edit in more}
            if kinds <= _LAST:
                break
            garbled = True  # codes may spell mojibake, control characters may tear it apart
        return found, damage.guessed(found) + flags + damage.find(text, self._flags)

    def _round(self, page: str, *, garbled: bool) -> tuple[Sequence[Edit], str, tuple[Flag, ...]]:
        """Every kind of repair made once: the edits, the text they give, and a flag for what was too much."""
        text = page
        found: Sequence[Edit] = ()
        flags: tuple[Flag, ...] = ()
        if garbled:
            found, flags = self._reader.find(page)
            text = edits.apply(page, found) if found else page
        for find in self._rules():
            if more := find(text):
                found, text = edits.compose(found, text, more), edits.apply(text, more)
        return found, text, flags

    def _rules(self) -> Iterator[Callable[[str], Sequence[Edit]]]:
        """The kinds of repair in an order in which none takes away what a later one needs."""
        if self._entities:
            yield codes_left.find
        yield from (invisible.find, pinyin.find, script.find, punctuation.find)


Place = tuple[int, int]  # a line's index, an offset in it


def _slices(lines: Sequence[str]) -> Iterator[tuple[Sequence[Place], Sequence[str]]]:
    """The lines of a page beyond all measure in handy slices, a long line in pieces, each with its place."""
    if sum(map(len, lines)) <= _SLICE:
        yield list(zip(range(len(lines)), repeat(0))), lines
        return
    places: list[Place] = []
    pieces: list[str] = []
    size = 0
    for index, line in enumerate(lines):
        for begin in range(0, len(line), _SLICE) if len(line) > _SLICE else (0,):
            piece = line[begin : begin + _SLICE]
            if size and size + len(piece) > _SLICE:
                yield places, pieces
                places, pieces, size = [], [], 0
            places.append((index, begin))
            pieces.append(piece)
            size += len(piece)
    if pieces:
        yield places, pieces


def _divided(places: Sequence[Place], pieces: Sequence[str], found: Sequence[Edit]) -> Iterator[Group]:
    """A slice's edits, each piece's together. No edit reaches over a line's end."""
    begins = list(accumulate(map(add, map(len, pieces), repeat(1)), initial=0))
    starts = found.starts if isinstance(found, Swaps) else [edit.start for edit in found]
    first = 0
    while first < len(starts):
        piece = bisect_right(begins, starts[first]) - 1
        behind = bisect_left(starts, begins[piece + 1], first)
        line, begin = places[piece]
        yield Group(line, begin - begins[piece], found[first:behind])
        first = behind
