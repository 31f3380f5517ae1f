"""A text as the tokens that the index of both engines holds: pairs of neighbouring Han characters, and other words.

Pairs and not the words of jieba. Measured on 67 articles of real pages, 231,000 characters: jieba's search mode finds
97.7 % of the names that these articles name where they stand (in its sentence a name is cut otherwise than by itself)
and 69 % of any two to four characters, at 2.4 ms for 1,000 characters and 0.55 s to load. Pairs, looked for as a
phrase, find each text that holds the query and no other, at 0.17 ms. `tests/benchmarks/search.py --words FOLDER`
measures it again.
"""

import re
import sys
import unicodedata
from array import array
from itertools import chain

_UTF_32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af"
_RUNS = re.compile(f"([{HAN}]+)|([^\\W_{HAN}]+)")
_LONGEST = 60  # characters of a token: PostgreSQL takes 2 KB, and what is longer is an address or a digest
_MARK = "\0"  # holds a word's place while pairs are made
# What NFKC may change, with the character before it, which a mark may join: ASCII, Han and the punctuation of Chinese
# texts but for its wide half stay. Three times as fast as normalising the whole of a text that has one wide comma.
_CHANGEABLE = re.compile(
    "[^\\x80-\U0010ffff]?[^\\x00-\\x7f\u2014\u2018\u2019\u201c\u201d\u3001-\u3003\u3007-\u3011\u3400-\u4dbf\u4e00-\u9fff]+"
)


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in their order.

    A run of Han characters gives its pairs and, at its end, its last character: so each of its characters begins a
    token, and what stands next to each other in the text does so in the tokens. Anything else that is a letter or a
    digit gives words, in lower case.
    """
    return spaced(text).split()


def spaced(text: str) -> str:
    """Return the tokens of a text with white space between them.

    Written at a stroke, three characters for each of the text's: itself, the one after it, a space. It is what an
    article costs the index most, and a loop over the pairs takes twice as long.
    """
    runs = _RUNS.findall(folded(text))
    if not runs:
        return ""
    words = [word[:_LONGEST] for _, word in runs if word]
    first = " ".join([han or _MARK for han, _ in runs])
    second = " ".join([han[1:] + " " for han, _ in runs])  # as long as the first: a mark has a space below it
    out = array("I", (" " * (3 * len(first))).encode(_UTF_32))
    out[0::3] = array("I", first.encode(_UTF_32, "surrogatepass"))
    out[1::3] = array("I", second.encode(_UTF_32, "surrogatepass"))
    pairs = out.tobytes().decode(_UTF_32, "surrogatepass")
    between = pairs.split(_MARK)
    return "".join(chain.from_iterable(zip(between, [*words, ""], strict=True)))


def phrase(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the tokens that stand one after the other wherever a text does, and whether the last is only begun.

    The text may go on where the query ends: 高新 is looked for in 高新区, and 芯 as the beginning of 芯片.
    """
    found = tokens(text)
    if not found or not re.match(f"[{HAN}]", found[-1]):
        return tuple(found), False
    is_alone = len(found) == 1 or not (len(found[-2]) == 2 and found[-2][1] == found[-1])
    return (tuple(found), True) if is_alone else (tuple(found[:-1]), False)


def folded(text: str) -> str:
    """Return a text without differences of width and case: normalised as NFKC, case folded."""
    return _CHANGEABLE.sub(_normal, text).casefold()


def _normal(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])
