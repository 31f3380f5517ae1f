"""An article's words for the check of spun text: those that the finders cut, and rarer ones put together again."""

from typing import NamedTuple

from ingest.extract.spun import known
from ingest.extract.words import sentence

#: The longest word of the lexicon.
_LONGEST = 4


class Token(NamedTuple):
    """A word, or a character that is none, and where it begins."""

    start: int
    text: str


def tokens(text: str) -> list[Token]:
    """A paragraph's words in order, signs and other script as single characters.

    The finders' dictionary leaves rare words out (研习), and synonyms of spinners are rare: they are found again
    among the characters that no word of the dictionary takes.
    """
    found: list[Token] = []
    at = 0
    for start, word in sentence(text).longer():
        if at < start:
            found += _loose(text, at, start)
        found.append(Token(start, word))
        at = start + len(word)
    return found + _loose(text, at, len(text))


def _loose(text: str, start: int, end: int) -> list[Token]:
    if end - start == 1:
        return [Token(start, text[start])]
    found = []
    while start < end:
        size = _size(text, start, end)
        found.append(Token(start, text[start : start + size]))
        start += size
    return found


def _size(text: str, start: int, end: int) -> int:
    """How long the longest word of the lexicon is that begins here; 1 where none does."""
    chance = known.words().chance
    sizes = range(min(_LONGEST, end - start), 1, -1)
    return next((size for size in sizes if text[start : start + size] in chance), 1)
