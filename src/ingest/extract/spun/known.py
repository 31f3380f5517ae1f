"""What is known of words, in arrays by their numbers: how common each is, and what might have stood in its place."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun.pairs import MISSING, Pairs, keys, threes

#: So many synonyms are kept of a word, and so many of them are tried in its place.
SYNONYMS, TRIED = 13, 8
#: How the arrays hold logarithms.
HUNDRED = 100
#: The arrays of ``spun_words.bin`` in their order, with the type of their numbers and how many a word has.
LAYOUT = (
    ("marks", "<u4", 1),
    ("chance", "<i2", 1),
    ("news", "<i2", 1),
    ("behind", "<i2", 1),
    ("usual", "<i2", 1),
    ("synonyms", "<u2", SYNONYMS),
    ("originals", "u1", SYNONYMS),
    ("company", "<u2", 1),
)
#: The associations that ``spun_pairs.bin`` holds by number, and a place for that of pairs it does not hold.
LEVELS = (-0.9, -0.5, 0.5, 0.8, 1.2, 1.6, 2.0, 2.4, 2.9, 3.5, 4.1, 4.8, 5.6, 6.5, 7.6, 9.0)
_LEVELS = np.array([*LEVELS, 0.0])
#: The same of ``spun_threes.bin``, which says what the word before the last one adds.
ADDED = (-1.5, -0.8, 0.4, 0.7, 1.0, 1.3, 1.6, 1.9, 2.3, 2.7, 3.2, 3.8, 4.5, 5.4, 6.5, 8.0)
_ADDED = np.array([*ADDED, 0.0])
#: The table holds no pair expected less often than this: below it there are no more hits than chance gives.
_RAREST_PAIR = -18.4


class Words(NamedTuple):
    """What is known of each word, by its number. The last row of each array is of what is no word: ``none``.

    Attributes:
        number: The numbers by the words.
        texts: The words, and nothing for none.
        none: The number of what is no word.
        longer: Which words are of two characters and more.
        marks: Checksums, by which pairs of words are kept; 0 for none.
        chance: The natural logarithm of a word's share of running text.
        news: That of its share of news.
        behind: How much less (a negative logarithm) any word is to be expected that was never seen behind it.
        usual: How ordinary a word is in news by judgement, 0 to 9; -1 where nobody judged.
        synonyms: The numbers of its synonyms, filled up with none; the first ``TRIED`` are tried in its place.
        originals: Which of them spinners are known to put the word in for.
        company: The row that tells what it usually stands with, ``none`` where nobody wrote it down.
    """

    number: dict[str, int]
    texts: tuple[str, ...]
    none: int
    longer: Any
    marks: Any
    chance: Any
    news: Any
    behind: Any
    usual: Any
    synonyms: Any
    originals: Any
    company: Any


@cache
def words() -> Words:
    """The words of ``spun_words.bin``: a comment line, the words, then the arrays one after the other."""
    packed = bytearray((lexicon.DATA / "spun_words.bin").read_bytes())  # training changes the arrays in their place
    start = packed.index(b"\n") + 1
    end = packed.index(b"\n", start)
    texts = (*packed[start:end].decode().split(" "), "")
    at, arrays = end + 1, []
    for _, kind, width in LAYOUT:
        size = len(texts) * width
        found = np.frombuffer(packed, kind, size, at)
        arrays.append(found.reshape(-1, width) if width > 1 else found)
        at += found.nbytes
    marks, chance, news, behind, usual, synonyms, originals, company = arrays
    chance, news, behind = (one / HUNDRED for one in (chance, news, behind))
    longer = np.array([len(text) > 1 for text in texts])
    number = {text: n for n, text in enumerate(texts) if text}
    return Words(
        number, texts, len(number), longer, marks, chance, news, behind, usual, synonyms, originals.view(bool), company
    )


def pair_keys(first: Any, second: Any) -> Any:
    """The numbers by which pairs of words are kept, by the words' own; 0 where one is no word."""
    marks = words().marks
    return keys(marks[first], marks[second])


@cache
def _associations() -> Pairs:
    return Pairs.read("spun_pairs", "<u2")


def association(first: Any, second: Any, wanted: Any = None) -> Any:
    """How much likelier words are behind others than anywhere: logarithms of the ratios, 0 where one is no word.

    Pairs that were never seen are a little less likely than chance has it. One in five hundred of those would be taken
    for another pair, for the table holds part of a checksum in place of the words; most are told by being rarer than
    any pair that the table has room for.

    Args:
        first: The numbers of the words before.
        second: Those of the words behind.
        wanted: The keys of the pairs, where the caller has them.
    """
    known = words()
    wanted = pair_keys(first, second) if wanted is None else wanted
    found = _associations().find(wanted)
    said = _LEVELS[found]
    held = (found < MISSING) & (known.chance[first] + known.chance[second] + said > _RAREST_PAIR)
    return np.where(held, said, known.behind[first]) * (wanted > 0)


@cache
def _threes() -> Pairs:
    return Pairs.read("spun_threes", "<u2")


def added(pair: Any, third: Any) -> Any:
    """How much likelier words are behind two others than behind the last of these; 0 where nothing is known of it.

    Args:
        pair: The keys of the two words before.
        third: The numbers of the words.
    """
    return _ADDED[_threes().find(threes(pair, words().marks[third]))]
