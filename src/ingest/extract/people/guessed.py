"""Persons whom no title gives away: a family name, given names that are in use, and what persons do behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ingest.extract import lexicon, words
from ingest.extract.people import names
from ingest.extract.reading import Mention, Reading
from ingest.extract.words import Sentence

# How likely the given name must be, in powers of two beside running text, by what else speaks for a person. Set on the
# 57 news pages at hand, where each lower value let in the first word that is no name (白皮书 1.5, 徐阿婆 3).
_SPEAKING = -3.0
_ACTING = 2.5
_ALONE = 4.5
_REPEATED = 0.0
_RARE = 3.0
_ABSENT = -9.0
# Rarity (natural logarithm) from which an everyday word is looked at: 茅, 杭 and 靖, not 家 and 有.
_SELDOM = 9.5
_RARE_REPEATED = 2.0
_OFTEN = 2
# Two characters name a person only where the article keeps saying so: they are too easily a word.
_SHORT = 2
_SHORT_OFTEN = 3
# What stands before a person and is no word of a longer name: an occupation, a verb of address, a preposition.
_WORKER = re.compile(r"[员工户师手匠者民商主家生妇嫂叔哥姐爷娃婆伯妈爸妻夫子女友人士将总]$")
_BEFORE = re.compile(
    r"(?:^|[，。！？；：、“”（）《》\s—]|[由与和对向让请被叫给把跟及是的到为从]|记者|通讯员|[岁名位]的?|年轻的|如今|目前|当时|后来)$"
)
_DEEDS = re.compile(
    r"[，。、；：！？（）”\s]|$|[是在从为将已也曾还就又便则仍却把被对向与和跟及等的]|(?:荣获|获得?|夺得|出席|参加|担任|现任|任职|毕业|出生|加入|"
    r"告诉|觉得|发现|介绍|带领?|率|来到|回到|走|看|想|一边|一面|自称|自己|没有|不|负责|当选|主持|一家|一行|夫妇|夫妻|同志|先生|女士|们)"
)
_WEAK = frozenset("、的和与及等")
# What ends no name of a person: 徐阿婆, 潘老 and 罗溪镇 name nobody; 汪勇又 and 朱巍也 go on.
_LAST = frozenset("婆爷奶叔姨嫂姐哥弟妹老总某氏也又还就都再则便镇村乡县市省区州岛河江湖山路街港桥站榜队师员")
# Who wrote and took the pictures is no person of the article: （记者 张三）, 李四 摄.
_CREDIT = re.compile(r"[（(](?:[^（）()]{0,12}(?:记者|通讯员|[文图])[^（）()]{0,12})$")
_CREDITED = re.compile(r"\s?(?:摄|图[片|文]?[\s，。）/)]|图$|文$)")
_REACH = 4


@cache
def _rare() -> frozenset[str]:
    return frozenset(name for name, mark in lexicon.rows("surnames") if mark and len(name) == 1)


@cache
def _begins() -> re.Pattern[str]:
    """A family name of one character with a character behind it that is in use in given names."""
    single = (name for name, mark in lexicon.rows("surnames") if len(name) == 1 and (mark != "byline" or _seldom(name)))
    return re.compile(f"[{''.join(single)}](?=([{''.join(names.weights())}]))")


def _seldom(character: str) -> bool:
    """Whether a character is rare enough in running text to be looked at as a family name."""
    return words.rarity(character) > _SELDOM


def find(reading: Reading, stops: dict[int, list[int]]) -> Iterator[Mention]:
    """Names of three characters, and of two that the article repeats, at each place where they stand free.

    ``stops`` holds, by paragraph, where the names of organisations end.
    """
    guess = _Guess(reading)
    for number, sentence in enumerate(reading.sentences):
        ends = frozenset(stops.get(number, ()))
        for start, end, weight in _candidates(sentence):
            confidence = guess.judged(sentence, start, end, weight, ends)
            if confidence:
                yield Mention(number, start, end, sentence.text[start:end], "person", "likely name", confidence)


def _candidates(sentence: Sentence) -> Iterator[tuple[int, int, float]]:
    """Where a family name stands between words with given names that are likely enough, and how likely they are."""
    text, edges, weights = sentence.text, sentence.edges, names.weights()
    for begin in _begins().finditer(text):
        start = begin.start()
        if start not in edges:
            continue
        first = weights[begin[1]]
        weight = first + weights.get(text[start + 2 : start + 3], _ABSENT)
        if weight >= _SPEAKING and start + 3 in edges:
            yield start, start + 3, weight
        if first >= _REPEATED and start + 2 in edges:
            yield start, start + 2, first


@dataclass(slots=True)
class _Guess:
    """Weighs what may be names against the whole article."""

    reading: Reading
    counts: dict[str, int] = field(default_factory=dict)

    def often(self, name: str) -> int:
        """How often the article says the name."""
        if name not in self.counts:
            self.counts[name] = self.reading.body.count(name)
        return self.counts[name]

    def judged(self, sentence: Sentence, start: int, end: int, weight: float, ends: frozenset[int]) -> float:
        """How sure it is that ``text[start:end]`` names a person; 0 when it does not.

        ``ends`` are the places where organisations' names end: a person may stand right behind one.
        """
        text = sentence.text
        name = text[start:end]
        if len(name) == _SHORT and (name[0] in _rare() or self.often(name) < _SHORT_OFTEN):
            return 0.0
        if names.everyday(name) or _blended(name) or not _acts(sentence, end):
            return 0.0
        quoted = text[max(0, start - 1) : start] in {"“", "‘"} and text[end : end + 1] in {"”", "’"}
        if quoted or name[-1] in _LAST or _CREDITED.match(text, end) or _CREDIT.search(text, max(0, start - 24), start):
            return 0.0
        if len(name) > _SHORT and (self._goes_on(name) or names.transliterated(text, start, end + 1)):
            return 0.0
        speaking = names.speaks(text, end)
        before = text[max(0, start - _REACH) : start]
        free = _BEFORE.search(before) is not None or (speaking and _WORKER.search(before) is not None)
        free = free or start in ends or (weight >= _ALONE and sentence.words[sentence.index(start) - 1].tag == "n")
        return self._weighed(name, weight, free=free, speaking=speaking, weak=text[end : end + 1] in _WEAK)

    def _goes_on(self, name: str) -> bool:
        """Whether the last character belongs to what follows: the article says the name without it more often."""
        short = self.often(name[:_SHORT])
        return short >= _SHORT_OFTEN and short > _OFTEN * self.often(name)

    def _weighed(self, name: str, weight: float, *, free: bool, speaking: bool, weak: bool) -> float:
        if not free:
            return 0.0
        if len(name) == _SHORT:
            return 0.0 if weak else 0.65
        often, rare = self.often(name), name[0] in _rare()
        if speaking and weight >= (_RARE if rare else _SPEAKING):
            return 0.8
        if often >= _OFTEN and not weak and weight >= (_RARE_REPEATED if rare else _REPEATED):
            return 0.75
        return 0.55 if not rare and weight >= (_ALONE if weak else _ACTING) else 0.0


def _acts(sentence: Sentence, end: int) -> bool:
    """Whether what a person does or is may follow: a verb, an adverb, a preposition, a sign."""
    if end >= len(sentence.text):
        return True
    word = sentence.words[sentence.index(end)]
    return word.tag in {"v", "d", "p"} or _DEEDS.match(sentence.text, end) is not None


def _blended(name: str) -> bool:
    """Whether the name begins or ends with a longer word: 毛利/率, 江南/西."""
    return len(name) > 2 and (words.tag(name[:2]) != "" or (words.tag(name[1:]) != "" and names.given(name) < _ACTING))
