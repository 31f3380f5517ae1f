"""One spinner's table, read off its work: what tells it, and how its text may have read before."""

from functools import cache

from ingest.extract import lexicon, matching

#: So many different words of the table tell the spinner. Healthy pages hold two at most.
TELLS = 8


@cache
def _tells() -> frozenset[str]:
    return frozenset(spun for spun, _, _, tells in lexicon.rows("spun_signature") if tells)


_MATCHER = matching.Matcher(_tells)


def told(paragraphs: tuple[str, ...]) -> frozenset[str]:
    """The words of the known spinner that a text holds, of those that are rare in healthy text."""
    return frozenset(text[start:end] for text in paragraphs for start, end in _MATCHER.find(text))


def despun(text: str) -> str:
    """A text as it may have read before the known spinner: its table backwards, the last replacement first.

    On that spinner's pages it takes the share of wrong characters from .25 to 0; a healthy text it harms, and what it
    makes of a name may be nobody's. A candidate to show beside the text, never in its place.
    """
    for spun, original, _, _ in reversed(lexicon.rows("spun_signature")):
        text = text.replace(spun, original)
    return text
