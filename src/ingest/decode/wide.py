"""UTF-16 and UTF-32 without a byte order mark, a clipped first character included."""

import re

from ingest.decode import plausible, reading
from ingest.decode.plausible import Reading

_SAMPLE = 2048  # bytes looked at
# Bytes that no page in a charset of one byte a character holds, but every second or fourth of these.
_TELLING = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_SHORT = 64  # bytes; UTF-16 of a short Chinese text may happen to hold no telling byte
_WIDTHS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_CLIPPED = 16.0  # bits against a reading that has to drop bytes at the beginning


def possible(content: bytes) -> bool:
    """Whether it is worth asking if the bytes are UTF-16 or UTF-32."""
    return len(content) < _SHORT or _TELLING.search(content, 0, _SAMPLE) is not None


def best(content: bytes) -> tuple[Reading, int]:
    """The wide charset that reads best, and how many bytes of a clipped first character stand before it."""
    readings = [
        (Reading(_cost(content, encoding, skip), encoding), skip)
        for encoding, width in _WIDTHS.items()
        for skip in range(width)
        if len(content) - skip >= width
    ]
    return min(readings, default=(Reading(float("inf"), "utf-16-le"), 0))


def others(content: bytes) -> float:
    """What the same bytes cost in the best charset that is not wide."""
    return plausible.ranked(content[:_SAMPLE], ("utf-8", *plausible.CHINESE))[0].cost


def _cost(content: bytes, encoding: str, skip: int) -> float:
    width = _WIDTHS[encoding]
    data = content[skip : skip + _SAMPLE - width]
    data = data[: len(data) - len(data) % width]
    if width == 4 and not reading.decodes(data, encoding):  # a quarter of the bytes at least are zero, or it is not
        return float("inf")
    return plausible.cost(data, encoding) + (_CLIPPED if skip else 0.0)
