"""A page's bytes as text: of one charset throughout, cut through at its ends, or a mixture (see `mixture`)."""

import math
import re
from typing import NamedTuple

from ingest.decode import fitting, mixture, plausible, reading, tables

_LONGEST = 4  # bytes of a character in any of these charsets
_EDGE = 64  # characters that show whether a page reads well from its first whole character on
_READABLE = 13.0  # bits a character; Chinese takes 9 to 12
_USUAL = 15.0  # bits; the common characters of Traditional script take 11 to 15
_SHIFTED = 4.0  # bits that a text has to save by beginning one byte later, besides the price of the byte ...
_BYTE = 12.0  # ... which is that of a mark of loss in `mixture`
_HEAD = re.compile("[^\x00-\x7f]{1,200}[\x00-\x7f]?")
_CUT_SHORT = re.compile("unexpected end|incomplete")


class Pieces(NamedTuple):
    """Text put together from pieces: how many stretches were lost, how many characters stood in another charset."""

    text: str
    lost: int
    foreign: dict[str, int]


def decode(content: bytes, encoding: str, text: str | None = None) -> Pieces:
    """Read bytes that are mostly of one charset.

    A page that is of one charset throughout costs one pass. ``encoding`` is the charset of most of it; others than
    UTF-8, GB 18030 and Big5 are read plainly. ``text`` is all of them in that charset, where somebody has read them.
    """
    if text is None:
        text = fitting.plain(content, encoding)
    elif not fitting.fits(text, encoding):
        text = None
    if text is not None:
        shifted = _shifted(content, encoding, text)
        return Pieces(shifted or text, shifted is not None, {})
    if (clipped := _clipped(content, encoding)) is not None:
        return clipped
    if encoding not in mixture.MIXABLE:
        text = reading.decode(content, encoding)
        return Pieces(text, text.count(reading.LOST), {})
    parts = mixture.parts(content, encoding)
    reader = mixture.Reader(encoding)
    made = reader.read(parts)
    if reader.foreign and reader.lost:
        reader = mixture.Reader(encoding, known=max(reader.foreign, key=reader.foreign.__getitem__))
        made = reader.read(parts)
    return Pieces("".join(made), reader.lost, dict(reader.foreign))


def _clipped(content: bytes, encoding: str) -> Pieces | None:
    """A page that is of the charset but for its first or last character, cut through on its way; None for any other.

    Without this the cheapest way through would read the halves of two neighbours as one character.
    """
    for begin in range(_LONGEST):
        end = len(content)
        try:
            text = reading.strictly(content[begin:] if begin else content, encoding)
        except UnicodeDecodeError as error:
            end = begin + error.start
            if end < len(content) - _LONGEST + 1 or not _CUT_SHORT.search(error.reason):
                continue
            text = reading.strictly(content[begin:end], encoding)
            if not begin and (shifted := _shifted(content[:end], encoding, text)):
                return Pieces(shifted + reading.LOST, 2, {})
        if begin and (plausible.mean(text[:_EDGE]) >= _READABLE):
            continue
        if not begin and end == len(content):
            return None  # whole, and yet no text: it holds stretches in another charset, or rare characters
        if fitting.fits(text, encoding):
            marks = reading.LOST if begin else "", reading.LOST if end < len(content) else ""
            return Pieces(text.join(marks), sum(map(bool, marks)), {})
    return None


def _shifted(content: bytes, encoding: str, text: str) -> str | None:
    """A text that begins with the second half of a character, which made pairs of halves up to the first ASCII."""
    if encoding not in {"gb18030", "big5hkscs"} or content[:1].isascii() or not (head := _HEAD.match(text)):
        return None
    size = len(head.group().encode(encoding, "replace"))
    better = reading.decode(content[1:size], encoding)
    if max(map(tables.bits().__getitem__, better), default=math.inf) >= _USUAL:  # as it is in the halves of rare names
        return None
    if plausible.bits(better) + _BYTE + _SHIFTED > plausible.bits(head.group()):
        return None
    try:
        return reading.LOST + reading.strictly(content[1:], encoding)
    except UnicodeDecodeError:
        return None
