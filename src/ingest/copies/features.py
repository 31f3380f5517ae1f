"""The features of an article: all that is kept of it to tell what it is a copy of.

Its sketch (MinHash of character triples) says how much two texts have in common, its marks (a sample of the stretches
of six characters, the same stretches in whatever text) find a text within another, its anchors what was spun.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from ingest.copies.anchors import anchors
from ingest.copies.checksums import SPARSEST, checksums
from ingest.copies.normal import normal

HASHES = 128  # of a sketch: the error of a Jaccard index of .3 is .04
_SHINGLE = 3  # characters: what is left of them in a spun copy is still thrice what two articles of a topic share
_STRETCH = 6  # characters of a mark: three words
# One stretch in so many is a mark, up to so many characters of text; the sparser sample is part of the denser one.
_DENSITY = ((250, 4), (500, 8), (1 << 30, SPARSEST))
_BANDS, _ROWS = 8, 6  # a band holds six hashes: .98 of the pairs with a Jaccard index of .85 share one of eight
_SEED = 9
_MASK = (1 << 63) - 1  # a mark is a positive number that both engines can hold
_PRIME = (1 << 61) - 1
_FACTOR = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio, which spreads what it multiplies (Knuth, 6.4)
_SHORT = 24  # characters: what is shorter is a headline or a notice's date, and no copy can be told


@dataclass(frozen=True)
class Features:
    """What is kept of an article. ``sketch`` has 16 bits of each hash; marks, anchors and runs are numbers."""

    digest: int  # of the whole text
    length: int  # characters, without punctuation
    sketch: tuple[int, ...]
    bands: tuple[int, ...]
    marks: frozenset[int]
    density: int  # one stretch in so many is a mark
    anchors: frozenset[int]
    figures: frozenset[int]
    runs: frozenset[int]

    @cached_property
    def buckets(self) -> frozenset[int]:
        """The numbers by which copies of the whole are found."""
        return frozenset((self.digest, *self.bands))

    @cached_property
    def traces(self) -> frozenset[int]:
        """The numbers by which parts and spun copies are found."""
        return self.marks | self.runs

    def packed(self) -> bytes:
        """Return it as bytes, for `unpacked`."""
        sets: list[Sequence[int]] = [self.bands, *map(sorted, (self.marks, self.anchors, self.figures, self.runs))]
        head = struct.pack("<QIH5H", self.digest, self.length, self.density, *map(len, sets))
        return head + b"".join(
            (struct.pack(f"<{HASHES}H", *self.sketch), *(struct.pack(f"<{len(s)}Q", *s) for s in sets))
        )


def unpacked(packed: bytes) -> Features:
    """Return the features that were packed."""
    head = struct.Struct("<QIH5H")
    digest, length, density, *sizes = head.unpack_from(packed)
    sketch = struct.unpack_from(f"<{HASHES}H", packed, head.size)
    place = head.size + 2 * HASHES
    sets = []
    for size in sizes:
        sets.append(struct.unpack_from(f"<{size}Q", packed, place))
        place += 8 * size
    bands, marks, kept, figures, runs = sets
    return Features(digest, length, sketch, bands, frozenset(marks), density, *map(frozenset, (kept, figures, runs)))


def features(title: str | None, paragraphs: Sequence[str]) -> Features | None:
    """Return the features of an article; None where there is too little text to tell a copy.

    Args:
        title: Its title.
        paragraphs: Its reading text: repaired and in Simplified script.
    """
    text = normal(paragraphs)
    if len(text) < _SHORT:
        text = normal([title or "", *paragraphs])
    if len(text) < _SHORT:
        return None
    hashes = _hashes(text)
    density = next(each for longest, each in _DENSITY if len(text) <= longest)
    found = anchors([title or "", *paragraphs])
    return Features(
        digest=_number(text),
        length=len(text),
        sketch=tuple(each & 0xFFFF for each in hashes),
        bands=tuple(_number(f"{band} {hashes[band * _ROWS : (band + 1) * _ROWS]}") for band in range(_BANDS)),
        marks=_marks(text, density),
        density=density,
        anchors=frozenset(map(_number, found.kept)),
        figures=frozenset(map(_number, found.figures)),
        runs=frozenset(map(_number, found.runs)),
    )


def _hashes(text: str) -> list[int]:
    from rensa import RMinHash

    sketch = RMinHash(num_perm=HASHES, seed=_SEED)
    sketch.update(_shingles(text))
    return list(sketch.digest())


def _shingles(text: str) -> list[str]:
    """Return all triples of characters, cut by numpy: a third of the time of slices of a string."""
    import numpy as np

    letters = text.encode("utf-32-le")
    overlapping: list[str] = np.ndarray(len(text) - _SHINGLE + 1, f"<U{_SHINGLE}", letters, strides=4).tolist()
    return overlapping


def _marks(text: str, density: int) -> frozenset[int]:
    """Return the sample of a text's stretches: those whose checksum is divided by the density."""
    import numpy as np

    letters = text.encode("utf-32-le")
    found = checksums(np.frombuffer(letters, "<u4"), _STRETCH)
    places = np.flatnonzero(found % density == 0)
    size = 4 * _STRETCH
    return frozenset(
        _hash(letters[4 * at : 4 * at + size], checksum)
        for at, checksum in zip(places.tolist(), found[places].tolist(), strict=True)
    )


def sparser(marks: frozenset[int], density: int) -> frozenset[int]:
    """Return the marks that a longer text has too: the three lowest bits of a mark say how rare it is."""
    return frozenset(mark for mark in marks if mark % density == 0)


def _hash(piece: bytes, checksum: int) -> int:
    """Return the number of a stretch, divided by what its checksum is divided by: 4, 8 or 16."""
    spread = int.from_bytes(piece, "little") * _FACTOR % _PRIME
    return spread & ~(SPARSEST - 1) | checksum


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "backslashreplace"), digest_size=8).digest(), "little") & _MASK
