"""A text as the tokens that the index of both engines holds: pairs of neighbouring Han characters, and other words.

Pairs and not the words of jieba. Measured on 67 articles of real pages, 231,000 characters: jieba's search mode finds
97.7 % of the names that these articles name where they stand (in its sentence a name is cut otherwise than by itself)
and 69 % of any two to four characters, at 2.4 ms for 1,000 characters and 0.55 s to load. Pairs, looked for as a
phrase, find each text that holds the query and no other, at 0.24 ms. `tests/benchmarks/search.py --words FOLDER`
measures it again.
"""

import re
import unicodedata
from operator import add

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af"
_RUN = re.compile(f"([{HAN}]+)|[^\\W_{HAN}]+")
_LONGEST = 60  # characters of a token: PostgreSQL takes 2 KB, and what is longer is an address or a digest


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in their order.

    A run of Han characters gives its pairs and, at its end, its last character: so each of its characters begins a
    token, and what stands next to each other in the text does so in the tokens. Anything else that is a letter or a
    digit gives words, in lower case.
    """
    found: list[str] = []
    for run in _RUN.finditer(folded(text)):
        word = run[0]
        if run[1] is None:
            found.append(word[:_LONGEST])
        else:
            found.extend(map(add, word, word[1:]))
            found.append(word[-1])
    return found


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
    """Return a text without differences of width and case."""
    return unicodedata.normalize("NFKC", text).casefold()
