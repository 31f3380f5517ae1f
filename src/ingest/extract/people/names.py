"""What a person's name looks like, and where it ends: 局长王强说 is 王强, 组长陈清云说 is three characters."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.extract import lexicon, matching, words
from ingest.extract.words import Sentence

_KNOWN = matching.listed("people_known")
_SAID = matching.listed("people_speech")
_TITLES = matching.listed("people_titles")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_DOT = re.compile("[·•]")
# What makes a name that of a thing: 诺贝尔奖, 冯·诺依曼架构.
_THING = re.compile(
    r"[奖杯号路街]|架构|定律|定理|效应|公司|集团|大学|学院|基金|酒店|机场|广场|大桥|研究|主义|模型|法则|家族"
)
_FOREIGN_PARTS = re.compile(r"[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fff]{1,8}){1,3}")
# Characters that begin what is said of a person and hardly ever end a given name.
_NEVER_GIVEN = frozenset("说在等的和与是称及或了着某")
_NEVER_LAST = frozenset("家也将已曾就都被把向从到还又则并任带率对为让给因再后前得而且所以于作")
# They end a given name only where nothing else can follow: 郎清和说, 马大为、周其林.
_SELDOM_LAST = frozenset("和与为家再作")
_SIGNS = frozenset("，。、；：！？“”‘’（）()《》,")
# What is said of a person in two characters, or shows that the person's name is over.
# Family names that are adverbs or adjectives too: 曾多次, 温馨提醒, 高标准.
_ADVERBS = frozenset("曾温高方明成金常")
# How likely a given name must be behind a family name that is an everyday word too (see ``given``).
_RARE = 2.0
_RARE_SPEAKING = -1.0
_ABSENT = -6.0
_LONGEST_FOREIGN = 8
_LONGEST_DOTTED = 14
_BODY_TAGS = frozenset({"v", "vn", "d", "p", "c", "u", "n", "a", "t", "r", "f", "s", "m", "b", "l", "ns"})


@cache
def surnames() -> frozenset[str]:
    """The family names that count in running text."""
    return frozenset(name for name, mark in lexicon.rows("surnames") if mark != "byline")


@cache
def _double_surnames() -> frozenset[str]:
    return frozenset(name for name in surnames() if len(name) == 2) | lexicon.words("people_japanese")


@cache
def _byline() -> frozenset[str]:
    return frozenset(name for name, mark in lexicon.rows("surnames") if mark == "byline" and len(name) == 1)


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(name for name, mark in lexicon.rows("surnames") if mark == "doubtful")


def known(text: str, start: int) -> int:
    """Where the name of a person of public life ends that begins at ``start``; ``start`` when none does."""
    return _KNOWN.at(text, start)


def foreign(text: str, start: int) -> int:
    """Where a foreign name in transliteration ends: one with a middle dot anywhere, or a run of its characters."""
    allowed = lexicon.words("people_transliteration")
    dotted = _FOREIGN_PARTS.match(text, start) if "·" in text else None
    if dotted:
        last = dotted.group().rindex("·") + start + 1
        end = last
        while end < dotted.end() and text[end] in allowed:
            end += 1
        head = text[start : last - 1].replace("·", "")
        return end if end > last and sum(c in allowed for c in head) * 2 >= len(head) else start
    end = start
    while end < len(text) and end - start < _LONGEST_FOREIGN and text[end] in allowed:
        end += 1
    return end if end - start > 1 and _over(text, end) else start


def dotted(text: str) -> Iterator[tuple[int, int]]:
    """Foreign names with a middle dot, wherever they stand: 罗伯托·阿泽维多."""
    allowed = lexicon.words("people_transliteration")
    free = 0
    for dot in _DOT.finditer(text):
        start = dot.start()
        while start > free and dot.start() - start < _LONGEST_FOREIGN and text[start - 1] in allowed:
            start -= 1
        end = dot.end()
        while end < len(text) and (text[end] in allowed or _DOT.match(text, end)) and end - dot.end() < _LONGEST_DOTTED:
            end += 1
        if dot.start() > start and end - dot.end() > 1 and not _THING.match(text, end):
            free = end
            yield _behind_title(text, start, dot.start()), end


def _behind_title(text: str, start: int, stop: int) -> int:
    """Where a name begins whose first characters may be the end of a title: 主/席/大卫."""
    titles = lexicon.words("people_titles")
    ends = (end for end in range(stop - 1, start, -1) for size in (2, 3, 4) if text[max(0, end - size) : end] in titles)
    return next(ends, start)


def chinese(sentence: Sentence, start: int, whole: str, *, rare: bool = False) -> int:
    """Where the Chinese name ends that begins at ``start``; ``start`` when none does.

    ``whole`` is the article's text: of two readings, the one that it repeats is right. ``rare`` lets in family names
    that are everyday words too, where the given name is a likely one.
    """
    text = sentence.text
    doubles = _double_surnames()
    surname = 3 if text[start : start + 3] in doubles else 2 if text[start : start + 2] in doubles else 1
    if surname == 1 and text[start : start + 1] not in surnames():
        name = text[start : start + 3]
        least = _RARE_SPEAKING if speaks(text, start + len(name)) else _RARE
        return start + len(name) if rare and name[:1] in _byline() and given(name) > least else start
    sizes = [size for size in (surname + 2, surname + 1) if _given(text, start + surname, size - surname)]
    if not sizes:
        return start
    if len(sizes) == 1:
        return start + sizes[0]
    longer, shorter = (text[start : start + size] for size in sizes)
    return start + (len(longer) if _prefer_longer(text, start, longer, shorter, whole) else len(shorter))


def _given(text: str, start: int, size: int) -> bool:
    given = text[start : start + size]
    if len(given) != size or not _HAN.fullmatch(given):
        return False
    closed = size > 1 and given[-1] in _SELDOM_LAST and (_ends(text, start + size) or speaks(text, start + size))
    if not _NEVER_GIVEN.isdisjoint(given[:-1] if closed else given) or (given[-1] in _NEVER_LAST and not closed):
        return False
    return given not in lexicon.words("people_titles")


def _prefer_longer(text: str, start: int, longer: str, shorter: str, whole: str) -> bool:
    """Whether a name that may have two or three characters has three."""
    if longer[-1] in _SELDOM_LAST:
        return True
    # Searching the article for both comes last, where the surroundings speak for three.
    return _reads_longer(text, start, longer, shorter) and whole.count(shorter) <= whole.count(longer)


def _reads_longer(text: str, start: int, longer: str, shorter: str) -> bool:
    after_short, after_long = start + len(shorter), start + len(longer)
    if _over(text, after_long) and not _over(text, after_short):
        return True
    if _over(text, after_short):
        return False
    if _begins_word(text, after_short) and not _begins_word(text, after_long):
        return False
    return not _begins_word(text, after_short) or weights().get(longer[-1], _ABSENT) > 0


def _over(text: str, end: int) -> bool:
    """Whether a name may well be over at ``end``: a sign, a verb of speech, or a word that is said of persons."""
    if _ends(text, end) or text[end] in _NEVER_GIVEN or text[end] in _NEVER_LAST:
        return True
    return _SAID.at(text, end) > end or _TITLES.at(text, end) > end


def _ends(text: str, end: int) -> bool:
    """Whether a sign, white space or nothing stands at ``end``."""
    return end >= len(text) or text[end] in _SIGNS or text[end].isspace()


def _begins_word(text: str, start: int) -> bool:
    return any(words.tag(text[start : start + size]) in _BODY_TAGS for size in (2, 3, 4))


def doubtful(name: str) -> bool:
    """Whether a name begins with a family name that is an everyday word besides (和, 都, 向), or goes on like one."""
    if name[0] in _doubtful():
        return True
    return len(name) > 2 and name[0] in _ADVERBS and words.tag(name[1:]) != ""


def everyday(name: str) -> bool:
    """Whether what reads like a name is a word of the dictionary: 高峰, 金融, 江西."""
    return words.tag(name) != "" and len(name) > 1


def verbal(name: str) -> bool:
    """Whether what reads like a name is a verb or an adverb: 宣布, 强调."""
    return words.tag(name) in {"v", "vn", "d", "p", "c"} or name in lexicon.words("people_speech")


def over(text: str, end: int) -> bool:
    """Whether a name may well be over at ``end``."""
    return _over(text, end)


@cache
def _speech() -> frozenset[str]:
    return frozenset(row[0] for row in lexicon.rows("people_speech") if len(row) > 1 and row[1] == "speech")


def speaks(text: str, start: int) -> bool:
    """Whether a verb of speech stands at ``start``."""
    end = _SAID.at(text, start)
    return text[start : start + 1] in {"说", "称", "道"} or text[start:end] in _speech()


@cache
def weights() -> dict[str, float]:
    """How much likelier a character is in a given name than in running text (log 2), by character."""
    return {c: float(weight) for weight, characters in lexicon.rows("people_given") for c in characters}


def given(name: str) -> float:
    """How much likelier the characters behind the family name are in a given name than in running text (log 2)."""
    return sum(weights().get(c, _ABSENT) for c in name[1:])


def transliterated(text: str, start: int, end: int) -> bool:
    """Whether a stretch is spelled with the characters of foreign names alone."""
    return end <= len(text) and all(c in lexicon.words("people_transliteration") for c in text[start:end])
