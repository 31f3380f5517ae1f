"""High-tech zones in running text, under their canonical short names: place + 高新区."""

import re
from collections import Counter
from functools import cache

from ingest.extract import divisions, lexicon, matching
from ingest.extract.reading import Mention, Reading

_BARE = re.compile(
    r"(?:国家级?)?(?:高新区|高新技术产业开发区|高新技术产业园区|高新技术开发区|高技术产业开发区|新技术产业开发区|高新园区)"
)
# What stands behind a zone's name for the district it shares its offices with: （滨江）, (虎丘区)
_SHARED = re.compile(r"[（(·、/]([\u4e00-\u9fff]{2,4}?(?:新区|区|市|县)?)[)）]")
_TITLE_PLACE = re.compile(r"([\u4e00-\u9fff]{2,12})[：:]\s*(?:国家)?高新区")
_LONGEST_PLACE = 11
# A zone that the title does not name is the article's subject when it is named at least this often
# and at least a third as often as the zone named most.
_OFTEN = 2
_SHARE = 3


@cache
def _canonical() -> dict[str, str]:
    """Official names and aliases of the national zones to their canonical short names."""
    found: dict[str, str] = {}
    for short, official, _, _, _, _, *rest in lexicon.rows("zones_hightech"):
        aliases = rest[0].split("|") if rest and rest[0] else []
        for surface in (short, official, *aliases):
            found.setdefault(surface, short)
    return found


@cache
def _seats() -> dict[str, tuple[str, str]]:
    """Canonical names of the zones that are listed, national and provincial, to province and city."""
    listed = {row[0]: (row[2], row[3]) for row in lexicon.rows("zones_hightech")}
    return {row[0]: (row[1], row[2]) for row in lexicon.rows("zones_provincial")} | listed


def division(name: str) -> str | None:
    """The six-digit code of the city that a zone lies in, by its canonical name; None where nobody can tell.

    A zone of no list lies in the one division that it is named after.
    """
    seat = _seats().get(name)
    if seat is None:
        group = divisions.by_surface().get(name.removesuffix("高新区"), ())
        return group[0].code if len(group) == 1 else None
    province, city = seat
    group = divisions.by_surface().get(city, ())
    within = [d for d in group if d.name == city and any(_is(code, province) for code in divisions.ancestors(d.code))]
    return within[0].code if within else None


def _is(code: str, name: str) -> bool:
    found = divisions.by_code().get(code)
    return found is not None and found.name == name


_MATCHER = matching.Matcher(_canonical)


@matching.remembered
def mentions(paragraph: int, text: str) -> tuple[Mention, ...]:
    """The zones that a paragraph names, with what stands before and behind the name as part of it."""
    listed, bare_ones = _MATCHER.find(text), "高新" in text or "技术" in text
    if not (listed or bare_ones):
        return ()
    found = [
        Mention(paragraph, _wider(text, a), _shared_end(text, b), _canonical()[text[a:b]], "zone", "zone list")
        for a, b in listed
    ]
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    for bare in _BARE.finditer(text) if bare_ones else ():
        if bare.end() - 1 in taken:
            continue
        start, name = _place_before(text, bare.start())
        if name:
            canonical = _canonical().get(f"{name}高新区", f"{name}高新区")
            end = _shared_end(text, bare.end())
            confidence = 0.95 if canonical in _seats() else 0.8
            found.append(Mention(paragraph, _wider(text, start), end, canonical, "zone", "place + 高新区", confidence))
    return tuple(sorted(found, key=lambda m: m.start))


def _shared_end(text: str, end: int) -> int:
    shared = _SHARED.match(text, end)
    return shared.end() if shared and divisions.by_surface().get(shared.group(1)) else end


def _place_before(text: str, end: int) -> tuple[int, str]:
    """The place whose name ends at ``end``, as (start, short name); (end, "") when none does."""
    surfaces = divisions.by_surface()
    for start in range(max(0, end - _LONGEST_PLACE), end - 1):
        named = surfaces.get(text[start:end])
        if named:
            return start, named[0].short
    return end, ""


def _wider(text: str, start: int) -> int:
    """Where the places begin that stand right before a zone's name: 四川省德阳高新区."""
    while (before := _place_before(text, start)[0]) < start:
        start = before
    return start


def about(reading: Reading, found: list[Mention]) -> tuple[str, ...]:
    """The zones that the article is about: those its title names, else those its paragraphs keep naming."""
    title = reading.title or ""
    titled = [m.name for m in mentions(0, title)] or _titled_apart(title)
    if titled:
        return tuple(dict.fromkeys(titled))
    counts = Counter(m.name for m in found)
    if not counts:
        return ()
    most = max(counts.values())
    kept = [name for name, n in counts.items() if n * _SHARE >= most and (n >= _OFTEN or len(reading.paragraphs) == 1)]
    return tuple(kept)


def _titled_apart(title: str) -> list[str]:
    """德阳市：高新区… : the place stands before the colon and the zone behind it."""
    found = _TITLE_PLACE.search(title)
    if not found:
        return []
    _, name = _place_before(found.group(1), len(found.group(1)))
    return [_canonical().get(f"{name}高新区", f"{name}高新区")] if name else []
