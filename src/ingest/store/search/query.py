"""What a person typed into the search, as phrases of tokens."""

import re
from dataclasses import dataclass

from ingest.decode.script import simplified
from ingest.errors import ConfigError
from ingest.store.search.tokens import HAN, phrase

_PARTS = re.compile(r"[\"“”]([^\"“”]*)[\"“”]?|[「『]([^」』]*)[」』]?|([^\s\"“”「『]+)")
_LONG_HAN = re.compile(f"[{HAN}]{{5,}}")  # four characters are an idiom or one name: 人工智能
_TOKENS = 64  # of a query; more are a pasted article, and each costs a look-up


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand one after the other; of the last only the beginning where it is ``begun``."""

    tokens: tuple[str, ...]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a query: what was typed, as it stands, or all of the words that it is made of."""

    text: str
    exact: Phrase
    words: tuple[Phrase, ...] = ()
    word_texts: tuple[str, ...] = ()


def parse(typed: str) -> tuple[Term, ...]:
    """Return the terms of a query; an article must have all of them.

    What stands in quotes is looked for as it is. Of five Han characters or more without quotes the words will do too,
    wherever they stand (合肥高新区量子计算); articles that have it as typed come first. Traditional characters are
    simplified, as the articles are.

    Raises:
        ConfigError: There is nothing in it to look for, or too much.
    """
    terms = []
    for quoted, cornered, bare in _PARTS.findall(simplified(typed)):
        text = (quoted or cornered or bare).strip()
        tokens, begun = phrase(text)
        if tokens:
            words = _words(text) if bare and _LONG_HAN.search(text) else ()
            phrases = tuple(Phrase(*phrase(word)) for word in words)
            terms.append(Term(text, Phrase(tokens, begun), phrases, words))
    if not terms:
        msg = f"{typed!r} has no letter, digit or character to look for"
        raise ConfigError(msg)
    if sum(len(term.exact.tokens) for term in terms) > _TOKENS:
        msg = f"the query is too long: {_TOKENS} characters at the most"
        raise ConfigError(msg)
    return tuple(terms)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text, less single characters; none where it is one word or falls apart into characters."""
    from ingest.extract.words import cut  # its dictionary takes half a second to load

    pieces = cut(text)
    words = tuple(word.text for word in pieces if len(word.text) > 1)
    enough = len(words) > 1 and sum(map(len, words)) * 4 >= len(text) * 3
    return words if enough else ()
