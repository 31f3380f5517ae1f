"""EUC-TW and ISO-2022-CN, the two Chinese charsets that Python has no codec for. Planes 1 and 2 of CNS 11643."""

import re
from functools import cache

from ingest.decode import tables

_LOST = "\ufffd"
_EUC_TW = re.compile(
    rb"(?P<ascii>[\x00-\x7f]+)|(?P<plane1>(?:[\xa1-\xfe]{2})+)|\x8e(?P<plane>[\xa1-\xb0])(?P<pair>[\xa1-\xfe]{2})|(?P<bad>.)",
    re.DOTALL,
)
# ESC $ ) designates the set that SO shifts to, ESC $ * the one that SS2 (ESC N) fetches single characters from; the
# end of a line undoes both designations. Source: RFC 1922.
_ISO_2022_CN = re.compile(
    rb"\x1b\$(?P<slot>[)*+])(?P<set>[A-Z])|\x1bN(?P<single>[\x21-\x7e]{2})|(?P<shift>[\x0e\x0f])"
    rb"|(?P<text>[^\x1b\x0e\x0f\n]+)|(?P<end>\n)|(?P<bad>.)",
    re.DOTALL,
)


@cache
def _planes() -> dict[tuple[int, int, int], str]:
    """Character by plane, row and column, the latter two from 0x21 on."""
    table = {}
    for line in tables.rows("decode_cns11643.txt"):
        plane, row, characters = line.split("\t")
        for column, character in enumerate(characters, 0x21):
            if character != _LOST:
                table[int(plane), int(row) + 0x20, column] = character
    return table


def _pairs(data: bytes, plane: int) -> str:
    """Two-byte characters of one plane; the top bits do not matter."""
    table = _planes()
    return "".join(
        [
            table.get((plane, row & 0x7F, column & 0x7F), _LOST)
            for row, column in zip(data[::2], data[1::2], strict=False)
        ]
    )


def euc_tw(content: bytes) -> str:
    """Read EUC-TW: two bytes for plane 1, four (0x8E, the plane, two more) for any plane."""
    parts = []
    for token in _EUC_TW.finditer(content):
        if token["ascii"] is not None:
            parts.append(token["ascii"].decode("ascii"))
        elif token["plane1"] is not None:
            parts.append(_pairs(token["plane1"], 1))
        elif token["pair"] is not None:
            parts.append(_pairs(token["pair"], token["plane"][0] - 0xA0))
        else:
            parts.append(_LOST)
    return "".join(parts)


def iso2022_cn(content: bytes) -> str:
    """Read ISO-2022-CN: seven bits, GB 2312 or a plane of CNS 11643 shifted in and out."""
    parts = []
    designated: dict[bytes, bytes] = {}
    shifted = False
    for token in _ISO_2022_CN.finditer(content):
        if token["slot"] is not None:
            designated[token["slot"]] = token["set"]
        elif token["shift"] is not None:
            shifted = token["shift"] == b"\x0e"
        elif token["single"] is not None:
            parts.append(_pairs(token["single"], 2) if designated.get(b"*") == b"H" else _LOST)
        elif token["text"] is not None:
            parts.append(_shifted(token["text"], designated.get(b")")) if shifted else _plain(token["text"]))
        elif token["end"] is not None:
            designated.clear()
            shifted = False
            parts.append("\n")
        else:
            parts.append(_LOST)
    return "".join(parts)


def _plain(data: bytes) -> str:
    return data.decode("ascii", "replace")


def _shifted(data: bytes, designated: bytes | None) -> str:
    """Text after SO in the set that was designated for it."""
    if designated == b"G":
        return _pairs(data, 1) + _LOST * (len(data) % 2)
    if designated in {b"A", b"E"}:
        return bytes(byte | 0x80 for byte in data).decode("gb18030", "replace")
    return _plain(data)
