"""How well bytes read as Chinese in a charset; what judges between charsets that all decode."""

import re

from ingest.decode import reading, tables

CANDIDATES = ("gb18030", "big5hkscs", "euc_tw")
_FOREIGN = re.compile(r"[^\x00-\x7f]{1,4000}")
_SAMPLE = 4000  # characters
# Chinese text takes some 9.5 bits a character under the table, text read in a wrong charset 18 and more.
_READABLE = 14.0
_STRANGE = 30.0  # bits: private use, unassigned, U+FFFD


def sample(text: str) -> str:
    """The first few thousand characters that are not ASCII."""
    parts, size = [], 0
    for match in _FOREIGN.finditer(text):
        parts.append(match.group())
        size += len(match.group())
        if size > _SAMPLE:
            break
    return "".join(parts)


def surprise(text: str) -> float:
    """Bits a character that a text takes if it is Chinese; ASCII does not count. 0 for a text of ASCII alone."""
    foreign = sample(text)
    if not foreign:
        return 0.0
    table = tables.bits()
    return sum(table[c] if c in table else _rare(c) for c in foreign) / len(foreign)


def _rare(character: str) -> float:
    if "\u3400" <= character <= "\u9fff":
        return tables.UNKNOWN_BITS
    if "\ue000" <= character <= "\uf8ff" or character == reading.LOST or "\x80" <= character <= "\x9f":
        return _STRANGE
    return 18.0


def readable(content: bytes, encoding: str) -> bool:
    """Whether a label is to be believed: what it gives reads as Chinese, or no other charset gives anything better."""
    if encoding not in CANDIDATES:
        return True
    own = surprise(reading.decode(content, encoding))
    if own < _READABLE:
        return True
    return all(own <= surprise(reading.decode(content, other)) + 2 for other in CANDIDATES if other != encoding)


def best(content: bytes) -> tuple[str, float]:
    """The charset that makes the bytes read best, and how sure that is by its lead."""
    scored = sorted((surprise(reading.decode(content, encoding)), encoding) for encoding in CANDIDATES)
    lead = scored[1][0] - scored[0][0]
    return scored[0][1], min(0.99, 0.5 + lead / 8)
