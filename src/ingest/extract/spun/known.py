"""What is known of words: how common each is, which stand side by side, and what might have stood in its place."""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple
from zlib import crc32

from ingest.extract import lexicon

#: How the lexicon holds logarithms.
_HUNDRED = 100
#: What a spinner puts in a word for is so much commoner (a natural logarithm): what is as common tells nothing.
_COMMONER = 0.5
#: By judgement, what a word is put in for is so much more ordinary: neighbouring ratings are one apart by chance.
_MORE_USUAL = 2
#: The chance of what spinners put in and the language model does not hold: 搜检, 墟落.
UNHEARD = -13.5
#: How the pairs are held: in buckets by a checksum, each pair with twelve more bits of it and one of 16 associations.
BUCKETS = 1 << 16
LEVELS = (-0.9, -0.5, 0.5, 0.8, 1.2, 1.6, 2.0, 2.4, 2.9, 3.5, 4.1, 4.8, 5.6, 6.5, 7.6, 9.0)


#: The table holds no pair expected less often than this: below it there are no more hits than chance gives.
_RAREST_PAIR = -18.4
#: Pairs that are remembered, with their associations: a few megabytes. Pages of one field share most of theirs.
_REMEMBERED = 1 << 14


class Words(NamedTuple):
    """What is known of each word, by the word.

    ``chance`` is the natural logarithm of its share of running text, ``news`` that of its share of news. ``behind`` is
    how much less (a negative logarithm) any word is to be expected that was never seen behind it. ``synonyms`` come
    with the commonest first where nobody told more; ``originals`` are those of them that spinners are known to put the
    word in for. ``usual`` is how ordinary a word is in news by judgement, 0 to 9. ``number`` is a word's place among
    those of ``chance``.
    """

    chance: dict[str, float]
    news: dict[str, float]
    behind: dict[str, float]
    synonyms: dict[str, tuple[str, ...]]
    originals: dict[str, frozenset[str]]
    usual: dict[str, int]
    number: dict[str, int]


@cache
def words() -> Words:
    """The words of ``spun_lexicon.tsv``, with what ``spun_synonyms.tsv`` and ``spun_register.tsv`` tell of them."""
    found = Words({}, {}, {}, {}, {}, {}, {})
    for line in _lines("spun_lexicon"):
        word, news, chance, behind, synonyms = line.split("\t")
        found.chance[word] = -int(chance) / _HUNDRED
        if news:
            found.news[word] = -int(news) / _HUNDRED
        if behind != "0":
            found.behind[word] = -int(behind) / _HUNDRED
        if synonyms:
            found.synonyms[word] = tuple(synonyms.split(" "))
    told = lexicon.rows("spun_synonyms")
    for word, _ in told:
        found.chance.setdefault(word, UNHEARD)
    found.number.update((word, number) for number, word in enumerate(found.chance))
    for word, others in told:
        least = found.chance[word] + _COMMONER
        _add(found, word, [one for one in others.split(" ") if found.chance.get(one, UNHEARD) > least])
    judged = [line.split("\t") for line in _lines("spun_register")]
    found.usual.update((word, int(usual)) for word, usual, _ in judged)
    for word, usual, others in judged:
        if others and word in found.chance:
            least = int(usual) + _MORE_USUAL
            _add(found, word, [one for one in others.split(" ") if found.usual.get(one, 0) >= least])
    return found


def _lines(name: str) -> list[str]:
    """The lines of a table behind its head, for tables of which nothing need stay in memory as it was read."""
    return (lexicon.DATA / f"{name}.tsv").read_text("utf-8").splitlines()[1:]


def _add(found: Words, word: str, originals: Iterable[str]) -> None:
    """Put a word's originals among its synonyms."""
    originals = [one for one in originals if one in found.chance]
    if originals:
        fitting = frozenset(originals)
        found.originals[word] = fitting | found.originals.get(word, frozenset())
        found.synonyms[word] = tuple(dict.fromkeys((*found.synonyms.get(word, ()), *originals)))


@cache
def listed() -> tuple[str, ...]:
    """The words in the order of their numbers."""
    return tuple(words().chance)


@lru_cache(maxsize=_REMEMBERED)
def association(before: str, word: str) -> float:
    """How much likelier a word is behind the one before it than anywhere: the logarithm of the ratio.

    Pairs that were never seen are a little less likely than chance has it. One in two hundred of those would be taken
    for another pair, for the table holds part of a checksum in place of the words; most are told by being rarer than
    any pair that the table has room for.
    """
    starts, entries = _pairs()
    bucket, mark = place(before, word)
    end = starts[bucket + 1]
    at = bisect_left(entries, mark, starts[bucket], end)
    chance, _, behind, *_ = words()
    if at < end and entries[at] & _MARK == mark:
        found = LEVELS[entries[at] & _LEVEL]
        if chance.get(before, 0.0) + chance.get(word, 0.0) + found > _RAREST_PAIR:
            return found
    return behind.get(before, 0.0)


_MARK, _LEVEL = 0xFFF0, 0xF


def place(before: str, word: str) -> tuple[int, int]:
    """The bucket of a pair and its mark in it."""
    key = crc32(f"{before} {word}".encode())
    return key >> 16, key & _MARK


@cache
def _pairs() -> "tuple[array[int], array[int]]":
    """Where each bucket of ``spun_pairs.bin`` begins, and the pairs. A comment line goes before."""
    _, _, packed = (lexicon.DATA / "spun_pairs.bin").read_bytes().partition(b"\n")
    starts, entries = array("I"), array("H")
    size = (BUCKETS + 1) * starts.itemsize
    starts.frombytes(packed[:size])
    entries.frombytes(packed[size:])
    if sys.byteorder == "big":
        starts.byteswap()
        entries.byteswap()
    return starts, entries
