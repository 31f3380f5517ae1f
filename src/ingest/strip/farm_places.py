"""Names of places as link farms hold them: in full (某某县) or without their level (某某)."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).resolve().parent.parent / "data"
_LONGEST = 12
# Divisions abolished or renamed, and those of Taiwan, are not in the list: 台南县, 阳东县. They end like the others.
_SHAPED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[市县旗省盟州]|自治[区州县旗]|地区|[\u4e00-\u9fff]区)")
_LEVELS = frozenset("市县旗省盟州区")  # what a shaped name ends in
_COUNTY = re.compile(r"(?:[县旗]|(?<!自治)(?<!地)区)$")


class _Division(NamedTuple):
    """What a name may be: its levels, the codes of the provinces where it is borne, and its own."""

    levels: set[str]
    provinces: set[str]
    codes: set[str]


def is_place(item: str) -> bool:
    """Whether an item is the name of an administrative division, with its level or without."""
    if item in _divisions():
        return True
    return item[-1:] in _LEVELS and len(item) <= _LONGEST and _SHAPED.fullmatch(item) is not None


def leading_place(item: str) -> str:
    """Return the longest name of a division that opens a text, with its level or without; empty for none."""
    for name in beginnings().get(item[:2], ()):
        if item.startswith(name):
            return name
    return ""


@cache
def beginnings() -> dict[str, tuple[str, ...]]:
    """Names by their first two characters, the longest first: at most places of a text none begins."""
    found: dict[str, list[str]] = {}
    for name in sorted(_divisions(), key=len, reverse=True):
        found.setdefault(name[:2], []).append(name)
    return {beginning: tuple(names) for beginning, names in found.items()}


def levels(places: Iterable[str]) -> set[str]:
    """Return the levels of names: province, prefecture, county; bare for a name without its level."""
    found: set[str] = set()
    for place in places:
        known = _divisions().get(place)
        if known is None:
            found.add("county" if _COUNTY.search(place) else "unknown")
        elif len(known.levels) == 1:
            found |= known.levels
    return found - {"unknown"}


def provinces(places: Iterable[str]) -> set[str]:
    """Return the codes of the provinces that names lie in; a name borne in several provinces tells nothing."""
    found = (known.provinces for p in places if (known := _divisions().get(p)))
    return {code for codes in found if len(codes) == 1 for code in codes}


def is_province(place: str) -> bool:
    """Whether a name is a province's, with its level or without: 湖北, 湖北省."""
    known = _divisions().get(place)
    return known is not None and any(code.endswith("0000") for code in known.codes)


@cache
def _divisions() -> dict[str, _Division]:
    """Names in full and without their level."""
    names: dict[str, _Division] = {}
    less = _level_word()
    for line in _lines("places_divisions.tsv"):
        code, name, level, *_ = line.split("\t")
        for form, said in ((name, level), (less.sub("", name), "bare")):
            if len(form) > 1:
                division = names.setdefault(form, _Division(set(), set(), set()))
                division.levels.add(said)
                division.provinces.add(code[:2])
                division.codes.add(code)
    return names


@cache
def _level_word() -> re.Pattern[str]:
    """What ends a division's name: its level, and the peoples of an autonomous one (芷江侗族自治县)."""
    peoples = "|".join(sorted(_lines("places_ethnic_groups.tsv"), key=len, reverse=True))
    return re.compile(rf"(?:{peoples})*(?:自治[区州县旗]|地区|特别行政区|[省市县区旗盟州])$")


def _lines(file: str) -> list[str]:
    return (_DATA / file).read_text("utf-8").splitlines()[1:]
