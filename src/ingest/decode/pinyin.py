"""Pinyin that a site put in parentheses behind Han characters against copying: 高新區(qū)."""

import re
import unicodedata
from collections import defaultdict
from functools import cache

from ingest.decode import tables
from ingest.model import Repair

_NOTE = re.compile("([\u3400-\u9fff])([(（]([a-zɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêếềĀ-ſ\u0300-\u030c]{1,9})[)）])")
_HAN = re.compile("[\u3400-\u9fff]")
_MIN_HITS = 3


def find(text: str) -> list[Repair]:
    """The annotations of a page, if they are damage; none of them otherwise."""
    hits = list(_NOTE.finditer(text))
    if len(hits) < _MIN_HITS or not _damage(text, hits):
        return []
    return [
        Repair(kind="pinyin", start=m.start(2), end=m.end(2), found=m[2], made="", confidence=0.99)
        for m in hits
        if _spells(m[1], m[3])
    ]


def _damage(text: str, hits: list[re.Match[str]]) -> bool:
    """Whether the annotations are the work of a program and not of a teacher.

    A program annotates each character with one fixed reading wherever it stands; a text that teaches readings gives a
    character two, or annotates everything once.
    """
    readings = defaultdict(set)
    for hit in hits:
        readings[hit[1]].add(_plain(hit[3]))
    exact = sum(_spells(hit[1], hit[3]) for hit in hits)
    traditional = sum(hit[1] in tables.traditional() for hit in hits)
    repeated = len(readings) < len(hits)
    density = len(hits) / len(_HAN.findall(text))
    return (
        exact >= 0.9 * len(hits)
        and traditional >= 0.9 * len(hits)
        and all(len(of_one) == 1 for of_one in readings.values())
        and (repeated or len(hits) >= 12)
        and density < 0.45
    )


def _plain(syllable: str) -> str:
    return unicodedata.normalize("NFC", syllable).replace("ɡ", "g")


def _spells(character: str, syllable: str) -> bool:
    return _plain(syllable) in _readings(character)


@cache
def _readings(character: str) -> frozenset[str]:
    """Every reading of a character and of its Simplified form."""
    from pypinyin.constants import PINYIN_DICT

    from ingest.decode import script

    forms = {character, script.simplified(character)}
    return frozenset(r for form in forms for r in PINYIN_DICT.get(ord(form), "").split(","))
