"""Text as it was mended, and what could not be."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One mended stretch.

    ``start`` and ``end`` are offsets in the text before any repair: of ``Text.original``, or, for a repair held by a
    block, of that block's ``original``. ``found`` is what the repair saw there and ``made`` what it made of it.
    ``block`` is the block's index in a page's list of repairs.
    """

    kind: str
    start: int
    end: int
    found: str
    made: str
    confidence: float = 1.0  # 0 to 1
    block: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something a reader should know and no rule could settle: damage beyond repair, spun text, a doubtful charset."""

    name: str
    score: float = 1.0  # 0 to 1: how sure we are that it is so
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of an article that somebody else put there or changed: ``paragraphs[paragraph][start:end]``.

    ``kind`` is the name of the flag that it speaks for: ``spun`` for a sentence, ``keyword-injected`` for a keyword,
    ``glued-title`` for the title that stands again behind the text. What is in no paragraph has ``paragraph`` -1: its
    offsets count in the title or, where ``block`` is given, in that block of the page.
    """

    kind: str
    paragraph: int
    start: int
    end: int
    text: str
    reason: str = ""
    block: int | None = None  # index of the page's block


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Bytes as repaired text.

    ``text`` is the reading text: repaired, in Simplified script. ``original`` is the text as the bytes spelled it.
    ``encoding`` is a codec name and ``confidence`` (0 to 1) says how sure it is; ``evidence`` says why. ``utf8`` holds
    the bytes where they are ``text`` in UTF-8, so that they need not be made again.
    """

    text: str
    original: str
    encoding: str
    confidence: float
    evidence: tuple[str, ...] = ()
    repairs: Sequence[Repair] = ()
    flags: tuple[Flag, ...] = ()
    utf8: bytes | None = field(default=None, repr=False, compare=False)
