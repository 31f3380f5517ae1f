"""What the bytes behind characters are, and what characters some bytes may be where others were lost."""

from functools import cache
from itertools import islice

from ingest.decode import reading, tables

Bytes = frozenset[int]
HIGH: Bytes = frozenset(range(0x80, 0x100))
# First bytes of two that GBK has no character for: rows that are empty or have holes.
PAIR_LEADS: Bytes = frozenset({0xA2, *range(0xA4, 0xB0), *range(0xF8, 0x100)})


@cache
def encoded(character: str, was: str) -> bytes | None:
    """The bytes that a character was decoded from, or None if the charset does not have it."""
    if was == "cp1252":
        return _western(character)
    if was == "gb18030":
        if character == "€":
            return b"\x80"
        character = reading.demoted(character)
    try:
        data = character.encode(was)
    except UnicodeEncodeError:
        return None
    return data if len(data) <= 2 else None


def _western(character: str) -> bytes | None:
    if ord(character) < 0x100:
        return bytes([ord(character)])
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return None


@cache
def before(following: int | None) -> Bytes:
    """The bytes that GBK cannot read because of the byte that follows them."""
    if following is None or following < 0x40:
        return HIGH
    return frozenset(byte for byte in HIGH if not _pair(byte, following))


@cache
def _pair(lead: int, trail: int) -> bool:
    try:
        bytes([lead, trail]).decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


@cache
def character_of(data: bytes, encoding: str) -> str | None:
    """The one character that the bytes are, or None."""
    try:
        text = reading.strictly(data, encoding)
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None


@cache
def _by_bytes(true: str) -> dict[tuple[int | None, ...], list[tuple[str, bytes]]]:
    """The characters of a Chinese text by what is known of their bytes, likeliest first."""
    index: dict[tuple[int | None, ...], list[tuple[str, bytes]]] = {}
    bits = tables.counted()
    for character in sorted(bits, key=lambda c: bits[c]):
        data = character.encode(true, "replace")
        if len(data) != PARTLY_LOST[true]:
            continue
        for known in range(1, 2 ** len(data) - 1):
            key = tuple(byte if known >> place & 1 else None for place, byte in enumerate(data))
            index.setdefault(key, []).append((character, data))
    return index


PARTLY_LOST = {"utf-8": 3, "gb18030": 2, "big5hkscs": 2}  # bytes of the characters that can be guessed
_MOST = 64  # choices kept for a character; the likeliest


@cache
def candidates(row: tuple[Bytes, ...], true: str) -> tuple[str, ...]:
    """The characters that fit a row of bytes, some of them known and some lost; likeliest first."""
    key = tuple(next(iter(choice)) if len(choice) == 1 else None for choice in row)
    if None not in key:
        made = character_of(bytes(byte for byte in key if byte is not None), true)
        return (made,) if made else ()
    fitting = (
        character
        for character, data in _by_bytes(true).get(key, ())
        if all(byte in choice for byte, choice in zip(data, row, strict=True))
    )
    return tuple(islice(fitting, _MOST))
