"""An article's words for the check of spun text: those that the finders cut, and rarer ones put together again."""

from typing import NamedTuple

from ingest.extract.spun import known
from ingest.extract.words import sentence

#: The longest word of the lexicon.
_LONGEST = 4


class Token(NamedTuple):
    """A word, or a character that is none, in which paragraph it is and where it begins there."""

    paragraph: int
    start: int
    text: str


def tokens(text: str, paragraph: int = 0) -> list[Token]:
    """A paragraph's words in order, signs and other script as single characters.

    The finders' dictionary leaves rare words out (研习), and synonyms of spinners are rare: they are found again
    among the characters that no word of the dictionary takes.
    """
    found: list[Token] = []
    at = 0
    for start, word in sentence(text).longer():
        if start == at + 1:
            found.append(Token(paragraph, at, text[at]))
        elif at < start:
            _loose(found, text, at, start, paragraph)
        found.append(Token(paragraph, start, word))
        at = start + len(word)
    _loose(found, text, at, len(text), paragraph)
    return found


def _loose(found: list[Token], text: str, start: int, end: int, paragraph: int) -> None:
    """Add the words of a stretch: the longest of the lexicon that begins at each place, a character where none does."""
    chance = known.words().chance
    while start < end:
        to = min(start + _LONGEST, end)
        while to > start + 1 and text[start:to] not in chance:
            to -= 1
        found.append(Token(paragraph, start, text[start:to]))
        start = to
