"""Which organisation a name means, in whatever article: what joins 工信部 here to 工业和信息化部 there."""

import re
import unicodedata
from functools import cache

from ingest.extract import divisions, lexicon
from ingest.extract.organisations import known

_SPACE = re.compile(r"\s+")
# What a body of a level is called in an article that has named the place before: 市金融局, 区委, 党工委.
_LEVEL = re.compile(r"^(?:本|该|全)?([省市区县州])(?=[^级域内属])")
_BARE = re.compile(r"^(?:党工委|管委会|人民政府|政府|党委|党支部|办公室)")
_OF_ZONE = re.compile(r"(?:高新区|园区|开发区)")
_LEVELS = {"省": (0,), "市": (1, 2), "州": (1,), "区": (2,), "县": (2,)}
_CLASSES = {"省": ("省", "自治区"), "市": ("市",), "州": ("州",), "区": ("区",), "县": ("县",)}
_LONGEST_PLACE = 12


def of(name: str, aliases: tuple[str, ...], zones: tuple[str, ...], regions: tuple[str, ...]) -> str | None:
    """The canonical name of an organisation; None where its name means another body in every article.

    Args:
        name: The fullest form that the article uses.
        aliases: The other forms.
        zones: The canonical names of the zones that the article is about.
        regions: The official names of the divisions that it names.

    A known body goes by its full name in our lists, another one by its own: widths folded, offices by their short
    names (人民政府 and 政府, 发展和改革委员会 and 发改委), a place before them by its official name. 市金融局 and
    管委会 are given the one place or zone of the article that they can belong to; where there are two, or none,
    nobody can tell.
    """
    surfaces = known.identities()
    full = next((surfaces[form] for form in (name, *aliases) if form in surfaces), None)
    if full is not None:
        return full
    placed = _placed(folded(name), zones, regions)
    return None if placed is None else _offices().sub(_short_office, _official(placed))


def folded(name: str) -> str:
    """A name without white space, its letters and signs in one width."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", name))


def _placed(name: str, zones: tuple[str, ...], regions: tuple[str, ...]) -> str | None:
    """The name with its place before it; None where the article leaves it open."""
    level = _LEVEL.match(name)
    if level and level.group(1) == "区" and not _of_level("区", regions) and len(zones) == 1:
        return zones[0] + name[level.end() :]
    if level:
        places = _of_level(level.group(1), regions)
        return places[0] + name[level.end() :] if len(places) == 1 else None
    owned = _OF_ZONE.match(name)
    if owned or _BARE.match(name):
        return zones[0] + name[owned.end() if owned else 0 :] if len(zones) == 1 else None
    return name


def _of_level(level: str, regions: tuple[str, ...]) -> list[str]:
    groups = ((name, divisions.by_surface().get(name, ())) for name in regions)
    return [
        name
        for name, group in groups
        if name.endswith(_CLASSES[level]) and any(division.level in _LEVELS[level] for division in group)
    ]


def _official(name: str) -> str:
    """长沙住建局 as 长沙市住建局: a prefecture's or a province's short name made its official one."""
    for end in range(min(_LONGEST_PLACE, len(name) - 2), 1, -1):
        group = divisions.by_surface().get(name[:end])
        if group is None:
            continue
        division = group[0]
        if _OF_ZONE.match(name, end):
            return name
        office = _ends_in_office().search(name, end)
        return division.name + name[end:] if division.level < 2 and name[:end] == division.short and office else name
    return name


@cache
def _short_names() -> dict[str, str]:
    return {full: short for short, fulls in lexicon.rows("org_offices") for full in fulls.split("|")}


@cache
def _offices() -> re.Pattern[str]:
    """The full names of offices at the end of a name, the longest first."""
    fulls = sorted(_short_names(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(fulls)})$")


@cache
def _ends_in_office() -> re.Pattern[str]:
    return re.compile(r"(?:[局厅委办院会署]|政府|中心|支队|大队|法院|银行)$")


def _short_office(found: re.Match[str]) -> str:
    return _short_names()[found.group()]
