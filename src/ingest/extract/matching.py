"""All word lists looked for in a text at once: what the finders ask for, and the words that text is cut into.

An Aho-Corasick automaton over all of them reads a text once, however many lists there are.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache, partial
from typing import Any, NamedTuple, TypeVar, cast

from ahocorasick_rs import AhoCorasick, Implementation

from ingest.extract import lexicon

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
Span = tuple[int, int]
Lister = Callable[[], Iterable[str]]

# Half of a character beyond the first plane, without the other half: text from elsewhere may hold some, UTF-8 does not.
_HALVES = re.compile("[\ud800-\udfff]")

# Paragraphs that a function remembers; more than articles have. What is read of them must not outlive the article:
# of a page that is one line of 200,000 characters it takes 10 MB.
_KEPT = 4096
_noted: dict[str, dict[int, list[Span]]] = {}
_remembering: list[Callable[[], None]] = [_noted.clear]

_matchers: list["Matcher"] = []
_included: list[Lister] = []


class _Automaton(NamedTuple):
    """The automaton, its surfaces by their numbers, and which matchers the first of them belong to."""

    search: Callable[[str, bool], list[tuple[int, int, int]]]
    surfaces: tuple[str, ...]
    owners: tuple[tuple[int, ...], ...]


@cache
def _automaton() -> _Automaton:
    owners: dict[str, tuple[int, ...]] = {}
    for number, matcher in enumerate(_matchers):
        for surface in matcher.surfaces:
            owners[surface] = (*owners.get(surface, ()), number)
    included = {word for lister in _included for word in lister()}
    surfaces = (*sorted(owners), *sorted(included - owners.keys()))
    search = AhoCorasick(
        [surface[::-1] for surface in surfaces],
        implementation=Implementation.ContiguousNFA,
        store_patterns=False,
    ).find_matches_as_indexes
    return _Automaton(search, surfaces, tuple([owners[surface] for surface in sorted(owners)]))


def remembered(function: FunctionT) -> FunctionT:
    """Have a function of a paragraph's text remember what it gave, for the next finder, until `forget` is called."""
    kept = lru_cache(maxsize=_KEPT)(function)
    _remembering.append(kept.cache_clear)
    return cast("FunctionT", kept)


def forget() -> None:
    """Make room for the next article."""
    for clear in _remembering:
        clear()


def include(lister: Lister) -> None:
    """Have `scan` find some words besides those of the matchers; said when a module is loaded."""
    _included.append(lister)


def surfaces() -> tuple[str, ...]:
    """All that `scan` finds, each at the place that is its number."""
    return _automaton().surfaces


def scan(text: str) -> list[tuple[int, int, int]]:
    """Every surface at every place of a text: its number, and how far its end and its start are from the text's end.

    It is read from the right: those that begin at one place come together, the longest first, and the last place of
    the text comes first. That is the order in which a text is cut, and matchers want the longest. What is in it for
    them is noted on the way.
    """
    try:
        found = _automaton().search(text[::-1], True)  # those that overlap too
    except UnicodeEncodeError:
        found = _automaton().search(_HALVES.sub("\ufffd", text)[::-1], True)
    if len(_noted) >= _KEPT:
        _noted.clear()
    _noted[text] = _longest(len(text), found)
    return found


def _longest(size: int, scanned: list[tuple[int, int, int]]) -> dict[int, list[Span]]:
    """The longest surface at each place of a text where a matcher has one, by the matcher's number."""
    owners = _automaton().owners
    owned = len(owners)
    found: dict[int, list[Span]] = {}
    for number, end, start in scanned:
        if number >= owned:
            continue
        place = size - start
        for owner in owners[number]:
            group = found.get(owner)
            if group is None:
                found[owner] = [(place, size - end)]
            elif group[-1][0] != place:
                group.append((place, size - end))
    for group in found.values():
        group.reverse()
    return found


class Matcher:
    """Finds the longest surface of a set that begins at each place of a text. Made when a module is loaded.

    Args:
        lister: Gives the surfaces when the first text is read; those of a single character are passed over.
    """

    def __init__(self, lister: Lister) -> None:
        if _automaton.cache_info().currsize:
            msg = "a matcher is made when its module is loaded, before the first text is read"
            raise RuntimeError(msg)
        self._lister = lister
        self._number = len(_matchers)
        _matchers.append(self)

    @cached_property
    def surfaces(self) -> frozenset[str]:
        """What it finds."""
        return frozenset(surface for surface in self._lister() if len(surface) > 1)

    @cached_property
    def _sizes(self) -> dict[str, tuple[int, ...]]:
        """How long the surfaces are that begin with a pair of characters, so that most places cost one look-up."""
        sizes: dict[str, set[int]] = {}
        for surface in self.surfaces:
            sizes.setdefault(surface[:2], set()).add(len(surface))
        return {head: tuple(sorted(group, reverse=True)) for head, group in sizes.items()}

    def at(self, text: str, start: int, stop: int | None = None) -> int:
        """The end of the longest surface from ``start`` that ends by ``stop``; ``start`` itself when there is none."""
        for size in self._sizes.get(text[start : start + 2], ()):
            end = start + size
            if end <= (len(text) if stop is None else stop) and text[start:end] in self.surfaces:
                return end
        return start

    def every(self, text: str) -> Sequence[Span]:
        """The longest surface at each place of a text where one begins; they may overlap."""
        if text not in _noted:  # a text that nobody has cut
            scan(text)
        return _noted[text].get(self._number, ())

    def within(self, text: str, lo: int, hi: int) -> list[Span]:
        """As `find`, between two places of a text."""
        every = self.every(text)
        found: list[Span] = []
        free = lo
        for start, longest in every[bisect_left(every, (lo, 0)) :] if every else ():
            if start >= hi:
                break
            end = longest if longest <= hi else self.at(text, start, hi)
            if start >= free and end > start:
                free = end
                found.append((start, end))
        return found

    def find(self, text: str) -> Sequence[Span]:
        """The surfaces in a text, from the left, the longest first, none overlapping another."""
        if text not in _noted:
            scan(text)
        every = _noted[text].get(self._number, ())
        if len(every) < 2:  # a single one overlaps none
            return every
        found, free = [], 0
        for start, end in every:
            if start >= free:
                free = end
                found.append((start, end))
        return found


@cache
def listed(name: str) -> Matcher:
    """The matcher over the first column of a data file; asked for when a module is loaded."""
    return Matcher(partial(lexicon.words, name))
