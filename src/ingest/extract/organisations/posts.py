"""Firms named by a coined name alone, known by the post or the deed that stands behind it: …创始人, …宣布."""

import re
from collections.abc import Iterator

from ingest.extract import lexicon, matching
from ingest.extract.organisations.members import belongs, coined, proper
from ingest.extract.reading import Cover, Mention, Reading
from ingest.extract.words import Sentence, Word, tag

_POSTS = matching.listed("org_posts")
# A coined name has two to four characters; longer ones hold words that this rule cannot tell from a department's.
_SHORTEST = 2
# What firms do and say as no person does; a coined name at the head of the clause is then a firm's.
# A head of a clause, four characters and the deed.
_DEED = r"(?=[\s\S]{4}(?:在\S{0,12})?(?:宣布|发布公告|公告|官宣|披露|完成\S{0,8}融资|推出|发布|上市|中标|拟|股价))"
# Without the end of one of them no paragraph has a deed.
_DEEDS = re.compile(
    "[布告宣露资出市标拟价](?:(?<=[宣发]布)|(?<=公告)|(?<=官宣)|(?<=披露)|(?<=融资)|(?<=推出)|(?<=上市)|(?<=中标)|(?<=拟)|(?<=股价))"
)
_DEED_FIRST = re.compile(_DEED)
_DEED_LATER = re.compile(rf"[。！？；，](?:据悉，|消息，|其中，)?+{_DEED}")
# What stands behind a firm that is named before its subsidiary or its share.
_OWNING = re.compile(r"(?:全资|控股|参股)?子公司|旗下|股价|股份(?=公司)|公告称")
_LONGEST = 4
_SHORTEST_PHRASE = 3
_LONGEST_PHRASE = 8
# What is part of a firm or a kind of firms: 大中华区总裁, 事业部总经理, 物流企业董事长.
_PART = re.compile(
    r"(?:[部区处室科组局委站]|中心|公司|集团|企业|品牌|业务|项目|平台|机构|行业|产业|门店|基金|国|省|市|县)$"
)


def find(reading: Reading, found: list[Mention]) -> list[Mention]:
    """Coined names right before a post in a firm; ``found`` are the organisations known already."""
    cover = Cover(found)
    fresh: list[Mention] = []
    doing = reading.where(_DEEDS)
    for number, sentence in enumerate(reading.sentences):
        for start, _ in _POSTS.find(sentence.text):
            begin = _coined_before(sentence, start)
            if begin == start and not cover.touches(number, max(0, start - 1), start):
                begin = _phrase_before(sentence, start)
            if start - begin >= _SHORTEST and not cover.touches(number, begin, start):
                cover.add(number, begin, start)
                name = sentence.text[begin:start]
                fresh.append(Mention(number, begin, start, name, "enterprise", "before a post", 0.6))
        if number in doing:
            fresh += _doing(number, sentence, cover)
    return fresh


def _doing(number: int, sentence: Sentence, cover: Cover) -> Iterator[Mention]:
    """Coined names of four characters that head a clause and do what firms do; shorter ones are persons'."""
    text = sentence.text
    heads = [0] if _DEED_FIRST.match(text) else []
    for start in heads + [head.end() for head in _DEED_LATER.finditer(text)]:
        end = start
        while end < len(text) and coined(sentence.words[sentence.index(end)]) and end - start <= _LONGEST:
            end += 1
        if end - start == _LONGEST and not cover.touches(number, start, end):
            cover.add(number, start, end)
            yield Mention(number, start, end, text[start:end], "enterprise", "before a firm's deed", 0.6)


def _phrase_before(sentence: Sentence, end: int) -> int:
    """Where a firm's name of common words begins (怪兽充电CEO, 大连港董事长); ``end`` when it is no name."""
    begin = end
    number = sentence.index(end - 1) if end else -1
    while number >= 0 and sentence.words[number].end == begin and end - begin < _LONGEST_PHRASE:
        word = sentence.words[number]
        if word.text in lexicon.words("org_generic_groups") or not belongs(word, _after(sentence, number)):
            break
        begin = word.start
        number -= 1
    name = sentence.text[begin:end]
    pieces = sentence.words[number + 1 : sentence.index(end - 1) + 1] if begin < end else []
    if len(name) < _SHORTEST_PHRASE or tag(name) or _PART.search(name) or end - begin > _LONGEST_PHRASE:
        return end
    free = begin == 0 or sentence.words[number].tag in {"w", "p", "c", "u", "v"}
    return begin if free and (proper(pieces) or len(name) >= _LONGEST) else end


def _after(sentence: Sentence, number: int) -> Word:
    return sentence.words[min(number + 1, len(sentence.words) - 1)]


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
