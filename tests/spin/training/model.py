"""Reads which words, pairs and threes the language model holds; what it says of them is asked through ``kenlm``."""

import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

TEN = math.log(10)
# Where the arrays of this very file lie, in bits behind the single words: kenlm's format 5, quantised trie with
# compressed pointers. Of a pair: its first word, what kenlm asks for, and the last bits of where its threes begin.
_WORDS_END, _POINTERS, _PAIRS = 3_960_528, 24, 2_537_144
_PAIR, _THREE, _WORD, _LAST = 38, 26, 18, 4
_BETWEEN = 64  # bits between pairs and threes
_AT_ONCE = 200_000


class Model(NamedTuple):
    """The vocabulary, log10 chances of single words, and pairs and threes by the words' ids, a column for each word."""

    vocabulary: list[str]
    tens: Any
    pairs: tuple[Any, Any]
    threes: tuple[Any, Any, Any]

    @classmethod
    def read(cls, path: Path) -> "Model":
        """Read the file."""
        data = np.fromfile(path, dtype=np.uint8)
        text = data.tobytes()
        vocabulary = [word.decode() for word in text[text.rfind(b"<unk>\0") :].split(b"\0") if word]
        size = len(vocabulary)
        kinds = np.dtype([("chance", "<f4"), ("behind", "<f4"), ("next", "<u8")])
        records = np.frombuffer(text[_WORDS_END - 16 * (size + 1) : _WORDS_END], dtype=kinds)
        ends = records["next"].astype(np.int64)
        bits, count = np.unpackbits(data[_WORDS_END:], bitorder="little"), int(ends[-1])
        first = _read(bits, _PAIRS, _PAIR, _WORD, count)
        second = np.repeat(np.arange(size), np.diff(ends))
        pointers = np.frombuffer(text[_WORDS_END + _POINTERS : _WORDS_END + _PAIRS // 8 // 8 * 8], "<u8")
        begins = np.searchsorted(pointers.astype(np.int64), np.arange(count + 1), "right") - 1
        begins = (begins << _LAST) | _read(bits, _PAIRS + _PAIR - _LAST, _PAIR, _LAST, count + 1)
        threes = -(-(_PAIRS + (count + 1) * _PAIR) // 8) * 8 + _BETWEEN
        pair = np.repeat(np.arange(count), np.diff(begins))
        before = _read(bits, threes, _THREE, _WORD, len(pair))
        return cls(vocabulary, -np.abs(records["chance"][:size]), (first, second), (before, first[pair], second[pair]))


def _read(bits: Any, start: int, stride: int, width: int, count: int) -> Any:
    """So many numbers of some bits each."""
    weights, found = (1 << np.arange(width)).astype(np.int64), np.empty(count, np.int64)
    for at in range(0, count, _AT_ONCE):
        places = np.arange(at, min(count, at + _AT_ONCE)) * stride + start
        found[at : at + _AT_ONCE] = (bits[places[:, None] + np.arange(width)] * weights).sum(1)
    return found
