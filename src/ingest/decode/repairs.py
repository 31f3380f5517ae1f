"""A text's repairs, kept small: a few bytes each, and a `Repair` only for who asks.

A dump of 100 MB with half-width marks throughout has ten million of them, and a reader looks at none or at a few.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple, overload

from ingest.decode.edits import Edit, Swaps
from ingest.model import Repair

_PARTS = 100_000  # parts of a text held at once
_EVERY = 64  # repairs between two places of which it is written down how far the texts have moved apart
_CODES = 2**16  # shapes that a code of two bytes can tell apart
_PLACES = 2**32  # places that four bytes can tell apart


class _Shape(NamedTuple):
    """What repairs have in common: the kind, the confidence, how many characters were found and made."""

    kind: str
    confidence: float
    found: int
    made: int


def _coded(swaps: Swaps, known: dict[tuple[str, float, int, int], int]) -> Iterable[int]:
    """The codes of the shapes of edits of one character; new shapes are written down."""
    code = {kind: known.setdefault((kind, 1.0, 1, 1), len(known)) for kind in sorted(swaps.kinds)}
    return map(code.__getitem__, map(swaps.others.get, swaps.starts, repeat(swaps.kind)))


class Repairs(Sequence[Repair]):
    """The repairs that lie between a text as published and as it reads; equal to a tuple of the same repairs."""

    __slots__ = ("_codes", "_original", "_shapes", "_shifts", "_starts", "_text")

    def __init__(self, original: str, groups: Iterable[tuple[int, Iterable[Edit]]]) -> None:
        """Write edits down and make them: groups in order, each with the place that its edits are counted from."""
        self._original = original
        self._starts = array("I" if len(original) < _PLACES else "Q")
        self._codes = array("H")  # which shape
        self._shifts = array("q")  # of every 64th: its place in the reading text less that in the original
        self._shapes: list[_Shape] = []
        self._text = self._made(groups)

    @property
    def text(self) -> str:
        """The reading text: the original with all repairs made."""
        return self._text

    def _made(self, groups: Iterable[tuple[int, Iterable[Edit]]]) -> str:
        original, starts, codes, shifts = self._original, self._starts, self._codes, self._shifts
        known: dict[tuple[str, float, int, int], int] = {}
        text = ""  # grows in place as long as it is a local name, so that a long one is not held twice
        parts: list[str] = []
        done = shift = 0
        for base, edits in groups:
            if len(parts) > _PARTS:
                text += "".join(parts)
                parts.clear()
            if isinstance(edits, Swaps) and len(known) + len(edits.kinds) < _CODES:
                first, last = edits.starts[0], edits.starts[-1] + 1
                parts += (original[done : base + first], edits.text[first:last])
                done = base + last
                shifts.extend([shift] * (-(-(len(starts) + len(edits)) // _EVERY) - len(shifts)))
                starts.extend([base + start for start in edits.starts])
                codes.extend(_coded(edits, known))
                continue
            for start, end, made, kind, confidence in edits:
                if not len(starts) % _EVERY:
                    shifts.append(shift)
                shape = kind, confidence, end - start, len(made)
                code = known.get(shape)
                if code is None:
                    code = known[shape] = len(known)
                    if code == _CODES:
                        codes = self._codes = array("I", codes)
                starts.append(base + start)
                codes.append(code)
                parts += (original[done : base + start], made)
                done = base + end
                shift += len(made) - end + start
        self._shapes += (_Shape(*shape) for shape in known)
        if not starts:
            return original
        parts.append(original[done:])
        text += "".join(parts)
        return text

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Repair]:
        return self._from(0)

    @overload
    def __getitem__(self, index: int) -> Repair: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Repair]: ...
    def __getitem__(self, index: int | slice) -> Repair | Sequence[Repair]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            msg = f"no repair {index} of {len(self)}"
            raise IndexError(msg)
        return next(self._from(number))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Repairs, tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def edits(self) -> Iterator[Edit]:
        """The same as edits of the original, for this room."""
        return (Edit(r.start, r.end, r.made, r.kind, r.confidence) for r in self)

    def _from(self, number: int) -> Iterator[Repair]:
        """The repairs from one on."""
        first = number - number % _EVERY
        shift = self._shifts[first // _EVERY] if first < len(self) else 0
        for at in range(first, len(self)):
            start = self._starts[at]
            kind, confidence, found, made = self._shapes[self._codes[at]]
            if at >= number:
                yield Repair(
                    kind=kind,
                    start=start,
                    end=start + found,
                    found=self._original[start : start + found],
                    made=self._text[start + shift : start + shift + made],
                    confidence=confidence,
                )
            shift += made - found
