"""Stretches of a text that read better in another charset: the cheapest way through the bytes they were decoded from.

A character of the wrong text stands for the one or two bytes it was decoded from; a mark of loss (U+FFFD, a question
mark) for one or two bytes that nobody knows. A way through them keeps a character as it is or reads bytes anew.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.decode import codes, lattice, plausible, reading, tables
from ingest.decode.codes import Bytes
from ingest.decode.lattice import Step
from ingest.decode.misread import Slot, Stretch, Wrong

# Prices in bits, of the kind that `mixture` uses. A stretch is read anew when that saves more than entering costs.
_ENTER = 16.0
_CHANGE = 30.0
_LOST = 30.0
_GUESS = 4.0  # for each byte that has to be guessed
_MARKS = frozenset({reading.LOST, "?"})  # what stands for lost bytes
_KEEP = 0
_LEAVING = 10  # added to a state: the next character is healthy, so that it says nothing of the byte lost before it
_OPEN_1252: Bytes = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})  # bytes that Windows-1252 has no character for


def stretches(text: str, wrong: Wrong) -> tuple[list[Stretch], float]:
    """The stretches of a text that read better in another charset, and the bits that reading them so saves."""
    search = _Search(text, wrong)
    way = lattice.cheapest(2 * len(text), search.steps)
    if way is None:
        return [], 0.0
    found: list[Stretch] = []
    before = _KEEP
    for place, step in way.steps:
        state = step.into % _LEAVING
        if state != _KEEP:
            if before != state:
                found.append(Stretch(place // 2, 0, wrong.true[state - 1]))
            found[-1].end = (place + step.size + 1) // 2
            found[-1].slots.append(search.slot(place, step))
        before = step.into
    return found, plausible.bits(text) - way.price


class _Cell(NamedTuple):
    """What a byte may be, itself where nothing else may stand there, the place behind it, and its price."""

    choice: Bytes
    known: bytes | None
    end: int
    price: float
    last: bool  # healthy text has to follow


def _cell(choice: Bytes, end: int, price: float = 0.0, *, last: bool = False) -> _Cell:
    return _Cell(choice, bytes(choice) if len(choice) == 1 else None, end, price, last)


# Bytes of one character: what each may be, all of them where none was lost, and the rest as in `_Cell`. Plain tuples,
# for a page in a wrong charset makes millions.
_Row = tuple[tuple[Bytes, ...], bytes | None, int, float, bool]


class _Search:
    """The steps through one wrong text. Each character takes two places, the second for the middle of its bytes."""

    def __init__(self, text: str, wrong: Wrong) -> None:
        self.text = text
        self.wrong = wrong
        self.bits = tables.bits()
        self.data = [codes.encoded(character, wrong.was) for character in text]
        self.whole = not any(lost in text for lost in _MARKS)
        self.choices: dict[tuple[int, int, bool], tuple[str, ...]] = {}
        self.anew: dict[int, list[tuple[int, Step]]] = {}
        self.cells: dict[int, list[_Cell]] = {}

    def slot(self, place: int, step: Step) -> Slot:
        choices = self.choices.get((place, step.size, step.into > _LEAVING), ())
        return Slot(place // 2 if place % 2 == 0 else None, step.made, choices if step.made in choices else ())

    def steps(self, place: int, state: int) -> Iterator[Step]:
        index, middle = divmod(place, 2)
        if not middle:
            character = self.text[index]
            yield Step(2, _KEEP, character, self.bits[character])
        if state > len(self.wrong.true) or (middle and state == _KEEP):
            return
        if place not in self.anew:
            self.anew[place] = list(self._anew(place))
        for into, step in self.anew[place]:
            if into == state:
                yield step
            elif step.made != reading.LOST:
                yield Step(step.size, step.into, step.made, step.price + (_ENTER if state == _KEEP else _CHANGE))

    def _anew(self, place: int) -> Iterator[tuple[int, Step]]:
        """The steps that read the bytes at a place anew, each with the number of its charset."""
        index, middle = divmod(place, 2)
        rows = [] if self.whole else self._rows(place, max(_LONGEST[true] for true in self.wrong.true))
        for into, true in enumerate(self.wrong.true, 1):
            units = self._known(place, true) if self.whole else self._units(place, rows, true)
            for size, made, bits, last in units:
                yield into, Step(size, into + last * _LEAVING, made, bits)
            if self.data[index] is not None and self.text[index] > "\x7f":
                size = 1 if not middle and len(self.data[index] or b"") == 2 else 2 - middle
                yield into, Step(size, into, reading.LOST, _LOST)

    def _units(self, place: int, rows: list[_Row], true: str) -> Iterator[tuple[int, str, float, bool]]:
        """Characters of the true charset that may begin at a place with one of some rows of bytes, the shortest first.

        For each the places it takes, itself, its bits, and whether healthy text has to follow it.
        """
        longest, partly = _LONGEST[true], codes.PARTLY_LOST[true]
        for row, known, end, price, last in rows:
            if len(row) > longest:
                return
            if known is not None:
                made = codes.character_of(known, true)
                if made is not None:
                    yield end - place, made, self.bits[made], last
            elif len(row) == partly:
                choices = codes.candidates(row, true)
                if choices:
                    self.choices[place, end - place, last] = choices
                    yield end - place, choices[0], self.bits[choices[0]] + price, last

    def _known(self, place: int, true: str) -> Iterator[tuple[int, str, float, bool]]:
        """The same for a text that lost no byte, where one row of bytes begins at a place; three times as fast."""
        row, at = b"", place
        for _ in range(_LONGEST[true]):
            index, middle = divmod(at, 2)
            data = self.data[index] if index < len(self.text) else None
            if data is None or (middle and len(data) != 2):
                return
            row += data[middle : middle + 1]
            at = at + 1 if len(data) == 2 else 2 * index + 2
            made = codes.character_of(row, true)
            if made is not None:
                yield at - place, made, self.bits[made], False

    def _rows(self, place: int, longest: int) -> list[_Row]:
        """The rows of bytes, up to the longest character, that begin at a place; the shortest first."""
        found: list[_Row] = []
        rows: list[_Row] = [((), b"", place, 0.0, False)]
        for _ in range(longest):
            rows = [
                ((*row, choice), None if known is None or byte is None else known + byte, after, price + more, final)
                for row, known, end, price, last in rows
                if not last
                for choice, byte, after, more, final in self._next(end)
            ]
            found += rows
        return found

    def _next(self, place: int) -> list[_Cell]:
        """What the byte at a place may be, remembered: each row that reaches the place asks for it."""
        if place not in self.cells:
            self.cells[place] = list(self._cells(place))
        return self.cells[place]

    def _cells(self, place: int) -> Iterator[_Cell]:
        index, middle = divmod(place, 2)
        if index >= len(self.text):
            return
        character = self.text[index]
        data = self.data[index]
        after = 2 * index + 2
        if data is not None and character != reading.LOST:
            if len(data) == 2:
                yield _cell(frozenset({data[middle]}), place + 1)
            elif not middle:
                yield _cell(frozenset({data[0]}), after)
        if character in _MARKS:
            yield from self._lost(index, middle, after)

    def _lost(self, index: int, middle: int, after: int) -> Iterator[_Cell]:
        if self.wrong.was == "cp1252":
            yield _cell(_OPEN_1252, after, _GUESS)
        elif middle:
            yield _cell(codes.HIGH, after, _GUESS)
        else:
            yield _cell(codes.before(self._first(index + 1)), after, _GUESS)
            yield _cell(codes.HIGH, after, _GUESS, last=True)
            yield _cell(codes.PAIR_LEADS, 2 * index + 1, _GUESS)

    def _first(self, index: int) -> int | None:
        """The first byte of a character, or None where it is not known."""
        if index >= len(self.text) or self.text[index] in _MARKS:
            return None
        data = self.data[index]
        return data[0] if data else None


_LONGEST = {"utf-8": 4, "gb18030": 2, "big5hkscs": 2}
