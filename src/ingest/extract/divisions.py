"""Administrative divisions: their codes, what each is called in running text, and which lies in which."""

import re
from dataclasses import dataclass
from functools import cache

from ingest.extract import lexicon, matching

_LEVELS = ("province", "prefecture", "county")
_PLAIN_SUFFIX = re.compile(r"(?:特别行政区|自治区|地区|林区|特区|新区|[省市盟县区旗])$")
_REGION = re.compile(r"(?:壮族|回族|维吾尔)?自治区$")
# Districts are seldom called by their short name alone, and their short names are often everyday words.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division. ``level`` is 0 for a province, 1 for a prefecture, 2 for a county, 3 for a town."""

    code: str
    name: str
    level: int
    parent: str

    @property
    def short(self) -> str:
        """The name less its class word and ethnic groups: 德阳, 恩施; the full name where that leaves one character."""
        return _short(self.name)


@cache
def _short(name: str) -> str:
    stem = name
    if name.endswith(("自治州", "自治县", "自治旗")):
        stem = _autonomous().sub("", name)
    elif name.endswith("自治区"):
        stem = _REGION.sub("", name)
    stem = _PLAIN_SUFFIX.sub("", stem)
    return stem if len(stem) >= _SHORTEST else name


@cache
def _autonomous() -> re.Pattern[str]:
    groups = sorted(lexicon.words("places_ethnic_groups"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(groups)})*自治[州县旗]$")


@cache
def by_code() -> dict[str, Division]:
    """All divisions by their six-digit code."""
    return {
        code: Division(code, name, _LEVELS.index(level), rest[0] if rest else "")
        for code, name, level, *rest in lexicon.rows("places_divisions")
    }


@cache
def by_surface() -> dict[str, tuple[Division, ...]]:
    """What stands in running text to the divisions that it may name, widest first: 德阳市, 德阳, 吉林."""
    found: dict[str, list[Division]] = {}
    for division in by_code().values():
        for surface in {division.name, division.short}:
            found.setdefault(surface, []).append(division)
    return {surface: tuple(sorted(group, key=lambda d: (d.level, d.code))) for surface, group in found.items()}


#: Finds all that divisions are called.
MATCHER = matching.Matcher(by_surface)


@cache
def towns() -> dict[str, tuple[str, ...]]:
    """Towns, townships and streets: official name to the codes of the counties that have one of that name."""
    found: dict[str, list[str]] = {}
    for code, names in lexicon.rows("places_towns"):
        for name in names.split():
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def ancestors(code: str) -> set[str]:
    """The codes of the divisions that a division lies in, itself included."""
    found = set()
    while code:
        found.add(code)
        division = by_code().get(code)
        code = division.parent if division else ""
    return found
