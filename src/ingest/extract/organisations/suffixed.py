"""Organisations known by what their names end in: 有限公司, 大学, 税务局. The hard part is where a name begins."""

import re
from functools import cache

from ingest.extract import lexicon
from ingest.extract.reading import Mention
from ingest.extract.words import Sentence, Word

_SINGLE = re.compile(r"[局厅署]")
_PAREN = re.compile(r"[（(][\u4e00-\u9fff]{1,8}[）)]$")
# A name may begin with these words for a level of government and be named enough: 区行政审批局, 国家税务局.
_LEVELS = frozenset(
    {
        "国家",
        "中央",
        "全国",
        "最高",
        "中国",
        "省",
        "市",
        "区",
        "县",
        "州",
        "中共",
        "省级",
        "国际",
        "世界",
        "高新区",
        "经开区",
    }
)
_DIRECTIONS = frozenset("东西南北中上下前后左右")
_NUMERALS = frozenset("一三五六七八九百千万")
_PROPER_TAGS = frozenset({"ns", "x", "nz", "nt"})
_NOMINAL_TAGS = frozenset({"n", "ns", "nz", "nt", "vn", "j", "b", "x", "a", "g", "z"})
_SINGLE_TAGS = frozenset({"v", "d", "f", "s", "q", "y", "i", "l", "r", "t"})
# Longest name looked for, in characters: the office of a leading group of a pilot zone has 24.
_LONGEST = 40
# Common words name an organisation when they are this long: 生物医药产业园, 科技企业孵化器党支部.
_ANY_STEM = 4
_COMMON_TAGS = frozenset({"n", "vn", "v", "a", "b", "j", "ns", "nz"})
_SMALL_LEVELS = frozenset("省市区县州")
_DIGITS = frozenset("〇零一二三四五六七八九十百")
_FIRM_ENDINGS = frozenset({"控股", "集团", "集团公司"})
# A coined name of a firm has two to four characters before 科技, 电子 and the like.
_BRAND = range(2, 5)
_CLOSING_TAGS = frozenset({"w", "u", "c", "p", "v"})
_POST = re.compile(r"(?:专职|原|第一)?(?:副?书记|委员|成员)")
# Common nouns that stand before these are part of the name though they are no beginning of one.
_FIRM_WORDS = re.compile(r"孵化|服务|创新|联合会|家协会|发展|管理")
_BARE = frozenset({"党工委", "管委会", "区委", "市委", "省委", "县委"})


@cache
def _suffixes() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in lexicon.rows("org_suffixes")}


def find(number: int, sentence: Sentence, known: list[Mention], zones: list[Mention]) -> list[Mention]:
    """The organisations of a paragraph whose names end in a known way.

    ``known`` are organisations already found in it and ``zones`` its high-tech zones: a name may begin with a zone
    (昆山高新区…党委) and, for some endings, with its parent body (…大学附属医院).
    """
    edges = _Edges(sentence, known, zones)
    parents = {m.start for m in known}
    found: list[Mention] = []
    for start, end in _endings(sentence):
        suffix = sentence.text[start:end]
        kind, need = _suffixes()[suffix]
        if edges.inside(start, end):
            continue
        begin = edges.left(start, subunit=suffix in lexicon.words("org_subunits"), office=kind == "government")
        if not edges.named(begin, start, suffix, need) or _part_of_post(sentence.text, end, kind, begin in parents):
            continue
        if need == "brand" and not _closed(sentence, end):
            continue
        edges.add(begin, end)
        parents.add(begin)
        confidence = 0.7 if need == "any" else 0.9
        found.append(Mention(number, begin, end, sentence.text[begin:end], kind, f"ending {suffix}", confidence))
    return found


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


def _part_of_post(text: str, end: int, kind: str, has_parent: bool) -> bool:
    """…公司党支部书记: the branch is part of the post, and the organisation is the firm."""
    return kind == "party" and has_parent and _POST.match(text, end) is not None


def _closed(sentence: Sentence, end: int) -> bool:
    """Whether a coined name ends here: 科技 before a noun (科技园, 科技进步) is no ending."""
    number = sentence.index(end)
    if end >= len(sentence.text) or sentence.words[number].tag in _CLOSING_TAGS:
        return True
    return sentence.words[number].text in lexicon.words("org_left_stops")


class _Edges:
    """Finds the left edge of names in one paragraph, given the names that already have one."""

    def __init__(self, sentence: Sentence, known: list[Mention], zones: list[Mention]) -> None:
        self._sentence = sentence
        self._known = {m.end: m.start for m in known}
        self._zones = {m.end: m.start for m in zones}
        self._starts = {m.start for m in (*known, *zones)}
        self._spans = [(m.start, m.end) for m in known]

    def add(self, start: int, end: int) -> None:
        """Take a name that has been found."""
        self._known[end] = start
        self._starts.add(start)

    def inside(self, start: int, end: int) -> bool:
        """Whether an ending lies within a name already found."""
        return any(a <= start and end <= b for a, b in self._spans)

    def left(self, start: int, *, subunit: bool, office: bool) -> int:
        """Where the name begins whose ending begins at ``start``."""
        edge = start
        while edge > 0 and start - edge < _LONGEST:
            if edge in self._zones:
                edge = self._zones[edge]
                break
            if edge in self._known:
                edge = self._over_places(self._known[edge]) if subunit else edge
                break
            step = self._step(edge, office=office)
            if step == edge:
                break
            edge = step
        return self._trimmed(edge, start)

    def _over_places(self, edge: int) -> int:
        words = self._sentence.words
        while edge > 0 and words[self._sentence.index(edge - 1)].tag == "ns":
            edge = words[self._sentence.index(edge - 1)].start
        return edge

    def _step(self, edge: int, *, office: bool) -> int:
        """One word further left, or ``edge`` itself where the name cannot go on."""
        words = self._sentence.words
        number = self._sentence.index(edge - 1)
        word = words[number]
        after = words[number + 1] if number + 1 < len(words) else word
        if word.text in "）)":
            paren = _PAREN.search(self._sentence.text, max(0, edge - 10), edge)
            return paren.start() if paren else edge
        if word.text == "·":
            return word.start if number and words[number - 1].tag != "w" else edge
        if word.text == "企业" and _FIRM_WORDS.match(self._sentence.text, edge):
            return word.start
        if word.text in _NUMERALS and number and _coined(words[number - 1]):
            return word.start
        if _is_numeral(word) and number and words[number - 1].text.startswith("第"):
            return words[number - 1].start
        if office and word.text in {"和", "与"}:
            return self._over_and(number, edge)
        return word.start if belongs(word, after) else edge

    def _over_and(self, number: int, edge: int) -> int:
        """经信和科创局: 和 belongs to an office's name when a level of government stands shortly before it."""
        words = self._sentence.words
        if words[number].start in self._known:
            return edge
        for back in range(number - 1, max(-1, number - 6), -1):
            if words[back].text in _LEVELS or words[back].tag == "ns":
                return words[back].start
            if words[back].tag == "w" or not belongs(words[back], words[back + 1]):
                break
        return edge

    def _trimmed(self, edge: int, start: int) -> int:
        """A name does not begin with common nouns when a place stands further right: 汽车厂商安徽江淮…公司."""
        words = self._sentence.words
        if edge >= start or edge in self._starts:
            return edge
        first = number = self._sentence.index(edge)
        while number < len(words) and words[number].start < start:
            word = words[number]
            if number > first and (word.tag == "ns" or word.text in _SMALL_LEVELS):
                return word.start
            if word.tag not in {"n", "v", "vn", "a", "b"} or len(word.text) < 2:
                break
            number += 1
        return edge

    def named(self, begin: int, start: int, suffix: str, need: str) -> bool:
        """Whether what stands before the ending names one organisation rather than a kind of them."""
        if begin == start:
            return suffix in _BARE and not self._generic_before(start)
        if need == "zone":
            return begin in self._starts and start - begin > 5
        if begin in self._starts:
            return True
        if self._generic_before(begin):
            return False
        return _specific(self._stem(begin, start), self._sentence.text[begin:start], suffix, need)

    def _generic_before(self, begin: int) -> bool:
        return begin > 0 and self._sentence.text[begin - 1] in "各每某全多等级"

    def _stem(self, begin: int, start: int) -> list[Word]:
        words = self._sentence.words
        return [w for w in words[self._sentence.index(begin) : self._sentence.index(start - 1) + 1] if w.end > begin]


def belongs(word: Word, after: Word) -> bool:
    """Whether a word can stand within an organisation's name, ``after`` being the one behind it."""
    if word.text in lexicon.words("org_inner_words"):
        return True
    if word.tag == "w" or word.text in lexicon.words("org_left_stops"):
        return False
    if word.tag == "e":
        return not word.text[0].isdigit()
    if word.text[0] == "第" and word.tag == "m":
        return True
    if len(word.text) == 1:
        return _singlebelongs(word, after)
    return word.tag in _NOMINAL_TAGS or set(word.text) <= _DIRECTIONS


def _singlebelongs(word: Word, after: Word) -> bool:
    if word.tag == "m":
        return word.text in _NUMERALS and len(after.text) == 1
    return word.tag in _NOMINAL_TAGS | _SINGLE_TAGS


def _coined(word: Word) -> bool:
    return len(word.text) == 1 and word.tag in {"n", "x", "ns", "nz", "j", "a"}


def _is_numeral(word: Word) -> bool:
    return word.tag == "m" and set(word.text) <= _DIGITS


def _specific(stem: list[Word], text: str, suffix: str, need: str) -> bool:
    """Whether a stem makes a name of its ending; ``need`` is the ending's own demand (see ``org_suffixes``)."""
    if need == "prefix":
        return stem[0].text in _LEVELS or stem[0].tag == "ns"
    if need == "brand":
        return len(text) in _BRAND and _unknown(stem)
    if len(stem) == 1 and stem[0].tag == "ns" and suffix in lexicon.words("org_phrases"):
        return False
    if proper(stem) or (suffix.endswith("有限公司") and len(text) > 1) or (suffix == "分局" and len(text) > 1):
        return True
    if suffix in _FIRM_ENDINGS:
        return len(text) > 2 and any(len(w.text) == 1 for w in stem)
    return need == "any" and len(text) >= _ANY_STEM and all(w.tag in _COMMON_TAGS for w in stem)


def _unknown(stem: list[Word]) -> bool:
    """Whether a stem is nothing but characters that make no word together: a coined name."""
    return all(len(w.text) == 1 or w.tag in {"x", "nz", "ns"} or w.tag == "e" for w in stem) and any(
        w.tag != "ns" for w in stem
    )


def proper(stem: list[Word]) -> bool:
    """Whether a stem has a place, an unknown word or a name in it."""
    if any(w.tag in _PROPER_TAGS or (w.tag == "e" and w.text[0].isalpha()) or w.text in _LEVELS for w in stem):
        return True
    singles = 0
    for word in stem:
        singles = singles + 1 if len(word.text) == 1 and word.tag != "w" else 0
        if singles > 1:
            return True
    return False
