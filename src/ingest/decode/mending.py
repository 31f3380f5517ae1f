"""The lines of a page, mended in an order in which no repair takes away what a later one needs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.decode import edits, mojibake, pinyin, punctuation, script
from ingest.model import Flag, Repair


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


_ROUNDS: tuple[Callable[[str], list[Repair]], ...] = (
    mojibake.find,
    pinyin.find,
    script.find,
    punctuation.find,
)


def mend(lines: Sequence[str]) -> Mending:
    """Mend the text of a page, line by line, by what the whole page says.

    Args:
        lines: The page's lines or blocks in order, free of markup.

    Returns:
        The same lines, mended, each with its repairs, and flags for damage that cannot be mended.
    """
    page = "\n".join(lines)
    repairs: list[Repair] = []
    text = page
    for round_ in _ROUNDS:
        found = round_(text)
        if found:
            repairs = edits.compose(page, repairs, text, found)
            text = edits.apply(page, repairs)
    return Mending(lines=list(_divided(lines, repairs)))


def _divided(lines: Sequence[str], repairs: Sequence[Repair]) -> Iterator[Mended]:
    """Hand each line the repairs that are its own."""
    begin = index = 0
    for line in lines:
        end = begin + len(line)
        own = []
        while index < len(repairs) and repairs[index].end <= end:
            own.append(replace(repairs[index], start=repairs[index].start - begin, end=repairs[index].end - begin))
            index += 1
        yield Mended(text=edits.apply(line, own) if own else line, repairs=tuple(own))
        begin = end + 1
