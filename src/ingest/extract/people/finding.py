"""Where the paragraphs name a person: behind a title, before one, before a verb of speech, in a list, by fame."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.extract import lexicon
from ingest.extract.people import names
from ingest.extract.reading import Cover, Mention, Reading
from ingest.extract.words import Sentence

# What stands behind a title and shows that no name follows: 代表团, 专家组, 经理人.
_NO_NAME = re.compile(r"[团组会们级办室人制]")
_CLAUSE = re.compile(r"(?:^|(?<=[。！？；：，”\n]))(?:据|对此，|其中，)?")
_NEXT = re.compile(r"[、和及与]|以及")
_DOCTRINE = re.compile(r"新时代中国特色|经济思想|外交思想|法治思想|生态文明思想|强军思想|文化思想|主义|思想|理论")
_REPORTER = re.compile(r"(?:记者|通讯员|特派员|摄影|摄|文|编辑|责编|作者)[：:]?\s?$")
_HONORIFIC = frozenset({"先生", "女士"})


@cache
def _titles() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2] if len(row) > 2 else "") for row in lexicon.rows("people_titles")}


@cache
def _speech() -> frozenset[str]:
    return frozenset(row[0] for row in lexicon.rows("people_speech") if len(row) > 1 and row[1] == "speech")


def find(reading: Reading, organisations: list[Mention]) -> list[Mention]:
    """Every naming of a person that its surroundings give away; the same name elsewhere is not looked for."""
    found: list[Mention] = []
    cover = Cover(organisations)
    for number, sentence in enumerate(reading.sentences):
        for mention in _in_sentence(number, sentence, reading.body, cover):
            if not cover.touches(number, mention.start, mention.end):
                cover.add(number, mention.start, mention.end)
                found.append(mention)
                for more in _listed(number, sentence, mention.end, reading.body):
                    if not cover.touches(number, more.start, more.end):
                        cover.add(number, more.start, more.end)
                        found.append(more)
    return found


def _in_sentence(number: int, sentence: Sentence, whole: str, cover: Cover) -> Iterator[Mention]:
    text = sentence.text
    for start, end in lexicon.matcher("people_known").find(text):
        if sentence.edge(start) or end - start > 2:
            if not _DOCTRINE.match(text, end):
                yield Mention(number, start, end, text[start:end], "person", "list of persons", 1.0)
    for start, end in lexicon.matcher("people_titles").find(text):
        yield from _behind_title(number, sentence, (start, end), whole)
        yield from _before_title(number, sentence, (start, end), whole)
    for clause in _CLAUSE.finditer(text):
        yield from _speaking(number, sentence, clause.end(), whole)


def _behind_title(number: int, sentence: Sentence, title: tuple[int, int], whole: str) -> Iterator[Mention]:
    text = sentence.text
    weight = _titles()[text[title[0] : title[1]]][0]
    start = title[1]
    if not weight or start >= len(text) or _NO_NAME.match(text, start):
        return
    end = names.foreign(text, start)
    if end > start and end - start > 2:
        yield Mention(number, start, end, text[start:end], "person", "title before, foreign", 0.85)
        return
    end = names.chinese(sentence, start, whole)
    if end == start:
        return
    name = text[start:end]
    strong = weight == "strong"
    closed = names.over(text, end)
    if names.everyday(name) or _crosses_word(sentence, start, end):
        if strong and closed and _speaks(text, end):
            yield Mention(number, start, end, name, "person", "title before, then speech", 0.7)
        return
    if strong or closed:
        yield Mention(number, start, end, name, "person", "title before", 0.95 if strong and closed else 0.8)


def _crosses_word(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word of the sentence holds the name's first character and more that is no name: 代表/团队, 市长/江苏."""
    word = sentence.words[sentence.index(start)]
    return len(word.text) > 1 and (word.start < start or word.end >= end)


def _before_title(number: int, sentence: Sentence, title: tuple[int, int], whole: str) -> Iterator[Mention]:
    text = sentence.text
    if not _titles()[text[title[0] : title[1]]][1]:
        return
    end = title[0]
    for size in (3, 4, 2):
        start = end - size
        if start < 0 or not sentence.edge(start) or not sentence.edge(end):
            continue
        if names.chinese(sentence, start, whole) != end or _crosses_word(sentence, start, end):
            continue
        if size == 2 and (names.everyday(text[start:end])):
            continue
        if not _clause_edge(sentence, start):
            continue
        yield Mention(number, start, end, text[start:end], "person", "title behind", 0.8)
        return


def _clause_edge(sentence: Sentence, start: int) -> bool:
    """Whether a name may begin here: after a sign, a preposition, a verb, a conjunction, 的."""
    if start == 0:
        return True
    before = sentence.words[sentence.index(start - 1)]
    return before.tag in {"w", "p", "c", "u", "v", "d", "t"} or before.text in lexicon.words("people_titles")


def _speaks(text: str, start: int) -> bool:
    end = lexicon.matcher("people_speech").at(text, start)
    return text[start : start + 1] in {"说", "称", "道"} or text[start:end] in _speech()


def _speaking(number: int, sentence: Sentence, start: int, whole: str) -> Iterator[Mention]:
    text = sentence.text
    if start >= len(text):
        return
    end = names.chinese(sentence, start, whole)
    if end > start and _speaks(text, end):
        name = text[start:end]
        if not names.everyday(name) and not _crosses_word(sentence, start, end):
            yield Mention(number, start, end, name, "person", "speech behind", 0.8)
        return
    end = names.foreign(text, start)
    if end - start > 1 and ("·" in text[start:end] or end - start > 2) and _speaks(text, end):
        yield Mention(number, start, end, text[start:end], "person", "speech behind, foreign", 0.7)


def _listed(number: int, sentence: Sentence, start: int, whole: str) -> Iterator[Mention]:
    """The further names of a list that a named person opens: 张三、李四和王五."""
    text = sentence.text
    while (mark := _NEXT.match(text, start)) is not None:
        end = names.chinese(sentence, mark.end(), whole)
        name = text[mark.end() : end]
        if end == mark.end() or names.everyday(name) or _crosses_word(sentence, mark.end(), end):
            return
        if not names.over(text, end) and not _NEXT.match(text, end):
            return
        yield Mention(number, mark.end(), end, name, "person", "list of names", 0.8)
        start = end
