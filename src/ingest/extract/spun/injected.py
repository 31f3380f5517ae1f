"""Search keywords pushed into an article: before its title, and before commas and full stops where no word fits."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np

from ingest.extract.spun import known
from ingest.extract.spun.tokens import Tokens

#: What may be a keyword at a clause's end: 破碎机, 创新, PVC管.
_END = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{2,8}\Z")
_SHORTEST, _LONGEST = 2, 8
#: A keyword that stands before the title too needs to be seen so often in the text, another one so often: 亿元 and
#: 工程方面 end clauses of healthy articles five and six times.
_WITH_TITLE, _WITHOUT = 3, 7
#: Of its places, so many are at clauses' ends. It may be said in earnest too: 新能源 of an article about new energy.
_SHARE_WITH_TITLE, _SHARE_WITHOUT = 0.4, 0.9
#: At so many of those, by share, a word stands before it that it is never seen behind, another one each time.
_STRANGE_WITH_TITLE, _STRANGE_WITHOUT = 0.5, 0.8
#: What is the end of a longer one at so many of its places, by share, is part of that.
_PART = 0.7


class Keyword(NamedTuple):
    """An injected keyword and its places: paragraph, start and end. ``titled``: it stands before the title too.

    ``strange`` is how many different words stand before it that it is never seen behind, ``times`` how often it is said
    at all.
    """

    text: str
    places: tuple[tuple[int, int, int], ...]
    titled: bool
    strange: int
    times: int


def keywords(title: str, paragraphs: tuple[str, ...]) -> list[Keyword]:
    """The keywords that somebody pushed in, the commonest first."""
    clauses = _plain("\n".join(paragraphs)).split("，")
    short = Counter([clause[-2:] for clause in clauses[:-1] if len(clause) > 1])
    head = title[:_LONGEST]
    worth = {two for two, times in short.items() if times >= (_WITH_TITLE if two in head else _WITHOUT)}
    if not worth:
        return []
    ends: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(paragraphs):
        for end in _ends(text, worth):
            found = _END.search(text, max(0, end - _LONGEST), end)
            for size in range(_SHORTEST, len(found[0]) + 1 if found else 0):
                ends[text[end - size : end]].append((number, end))
    often = {text: places for text, places in ends.items() if len(places) >= _WITH_TITLE}
    longer = _of_longer(often)
    whole = [text for text, places in often.items() if longer.get(text, 0) < _PART * len(places)]
    injected = [keyword for text in whole if (keyword := _judged(text, often[text], title, paragraphs))]
    return sorted(injected, key=lambda keyword: (-len(keyword.places), keyword.text))


def _plain(text: str) -> str:
    """A text with commas where its clauses end."""
    return text.replace("。", "，").replace("；", "，")


def _ends(text: str, worth: set[str]) -> Iterator[int]:
    """Where a clause of a text ends in one of some two characters."""
    end = -1
    for clause in _plain(text).split("，")[:-1]:
        end += len(clause) + 1
        if clause[-2:] in worth:
            yield end


def _of_longer(often: dict[str, list[tuple[int, int]]]) -> dict[str, int]:
    """How often the commonest longer one comes that ends in each: 破碎机 for 碎机."""
    found: dict[str, int] = {}
    for text, places in often.items():
        for size in range(_SHORTEST, len(text)):
            found[text[-size:]] = max(found.get(text[-size:], 0), len(places))
    return found


def _judged(text: str, ends: list[tuple[int, int]], title: str, paragraphs: tuple[str, ...]) -> Keyword | None:
    titled = title.startswith(text) and bool(re.match(r"\w", title[len(text) :]))
    least = _WITH_TITLE if titled else _WITHOUT
    if len(ends) < least:
        return None
    times = sum(paragraph.count(text) for paragraph in paragraphs)
    if len(ends) < (_SHARE_WITH_TITLE if titled else _SHARE_WITHOUT) * times:
        return None
    starts = [(number, end - len(text)) for number, end in ends]
    before = last_words({paragraphs[number][max(0, start - 2 * _LONGEST) : start] for number, start in starts})
    first = _first_word(text)
    strange = sum(len(word) > 1 and _strangers(word, first) for word in before)
    if strange < (_STRANGE_WITH_TITLE if titled else _STRANGE_WITHOUT) * len(ends):
        return None
    places = tuple((number, end - len(text), end) for number, end in ends)
    return Keyword(text, places, titled, strange, times)


def last_words(texts: Collection[str]) -> set[str]:
    """The words that some short texts end in; empty where one ends in a sign. All cut at once: there may be many."""
    found = Tokens.of((*texts,), sum(map(len, texts)))
    ends = found.paragraphs + np.fromiter(map(len, texts), np.intp, len(texts))
    words = {found.word(token) for token in (found.starts.searchsorted(ends) - 1).tolist()}
    return {word if word.isalpha() else "" for word in words}


def _first_word(text: str) -> str:
    found = Tokens.of((text,), len(text))
    return found.word(int(found.starts.searchsorted(found.paragraphs[0])))


def _strangers(before: str, word: str) -> bool:
    """Whether a word is never seen behind another."""
    number, none = known.words().number, known.words().none
    first, second = (np.array([number.get(one, none)]) for one in (before, word))
    return bool(known.association(first, second)[0] <= 0)
