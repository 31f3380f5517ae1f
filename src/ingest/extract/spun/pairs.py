"""Tables of words side by side that answer thousands of questions at once, by arithmetic on the words' marks.

A table is rows of four slots. A pair (or three words) stands in one of two rows that its key names, as some bits of the
key and a number below 16; ``tests.spin.training.rows`` puts them there.
"""

from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon

SLOTS = 4
#: What is kept with a pair is less; what is not in a table is told by this.
MISSING = 16
_HALF = np.uint64(32)
#: Odd numbers with about as many ones as noughts, for mixing (those of splitmix64 and of Knuth).
_ONE, _TWO, _THREE = (np.uint64(n) for n in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15))


def keys(first: Any, second: Any) -> Any:
    """The numbers by which pairs of words are kept, by the words' marks: well mixed, 0 where one has none (0)."""
    mixed = ((first.astype(np.uint64) << _HALF) | second.astype(np.uint64)) * ((first > 0) & (second > 0))
    mixed *= _ONE
    mixed ^= mixed >> _HALF
    mixed *= _TWO
    return mixed


def threes(pair: Any, third: Any) -> Any:
    """The numbers by which three words are kept, by the key of the first two and the mark of the third; 0 as there."""
    mixed = (pair + third.astype(np.uint64) * _ONE) * ((pair > 0) & (third > 0))
    mixed *= _TWO
    mixed ^= mixed >> _HALF
    return mixed


def places(wanted: Any, rows: int, kind: Any) -> tuple[Any, Any, Any]:
    """The two rows of a table that may hold each key, and the bits of the key that stand there, by the slots' type."""
    bits = (wanted.astype(np.uint32) >> np.uint32(32 - 8 * kind.itemsize)).astype(kind)
    one, two = ((hashed >> _HALF) * np.uint64(rows) >> _HALF for hashed in (wanted, wanted * _THREE))
    return one.astype(np.intp), two.astype(np.intp), bits - bits % kind.type(MISSING)


class Pairs(NamedTuple):
    """A table of pairs: rows of slots."""

    slots: Any

    @classmethod
    def read(cls, name: str, kind: str) -> "Pairs":
        """That of a data file of whole numbers of some type. A comment line goes before."""
        packed = (lexicon.DATA / f"{name}.bin").read_bytes()
        start = packed.index(b"\n") + 1
        return cls(
            np.frombuffer(packed, kind, offset=start).reshape(-1, SLOTS).astype(np.dtype(kind).newbyteorder("="))
        )

    def find(self, wanted: Any) -> Any:
        """What is kept with each of some keys, ``MISSING`` where nothing is."""
        slots, every = self.slots, wanted.ravel()
        some = np.flatnonzero(every)
        one, two, bits = places(every[some], len(slots), slots.dtype)
        rows = [slots.take(row, 0, mode="clip") ^ bits[:, None] for row in (one, two)]
        # Where the bits are the same, what is kept is left. The least by halves, for numpy is slow along short rows.
        least = np.minimum(*rows)
        least = np.minimum(least[:, :2], least[:, 2:])
        found = np.full(len(every), MISSING, slots.dtype)
        found[some] = np.minimum(np.minimum(least[:, 0], least[:, 1]), MISSING)
        return found.reshape(wanted.shape)
