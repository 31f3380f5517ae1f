"""Merges what is known of words into the one table that the check reads: ``python -m tests.spin.training.merge``."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from ingest.extract import lexicon
from ingest.extract.spun import company as beside
from ingest.extract.spun import known

_SOURCES = Path(__file__).parent / "sources"
#: What a spinner puts in a word for is so much commoner (a natural logarithm). What is no rarer than this below it is a
#: synonym as any.
_COMMONER, _AS_COMMON = 0.5, 1.0
#: By judgement, what a word is put in for is so much more ordinary: neighbouring ratings are one apart by chance.
_MORE_USUAL = 2
#: The chance of what spinners put in and the language model does not hold: 搜检, 墟落.
UNHEARD = -13.5
#: Of a word's synonyms the commonest are tried, so many, and those that spinners are known to put it in for.
_COMMONEST = 6


class Told(NamedTuple):
    """What the sources tell, by the word; as in ``known.Words``."""

    chance: dict[str, float]
    news: dict[str, float]
    behind: dict[str, float]
    usual: dict[str, int]
    synonyms: dict[str, tuple[str, ...]]
    originals: dict[str, frozenset[str]]


def rows(name: str) -> list[list[str]]:
    """The rows of a source behind its head."""
    return [line.split("\t") for line in source(name).read_text("utf-8").splitlines()[1:]]


def source(name: str) -> Path:
    """Where a source is."""
    return _SOURCES / f"{name}.tsv"


@cache
def told() -> Told:
    """What ``lexicon.tsv`` has, and what ``synonyms.tsv`` and ``register.tsv`` tell of its words."""
    found = Told({}, {}, {}, {}, {}, {})
    for word, news, chance, behind, synonyms in rows("lexicon"):
        found.chance[word] = -int(chance) / known.HUNDRED
        found.behind[word] = -int(behind) / known.HUNDRED
        if news:
            found.news[word] = -int(news) / known.HUNDRED
        if synonyms:
            found.synonyms[word] = tuple(synonyms.split(" "))
    by_hand = rows("synonyms")
    for word, _ in by_hand:
        found.chance.setdefault(word, UNHEARD)
    for word, others in by_hand:
        least, said = found.chance[word] + _COMMONER, {one: found.chance.get(one, UNHEARD) for one in others.split(" ")}
        _add(found, word, [one for one in said if said[one] > least])
        _also(found, word, [one for one in said if least - _AS_COMMON < said[one] <= least])
    judged = rows("register")
    found.usual.update((word, int(usual)) for word, usual, _ in judged)
    for word, usual, others in judged:
        if others and word in found.chance:
            least = int(usual) + _MORE_USUAL
            _add(found, word, [one for one in others.split(" ") if found.usual.get(one, 0) >= least])
    return found


def _add(found: Told, word: str, originals: Iterable[str]) -> None:
    """Put a word's originals among its synonyms."""
    originals = [one for one in originals if one in found.chance]
    if originals:
        found.originals[word] = frozenset(originals) | found.originals.get(word, frozenset())
        _also(found, word, originals)


def _also(found: Told, word: str, synonyms: Iterable[str]) -> None:
    """Put words among a word's synonyms."""
    every = dict.fromkeys((*found.synonyms.get(word, ()), *(one for one in synonyms if one in found.chance)))
    if every:
        found.synonyms[word] = tuple(every)


def mark(word: str) -> int:
    """The checksum of a word, by which pairs of words are kept: it stays the same whatever words come and go."""
    return crc32(word.encode())


def row(others: Sequence[int], originals: frozenset[int], chance: Any) -> tuple[list[int], list[bool]]:
    """The synonyms of a word as ``known.Words`` has them, those first that are tried; and which are originals.

    Args:
        others: Its synonyms by number, those of the lexicon the commonest first.
        originals: What spinners are known to put it in for.
        chance: How common words are, by number, and last that of none.
    """
    if not originals.isdisjoint(others):
        others = sorted(others, key=lambda one: (-chance[one], one))
    tried = [*others[:_COMMONEST], *(one for one in others[_COMMONEST:] if one in originals)][: known.TRIED]
    none = len(chance) - 1
    found = [*tried, *[none] * (known.TRIED - len(tried)), *(one for one in others if one not in tried)]
    found = found[: known.SYNONYMS] + [none] * (known.SYNONYMS - len(found))
    return found, [one in originals for one in found]


def main() -> None:
    """Write ``spun_words.bin``."""
    found = told()
    texts = sorted(found.chance)
    number = {word: n for n, word in enumerate(texts)}
    chance = [*(found.chance[word] for word in texts), 0.0]
    synonyms = [row([], frozenset(), chance)] * len(chance)
    for word, others in found.synonyms.items():
        meant = frozenset(number[one] for one in found.originals.get(word, ()))
        synonyms[number[word]] = row([number[one] for one in others], meant, chance)
    partners = company(number)
    columns = {
        "marks": [*map(mark, texts), 0],
        "chance": hundredths(chance),
        "news": hundredths([*(found.news.get(word, found.chance[word]) for word in texts), 0]),
        "behind": hundredths([*(found.behind.get(word, 0.0) for word in texts), 0]),
        "usual": [*(found.usual.get(word, -1) for word in texts), -1],
        "synonyms": [others for others, _ in synonyms],
        "originals": [meant for _, meant in synonyms],
        "company": [partners.get(n, len(texts)) for n in range(len(chance))],
    }
    head = "# Words, then what is known of each (known.LAYOUT), merged by tests.spin.training.merge from its sources."
    packed = b"".join(np.array(columns[name], kind).tobytes() for name, kind, _ in known.LAYOUT)
    (lexicon.DATA / "spun_words.bin").write_bytes(f"{head}\n{' '.join(texts)}\n".encode() + packed)


def company(number: Mapping[str, int]) -> dict[int, int]:
    """Write what words stand with into ``spun_company.bin``; which row of it is whose, by number."""
    told = [(word, others.split(" ")) for word, others in rows("company")]
    table = np.zeros((len(told), beside.WIDTH), np.uint32)
    for row, (_, others) in zip(table, told, strict=True):
        row[: len(others)] = [_checksum(one) for one in others]
    head = "# Checksums of what words stand with (company.py), from company.tsv of tests.spin.training.sources.\n"
    (lexicon.DATA / "spun_company.bin").write_bytes(head.encode() + table.astype("<u4").tobytes())
    return {number[word]: row for row, (word, _) in enumerate(told)}


def _checksum(text: str) -> int:
    """The checksum of what a word stands with, as the check makes it."""
    codes = np.array([ord(character) for character in text[:2]], np.uint32)
    return int(codes[0] if len(codes) == 1 else beside.checksum(codes[:1], codes[1:])[0])


def hundredths(logarithms: Iterable[float]) -> list[int]:
    """Logarithms as the tables hold them."""
    return [round(one * known.HUNDRED) for one in logarithms]


if __name__ == "__main__":
    main()
