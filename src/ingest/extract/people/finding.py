"""Where the paragraphs name a person: behind a title, before one, before a verb of speech, in a list, by fame."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.extract import lexicon, matching
from ingest.extract.people import guessed, names
from ingest.extract.reading import Cover, Mention, Reading
from ingest.extract.words import Sentence

_KNOWN = matching.listed("people_known")
_SPEECH = matching.listed("people_speech")
_TITLES = matching.listed("people_titles")
# The verbs of speech that have one character.
_SAYS = re.compile("[说称道]")
# What stands behind a title and shows that no name follows: 代表团, 专家组, 经理人.
_NO_NAME = re.compile(r"[团组会们级办室人制]")
# 张三（2016年）、李四（2017年）: a note in parentheses may stand between the names of a list.
_NEXT = re.compile(r"(?:（[^（）]{1,10}）)?(?:以及|[、和及与])")
_BEFORE = re.compile(r"(?:（[^（）]{1,10}）)?(?:以及|[、和及与])$")
_DOCTRINE = re.compile(r"新时代中国特色|经济思想|外交思想|法治思想|生态文明思想|强军思想|文化思想|主义|思想|理论")
# 邀请理工大学张伟、农科院刘洋等专家8人: a list of persons, each of whom may stand behind a body.
_LIST_OF_PERSONS = re.compile(
    r"等[\u4e00-\u9fff]{0,6}(?:工匠|党员|代表|专家|教授|院士|选手|运动员|学者|员工|劳模|企业家|人)(?=[\d，。一二三四五六七八九十])"
)
_MARKS = tuple("，。、（；")
_LIST_REACH = 60
# 返乡青年陶艺师: an occupation and no name.
_TRADES = frozenset("师员工匠")
_SIGNS = re.compile(r"[，。；！？：“”（）]|[选有括为]")


@cache
def _titles() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2] if len(row) > 2 else "") for row in lexicon.rows("people_titles")}


@cache
def _clause_heads() -> re.Pattern[str]:
    """What stands before the first word of a clause, where a name may begin with that word's first character.

    The end of a line stands before the first one of a text, so that a search passes over all but one class.
    """
    beginnings = lexicon.words("people_transliteration") | {name[0] for name in names.surnames()}
    return re.compile(rf"[。！？；：，”\n](?:据|对此，|其中，)?+(?=[{re.escape(''.join(sorted(beginnings)))}])")


def find(reading: Reading, organisations: list[Mention]) -> list[Mention]:
    """Every naming of a person that its surroundings give away, with those who stand in a list with them."""
    finder = _Finder(reading, organisations)
    finder.run()
    return finder.found


class _Finder:
    """Collects namings of persons, none overlapping another or an organisation."""

    def __init__(self, reading: Reading, organisations: list[Mention]) -> None:
        self._reading = reading
        self._whole = reading.body
        self._cover = Cover(organisations)
        self._brands = {m.name[:2] for m in organisations} | {m.name for m in organisations}
        self._ends = {(m.paragraph, m.end) for m in organisations}
        self._stops: dict[int, list[int]] = {}
        for mention in organisations:
            self._stops.setdefault(mention.paragraph, []).append(mention.end)
        self.found: list[Mention] = []

    def run(self) -> None:
        """Read all paragraphs; then look beside every naming of those found for more names of the same list."""
        for number, sentence in enumerate(self._reading.sentences):
            for mention in self._in_sentence(number, sentence):
                self._take(mention)
        for mention in guessed.find(self._reading, self._stops):
            self._take(mention)
        known = {m.name for m in self.found}
        for name in sorted(known):
            for number, sentence in enumerate(self._reading.sentences):
                if name in sentence.text:
                    for start in _spots(sentence.text, name):
                        self._beside(number, sentence, start, start + len(name))

    def _take(self, mention: Mention) -> bool:
        if self._cover.touches(mention.paragraph, mention.start, mention.end) or mention.name in self._brands:
            return False
        self._cover.add(mention.paragraph, mention.start, mention.end)
        self.found.append(mention)
        return True

    def _in_sentence(self, number: int, sentence: Sentence) -> Iterator[Mention]:
        text = sentence.text
        for start, end in names.dotted(text) if "·" in text or "•" in text else ():
            yield Mention(number, start, end, text[start:end], "person", "foreign name", 0.85)
        for start, end in _KNOWN.find(text):
            if (sentence.edge(start) or end - start > 2) and not _DOCTRINE.match(text, end):
                yield Mention(number, start, end, text[start:end], "person", "list of persons", 1.0)
        for start, end in _TITLES.every(text):
            yield from self._behind_title(number, sentence, start, end)
            yield from self._before_title(number, sentence, start, end)
        said = _SPEECH.every(text)
        for clause in _clause_heads().finditer("\n" + text) if said or _SAYS.search(text) else ():
            yield from self._speaking(number, sentence, clause.end() - 1)
        for end in self._stops.get(number, ()) if said else ():
            yield from self._behind_organisation(number, sentence, end)
        for closing in _LIST_OF_PERSONS.finditer(text) if "等" in text else ():
            yield from self._awarded(number, sentence, closing.start())

    def _behind_title(self, number: int, sentence: Sentence, begin: int, start: int) -> Iterator[Mention]:
        text = sentence.text
        weight = _titles()[text[begin:start]][0]
        if not weight or start >= len(text) or _NO_NAME.match(text, start):
            return
        end = names.foreign(text, start)
        if end - start > 2:
            yield Mention(number, start, end, text[start:end], "person", "title before, foreign", 0.85)
            return
        end = names.chinese(sentence, start, self._whole, rare=weight == "strong")
        if end == start:
            return
        name, closed = text[start:end], names.over(text, end)
        if weight != "strong" and (name[-1] in _TRADES or text[end : end + 1] in _TRADES):
            return
        if names.everyday(name) or names.doubtful(name) or _crosses_word(sentence, start, end):
            if weight == "strong" and closed and self._sure(text, name, end):
                yield Mention(number, start, end, name, "person", "title before, against the word", 0.7)
        elif weight == "strong" or closed or _coined(sentence, start, end):
            confidence = 0.95 if weight == "strong" and closed else 0.8
            yield Mention(number, start, end, name, "person", "title before", confidence)

    @staticmethod
    def _sure(text: str, name: str, end: int) -> bool:
        """Whether what reads like a word of the dictionary is a name all the same: 发言人高峰表示."""
        if names.verbal(name):
            return False
        given = len(name) > 2 and not names.everyday(name) and not names.everyday(name[1:])
        return names.speaks(text, end) or text[end : end + 1] in _MARKS or given

    def _before_title(self, number: int, sentence: Sentence, end: int, stop: int) -> Iterator[Mention]:
        text = sentence.text
        if not _titles()[text[end:stop]][1] or not sentence.edge(end):
            return
        for start in (end - 3, end - 4, end - 2):
            if start < 0 or not sentence.edge(start) or not self._may_begin(number, sentence, start):
                continue
            if self._plain(sentence, start, rare=True) == end:
                yield Mention(number, start, end, text[start:end], "person", "title behind", 0.8)
                return

    def _plain(self, sentence: Sentence, start: int, *, rare: bool = False) -> int:
        """Where a name ends that is no everyday word and has no doubtful family name; ``start`` when there is none."""
        end = names.chinese(sentence, start, self._whole, rare=rare)
        name = sentence.text[start:end]
        if end == start or names.everyday(name) or names.doubtful(name) or _crosses_word(sentence, start, end):
            return start
        return end

    def _may_begin(self, number: int, sentence: Sentence, start: int) -> bool:
        """Whether a name may begin here: after a sign, an organisation, a preposition, a verb, a conjunction, 的."""
        if start == 0 or (number, start) in self._ends:
            return True
        before = sentence.words[sentence.index(start - 1)]
        return before.tag in {"w", "p", "c", "u", "v", "d", "t"} or before.text in lexicon.words("people_titles")

    def _speaking(self, number: int, sentence: Sentence, start: int) -> Iterator[Mention]:
        text = sentence.text
        end = self._plain(sentence, start)
        if end > start and names.speaks(text, end):
            yield Mention(number, start, end, text[start:end], "person", "speech behind", 0.8)
            return
        end = names.foreign(text, start)
        if end - start > 2 and names.speaks(text, end):
            yield Mention(number, start, end, text[start:end], "person", "speech behind, foreign", 0.7)

    def _behind_organisation(self, number: int, sentence: Sentence, start: int) -> Iterator[Mention]:
        """…研究所王某获…奖: a name right behind an organisation's, said to do something."""
        text = sentence.text
        end = self._plain(sentence, start)
        if end - start > 2 and _SPEECH.at(text, end) > end:
            yield Mention(number, start, end, text[start:end], "person", "behind an organisation", 0.7)

    def _awarded(self, number: int, sentence: Sentence, end: int) -> Iterator[Mention]:
        """The names at the ends of the items of a list of persons."""
        text = sentence.text
        stop = end
        while stop > 0 and end - stop < _LIST_REACH:
            start = next((s for s in (stop - 3, stop - 2) if s >= 0 and self._listed_name(sentence, s) == stop), stop)
            if start == stop:
                return
            yield Mention(number, start, stop, text[start:stop], "person", "list of persons in the text", 0.7)
            mark = text.rfind("、", 0, start)
            if mark < 0 or _SIGNS.search(text, mark, start) or start - mark > _LIST_REACH:
                return
            stop = mark

    def _listed_name(self, sentence: Sentence, start: int) -> int:
        """As ``_plain``, where the list vouches for the name: what the words before it make of it does not matter."""
        end = names.chinese(sentence, start, self._whole)
        name = sentence.text[start:end]
        return start if end == start or names.everyday(name) else end

    def _beside(self, number: int, sentence: Sentence, start: int, end: int) -> None:
        """The further names of a list that a named person stands in: 张三、李四和王五."""
        text = sentence.text
        while (mark := _NEXT.match(text, end)) is not None:
            stop = self._plain(sentence, mark.end())
            if stop == mark.end() or not names.over(text, stop):
                break
            self._take(Mention(number, mark.end(), stop, text[mark.end() : stop], "person", "list of names", 0.8))
            end = stop
        while (before := _BEFORE.search(text, max(0, start - 14), start)) is not None:
            stop = before.start()
            begin = next((s for s in (stop - 3, stop - 2) if s >= 0 and self._plain(sentence, s) == stop), stop)
            if begin == stop or not self._may_begin(number, sentence, begin):
                break
            self._take(Mention(number, begin, stop, text[begin:stop], "person", "list of names", 0.8))
            start = begin


def _spots(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _crosses_word(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word holds the name's first character and more that is no name: 代表/团队, 市长/江苏."""
    word = sentence.words[sentence.index(start)]
    return len(word.text) > 1 and (word.start < start or word.end >= end)


def _coined(sentence: Sentence, start: int, end: int) -> bool:
    """Whether three characters make no word with each other or with what follows: 村民/刘/桂/芝/家的."""
    return end - start > 2 and all(sentence.edge(i) for i in range(start, end + 1))
