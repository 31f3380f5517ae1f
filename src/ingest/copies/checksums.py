"""The checksums of all stretches of a text at once, as far as they say which of them are marks.

A CRC is linear: that of a stretch is the exclusive or of what each of its bytes gives in its place (Peterson and
Brown, 1961). So what a character gives in each place stands in a table, and arrays take the place of a loop over the
stretches: a fifth of the time of `zlib.crc32` piece by piece.
"""

from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPARSEST = 16  # of so many stretches one is a mark at the least: no more of a checksum is asked
_BYTES = 4  # of a character in UTF-32


def checksums(letters: "NDArray[np.uint32]", stretch: int) -> "NDArray[np.uint8]":
    """Return for each place of a text the CRC-32 of the stretch that begins there, modulo ``SPARSEST``.

    Args:
        letters: The text's code points.
        stretch: Characters; the checksum is that of their UTF-32, the lowest byte first.
    """
    import numpy as np

    nothing, of_letter, of_plane = _tables(stretch)
    places = max(0, len(letters) - stretch + 1)
    found = np.full(places, nothing, np.uint8)
    if not places:
        return found
    low, high = letters & 0xFFFF, letters >> 16
    rare = bool(high.any())  # letters beyond the 65,536 that nearly all texts make do with
    for place in range(stretch):
        found ^= of_letter[place][low[place : place + places]]
        if rare:
            found ^= of_plane[place][high[place : place + places]]
    return found


@cache
def _tables(stretch: int) -> "tuple[int, NDArray[np.uint8], NDArray[np.uint8]]":
    """Return the checksum of zeros, and what a letter's lower and upper two bytes change in it, by place."""
    import numpy as np

    zeros = bytes(_BYTES * stretch)
    nothing = crc32(zeros)

    def change(place: int) -> "NDArray[np.uint8]":
        changed = (crc32(zeros[:place] + bytes([byte]) + zeros[place + 1 :]) ^ nothing for byte in range(256))
        return np.array([each % SPARSEST for each in changed], np.uint8)

    def pairs(place: int) -> "NDArray[np.uint8]":
        low, high = change(place), change(place + 1)
        return (high[:, None] ^ low[None, :]).ravel()

    of_letter = np.stack([pairs(_BYTES * place) for place in range(stretch)])
    of_plane = np.stack([pairs(_BYTES * place + 2)[:256] for place in range(stretch)])
    return nothing % SPARSEST, of_letter, of_plane
