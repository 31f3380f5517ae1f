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
    find: Callable[[str], list[Repair]]


_ENTITIES = _Round(lambda chars: bool(chars & {"&", "#", "\\", "%", "＆", ";"}), find_entities)
_ROUNDS = (
    _Round(lambda _: True, mojibake.find),
    _ENTITIES,
    _Round(lambda chars: bool(chars & invisible.signs()), invisible.find),
    _Round(lambda chars: bool(chars & {"(", "（"}), pinyin.find),
    _Round(lambda chars: bool(chars & tables.traditional()), script.find),
    _Round(lambda chars: bool(chars & set(",:;!?(")), punctuation.find),
)
_REPEATS = 3  # a code may stand for a character that is itself damaged


def mend(lines: Sequence[str], *, entities: bool = True) -> Mending:
    """Mend the text of a page, line by line, by what the whole page says.

    Args:
        lines: The page's lines or blocks in order, free of markup.
        entities: Whether codes such as &#20013; are damage; in the source of an HTML page they are not.

    Returns:
        The same lines, mended, each with its repairs, and flags for damage that cannot be mended.
    """
    page = "\n".join(lines)
    text, repairs = page, list[Repair]()
    for _ in range(_REPEATS):
        better, more = _once(text, [round_ for round_ in _ROUNDS if entities or round_ is not _ENTITIES])
        if not more:
            break
        repairs = edits.compose(page, repairs, text, more)
        text = better
    return Mending(lines=list(_divided(lines, repairs)), flags=damage.find(text, frozenset(text)))


def _once(page: str, rounds: Sequence[_Round]) -> tuple[str, list[Repair]]:
    """A page with every kind of repair made once."""
    text, repairs = page, list[Repair]()
    chars = frozenset(text)
    for needed, find in rounds:
        found = find(text) if needed(chars) else []
        if found:
            repairs = edits.compose(page, repairs, text, found)
            text = edits.apply(page, repairs)
            chars = frozenset(text)
    return text, repairs


def _divided(lines: Sequence[str], repairs: Sequence[Repair]) -> Iterator[Mended]:
    """Hand each line the repairs that are its own."""
    begin = index = 0
    for line in lines:
        end = begin + len(line)
        own = []
        while index < len(repairs) and repairs[index].end <= end:
            own.append(edits.moved(repairs[index], -begin))
            index += 1
        yield Mended(text=edits.apply(line, own) if own else line, repairs=tuple(own))
        begin = end + 1
