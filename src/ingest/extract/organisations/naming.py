"""Whether what stands before an ending names one organisation (恒瑞达电子…公司) or a kind of them (上市公司)."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ingest.extract import divisions, lexicon
from ingest.extract.organisations.edges import Edges
from ingest.extract.organisations.members import located, proper
from ingest.extract.words import Sentence, Word

# Common words name an organisation when they are this long: 生物医药产业园, 科技企业孵化器党支部.
_ANY_STEM = 4
# A coined name has two to four characters before 科技, 电子 and the like, and at most eight before the rest.
_BRAND = range(2, 5)
_COINED_NEEDS = frozenset({"brand", "house"})
_COINED = 8
# A zone's park has a name of its own between the zone and 园区; its office at most this many characters before 办.
_ZONE_PARK = 5
_OFFICE = 14
_COMMON_TAGS = frozenset({"n", "vn", "b", "j", "ns", "nz"})
_STILL_TAGS = frozenset({"n", "j", "x", "nz", "ns", "g", "vn"})
_CLOSING_TAGS = frozenset({"w", "u", "c", "p", "v", "d", "f", "m", "r", "t"})
_CLOSING_WORDS = frozenset(
    {"有关", "相关", "方面", "团队", "旗下", "公司", "集团", "官方", "公告", "股价", "今年", "去年", "日前"}
)
_NATION = frozenset({"中国", "国家"})
_FIRM_ENDINGS = frozenset({"控股", "集团", "集团公司"})
_LEGAL = ("有限公司", "有限责任公司", "分局")
_BARE = frozenset({"党工委", "管委会", "区委", "市委", "省委", "县委", "市政府", "省政府", "区政府", "县政府"})
_GENERIC_HEADS = "各每某全多等级非"
# A list of buildings or sights names no organisations: …中心、…科学城等楼宇.
_BUILDINGS = re.compile(r"(?:、[^，。；、]{2,12}){0,6}等(?:商务)?(?:楼宇|建筑|景区|景点|地标|小区|商圈|场馆|写字楼)")


# 共建联合实验室3个, 8个产线旁实验室: what is counted is a kind of bodies.
_COUNTED = re.compile(r"\d+余?[个家所座]")
_COUNT = re.compile(r"(?:\d|[两三四五六七八九十]|多|余)[个家所座]$")


@cache
def suffixes() -> dict[str, tuple[str, str]]:
    """Endings of names to the kind of the organisation and to what must stand before them."""
    return {row[0]: (row[1], row[2]) for row in lexicon.rows("org_suffixes")}


def is_legal(suffix: str) -> bool:
    """Whether an ending is a firm's full legal form, before which anything names it."""
    return suffix.endswith(_LEGAL)


class _Stem(NamedTuple):
    """What stands before an ending: its words, its text, and the ending."""

    words: list[Word]
    text: str
    suffix: str

    @property
    def placed(self) -> bool:
        """Whether it begins with a place."""
        return self.words[0].tag == "ns" or self.words[0].text in divisions.by_surface()


def named(edges: Edges, sentence: Sentence, begin: int, start: int, end: int) -> bool:
    """Whether ``text[begin:end]``, whose ending begins at ``start``, is the name of one organisation."""
    text = sentence.text
    suffix = text[start:end]
    need = suffixes()[suffix][1]
    if begin == start:
        return suffix in _BARE and not _BUILDINGS.match(text, end)
    if _kind_only(edges, text, begin, end, legal=is_legal(suffix)):
        return False
    if need in _COINED_NEEDS and not _closed(sentence, end):
        return False
    if begin in edges.starts:
        # 三峡新能源, 联想控股: a firm of a firm that is known
        return edges.ends_firm(start) if need in _COINED_NEEDS else _continues(need, start - begin)
    stem = _Stem(edges.stem(begin, start), text[begin:start], suffix)
    of_firm = suffixes()[suffix][0] == "enterprise" and stem.text in edges.firms
    return of_firm or _NEEDS[need](stem)


def _kind_only(edges: Edges, text: str, begin: int, end: int, *, legal: bool) -> bool:
    """Whether what stands round a name says that it is a kind of bodies, a counted one or a building."""
    if _BUILDINGS.match(text, end) or (begin > 0 and text[begin - 1] in _GENERIC_HEADS and begin not in edges.starts):
        return True
    return not legal and bool(_COUNTED.match(text, end) or _COUNT.search(text, max(0, begin - 6), begin))


def _continues(need: str, size: int) -> bool:
    """Whether a name may go on from a parent body or a zone over ``size`` characters to this ending."""
    if need == "zone":
        return size > _ZONE_PARK
    return size <= _OFFICE if need == "office" else True


def _closed(sentence: Sentence, end: int) -> bool:
    """Whether a coined name ends here: 科技 before a noun (科技园, 科技进步) is no ending."""
    if end >= len(sentence.text):
        return True
    word = sentence.words[sentence.index(end)]
    return (
        word.tag in _CLOSING_TAGS
        or word.text in _CLOSING_WORDS
        or word.text in lexicon.words("people_titles")
        or not "\u4e00" <= word.text[0] <= "\u9fff"
    )


def _levelled(stem: _Stem) -> bool:
    return stem.placed or stem.words[0].text in lexicon.words("org_levels")


def _any(stem: _Stem) -> bool:
    if suffixes()[stem.suffix][0] == "institute" and proper(stem.words):
        return True
    if _phrase(stem):
        return False
    if located(stem.words):
        return True
    if len(stem.text) >= _ANY_STEM and all(_common(w) for w in stem.words):
        return True
    single = any(len(w.text) == 1 for w in stem.words)
    return single and len(stem.text) <= _COINED and all(w.tag in _STILL_TAGS for w in stem.words)


def _phrase(stem: _Stem) -> bool:
    """Whether a bare place before the ending makes a mere phrase: 上海工厂, 山西煤矿."""
    return len(stem.words) == 1 and stem.placed and stem.suffix in lexicon.words("org_phrases")


def _placed(stem: _Stem) -> bool:
    return stem.placed and not _phrase(stem)


def _proper(stem: _Stem) -> bool:
    if _phrase(stem):
        return False
    if len(stem.words) == 1 and len(stem.text) > 1 and stem.text in lexicon.words("org_levels"):
        return stem.suffix.endswith("馆") and stem.text in _NATION  # 中国科学技术馆; 中国公司 is any of them
    if len(stem.text) > 1 and (is_legal(stem.suffix) or (stem.suffix in _FIRM_ENDINGS and not _generic(stem))):
        return True
    return proper(stem.words)


def _brand(stem: _Stem) -> bool:
    return len(stem.text) in _BRAND and _unknown(stem.words)


def _house(stem: _Stem) -> bool:
    """A broker or an insurer, whose name may be a mere place: 东莞证券."""
    return (len(stem.words) == 1 and stem.placed) or _brand(stem)


def _foreign(stem: _Stem) -> bool:
    """A ministry of another country: 韩国…部; at home a 部 is known by name or is a department."""
    return len(stem.text) >= _ANY_STEM and stem.words[0].text in lexicon.words("places_countries")


def _never(_: _Stem) -> bool:
    """Endings that only go on from a zone or a parent body."""
    return False


_NEEDS: dict[str, Callable[[_Stem], bool]] = {
    "prefix": _levelled,
    "place": _placed,
    "proper": _proper,
    "any": _any,
    "brand": _brand,
    "house": _house,
    "country": _foreign,
    "zone": _never,
    "office": _never,
}


def _generic(stem: _Stem) -> bool:
    """Whether a stem says what kind of group it is (能源集团) and not which (骆驼集团)."""
    groups, inner = lexicon.words("org_generic_groups"), lexicon.words("org_inner_words")
    return all(word.text in groups or word.text in inner for word in stem.words)


def _common(word: Word) -> bool:
    return len(word.text) > 1 and (word.tag in _COMMON_TAGS or word.text in lexicon.words("org_inner_words"))


def _unknown(stem: list[Word]) -> bool:
    """Whether a stem is nothing but characters that make no word together: a coined name, not 高 or 2 or a place."""
    levels = lexicon.words("org_levels")
    if any(w.text in levels or w.text in divisions.by_surface() for w in stem):
        return len(stem) > 2 and stem[0].tag == "ns" and _unknown(stem[1:])
    return all(len(w.text) == 1 or w.tag in {"x", "nz", "ns"} for w in stem)
