"""What careless mirrors do to the script: a one-to-one Traditional conversion, then pinyin pushed in after characters.

The facts are measured on such pages: each character has one reading on the whole page, not the one that its context
asks for, and is always or never annotated; about half of the converted characters are.
"""

import zlib
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "naive_traditional.tsv"


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    lines = _TABLE.read_text("utf-8").splitlines()[1:]
    return tuple((s, t, reading) for s, t, reading in (line.split("\t") for line in lines))


@cache
def _traditional() -> dict[int, str]:
    return {ord(simplified): traditional for simplified, traditional, _ in _rows()}


@cache
def _readings() -> dict[str, str]:
    return {traditional: reading for _, traditional, reading in _rows()}


def to_traditional(text: str) -> str:
    """Convert character by character, as a mirror does: 后 is always 後, 里 always 裏, 着 always 著."""
    return text.translate(_traditional())


def is_annotated(character: str, *, share: float = 0.5, seed: int = 0) -> bool:
    """Say whether this page annotates a character: decided once for each character and ``seed``."""
    return zlib.crc32(f"{seed}{character}".encode()) / 2**32 < share


def annotate(text: str, *, share: float = 0.5, seed: int = 0, brackets: str = "()") -> str:
    """Add ``(pinyin)`` after Traditional characters: 高新區 → 高新區(qū).

    Args:
        text: Text in Traditional script, as from ``to_traditional``.
        share: How much of the known characters the page annotates, 0 to 1; dense mirrors come near 1.
        seed: Which ones.
        brackets: The opening and the closing bracket.
    """
    opening, closing = tuple(brackets)
    readings = _readings()
    return "".join(
        f"{c}{opening}{readings[c]}{closing}" if c in readings and is_annotated(c, share=share, seed=seed) else c
        for c in text
    )
