"""Firms named by a coined name alone, known by the post or the deed that stands behind it: …创始人, …宣布."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.extract import lexicon
from ingest.extract.organisations.edges import coined
from ingest.extract.reading import Cover, Mention, Reading
from ingest.extract.words import Sentence

# A coined name has two to four characters; longer ones hold words that this rule cannot tell from a department's.
_SHORTEST = 2
# What firms do and say as no person does; a coined name at the head of the clause is then a firm's.
_DEEDS = re.compile(r"(?:在\S{0,12})?(?:宣布|发布公告|公告|官宣|披露|完成\S{0,8}融资|推出|上市|中标|拟|股价)")
# What stands behind a firm that is named before its subsidiary or its share.
_OWNING = re.compile(r"(?:全资|控股|参股)?子公司|旗下|股价|股份(?=公司)|公告称")
_HEADS = re.compile(r"(?:^|(?<=[。！？；，]))(?:据悉，|消息，|其中，)?")
_LONGEST = 4


@cache
def _posts() -> lexicon.Matcher:
    return lexicon.Matcher(lexicon.words("org_posts"))


def find(reading: Reading, found: list[Mention]) -> list[Mention]:
    """Coined names right before a post in a firm; ``found`` are the organisations known already."""
    cover = Cover(found)
    fresh: list[Mention] = []
    for number, sentence in enumerate(reading.sentences):
        for start, _ in _posts().find(sentence.text):
            begin = _coined_before(sentence, start)
            if start - begin >= _SHORTEST and not cover.touches(number, begin, start):
                cover.add(number, begin, start)
                name = sentence.text[begin:start]
                fresh.append(Mention(number, begin, start, name, "enterprise", "before a post", 0.6))
        fresh += _doing(number, sentence, cover)
    return fresh


def _doing(number: int, sentence: Sentence, cover: Cover) -> Iterator[Mention]:
    """Coined names of four characters that head a clause and do what firms do; shorter ones are persons'."""
    text = sentence.text
    for head in _HEADS.finditer(text):
        start = end = head.end()
        if not _DEEDS.match(text, start + _LONGEST):
            continue
        while end < len(text) and coined(sentence.words[sentence.index(end)]) and end - start <= _LONGEST:
            end += 1
        if end - start == _LONGEST and not cover.touches(number, start, end):
            cover.add(number, start, end)
            yield Mention(number, start, end, text[start:end], "enterprise", "before a firm's deed", 0.6)


def _coined_before(sentence: Sentence, end: int) -> int:
    """Where the run of single characters begins that ends here; ``end`` when it is no name between other words."""
    begin = end
    number = sentence.index(end - 1) if end else -1
    while number >= 0 and coined(sentence.words[number]) and sentence.words[number].end == begin:
        begin = sentence.words[number].start
        number -= 1
    if end - begin > _LONGEST or (number >= 0 and sentence.words[number].tag in {"n", "vn", "b", "x", "ns", "j"}):
        return end
    return begin
