"""Brings the names of one organisation together, under the fullest form that the article uses."""

import re

from ingest.extract.organisations import known
from ingest.extract.reading import Mention, Reading
from ingest.model import Organisation

# 公司 and its longer forms say what a firm is, not which: what stands before them is its name.
_FORM = re.compile(r"(?:(?:股份|集团|控股)?(?:有限责任公司|股份有限公司|有限公司|公司)|集团公司|集团|股份|控股)$")
_LEVEL = re.compile(r"^(?:本|该|全)?[省市区县州]|^(?:园区|高新区|经开区|开发区)")
_CALLED = re.compile(r"[（(](?:以下|下文|下称|后文)?(?:简称|统称)?(?:为)?[“\"「]?([^”\"」）)，]{2,12})[”\"」]?[）)]")
_SHORTEST_CORE = 2
_SHORTEST_SITE = 5
_BRANCH = re.compile(r"(?:联合)?(?:党委|党支部|党总支|党组织|党组)$")
_LEGAL = ("有限公司", "有限责任公司")
# The committees of the other parties are not the Party's: 民建某市委 and 某市委 are two.
_OTHER_PARTIES = ("民建", "民盟", "民革", "民进", "农工党", "致公党", "九三学社", "台盟")


def merge(reading: Reading, mentions: list[Mention]) -> tuple[Organisation, ...]:
    """One record for each organisation, in the order of first mention."""
    mentions = [*mentions, *_parents(mentions)]
    called = _called(reading, mentions)
    names: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.paragraph, m.start)):
        names.setdefault(mention.name, []).append(mention)
    full = {name: _fullest(name, group[0].kind, names, called) for name, group in names.items()}
    groups: dict[str, list[str]] = {}
    for name in names:
        target = _follow(name, full)
        groups.setdefault(target, []).append(name)
    return tuple(_record(reading, target, members, names) for target, members in groups.items())


def _parents(mentions: list[Mention]) -> list[Mention]:
    """The firms whose full legal names stand in those of their party branches: …有限公司党支部 names two."""
    found = []
    for mention in mentions:
        firm = _BRANCH.sub("", mention.name) if mention.kind == "party" else ""
        if firm.endswith(_LEGAL) and mention.end - mention.start == len(mention.name):
            found.append(mention._replace(end=mention.start + len(firm), name=firm, kind="enterprise"))
    return found


def _follow(name: str, full: dict[str, str]) -> str:
    seen = {name}
    while full[name] not in seen:
        name = full[name]
        seen.add(name)
    return name


def _fullest(name: str, kind: str, names: dict[str, list[Mention]], called: dict[str, str]) -> str:
    """The longest name in the article that ``name`` is a short form of; itself when there is none."""
    declared = called.get(name) or called.get(_FORM.sub("", name))
    if declared and declared != name:
        return declared
    candidates = [
        other
        for other, group in names.items()
        if len(other) > len(name) and short_for(name, other, kind, group[0].kind)
    ]
    return max(candidates, key=len, default=name)


def short_for(short: str, full: str, short_kind: str, full_kind: str) -> bool:
    """Whether a shorter name may be a short form of a fuller one."""
    identities = known.identities()
    if short in identities and full in identities:
        return identities[short] == identities[full]
    if short_kind != full_kind:
        return False
    if short_kind == "enterprise":
        return _same_firm(short, full)
    if full.endswith(short):
        return full == f"中国{short}" if short_kind == "bank" else not full.startswith(_OTHER_PARTIES)
    if short_kind == "other" and _skips(short, full):
        return True
    level = _LEVEL.match(short)
    rest = short[level.end() :] if level else ""
    return len(rest) > 1 and level is not None and full.endswith(level.group()[-1] + rest)


def _skips(short: str, full: str) -> bool:
    """Whether a site's name leaves words out of the full one: 某地邮轮母港, 某地国际邮轮母港."""
    rest = iter(full)
    edges = short[:2] == full[:2] and short[-2:] == full[-2:]
    return edges and len(short) > _SHORTEST_SITE and all(c in rest for c in short)


def _same_firm(short: str, full: str) -> bool:
    core = _FORM.sub("", short)
    if len(core) < _SHORTEST_CORE or core not in full:
        return False
    if short.endswith(("控股", "集团", "股份")) and short not in full and core != _FORM.sub("", full):
        return False  # a group and a firm of its name are two
    # Two firms with full legal forms are two firms, however alike their names.
    return not (short.endswith(_LEGAL) and full.endswith(_LEGAL))


def _called(reading: Reading, mentions: list[Mention]) -> dict[str, str]:
    """Short forms that the article declares: …有限公司（以下简称“…”）."""
    found: dict[str, str] = {}
    for mention in mentions:
        declared = _CALLED.match(reading.paragraphs[mention.paragraph], mention.end)
        if declared and declared.group(1) != mention.name and len(declared.group(1)) < len(mention.name):
            found[declared.group(1)] = mention.name
    return found


def _record(reading: Reading, name: str, members: list[str], names: dict[str, list[Mention]]) -> Organisation:
    mention = names[name][0]
    best = max((m for member in members for m in names[member]), key=lambda m: m.confidence)
    return Organisation(
        paragraph=mention.paragraph,
        start=mention.start,
        end=mention.end,
        text=reading.paragraphs[mention.paragraph][mention.start : mention.end],
        method=mention.method,
        confidence=max(mention.confidence, best.confidence),
        name=name,
        kind=mention.kind,
        aliases=tuple(member for member in members if member != name),
    )
