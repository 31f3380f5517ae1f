"""The names that an article's figures may belong to: zones, places, organisations, and words that stand for them."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

from ingest.extract import divisions, matching
from ingest.extract.context import Context
from ingest.extract.indicators import firms, lexicon, things
from ingest.model import Organisation


class Name(NamedTuple):
    """Whose figure it may be.

    ``kind``: zone, place, abroad, organisation (a firm), source (a public body, which often only tells), company (a
    word for a firm: 该公司), person (他), thing (a railway, a port, a satellite).
    """

    name: str | None
    kind: str


class Mention(NamedTuple):
    """A name in a paragraph, or a word that stands for one."""

    start: int
    end: int
    name: str | None
    kind: str


#: 公司, 园区 and the like stand for a name only where no noun runs into them (母公司, 产业园区).
_BARE = ("公司", "集团", "园区", "高新区", "团队", "合作社")
_OPEN = "，。；：、的在让使个和与该为对把将由是新“”（ \u3000"
_PEOPLE = tuple("们国人山乡日用")
#: Behind 全球 these make another word of it.
_WORLDLY = tuple("购化通性")
_ORGAN = re.compile(r"(?:委员会|委|人民政府|政府)$")
#: A firm's party branch and union count for the firm.
_BRANCH = re.compile(r"(?:党支部|党总支|党委|工会|团支部|团委)$")
#: Organs whose figures are the zone's own.
_ZONE_ORGANS = ("党工委", "管委会", "管理委员会")
#: Level of a division (province, prefecture, county) to the words for the one the article is about.
_GENERAL = (
    ("全省", "我省", "该省", "省内", "本省"),
    ("全市", "我市", "该市", "市内", "本市", "全州", "我州"),
    ("全县", "我县", "该县", "县内", "全区", "我区", "该区", "本区"),
)
_WORLD = ("全球", "全世界")
_CHINA = ("中国", "我国", "全国", "中国大陆")
_ZONE = ("该园区", "园区", "高新区", "该高新区", "我园区", "本园区", "全区", "我区", "该区", "本区", "区内")
#: Class words that 该 may stand before, the longest first.
_POINTER = re.compile(
    "[该研医学协商联合](?:(?<=该)(?:基地|园区|铁路|高铁|工程|机场|卫星|医院|大学|公司|集团|银行|协会|联盟|中心"
    "|[关局行院校馆站厂市县区省州镇港会企])"
    "|(?<=[，。；：”]研)究[院所]|(?<=[，。；：”][医学])院|(?<=[，。；：”][协商])会|(?<=[，。；：”]联)盟|(?<=[，。；：”]合)作社)"
)
#: Class words that need no 该 at the head of a clause.
_CLASSES = frozenset(("研究院", "研究所", "医院", "学院", "协会", "商会", "联盟", "合作社"))
#: What 该 means is among so many names before it.
_NEAR = 12
_PERSON = ("他", "她", "笔者")
_PUBLIC = ("government", "party", "media", "association", "institute", "university", "bank")


class Names:
    """The names of one article, to be found in its paragraphs."""

    def __init__(self, article: Context) -> None:
        own = of(article)
        self._meant = _common() | own
        self._sought = own.keys() - _WORDS.surfaces
        self.paragraphs = self._by_paragraph(article.paragraphs)

    def stands_in(self, printed: str) -> bool:
        """Whether a word only stands for a name: 公司, 我们."""
        name = self._meant.get(printed)
        return name is not None and name.name is None

    def firm(self, organisation: str) -> str | None:
        """The usual name of a firm under its full one; None for what is no firm."""
        name = self._meant.get(organisation)
        return name.name if name and name.kind == "organisation" else None

    def mentions(self, text: str) -> list[Mention]:
        """All names in a text, in order; where two overlap, the one that begins first, of those the longest."""
        return [Mention(start, end, name.name, name.kind) for start, end, name in self._found(text, (text,))]

    def _found(self, text: str, parts: Sequence[str]) -> Iterator[tuple[int, int, Name]]:
        """The names in a text by their places; ``parts`` are its paragraphs."""
        found = _pointers(text) + [match.span() for match in _SINGLE.finditer(text)]
        at = 0
        for part in parts:
            if spots := _WORDS.find(part):
                found += [(at + start, at + end) for start, end in spots]
            at += len(part) + 1
        for printed in self._sought:
            at = text.find(printed)
            while at >= 0:
                found.append((at, at + len(printed)))
                at = text.find(printed, at + 1)
        found.sort(key=lambda span: (span[0], -span[1]))
        last: deque[Name] = deque(maxlen=_NEAR)
        done = 0
        for start, end in found:
            if start >= done:
                printed = text[start:end]
                points = printed[0] == "该" or printed in _CLASSES
                if name := (points and _pointed(last, printed)) or self._name(text, start, end, printed):
                    last.append(name)
                    done = end
                    yield start, end, name

    def _name(self, text: str, start: int, end: int, printed: str) -> Name | None:
        """What a printed stretch names; None where it is part of another word."""
        name = self._meant.get(printed)
        if name is None or (name.kind == "person" and text.startswith(_PEOPLE, end)):
            return None
        if name.name == "全球" and text.startswith(_WORLDLY, end):
            return None
        if printed in _BARE and start and text[start - 1] not in _OPEN:
            return None
        return name

    def _by_paragraph(self, paragraphs: tuple[str, ...]) -> list[list[Mention]]:
        """The names in each paragraph, found in one search through them all."""
        found: list[list[Mention]] = [[] for _ in paragraphs]
        ends = list(accumulate(len(paragraph) + 1 for paragraph in paragraphs))
        index = offset = 0
        for start, end, name in self._found("\n".join(paragraphs), paragraphs):
            while start >= ends[index]:
                offset = ends[index]
                index += 1
            found[index].append(Mention(start - offset, end - offset, name.name, name.kind))
        return found


def _pointers(text: str) -> list[tuple[int, int]]:
    """Where 该 stands with the class word of something named before: 该关, 该基地, 该市."""
    return [match.span() for match in _POINTER.finditer(text)]


def _pointed(before: deque[Name], printed: str) -> Name | None:
    """What 该基地 or a bare 研究院 means: the last one named of those that end so; None where there is none."""
    word = printed.removeprefix("该")
    return next((n for n in reversed(before) if n.name and n.name.endswith(word) and n.kind != "company"), None)


def _words() -> tuple[str, ...]:
    """The words that are looked for in every article."""
    general = chain(*_GENERAL)
    return (*lexicon.places(), *_WORLD, *_CHINA, *general, *lexicon.alternatives("company").split("|"), *_PERSON)


_WORDS = matching.Matcher(_words)
#: Those of a single character, which a matcher passes over.
_SINGLE = re.compile("[他她]")


def of(article: Context) -> dict[str, Name]:
    """Every printed name or word of an article that may own a figure, less those of `_common`, which it overrules.

    What comes later overrules what comes before.
    """
    names = {printed: name for printed, name in _of_regions(article.regions).items() if printed not in _stand_ins()}
    private = (person.name for person in article.people if not person.organisation)
    names |= dict.fromkeys(private, Name(name=None, kind="person"))
    for organisation in article.organisations:
        names |= _of_organisation(organisation, article)
    for printed, thing in things.find("\n".join(article.paragraphs), article.title or "").items():
        if printed not in _common():
            names.setdefault(printed, Name(name=thing, kind="thing"))
    for zone in article.zones:
        names |= {zone + tail: Name(name=zone, kind="zone") for tail in ("", "党工委", "管委会")}
    if article.zones:
        names |= dict.fromkeys(_ZONE, Name(name=article.zones[0], kind="zone"))
    return {printed: name for printed, name in names.items() if len(printed) > 1 or name.kind == "person"}


@cache
def _common() -> dict[str, Name]:
    """What means the same in any article: foreign countries, the world, China, words for whom it named before."""
    names = {printed: Name(name=usual, kind="abroad") for printed, usual in lexicon.places().items()}
    names |= dict.fromkeys(_WORLD, Name(name="全球", kind="place"))
    return names | dict.fromkeys(_CHINA, Name(name="中国", kind="place")) | _stand_ins()


@cache
def _stand_ins() -> dict[str, Name]:
    """Words for a firm or a person named before."""
    names = dict.fromkeys(lexicon.alternatives("company").split("|"), Name(name=None, kind="company"))
    return names | dict.fromkeys(_PERSON, Name(name=None, kind="person"))


def _of_regions(regions: tuple[str, ...]) -> dict[str, Name]:
    """Places under their official and short names, and the words for the one the article is about: 全省, 我市."""
    names: dict[str, Name] = {}
    for region in regions:
        names[region] = Name(name=region, kind="place")
        bare = firms.CLASS.sub("", region)
        if len(bare) >= 2:
            names.setdefault(bare, names[region])
    for words, name in zip(_GENERAL, _levels(regions), strict=True):
        for word in words:
            if name or word not in names:
                names[word] = Name(name=name, kind="place")
    return names


def _of_organisation(organisation: Organisation, article: Context) -> dict[str, Name]:
    name = Name(name=organisation.name, kind="organisation")
    of_firm = _BRANCH.sub("", organisation.name)
    if organisation.kind == "enterprise" or firms.is_firm(of_firm):
        name = Name(name=firms.usual(of_firm, organisation.aliases, article.regions), kind="organisation")
    elif organisation.name.endswith(_ZONE_ORGANS) and article.zones:
        name = Name(name=article.zones[0], kind="zone")
    elif (place := _ORGAN.sub("", organisation.name)) in article.regions:
        name = Name(name=place, kind="place")
    elif organisation.kind in _PUBLIC:
        name = Name(name=organisation.name, kind="source")
    if any(organisation.name.startswith(zone + "联合") for zone in article.zones):
        return {}
    printed = {organisation.name, *organisation.aliases, name.name or ""}
    return dict.fromkeys(printed, name)


_ENDING = {"省": 0, "市": 1, "州": 1, "县": 2, "区": 2}


def _levels(regions: tuple[str, ...]) -> tuple[str | None, str | None, str | None]:
    """The province, prefecture and county that 全省, 全市 and 全县 mean: the named one, else the one it lies in."""
    found: list[str | None] = [None, None, None]
    table, codes = divisions.by_surface(), divisions.by_code()
    for region in regions:
        division = next((d for d in table.get(region, ()) if d.name == region), None)
        if division is None and region[-1:] in _ENDING:
            found[_ENDING[region[-1]]] = found[_ENDING[region[-1]]] or region
        while division is not None and division.level < len(found):
            found[division.level] = found[division.level] or division.name
            division = codes.get(division.parent)
    provinces = [r for r in regions if r.endswith(("省", "自治区"))]
    province, city, county = found
    if province and province.endswith("市"):
        return None, province, county
    return province if len(provinces) <= 1 else None, city, county
