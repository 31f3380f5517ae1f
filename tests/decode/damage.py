"""The damage script: ways in which text goes wrong on its way through crawls, each seeded and told apart by name."""

import random
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from ingest.model import Repair

HEALTHY = Path(__file__).parent / "healthy"


def healthy(name: str) -> list[str]:
    return (HEALTHY / f"{name}.txt").read_text("utf-8").splitlines()


def cp1252(data: bytes) -> str:
    """As browsers read Windows-1252: the five open bytes are control characters."""
    return "".join(bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in data)


def latin1(data: bytes) -> str:
    return data.decode("latin-1")


class Damage(NamedTuple):
    """A way of going wrong: the text it happens to, and what becomes of a line."""

    source: str  # which healthy lines
    spoil: Callable[[str], str]


def _utf8_as_gbk(line: str) -> str:
    return line.encode().decode("gbk", "replace")


# No byte is lost: the line can be had back exactly.
LOSSLESS = {
    "gbk as latin-1": Damage("simplified", lambda s: latin1(s.encode("gb18030"))),
    "gbk as cp1252": Damage("simplified", lambda s: cp1252(s.encode("gb18030"))),
    "big5 as latin-1": Damage("traditional", lambda s: latin1(s.encode("big5hkscs"))),
    "big5 as cp1252": Damage("traditional", lambda s: cp1252(s.encode("big5hkscs"))),
    "big5 as gbk": Damage("traditional", lambda s: s.encode("big5hkscs").decode("gb18030")),
    "gbk as big5": Damage("simplified", lambda s: s.encode("gb18030").decode("big5hkscs")),
    "utf-8 as latin-1": Damage("simplified", lambda s: latin1(s.encode())),
    "utf-8 as cp1252": Damage("simplified", lambda s: cp1252(s.encode())),
    "utf-8 as latin-1 twice": Damage("simplified", lambda s: latin1(latin1(s.encode()).encode())),
    "utf-8 as cp1252 twice": Damage("simplified", lambda s: cp1252(cp1252(s.encode()).encode())),
    "decimal entities": Damage("simplified", lambda s: "".join(f"&#{ord(c)};" for c in s)),
    "decimal entities of Han": Damage("simplified", lambda s: _coded(s, "&#{0};")),
    "hex entities": Damage("simplified", lambda s: _coded(s, "&#x{0:x};")),
    "entities escaped again": Damage("simplified", lambda s: _coded(s, "&amp;#x{0:X};")),
    "entities escaped twice": Damage("simplified", lambda s: _coded(s, "&amp;amp;#{0};")),
    "entities less the ampersand": Damage("simplified", lambda s: _coded(s, "#x{0:x};")),
    "entities with a full-width semicolon": Damage("simplified", lambda s: _coded(s, "&#{0}；")),
    "escapes of JavaScript": Damage("simplified", lambda s: _coded(s, "\\u{0:04x}")),
    "escapes of escape()": Damage("simplified", lambda s: _coded(s, "%u{0:04X}")),
    "zero-width spaces": Damage("simplified", "\u200b".join),
    "soft hyphens": Damage("simplified", lambda s: s.replace("，", "，\u00ad").replace("的", "\u00ad的\u00ad")),
}
# Bytes are lost; the bound is the share of characters that may be wrong in the end.
LOSSY = {
    "utf-8 as gbk, browser": (Damage("simplified", _utf8_as_gbk), 0.02),
    "utf-8 as gbk, question marks": (Damage("simplified", lambda s: _utf8_as_gbk(s).replace("\ufffd", "?")), 0.08),
    "utf-8 as cp1252": (Damage("simplified", lambda s: s.encode().decode("cp1252", "replace")), 0.02),
    "gbk as big5": (Damage("simplified", lambda s: s.encode("gb18030").decode("big5hkscs", "replace")), 0.05),
}
# Nothing is left to go by: a flag is all that can be had.
HOPELESS: dict[str, Callable[[str], str]] = {
    "gbk as utf-8": lambda s: s.encode("gb18030").decode("utf-8", "replace"),
    "gbk as utf-8 as gbk": lambda s: _utf8_as_gbk(s.encode("gb18030").decode("utf-8", "replace")),
    "utf-8 as gbk twice": lambda s: _utf8_as_gbk(_utf8_as_gbk(s)),
    "lost to ASCII": lambda s: s.encode("ascii", "replace").decode(),
}


def _coded(line: str, form: str) -> str:
    return "".join(form.format(ord(c)) if c > "\x7f" else c for c in line)


def spoiled(damage: Damage) -> list[tuple[str, str]]:
    """Healthy lines and what becomes of them, less those that this charset cannot hold."""
    pairs = []
    for line in healthy(damage.source):
        try:
            pairs.append((line, damage.spoil(line)))
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return pairs


def distance(a: str, b: str) -> int:
    """Characters to put in, take out or change to make one of the other (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def kept(a: str, b: str) -> int:
    """Characters of one text that the other holds in the same order."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def fragments(lines: list[str], size: int, count: int, seed: int) -> list[str]:
    """Stretches of some characters from healthy lines, none of them ASCII alone."""
    chance = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        line = chance.choice(lines)
        if len(line) >= size:
            start = chance.randrange(len(line) - size + 1)
            if not line[start : start + size].isascii():
                found.append(line[start : start + size])
    return found


def made(original: str, repairs: Sequence[Repair]) -> str:
    """A text with its repairs made, after a look at what each says that it found."""
    parts, done = [], 0
    for repair in repairs:
        assert repair.found == original[repair.start : repair.end]
        parts += [original[done : repair.start], repair.made]
        done = repair.end
    return "".join((*parts, original[done:]))
