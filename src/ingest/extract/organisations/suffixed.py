"""Organisations known by what their names end in: 有限公司, 大学, 税务局."""

import re
from functools import cache

from ingest.extract import divisions, lexicon
from ingest.extract.organisations.edges import Edges, located, proper
from ingest.extract.reading import Mention
from ingest.extract.words import Sentence, Word

# Endings of one character: bureaux and departments; institutes right behind their university's or academy's name;
# offices behind a zone's or a level's.
_SINGLE = re.compile(
    r"[局厅署]|所(?=所长|副所长|研究员|教授|[，。、；）\s]|$)|(?<=[^主经举代承协兴开])办(?=[，、。主副项党公和及的等]|$)"
)
# Common words name an organisation when they are this long: 生物医药产业园, 科技企业孵化器党支部.
_ANY_STEM = 4
_COMMON_TAGS = frozenset({"n", "vn", "b", "j", "ns", "nz"})
_STILL_TAGS = frozenset({"n", "j", "x", "nz", "ns", "g", "vn"})
_COINED = 6
_FIRM_ENDINGS = frozenset({"控股", "集团", "集团公司"})
_LEGAL = ("有限公司", "有限责任公司")
# A coined name of a firm has two to four characters before 科技, 电子 and the like.
_BRAND = range(2, 5)
_CLOSING_TAGS = frozenset({"w", "u", "c", "p", "v", "d", "f"})
_CLOSING_WORDS = frozenset(
    {"有关", "相关", "方面", "团队", "旗下", "公司", "集团", "官方", "公告", "股价", "今年", "去年", "日前"}
)
_POST = re.compile(r"(?:专职|原|第一)?(?:副?书记|委员|成员)")
_HEAD = re.compile(r"副?(?:主任|经理|总经理|负责人|处长|主管)")
# A list of buildings or sights names no organisations: …中心、…科学城等楼宇.
_BUILDINGS = re.compile(r"(?:、[^，。；、]{2,12}){0,6}等(?:商务)?(?:楼宇|建筑|景区|景点|地标|小区|商圈|场馆|写字楼)")
_DEPARTMENTS = frozenset({"中心", "办公室", "调度中心", "信息中心", "管理中心", "服务中心", "检测中心", "控制中心"})
_BARE = frozenset({"党工委", "管委会", "区委", "市委", "省委", "县委", "市政府", "省政府", "区政府", "县政府"})
_GENERIC_HEADS = "各每某全多等级"
_ZONE_PARK = 5
_OFFICE = 6


@cache
def _suffixes() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in lexicon.rows("org_suffixes")}


def find(number: int, sentence: Sentence, known: list[Mention], zones: tuple[Mention, ...]) -> list[Mention]:
    """The organisations of a paragraph whose names end in a known way.

    ``known`` are organisations already found in it and ``zones`` its high-tech zones: a name may begin with a zone
    (昆山高新区…党委) and, for some endings, with its parent body (…大学附属医院).
    """
    edges = Edges(sentence, known, zones)
    parents = {m.start for m in known}
    found: list[Mention] = []
    for start, end in _endings(sentence):
        suffix = sentence.text[start:end]
        kind, need = _suffixes()[suffix]
        if edges.inside(start, end) or any(z.start <= start and end <= z.end for z in zones):
            continue
        subunit = suffix in lexicon.words("org_subunits")
        begin = edges.left(
            start,
            subunit=subunit,
            joint=kind != "enterprise",
            office=kind == "government",
            legal=suffix.endswith(_LEGAL),
        )
        if not _named(edges, sentence, begin, start, end):
            continue
        if begin in parents and _part_of_post(sentence.text, start, end, kind):
            continue
        edges.add(begin, end)
        parents.add(begin)
        confidence = 0.7 if need == "any" else 0.9
        found.append(Mention(number, begin, end, sentence.text[begin:end], kind, f"ending {suffix}", confidence))
    return found


def _part_of_post(text: str, start: int, end: int, kind: str) -> bool:
    """…公司党支部书记, …公司调度中心主任: the branch or department is part of the post, the organisation is the firm."""
    if kind == "party":
        return _POST.match(text, end) is not None
    return text[start:end] in _DEPARTMENTS and _HEAD.match(text, end) is not None


def _endings(sentence: Sentence) -> list[tuple[int, int]]:
    """Where a known ending stands at the end of a word, and the word is not one that only ends like it."""
    text = sentence.text
    spots = list(lexicon.matcher("org_suffixes").find(text))
    within = {i for start, end in spots for i in range(start, end)}
    spots += [(m.start(), m.end()) for m in _SINGLE.finditer(text) if m.start() not in within]
    false = lexicon.words("org_false_endings")
    return sorted(
        (start, end)
        for start, end in spots
        if sentence.edge(end) and not (start == end - 1 and sentence.words[sentence.index(start)].text in false)
    )


def _named(edges: Edges, sentence: Sentence, begin: int, start: int, end: int) -> bool:
    """Whether what stands before an ending names one organisation rather than a kind of them."""
    text = sentence.text
    suffix, generic = text[start:end], begin > 0 and text[begin - 1] in _GENERIC_HEADS
    need = _suffixes()[suffix][1]
    if _BUILDINGS.match(text, end):
        return False
    if begin == start:
        return suffix in _BARE and not generic
    if need == "zone":
        return begin in edges.starts and start - begin > _ZONE_PARK
    if need == "office":
        return begin in edges.starts and start - begin <= _OFFICE + 8
    if begin in edges.starts:
        return need != "brand"
    if need == "brand" and not _closed(sentence, end):
        return False
    return not generic and _specific(edges.stem(begin, start), text[begin:start], suffix, need)


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


def _specific(stem: list[Word], text: str, suffix: str, need: str) -> bool:
    """Whether a stem makes a name of its ending; ``need`` is the ending's own demand (see ``org_suffixes``)."""
    place = stem[0].tag == "ns" or stem[0].text in divisions.by_surface()
    if need == "prefix":
        return stem[0].text in lexicon.words("org_levels") or place
    if need == "place":
        return place or stem[0].tag == "ns"
    if need == "brand":
        return len(text) in _BRAND and _unknown(stem)
    if len(stem) == 1 and place and suffix in lexicon.words("org_phrases"):
        return False
    if suffix.endswith(_LEGAL) or suffix == "分局":
        return len(text) > 1
    if need == "any":
        kind = _suffixes()[suffix][0]
        if kind == "institute" and proper(stem):
            return True
        coined = (
            len(text) <= _COINED and all(w.tag in _STILL_TAGS for w in stem) and any(len(w.text) == 1 for w in stem)
        )
        return located(stem) or coined or (len(text) >= _ANY_STEM and all(_common(w) for w in stem))
    if suffix in _FIRM_ENDINGS and len(text) > 1 and not generic_group(stem):
        return True
    return proper(stem)


def generic_group(stem: list[Word]) -> bool:
    """Whether a stem says what kind of group it is (能源集团) and not which (骆驼集团)."""
    kinds = lexicon.words("org_generic_groups") | lexicon.words("org_inner_words")
    return all(word.text in kinds for word in stem)


def _common(word: Word) -> bool:
    return len(word.text) > 1 and (word.tag in _COMMON_TAGS or word.text in lexicon.words("org_inner_words"))


def _unknown(stem: list[Word]) -> bool:
    """Whether a stem is nothing but characters that make no word together: a coined name, not 高 or 2 or a place."""
    levels = lexicon.words("org_levels")
    if any(w.text in levels or w.text in divisions.by_surface() for w in stem):
        return len(stem) > 1 and stem[0].tag == "ns" and _unknown(stem[1:]) and len(stem) > 2
    return all(len(w.text) == 1 or w.tag in {"x", "nz", "ns"} for w in stem)
