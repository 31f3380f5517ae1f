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
            _loose(found, text, at, start)
        found.append(Token(start, word))
        at = start + len(word)
    _loose(found, text, at, len(text))
    return found


def _loose(found: list[Token], text: str, start: int, end: int) -> None:
    """Add the words of a stretch: the longest of the lexicon that begins at each place, a character where none does."""
    chance = known.words().chance
    while start < end:
        to = min(start + _LONGEST, end)
        while to > start + 1 and text[start:to] not in chance:
            to -= 1
        found.append(Token(start, text[start:to]))
        start = to
