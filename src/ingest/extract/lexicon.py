"""Word lists and gazetteers: read once from the data folder, looked up in running text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress, count
from operator import add
from pathlib import Path
from typing import TypeVar

ValueT = TypeVar("ValueT")

DATA = Path(__file__).parent.parent / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a data file, split at tabs; comment lines and empty lines left out."""
    lines = (DATA / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The first column of a data file."""
    return frozenset(row[0] for row in rows(name))


@cache
def table(name: str) -> dict[str, str]:
    """The first column of a data file to its second."""
    return {row[0]: row[1] for row in rows(name)}


@cache
def matcher(name: str) -> "Matcher":
    """A matcher over the first column of a data file."""
    return Matcher(words(name))


# Which matchers have a surface that begins with a pair of characters, by their numbers. All matchers share one pass
# over a text: a paragraph is asked for by a dozen of them in turn.
_heads: dict[str, tuple[int, ...]] = {}
_numbers = count()


@lru_cache(maxsize=256)
def _spots(text: str) -> dict[int, list[int]]:
    """Where surfaces may begin in a text, by the number of the matcher."""
    found: dict[int, list[int]] = {}
    for start, numbers in known_pairs(text, _heads):
        for number in numbers:
            found.setdefault(number, []).append(start)
    return found


def known_pairs(text: str, table: dict[str, ValueT]) -> Iterator[tuple[int, ValueT]]:
    """Where a pair of characters stands that a table knows, and what it says of it; no value may be empty."""
    found = [*map(table.get, map(add, text, text[1:]))]
    return compress(enumerate(found), found)  # type: ignore[arg-type]  # compress leaves the Nones out


class Matcher:
    """Finds the longest surface of a set that begins at each place of a text.

    The surfaces are filed under their first two characters, so that a place where none begins costs one look-up.
    """

    def __init__(self, surfaces: Iterable[str]) -> None:
        lengths: dict[str, set[int]] = {}
        self._surfaces = frozenset(s for s in surfaces if len(s) > 1)
        for surface in self._surfaces:
            lengths.setdefault(surface[:2], set()).add(len(surface))
        self._lengths = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}
        self._number = next(_numbers)
        for head in self._lengths:
            _heads[head] = (*_heads.get(head, ()), self._number)
        _spots.cache_clear()

    def at(self, text: str, start: int) -> int:
        """The end of the longest surface that begins at ``start``; ``start`` itself when none does."""
        for size in self._lengths.get(text[start : start + 2], ()):
            end = start + size
            if end <= len(text) and text[start:end] in self._surfaces:
                return end
        return start

    def every(self, text: str) -> Sequence[tuple[int, int]]:
        """The longest surface at each place of a text where one begins; they may overlap."""
        spots = _spots(text).get(self._number)
        if spots is None:  # most paragraphs hold none
            return ()
        return [(start, end) for start in spots if (end := self.at(text, start)) > start]

    def find(self, text: str) -> Sequence[tuple[int, int]]:
        """The surfaces in a text, from the left, the longest first, none overlapping another."""
        every = self.every(text)
        if len(every) < 2:  # a single one overlaps none
            return every
        found, free = [], 0
        for start, end in every:
            if start >= free:
                free = end
                found.append((start, end))
        return found
