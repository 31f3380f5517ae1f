"""The places that an article names: administrative divisions under their official names, and high-tech zones."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ingest.extract import divisions, lexicon, matching, words, zones
from ingest.extract.divisions import Division
from ingest.extract.reading import Cover, Mention, Reading
from ingest.extract.words import Sentence
from ingest.model import Place

_TOWN = re.compile(r"镇|街道|乡|苏木")
_TOWN_SIZES = range(8, 2, -1)
# 京沪高铁, 京津冀: an abbreviation within a longer run names a line or a cluster, not a place. It names its place after
# a verb of going or being (赴京, 在沪) and in a list set apart by 、 (京、沪、穗等地).
_GOING = re.compile(
    r"(?:赴|抵|来|返|离|在|驻)([\u4e00-\u9fff])"
    r"(?=[，。、；]|召开|举行|举办|出席|考察|调研|成立|正式|发布|揭|启动|开幕|闭幕|落|签|参加|会见)"
)
_LISTED = re.compile(
    r"(?:[赴在抵向]|(?<![\u4e00-\u9fff、]))([\u4e00-\u9fff](?:、[\u4e00-\u9fff]){1,30})(?=等|[两三四五六七八九十]|[，。；]|开展|举办|举行)"
)
# What stands behind a place's name in the names of other things: 南京路, 北京时间, 北京烤鸭
_OTHER_THINGS = re.compile(r"[东西南北中]?路(?!径|演|线)|大街|大道|大桥|时间(?!内)|烤鸭|方言|话剧")
# What a class word at the end of a two-character name may be the beginning of: 全县和县级部门
_CLASS_GOES_ON = re.compile(r"[级域间块别位长属]")
# Offices of a county stand right behind its short name: 肥西县委, 长丰经开区
_COUNTY_OFFICES = re.compile(r"县委|区委|市委|县政府|区政府|市政府|经开区|开发区|工业园区|自贸片区")
# What follows a county's short name within a zone's: 昆山高新区, (虎丘); and not 松山 in 松山湖
_NAMES_ZONE = re.compile(r"国家|高|新|[市区县（(）)]|农业")
# What makes a county's short name that of a port, a river or a hill: 盐田港
_FEATURES = re.compile(r"[港河湖山江岛湾桥站路街寺]|机场|水库|码头")
# 占城镇就业的比重: the class word belongs to a common noun.
_COMMON_TOWNS = ("城镇", "乡镇", "集镇", "小镇", "古镇")
_SHORT_TOWN = 3
_TOWN_LEVEL = 3


class _Known:
    """Which divisions the article names beyond doubt; settles what a doubtful name means."""

    def __init__(self, reading: Reading) -> None:
        self.codes: set[str] = set()
        self.towns: dict[str, tuple[str, ...]] | None = None
        surfaces = divisions.by_surface()
        ambiguous = lexicon.words("places_ambiguous")
        texts = (reading.title or "", *reading.paragraphs)
        for surface in {text[start:end] for text in texts for start, end in _spots(text)}:
            group = surfaces[surface]
            if surface not in ambiguous and (group[0].level < 2 or (len(group) == 1 and group[0].name == surface)):
                self.codes |= divisions.ancestors(group[0].code)

    def encloses(self, division: Division) -> bool:
        """Whether a division that the given one lies in is named in the article."""
        return division.parent != "" and bool(divisions.ancestors(division.parent) & self.codes)

    def choose(self, group: tuple[Division, ...]) -> Division:
        """The division that a name shared by several most likely means."""
        return next((d for d in group if d.code in self.codes), next((d for d in group if self.encloses(d)), group[0]))


@matching.remembered
def _spots(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text may name a division; asked for twice of every paragraph."""
    return tuple(divisions.MATCHER.find(text))


def find(reading: Reading, organisations: list[Mention]) -> tuple[list[Mention], tuple[str, ...]]:
    """All places named in the paragraphs; and the official names of divisions, the title's included, widest first.

    A place within an organisation's name names none, unless a zone's name brings it there.
    """
    found: list[Mention] = []
    cover = Cover(organisations)
    known = _Known(reading)
    signs = reading.where(_sign())
    for number, sentence in enumerate(reading.sentences):
        located = zones.mentions(number, sentence.text)
        if not (located or number in signs or _spots(sentence.text)):
            continue
        found += located
        spared = _characters(located)
        for mention in _in_sentence(number, sentence, known, spared):
            if mention.start in spared or not cover.touches(number, mention.start, mention.end):
                found.append(mention)
    named = [m.name for m in found if m.kind == "region"]
    if reading.title:
        spared = _characters(zones.mentions(0, reading.title))
        named += [m.name for m in _in_sentence(0, words.sentence(reading.title), known, spared)]
    return sorted(found, key=lambda m: (m.paragraph, m.start)), _widest_first(named)


def records(reading: Reading, found: list[Mention]) -> tuple[Place, ...]:
    """One record for each place, at its first mention."""
    firsts: dict[tuple[str, str], Mention] = {}
    for mention in found:
        firsts.setdefault((mention.kind, mention.name), mention)
    return tuple(
        Place(
            paragraph=m.paragraph,
            start=m.start,
            end=m.end,
            text=reading.paragraphs[m.paragraph][m.start : m.end],
            method=m.method,
            confidence=m.confidence,
            name=m.name,
            kind=m.kind,
            code=_code(m) if m.kind == "region" else zones.division(m.name),
        )
        for m in firsts.values()
    )


def _code(mention: Mention) -> str | None:
    group = [d for d in divisions.by_surface().get(mention.name, ()) if d.name == mention.name]
    return group[0].code if len(group) == 1 else None


def _widest_first(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(names), key=_level))


def _level(name: str) -> int:
    group = [d for d in divisions.by_surface().get(name, ()) if d.name == name]
    return group[0].level if group else _TOWN_LEVEL


def _characters(found: tuple[Mention, ...]) -> set[int]:
    return {i for mention in found for i in range(mention.start, mention.end)}


def _in_sentence(number: int, sentence: Sentence, known: _Known, in_zones: set[int]) -> Iterator[Mention]:
    text = sentence.text
    division: Division | None
    before: tuple[int, Division] | None = None  # where the last division's name ended, and which it was
    for start, end in _spots(text):
        group = divisions.by_surface()[text[start:end]]
        above = before[1] if before and start - before[0] <= (text[before[0] : start] in "市省的") else None
        if start in in_zones and (group[0].level < 2 or _NAMES_ZONE.match(text, end)):
            division, confidence = known.choose(_within(group, above) or group), 0.9
        else:
            division, confidence = _Stretch(sentence, start, end, group).read(above, known)
        if division:
            yield Mention(number, start, end, division.name, "region", "division list", confidence)
            before = (end, division)
    yield from _towns(number, text)
    yield from _abbreviated(number, text)


def _within(group: tuple[Division, ...], above: Division | None) -> tuple[Division, ...]:
    """Those of a group that lie in the division named right before."""
    if above is None:
        return ()
    return tuple(d for d in group if d.code != above.code and above.code in divisions.ancestors(d.code))


class _Stretch(NamedTuple):
    """A stretch of a sentence that reads like a division's name, and the divisions of that name."""

    sentence: Sentence
    start: int
    end: int
    group: tuple[Division, ...]

    def read(self, above: Division | None, known: _Known) -> tuple[Division | None, float]:
        """The division that the stretch names, and how sure that is; None when it names none."""
        text = self.sentence.text
        surface = text[self.start : self.end]
        within = _within(self.group, above)
        if within:
            feature = within[0].name != surface and _FEATURES.match(text, self.end)
            return (None, 0.0) if feature else (within[0], 1.0)
        if surface in lexicon.words("places_ambiguous"):
            return None, 0.0
        full = tuple(d for d in self.group if d.name == surface)
        if full:
            return self._full(known.choose(full), known)
        edges = self.sentence.edge(self.start) and self.sentence.edge(self.end)
        if not edges or _OTHER_THINGS.match(text, self.end):
            return None, 0.0
        if self.group[0].level < 2:
            return self.group[0], 0.9
        return self._county(surface, known)

    def _full(self, division: Division, known: _Known) -> tuple[Division | None, float]:
        doubtful = len(division.name) == 2
        if doubtful and (not known.encloses(division) or _CLASS_GOES_ON.match(self.sentence.text, self.end)):
            return None, 0.0
        return division, 0.9 if doubtful or len(self.group) > 1 else 1.0

    def _county(self, surface: str, known: _Known) -> tuple[Division | None, float]:
        if _FEATURES.match(self.sentence.text, self.end):
            return None, 0.0
        chosen = known.choose(self.group)
        certain = chosen.code in known.codes or _COUNTY_OFFICES.match(self.sentence.text, self.end)
        likely = known.encloses(chosen) and words.tag(surface) in {"ns", ""}
        return (chosen, 0.8) if certain or likely else (None, 0.0)


def _towns(number: int, text: str) -> Iterator[Mention]:
    for suffix in _TOWN.finditer(text):
        names = _town_names()
        for size in _TOWN_SIZES:
            start = suffix.end() - size
            if size == _SHORT_TOWN and text[start + 1 : suffix.end()] in _COMMON_TOWNS:
                continue
            if start < 0 or text[start : suffix.end()] not in names or _begins_place(text, suffix.start()):
                continue
            yield Mention(number, start, suffix.end(), text[start : suffix.end()], "region", "town list", 0.8)
            break


def _begins_place(text: str, start: int) -> bool:
    """镇江, 乡宁: the class word is the first character of another place's name."""
    return divisions.MATCHER.at(text, start) > start


@cache
def _town_names() -> frozenset[str]:
    return frozenset(divisions.towns())


@cache
def _sign() -> re.Pattern[str]:
    """A town's class word, or an abbreviation behind a verb of going or a mark: without one neither is looked for."""
    short = "".join(n for n in lexicon.table("places_abbreviations") if len(n) == 1)
    return re.compile(f"[镇街乡苏、赴抵来返离在驻](?:(?<=[镇乡])|(?<=街)道|(?<=苏)木|(?<=[^镇街乡苏])[{short}])")


@cache
def _abbreviation_listed() -> re.Pattern[str]:
    """An abbreviation behind a mark of a list, without which the costlier pattern need not be tried."""
    return re.compile("、[" + "".join(n for n in lexicon.table("places_abbreviations") if len(n) == 1) + "]")


def _abbreviated(number: int, text: str) -> Iterator[Mention]:
    names = lexicon.table("places_abbreviations")
    for going in _GOING.finditer(text):
        if going.group(1) in names:
            yield Mention(number, going.start(1), going.end(1), names[going.group(1)], "region", "abbreviation", 0.7)
    for listed in _LISTED.finditer(text) if _abbreviation_listed().search(text) else ():
        places = range(listed.start(1), listed.end(1), 2)
        if all(text[i] in names for i in places):
            for i in places:
                yield Mention(number, i, i + 1, names[text[i]], "region", "abbreviation", 0.8)
