"""Which words can stand within an organisation's name, and which of them name it."""

import re

from ingest.extract import divisions, lexicon
from ingest.extract.words import Word

# Verbs between a body and the one that it acts with.
JOINT_VERBS = frozenset({"联合", "连同", "联手", "携手", "会同", "协同", "牵手", "联袂"})
_TIME = re.compile("[年月日天时周季期今昨明早晚夜午春夏秋冬初末前后现当目往届古近刚]")
_DIRECTIONS = frozenset("东西南北中上下前后左右")
NUMERALS = frozenset("一三五六七八九百千万")
_DIGITS = frozenset("〇零一二三四五六七八九十百")
NAME_TAGS = frozenset({"ns", "nz", "nt"})
_NOMINAL_TAGS = frozenset({"n", "ns", "nz", "nt", "vn", "j", "b", "x", "a", "g", "z", "l"})
_SINGLE_TAGS = _NOMINAL_TAGS | {"v", "d", "f", "s", "q", "y", "i", "l", "r", "t"}
_COINED_TAGS = frozenset({"n", "x", "ns", "nz", "j", "a", "v", "d", "g", "q", "m"})


def belongs(word: Word, after: Word) -> bool:
    """Whether a word can stand within an organisation's name, ``after`` being the one behind it."""
    if word.text in lexicon.words("org_inner_words"):
        return word.text not in JOINT_VERBS or not (after.tag in NAME_TAGS or coined(after))
    if word.tag == "w" or word.text in lexicon.words("org_left_stops") or _is_post(word.text):
        return False
    return _belongs_by_tag(word, after)


def _belongs_by_tag(word: Word, after: Word) -> bool:
    if word.tag == "e":
        return not word.text[0].isdigit()
    if word.text[0] == "第" and word.tag == "m":
        return True
    if len(word.text) == 1:
        return _single_belongs(word, after)
    if word.tag == "t":  # the dictionary counts dynasties and old reigns as times: 隆中
        return _TIME.search(word.text) is None
    return word.tag in _NOMINAL_TAGS or set(word.text) <= _DIRECTIONS or word.text in divisions.by_surface()


def _is_post(text: str) -> bool:
    """会长, 副书记, 总经理: nobody's name goes on over a post."""
    return len(text) > 1 and text[-1] in "长记任席裁事理" and text in lexicon.words("people_titles")


def _single_belongs(word: Word, after: Word) -> bool:
    if word.tag == "m":
        return word.text not in _DIGITS or (word.text in NUMERALS and len(after.text) == 1)
    return word.tag in _SINGLE_TAGS


def coined(word: Word) -> bool:
    """Whether a word is a single character that may be one of a coined name."""
    return len(word.text) == 1 and word.tag in _COINED_TAGS and word.text not in lexicon.words("org_left_stops")


def is_numeral(word: Word) -> bool:
    """Whether a word is a number in Chinese."""
    return word.tag == "m" and set(word.text) <= _DIGITS


def located(stem: list[Word]) -> bool:
    """Whether a stem has a place, a level of government, a name or Latin letters in it."""
    levels = lexicon.words("org_levels")
    if any(w.tag in NAME_TAGS or (w.tag == "e" and w.text[0].isalpha()) or w.text in levels for w in stem):
        return True
    return any(len(w.text) > 1 and w.text in divisions.by_surface() for w in stem)


def _abbreviated(stem: list[Word]) -> bool:
    """桂中, 苏北: a province's one-character name with a direction."""
    first, *rest = stem
    return bool(rest) and first.text in lexicon.words("places_abbreviations") and rest[0].text in _DIRECTIONS


def proper(stem: list[Word]) -> bool:
    """Whether a stem has a place, an unknown word or a name in it."""
    if located(stem) or any(w.tag == "x" for w in stem) or _abbreviated(stem):
        return True
    singles = 0
    for word in stem:
        singles = singles + 1 if len(word.text) == 1 and word.tag not in {"w", "f"} else 0
        if singles > 1:
            return True
    return False
