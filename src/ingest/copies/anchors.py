"""What a spinner leaves alone: figures, dates, Latin words, quoted strings and names of documents, in their order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.copies.normal import folded

# A day is one anchor, or each article of a year would share two numbers with every other.
_ANCHOR = re.compile(
    r"(?=[\dA-Za-z《“「\"])(?:"  # a quarter of the time: most letters begin none of these
    r"(?P<date>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?\s?[%‰万亿千百]{0,2})"
    r"|(?P<latin>[A-Za-z][A-Za-z0-9+-]+)"
    r"|《(?P<document>[^《》\n]{3,40})》"
    r"|[“「\"](?P<quoted>[^“”「」\"\n]{2,20})[”」\"])"
)
_LONG = 3  # digits that tell one figure from another: 31家 stands in many articles, 412.5 in few


@dataclass(frozen=True, slots=True)
class Anchors:
    """``kept`` are all anchors of a text, ``figures`` the numbers that few other texts have, ``runs`` neighbours."""

    kept: frozenset[str]
    figures: frozenset[str]
    runs: frozenset[str]


def anchors(paragraphs: Iterable[str]) -> Anchors:
    """Return what of a text survives spinning.

    A run is a figure or a word with the next two: neighbours that stand together in no other text, however common each
    of them is.
    """
    found = list(_found(folded("\n".join(paragraphs))))
    names = [name for _, name in found]
    telling = [each for each in found if _tells(*each)]
    figures = frozenset(name for kind, name in telling if kind == "number")
    told = {name for _, name in telling}
    threes = zip(names, names[1:], names[2:], strict=False)
    runs = frozenset("\0".join(three) for three in threes if not told.isdisjoint(three))
    return Anchors(frozenset(names), figures, runs)


def _found(text: str) -> Iterator[tuple[str, str]]:
    for match in _ANCHOR.finditer(text):
        kind = str(match.lastgroup)
        yield kind, "".join(match[kind].split()).replace(",", "").casefold()


def _tells(kind: str, name: str) -> bool:
    if kind == "number":
        return sum(letter.isdigit() for letter in name.lstrip("0.")) >= _LONG and not _round(name)
    return kind in {"document", "quoted"} or (kind == "latin" and len(name) > _LONG)


def _round(name: str) -> bool:
    """Whether a figure is a year or a round number: 2025, 1000亿."""
    digits = name.rstrip("%‰万亿千百")
    return digits.endswith("00") or (len(digits) == 4 and digits.startswith(("19", "20")))
