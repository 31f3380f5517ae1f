"""Where a copy says otherwise than its original: a figure, a day or a name that is another in the same place."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

_CONTEXT = 4  # letters beside a value that say that two stand in the same place: two words
_VALUE = re.compile(
    r"(?=\d)(?:"  # a quarter of the time: most letters begin no value
    r"(?P<date>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年|\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<number>\d{1,15}(?:,\d{3})*(?:\.\d{1,9})?[%‰]?[万亿]{0,2}))"
)
_TIMES = {"万": 10_000, "亿": 100_000_000}
_LETTERS = re.compile(r"[^\W_]")
_REACH = 40  # characters in which the letters of a context are looked for


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was found in a text: ``paragraphs[paragraph][start:end]``."""

    paragraph: int
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Said:
    """What an article says: its paragraphs, and the names of persons that were found there."""

    paragraphs: Sequence[str]
    names: Sequence[Name] = ()

    @cached_property
    def values(self) -> "Sequence[_Value]":
        """The figures, days and names in their order; of a head they are looked for once for all its copies."""
        return list(_values(self))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a copy says, where, and what the original says instead; ``kind`` is number, date or name."""

    kind: str
    paragraph: int
    start: int
    end: int
    text: str
    of_head: str


@dataclass(frozen=True, slots=True)
class _Value:
    kind: str
    value: str
    name: Name
    within: str  # the paragraph

    @property
    def before(self) -> str:
        """The letters before it."""
        reach = self.within[max(0, self.name.start - _REACH) : self.name.start]
        return "".join(_LETTERS.findall(reach)[-_CONTEXT:])

    @property
    def after(self) -> str:
        """The letters after it."""
        return "".join(_LETTERS.findall(self.within[self.name.end : self.name.end + _REACH])[:_CONTEXT])


def contradictions(head: Said, copy: Said) -> list[Difference]:
    """Return what a copy says otherwise than the head of its group.

    A value of the copy that the head does not have stands for one that the copy does not have, where the same four
    letters stand before it or after it, or where it stands between the same two values; and where this is true of one
    value of the head alone.
    """
    of_head, of_copy = head.values, copy.values
    left_out, put_in = _but(of_head, of_copy), _but(of_copy, of_head)
    if not left_out or not put_in:
        return []
    found: dict[Name, _Value] = {}
    for place in (_before, _after, _between(of_head, of_copy)):
        there = defaultdict(list)
        for value in left_out:
            there[value.kind, place(value)].append(value)
        for value in put_in:
            others = there.get((value.kind, where), []) if (where := place(value)) else []
            if len({other.value for other in others}) == 1:
                found.setdefault(value.name, others[0])
    kinds = {value.name: value.kind for value in put_in}
    return [
        Difference(kinds[mine], mine.paragraph, mine.start, mine.end, mine.name, other.name.name)
        for mine, other in sorted(found.items(), key=lambda pair: (pair[0].paragraph, pair[0].start))
    ]


def _values(said: Said) -> Iterator[_Value]:
    """Yield the figures, days and names of an article in their order."""
    names: list[tuple[str, Name]] = [("name", name) for name in said.names]
    for number, text in enumerate(said.paragraphs):
        found = _VALUE.finditer(text)
        names += [(str(each.lastgroup), Name(number, each.start(), each.end(), each[0])) for each in found]
    for kind, name in sorted(names, key=lambda pair: (pair[1].paragraph, pair[1].start)):
        yield _Value(kind, _plain(kind, name.name), name, said.paragraphs[name.paragraph])


def _plain(kind: str, text: str) -> str:
    """Return a value as it is compared: 1.2万 is 12000, 3.50 is 3.5."""
    if kind != "number":
        return text
    digits = text.replace(",", "").rstrip("%‰万亿")
    value = Decimal(digits)
    for letter in text:
        value *= _TIMES.get(letter, 1)
    return f"{value.normalize():f}{'%' if '%' in text else ''}{'‰' if '‰' in text else ''}"


def _but(values: Iterable[_Value], others: Iterable[_Value]) -> list[_Value]:
    """Return the values that the others do not have."""
    there = {(other.kind, other.value) for other in others}
    return [value for value in values if (value.kind, value.value) not in there]


def _before(value: _Value) -> str:
    before = value.before
    return before if len(before) == _CONTEXT else ""


def _after(value: _Value) -> str:
    after = value.after
    return after if len(after) == _CONTEXT else ""


def _between(*texts: Sequence[_Value]) -> Callable[[_Value], str]:
    """Return what says between which two values of its text a value stands."""
    places = {}
    for values in texts:
        for (left, value), (_, right) in zip(pairwise(values), pairwise(values[1:]), strict=False):
            places[id(value)] = f"{left.value} {right.value}"
    return lambda value: places.get(id(value), "")
