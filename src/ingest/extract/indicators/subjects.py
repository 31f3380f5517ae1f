"""Whose figure it is: the zone, place or organisation that a clause speaks of, carried over where it leaves it out."""

import re
from dataclasses import dataclass

from ingest.extract.context import Context
from ingest.extract.indicators import lexicon, words
from ingest.extract.indicators.figure import Figure
from ingest.extract.indicators.times import Time


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name or a word that stands for one. ``kind``: zone, organisation, place, company (该公司), person (他)."""

    start: int
    end: int
    name: str | None
    kind: str


_LEGAL = re.compile(r"(?:股份|控股)?(?:集团)?(?:股份)?有限(?:责任)?公司$")
_TRADE = re.compile(r"(?:科技|技术|信息|信息技术|信息产业|产业|实业|工业|发展|投资|控股|网络|环境科技)$")
_TOWN = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|自治州|地区|盟|自治县|县|新区|区|镇|乡|街道)$")
_GENERAL = {
    "省": ("全省", "我省", "该省", "省内", "本省"),
    "市": ("全市", "我市", "该市", "市内", "本市", "全州", "我州"),
    "区": ("全区", "我区", "该区", "区内", "本区", "辖区"),
    "县": ("全县", "我县", "该县", "县内"),
    "镇": ("全镇", "我镇", "该镇"),
}
_ZONE_WORDS = ("该园区", "园区", "高新区", "该高新区", "我园区", "本园区")
_COMPANY = (
    "该公司",
    "公司",
    "该企业",
    "该集团",
    "集团",
    "我们",
    "团队",
    "该团队",
    "我公司",
    "本公司",
    "我司",
    "该厂",
    "该院",
    "该校",
    "该所",
    "该行",
    "我院",
    "我校",
    "该中心",
)
_PERSON = ("他", "她")
_REPORTS = re.compile(
    r"[^，。；：]{0,16}?(?:表示|介绍|说|称|认为|指出|透露|公布|发布|统计|数据|获悉|宣布|预计|预测|消息|显示|强调|报道|调查|测算|估计|报告|披露|专家|记者|分析师|研究员|官员|人士|提供)"
)
_PREPOSITION = re.compile(
    r"(?:与|和|同|向|对|由|比|较|被|从|给|把|将|至|到|往|赴|跟|于|及|以及|依托|联合|面向|来自|走进|进入|位居|占|排名|居|位列|名列|销往|出口)$"
)
_LIST = re.compile(r"[^，。；：！？\d]{0,60}?等(?:共)?[\d一二两三四五六七八九十百数几多]")
_AWARD = re.compile(r"[^，。；：、的]{0,12}奖")
#: Those who come from 60个国家 or take part are nobody's figure of the place.
_VISITORS = re.compile(r"来自$|来自[^，。；]{0,16}的$|(?:参加|参与|出席)[^，。；]{1,40}的$")
_PREFIX = re.compile(
    r"(?:在|据|其中|位于[^，。]{1,16}的|作为[^，。]{1,16}的|而|但|仅|使|让|为|助力|推动|促进|带动|随着|如|例如|比如|“|「|《)*$"
)


def short_form(name: str, regions: tuple[str, ...]) -> str:
    """A company's name without place, trade and legal form: 贵阳某某电池有限公司 is 某某电池. Other names stay."""
    legal = _LEGAL.search(name)
    if legal is None:
        return name
    core = name[: legal.start()]
    for place in sorted({*lexicon.places(), *regions, *(_TOWN.sub("", r) for r in regions)}, key=len, reverse=True):
        if len(place) >= 2 and core.startswith(place) and len(core) - len(place) >= 2:
            core = re.sub("^[省市]", "", core[len(place) :])
            break
    core = re.sub(r"^[（(][^）)]*[）)]|[（(][^）)]*[）)]$", "", core)
    trade = _TRADE.search(core)
    return core[: trade.start()] if trade and trade.start() >= 2 else core


class Subjects:
    """The names an article's figures may belong to, and which of them the text is speaking of."""

    def __init__(self, article: Context) -> None:
        self.article = article
        self.zone = article.zones[0] if article.zones else None
        self.names: dict[str, tuple[str | None, str]] = {}
        self._add_places()
        self._add_organisations()
        self._add_zones()
        self._pattern = re.compile("|".join(map(re.escape, sorted(self.names, key=len, reverse=True))))
        self.last_organisation: str | None = None
        self.topic: str | None = None
        self.accepted: set[int] = set()
        self.default = self.zone or self._main()

    def _add_places(self) -> None:
        for printed, official in lexicon.places().items():
            self.names[printed] = (official, "place")
        for region in self.article.regions:
            self.names[region] = (region, "place")
            bare = _TOWN.sub("", region)
            if len(bare) >= 2:
                self.names.setdefault(bare, (region, "place"))
        for ending, general in _GENERAL.items():
            fitting = [
                r for r in self.article.regions if r.endswith(ending) or (ending == "省" and r.endswith("自治区"))
            ]
            if ending == "市":
                fitting = fitting[-1:] if len(fitting) > 1 else fitting
            if ending == "区":
                fitting = [self.zone] if self.zone else [r for r in fitting if not r.endswith("自治区")]
            for word in general:
                self.names[word] = (
                    fitting[0] if fitting else None,
                    "zone" if ending == "区" and self.zone else "place",
                )

    def _add_organisations(self) -> None:
        for organisation in self.article.organisations:
            name: str | None = organisation.name
            kind = "organisation"
            if organisation.kind == "enterprise":
                name = short_form(organisation.name, self.article.regions)
            elif organisation.kind in ("party", "government") and self._is_of_zone(organisation.name):
                name, kind = self.zone, "zone"
            elif organisation.kind in ("government", "media", "association", "institute", "university"):
                kind = "source"
            for printed in (organisation.name, *organisation.aliases):
                if len(printed) >= 2:
                    self.names[printed] = (name, kind)
            if name and len(name) >= 2:
                self.names.setdefault(name, (name, kind))

    def _is_of_zone(self, name: str) -> bool:
        return self.zone is not None and (
            self.zone in name or name in ("党工委", "管委会", "园区党工委", "高新区党工委")
        )

    def _add_zones(self) -> None:
        for zone in self.article.zones:
            self.names[zone] = (zone, "zone")
            for tail in ("党工委", "管委会", "国家高新区"):
                self.names.setdefault(zone + tail, (zone, "zone"))
        if self.zone:
            for word in _ZONE_WORDS:
                self.names[word] = (self.zone, "zone")
        for word in _COMPANY:
            self.names.setdefault(word, (None, "company"))
        for word in _PERSON:
            self.names[word] = (None, "person")

    def _main(self) -> str | None:
        """Without a zone: who the title speaks of, else nobody."""
        found = [
            m
            for m in self.mentions(self.article.title or "")
            if m.name and m.kind in ("organisation", "place", "source")
        ]
        return found[0].name if found else None

    def mentions(self, text: str) -> list[Mention]:
        """All names in a text, in order."""
        found = []
        for match in self._pattern.finditer(text):
            name, kind = self.names[match[0]]
            if kind == "person" and text[match.end() : match.end() + 1] in "们国人山乡日用":
                continue
            if (
                match[0] in ("公司", "集团", "园区", "高新区", "团队")
                and match.start()
                and words.has_han(text[match.start() - 1])
                and text[match.start() - 1] not in "，。的在让使个和与该为对把将由是新"
            ):
                continue
            found.append(Mention(start=match.start(), end=match.end(), name=name, kind=kind))
        return found

    def new_paragraph(self, text: str) -> None:
        """Start a paragraph: what the one before spoke of holds only where there is no zone, or the text goes on about a company."""
        self.accepted = set()
        if self.zone is None:
            return
        goes_on = re.search(
            r"(?<![\u4e00-\u9fff])(?:“|该公司|公司|团队|我们|该企业)|(?:技术|研发)团队|让公司|，公司|使公司", text
        )
        self.topic = self.last_organisation if goes_on and self.last_organisation else None

    def advance(self, text: str, clause: tuple[int, int], found: list[Mention], times: list[Time], upto: int) -> None:
        """Take in the mentions of a clause that end before ``upto``; the last in subject position becomes the topic."""
        for mention in found:
            if not clause[0] <= mention.start < clause[1] or mention.end > upto:
                continue
            if mention.kind == "organisation" and mention.name:
                self.last_organisation = mention.name
            if self._is_subject(text, clause, mention, found, times):
                self.accepted.add(mention.start)
                self._take(mention)

    def _take(self, mention: Mention) -> None:
        if mention.kind == "company":
            self.topic = self.last_organisation or self.topic
        elif mention.kind == "person":
            self.topic = _NOBODY
        elif mention.name:
            self.topic = mention.name

    def owner(self, text: str, figure: Figure) -> str | None:
        """Whose figure it is, at the point the text has reached; None where it is nobody's of those known."""
        before = text[figure.sentence[0] : figure.quantity.start]
        if self.topic == _NOBODY or _VISITORS.search(before):
            return None
        return self.topic or self.default

    def _is_subject(
        self, text: str, clause: tuple[int, int], mention: Mention, found: list[Mention], times: list[Time]
    ) -> bool:
        prefix = self._prefix(text, clause[0], mention.start, found, times)
        if not _PREFIX.fullmatch(prefix) or text[mention.end : mention.end + 1] == "、":
            return False
        if _LIST.match(text, mention.end) or (mention.kind == "place" and _AWARD.match(text, mention.end)):
            return False
        source = mention.kind in ("source", "place")
        return not (source and _REPORTS.match(text, mention.end, clause[1]))

    def _prefix(self, text: str, lo: int, hi: int, found: list[Mention], times: list[Time]) -> str:
        """What stands in a clause before a mention, less times, adverbs and other names."""
        cut = [(t.start, t.end) for t in times if lo <= t.start and t.end <= hi]
        cut += [(m.start, m.end) for m in found if lo <= m.start and m.end <= hi]
        kept, at = [], lo
        for start, end in sorted(cut):
            if start >= at:
                kept.append(text[at:start])
                at = end
        kept.append(text[at:hi])
        return _FILLER.sub("", "".join(kept))


#: Words before a name that leave it the subject: 目前，全区; 累计.
_FILLER = re.compile(r"[ \u3000、，,“‘]|目前|截至|其中|此外|同时|累计|已|仅|共|另外|另")
_NOBODY = "\0"
