"""An article's words for the check of spun text: those that the finders cut, and rarer ones put together again."""

from typing import NamedTuple

from ingest.extract.spun import known
from ingest.extract.words import sentence

#: The longest word of the lexicon.
_LONGEST = 4
#: So many characters without a word of the dictionary end a paragraph: what has more is no text.
_TAIL = 10_000


class Token(NamedTuple):
    """A word, or a character that is none, in which paragraph it is and where it begins there."""

    paragraph: int
    start: int
    text: str


def tokens(text: str, paragraph: int = 0, most: int | None = None) -> list[Token]:
    """A paragraph's words in order, signs and other script as single characters.

    The finders' dictionary leaves rare words out (研习), and synonyms of spinners are rare: they are found again
    among the characters that no word of the dictionary takes. Of a paragraph of more than ``most`` words of the
    dictionary the others are left out: some have a million.
    """
    found: list[Token] = []
    words, at = sentence(text).longer(), 0
    for start, word in words[:most]:
        if start == at + 1:
            found.append(Token(paragraph, at, text[at]))
        elif at < start:
            _loose(found, text, at, min(start, at + _TAIL), paragraph)
        found.append(Token(paragraph, start, word))
        at = start + len(word)
    if most is None or len(words) <= most:
        _loose(found, text, at, min(len(text), at + _TAIL), paragraph)
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
