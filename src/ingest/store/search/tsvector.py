"""The index on PostgreSQL: a tsvector with a GIN index on it.

The vector is written out here, token by token, and not made by to_tsvector: its parser takes 1e5 for one number and
goes by the locale for what a letter is.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice, repeat

from ingest.store.search.entries import Entry
from ingest.store.search.query import Phrase, Term

_LAST_POSITION = 16_383  # of a tsvector; what stands behind it in a long article is found by itself, in no phrase
_POSITIONS = tuple(map(str, range(1, _LAST_POSITION + 1)))
_MOST_POSITIONS = 255  # of one token
# Weights of D, C, B and A: the body has D, the title A; as in fts5.py a title counts ten times.
_WEIGHTS = "CAST(ARRAY[0.1, 0, 0, 1] AS real[])"
# + 0: by the index of the ids PostgreSQL would go through all articles until enough of them fit.
FIND = f"""
SELECT article_key, -ts_rank({_WEIGHTS}, words, CAST(:match AS tsquery)) AS score FROM (
    SELECT article_key, published_on, words FROM search_document AS d
    WHERE words @@ (CAST(:match AS tsquery) && CAST(:tags AS tsquery)){{where}}
    ORDER BY id + 0 DESC LIMIT :most) AS candidates
ORDER BY score, published_on DESC NULLS LAST, article_key LIMIT :limit
"""  # noqa: S608 - constants of ours


def vector(entry: Entry) -> str:
    """Return an entry as PostgreSQL reads a tsvector."""
    title, body = entry.title.split(), entry.body.split()
    places: defaultdict[str, list[str]] = defaultdict(list)
    for token, place in zip(title, _positions(1), strict=False):
        places[token].append(f"{place}A")
    for token, place in zip(body, _positions(len(title) + 2), strict=False):  # no phrase goes from title into body
        places[token].append(place)
    found = [f"'{token}':{','.join(where[:_MOST_POSITIONS])}" for token, where in places.items()]
    return " ".join([*found, *(f"'{tag}'" for tag in entry.tags.split())])


def _positions(first: int) -> Iterator[str]:
    """Yield the positions of tokens from one on, without end."""
    return chain(islice(_POSITIONS, first - 1, None), repeat(str(_LAST_POSITION)))


def match(terms: Sequence[Term]) -> str:
    """Return a query in PostgreSQL's language."""
    return " & ".join(f"({_term(term)})" for term in terms)


def tagged(tags: Sequence[str]) -> str:
    """Return the query for what has all of some tags; of none the empty query, which adds nothing to another."""
    return " & ".join(f"'{tag}'" for tag in tags)


def _term(term: Term) -> str:
    exact = _phrase(term.exact)
    return f"({exact}) | ({' & '.join(f'({_phrase(word)})' for word in term.words)})" if term.words else exact


def _phrase(phrase: Phrase) -> str:
    return " <-> ".join(f"'{token}'" for token in phrase.tokens) + (":*" if phrase.begun else "")
