"""How well bytes read as text in a charset: the sum of its characters' surprise, which lets charsets be compared."""

import math
import re
from typing import NamedTuple

from ingest.decode import reading, tables

# What a charset has to make up for in bits before it is believed: how rare it is among pages without a valid label.
# A Chinese word of two characters takes some 20 bits, in a wrong charset some 35.
PRIORS = {
    "utf-8": 0.0,
    "gb18030": 0.0,
    "big5hkscs": 2.0,
    "utf-16-le": 8.0,
    "utf-16-be": 10.0,
    "utf-32-le": 10.0,
    "utf-32-be": 12.0,
    "euc_tw": 14.0,
    "cp1252": 20.0,
    "cp932": 30.0,
    "euc_jp": 30.0,
    "cp949": 30.0,
}
MULTIBYTE = ("utf-8", "gb18030", "big5hkscs", "euc_tw", "cp1252", "cp932", "euc_jp", "cp949")
COMMON = ("utf-8", "gb18030", "big5hkscs")
CHINESE = ("gb18030", "big5hkscs", "euc_tw")
_SAMPLE = 2000  # bytes of runs; a thousand characters decide beyond doubt
_MANY = 50  # characters; by chance no so many read well
_FLUENT = 12.0  # bits a character; Chinese takes 9 to 12
_REACH = 2_000_000  # bytes; further than this no page hides its text
# A run of bytes with the top bit set, with the ASCII bytes that may be second halves of characters.
_RUN = re.compile(rb"[\x80-\xff](?:[\x30-\x7e]?[\x80-\xff]){0,1000}[\x30-\x7e]?")


# What a text in a charset of Japan or Korea is at least half written in; Chinese read as one of them is not.
_KANA = (re.compile("[\u3041-\u30fe]"), 0.2)
_HANGUL = (re.compile("[\uac00-\ud7a3]"), 0.6)
_SCRIPTS = {"cp932": _KANA, "euc_jp": _KANA, "cp949": _HANGUL}


_VARIETY = 12  # different letters of it at least; a few words prove no language


class Reading(NamedTuple):
    """What bytes cost in bits when read in a charset."""

    cost: float
    encoding: str


def sample(content: bytes) -> bytes:
    """The runs of bytes that are not ASCII, one a line, up to a few thousand bytes."""
    runs: dict[bytes, None] = {}  # each once, in order: a page of one word repeated says no more than the word
    size = 0
    for match in _RUN.finditer(content):
        if match.group() not in runs:
            runs[match.group()] = None
            size += len(match.group())
        if size > _SAMPLE or match.start() > _REACH:
            break
    return b"\n".join(runs)


def bits(text: str) -> float:
    """The surprise of a text in bits."""
    return sum(map(tables.bits().__getitem__, text))


def mean(text: str) -> float:
    """Bits a character over the characters that are not ASCII; 0 for a text without any."""
    foreign = [c for c in text if c > "\x7f"]
    return sum(map(tables.bits().__getitem__, foreign)) / len(foreign) if foreign else 0.0


def fluent(text: str) -> bool:
    """Whether a text reads so well that its bytes are not those of another Chinese charset, which take 16 bits each."""
    foreign = [c for c in text if c > "\x7f"]
    return len(foreign) >= _MANY and bits("".join(foreign)) < _FLUENT * len(foreign)


def cost(data: bytes, encoding: str) -> float:
    """Bits that bytes take when read in a charset, its prior included."""
    text = reading.decode(data, encoding)
    if encoding in _SCRIPTS and not _written_in(text, *_SCRIPTS[encoding]):
        return float("inf")
    return PRIORS.get(encoding, 20.0) + bits(text)


def _written_in(text: str, script: re.Pattern[str], share: float) -> bool:
    found = script.findall(text)
    return len(set(found)) > _VARIETY and len(found) > share * sum(c > "\x7f" for c in text)


def ranked(data: bytes, encodings: tuple[str, ...]) -> list[Reading]:
    """The charsets by how well the bytes read in them, best first."""
    return sorted(Reading(cost(data, encoding), encoding) for encoding in encodings)


def confidence(lead: float) -> float:
    """How sure a lead in bits makes. The bits of neighbours are not independent, so a third of them counts.

    Measured on fragments of two characters: where it says .9, at least 9 in 10 are right. Never certain.
    """
    return min(0.99, 1 / (1 + math.exp2(-min(lead, 60.0) / 3)))
