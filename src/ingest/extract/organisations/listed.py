"""Firms named by a short name alone, known by the list they stand in: …、…、…等10家企业."""

import re
from collections.abc import Iterator

from ingest.extract import lexicon, matching, words
from ingest.extract.organisations.members import belongs, proper
from ingest.extract.reading import Cover, Mention, Reading
from ingest.extract.words import Sentence

_ENDINGS = matching.listed("org_suffixes")
# What closes a list of firms. The words between 等 and the noun say how many and which.
_CLOSING = re.compile(
    # One class first, with which `re` passes over other characters ten times faster than with alternatives.
    r"[等\d两三四五六七八九十](?:(?<=等)(?:(?:\d+|[一二两三四五六七八九十百]+|数|多|几)(?:余|多)?家|一批|一大批|众多|多个)?"
    r"|(?<=\d)(?<![近约超逾有达共的\d].)\d*(?:余|多)?家|(?<=[两三四五六七八九十])大)"
    r"(?:[^，。；：、的与和在是项品为对向给\d\s]{0,10}?(?:企业(?:党组织)?|公司|厂商|巨头|车企|药企|房企|供应商|运营商|发电集团|银行)|产业集群党组织"
    r"|(?:国内外|国内|国际|国外|全球|世界|知名|头部|龙头|主流|大型|会员|成员|参展|参会|合作)*"
    r"(?:品牌|集团|单位|银行|机构|电商|平台))"
)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&]{2,12}")
_LONGEST_LIST = 160
_LOST = 5
# Between two marks a coined name has two to four characters, whatever words they make.
_COINED = 4
_SHORTEST = 2
_NAME_SIZE = range(3, 9)
_FEW = 3
_MANY = 2


def find(reading: Reading, found: list[Mention]) -> list[Mention]:
    """Names that only their list tells to be firms; ``found`` are the organisations known already."""
    cover = Cover(found)
    firms: dict[int, list[Mention]] = {}
    for mention in found:
        if mention.kind == "enterprise":
            firms.setdefault(mention.paragraph, []).append(mention)
    fresh: list[Mention] = []
    closed = reading.where(_CLOSING)
    for number in sorted(closed | firms.keys()):
        sentence = reading.sentences[number]
        for closing in _CLOSING.finditer(sentence.text) if number in closed else ():
            fresh += _items(number, sentence, closing.start(), cover)
        if number in firms:
            fresh += _neighbours(number, sentence, firms[number], cover)
    return fresh + list(_longer(reading, fresh, cover))


def _longer(reading: Reading, fresh: list[Mention], cover: Cover) -> Iterator[Mention]:
    """Where the article calls a firm of a list by its longer name: 来电 and 来电科技."""
    for name in sorted({m.name for m in fresh if len(m.name) <= _COINED}):
        for number, text in enumerate(reading.paragraphs):
            for spot in re.finditer(re.escape(name), text):
                end = _ENDINGS.at(text, spot.end())
                if end > spot.end() and not cover.touches(number, spot.start(), end):
                    cover.add(number, spot.start(), end)
                    found = text[spot.start() : end]
                    yield Mention(number, spot.start(), end, found, "enterprise", "longer name of a firm", 0.6)


def _items(number: int, sentence: Sentence, end: int, cover: Cover) -> Iterator[Mention]:
    """The names of the list that ends at ``end``."""
    spans = list(_spans(sentence, end))
    if len(spans) < 2 and sentence.text[end] != "等":
        return
    coined = sum(_proper_at(sentence, start, stop) for start, stop in spans)
    sure = any(cover.touches(number, start, stop) or _proper_at(sentence, start, stop) for start, stop in spans)
    for start, stop in spans:
        if not sure or cover.touches(number, start, stop) or not _NAME.fullmatch(sentence.text, start, stop):
            continue
        cover.add(number, start, stop)
        certain = _proper_at(sentence, start, stop)
        inner = coined >= _MANY and stop - start <= _COINED and sentence.text[start - 1 : start] == "、"
        if not certain and not inner and _everyday(sentence, start, stop):
            continue  # beside two coined names an everyday word is one too: 街电、小电、怪兽、来电
        if not certain and _plain(sentence, start, stop):
            continue
        yield Mention(
            number, start, stop, sentence.text[start:stop], "enterprise", "list of firms", 0.8 if certain else 0.6
        )


def _spans(sentence: Sentence, end: int) -> Iterator[tuple[int, int]]:
    """The list's items, from the last to the first. The first item begins where its words can."""
    text = sentence.text
    stop = end
    while stop > 0 and end - stop < _LONGEST_LIST:
        start = _item_start(sentence, stop)
        if start == stop:
            return
        yield start, stop
        if start == 0 or text[start - 1] not in "、和与":
            return
        stop = start - 1


def _item_start(sentence: Sentence, stop: int) -> int:
    start = stop
    mark = sentence.text.rfind("、", max(0, stop - _COINED - 1), stop)
    if mark >= 0 and stop - mark > _SHORTEST and not words.tag(sentence.text[mark + 1 : stop]):
        return mark + 1
    while start > 0:
        number = sentence.index(start - 1)
        word = sentence.words[number]
        after = sentence.words[min(number + 1, len(sentence.words) - 1)]
        if word.end != start or not belongs(word, after):
            break
        start = word.start
    mark = sentence.text.rfind("、", max(0, start - _LOST), start)
    # A coined name may begin with what looks like a preposition; the mark before it shows where it begins.
    return mark + 1 if mark >= 0 and (start < stop or stop - mark <= _COINED + 1) else start


def _plain(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether an item is made of words for trades and nothing else."""
    pieces = sentence.words[sentence.index(start) : sentence.index(stop - 1) + 1]
    return all(w.text in lexicon.words("org_inner_words") for w in pieces)


def _everyday(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether an item is a word of the dictionary or is made of words for trades: 人工智能, 装备制造."""
    if words.tag(sentence.text[start:stop]):
        return True
    pieces = sentence.words[sentence.index(start) : sentence.index(stop - 1) + 1]
    return all(w.text in lexicon.words("org_inner_words") or w.tag in {"v", "vn"} for w in pieces)


def _neighbours(number: int, sentence: Sentence, firms: list[Mention], cover: Cover) -> Iterator[Mention]:
    """Coined names set beside a known firm: 阳光电源、合肥某某智控获二等奖."""
    text = sentence.text
    for mention in firms:
        start = mention.end + 1
        yield from _before(number, sentence, mention, cover)
        if text[mention.end : start] != "、":
            continue
        stop = _item_stop(sentence, start)
        if stop - start in _NAME_SIZE and not cover.touches(number, start, stop) and _coined_at(sentence, start, stop):
            cover.add(number, start, stop)
            yield Mention(number, start, stop, text[start:stop], "enterprise", "beside a firm", 0.6)


def _before(number: int, sentence: Sentence, mention: Mention, cover: Cover) -> Iterator[Mention]:
    """A coined name right before a known firm of the same list: 合肥某某、全志科技."""
    stop = mention.start - 1
    if stop < _SHORTEST or sentence.text[stop] != "、":
        return
    start = _item_start(sentence, stop)
    if start and sentence.words[sentence.index(start - 1)].tag not in {"w", "p", "c", "u"}:
        return
    if stop - start in _NAME_SIZE and not cover.touches(number, start, stop) and _coined_at(sentence, start, stop):
        cover.add(number, start, stop)
        yield Mention(number, start, stop, sentence.text[start:stop], "enterprise", "beside a firm", 0.6)


def _item_stop(sentence: Sentence, start: int) -> int:
    stop = start
    while stop < len(sentence.text):
        number = sentence.index(stop)
        word = sentence.words[number]
        after = sentence.words[min(number + 1, len(sentence.words) - 1)]
        if word.tag in {"c", "u", "w", "p"} or (word.tag == "v" and len(word.text) > 1) or not belongs(word, after):
            break
        stop = word.end
    return stop


def _coined_at(sentence: Sentence, start: int, stop: int) -> bool:
    pieces = sentence.words[sentence.index(start) : sentence.index(stop - 1) + 1]
    return sum(len(w.text) == 1 for w in pieces) > 1 and sum(len(w.text) > 1 for w in pieces) < _FEW


def _proper_at(sentence: Sentence, start: int, stop: int) -> bool:
    pieces = sentence.words[sentence.index(start) : sentence.index(stop - 1) + 1]
    return proper(pieces) and sentence.text[start:stop] not in lexicon.words("org_words")
