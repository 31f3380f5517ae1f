"""Text that was decoded with the wrong charset, mended stretch by stretch."""

import re
from collections.abc import Iterator

from ingest.decode import plausible
from ingest.model import Flag, Repair

# Bytes read as latin-1 or Windows-1252: letters with accents and signs, with blanks and ASCII between them.
_WESTERN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
    "[\u0020\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122"
    "@-~]{3,2000}"
)
_LETTERS = re.compile("[\u00c0-\u00ff]")


def find(text: str) -> tuple[list[Repair], tuple[Flag, ...]]:
    """Mojibake that can be mended, and flags for what cannot."""
    repairs = []
    if _LETTERS.search(text):
        repairs = list(_western(text))
    return repairs, ()


def _western(text: str) -> Iterator[Repair]:
    for match in _WESTERN.finditer(text):
        found = match.group()
        made = _reread(found)
        if made is not None:
            yield Repair(kind="mojibake", start=match.start(), end=match.end(), found=found, made=made, confidence=0.95)


def _reread(found: str) -> str | None:
    data = _bytes(found)
    if data is None:
        return None
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            made = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum("\u4e00" <= c <= "\u9fff" for c in made) >= 2 and plausible.mean(made) < 12:
            return made
    return None


def _bytes(found: str) -> bytes | None:
    out = bytearray()
    for character in found:
        if ord(character) < 0x100:
            out.append(ord(character))
            continue
        try:
            out += character.encode("cp1252")
        except UnicodeEncodeError:
            return None
    return bytes(out)
