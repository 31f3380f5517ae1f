"""Names set off by marks in running text: what stands in 《》, and in “” of either level."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TITLES = re.compile(r"《([^《》]{1,80}(?:《[^《》]{1,60}》[^《》]{0,40})?)》")
_OUTER = re.compile(r"“([^“”]{1,400})”")
_LONGEST_TERM = 24


class Quoted(NamedTuple):
    """A stretch between marks. ``start`` and ``end`` leave the marks out."""

    start: int
    end: int
    text: str


def titles(text: str) -> Iterator[Quoted]:
    """What stands in 《》, an inner title included."""
    for found in _TITLES.finditer(text):
        yield Quoted(found.start(1), found.end(1), found.group(1))


def terms(text: str) -> Iterator[Quoted]:
    """What stands in “” and is short enough to be a name and no utterance."""
    for found in _OUTER.finditer(text):
        if len(found.group(1)) <= _LONGEST_TERM:
            yield Quoted(found.start(1), found.end(1), found.group(1))
