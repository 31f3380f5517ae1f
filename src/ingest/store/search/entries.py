"""What of an article goes into the index: the tokens of its title and body, and tags for what a search narrows by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.store import keys
from ingest.store.search.tokens import spaced, tokens

COLUMNS = ("key", "source", "kind", "title", "subtitle", "kicker", "paragraphs", "zones", "regions", "published_on")
_TAGGED = (("source", "source"), ("kind", "kind"), ("zone", "zones"), ("region", "regions"))
_TAG_LENGTH = 12  # hex digits; two of ten thousand names alike once in 5 million databases
# Tokens of a body. A tsvector ends at 1 MB, which a book of 50,000 different pairs would not reach.
_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the index holds it."""

    key: str
    title: str  # tokens, white space between them
    body: str
    tags: str


def entry(article: Mapping[str, Any]) -> Entry:
    """Return an article's entry from the columns ``COLUMNS`` of its row."""
    titles = "\n".join(filter(None, (article["title"], article["subtitle"], article["kicker"])))
    text = "\n".join(article["paragraphs"])
    body = spaced(text) if len(text) <= _MOST // 2 else " ".join(tokens(text)[:_MOST])
    return Entry(article["key"], spaced(titles), body, " ".join(_tags(article)))


def tag(kind: str, name: str) -> str:
    """Return the token that stands for a source, a kind of article, a zone or a region."""
    return f"z{keys.key(kind, name)[:_TAG_LENGTH]}"  # the letter keeps all digits from being a number


def _tags(article: Mapping[str, Any]) -> Iterator[str]:
    for kind, column in _TAGGED:
        value = article[column]
        yield from (tag(kind, name) for name in ([value] if isinstance(value, str) else value))
