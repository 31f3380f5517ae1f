"""The index on SQLite: an FTS5 table that keeps no texts, only where each token stands.

Without the texts it is half the size; what is taken out of it must therefore be told again, token for token, which
the article's row can do as long as it has not been changed.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from ingest.store.search.entries import Entry
from ingest.store.search.query import Phrase, Term

# A hit in the title counts as much as ten in the body; a tag narrows and says nothing of how well an article fits.
_WEIGHTS = "10.0, 1.0, 0.0"
# ``{where}`` stands for conditions on the document.
FIND = f"""
SELECT article_key, score FROM (
    SELECT d.article_key, d.published_on, bm25(search_index, {_WEIGHTS}) AS score
    FROM search_index CROSS JOIN search_document AS d ON d.id = search_index.rowid
    WHERE search_index MATCH :match{{where}}
    ORDER BY search_index.rowid DESC LIMIT :most)
ORDER BY score, published_on DESC, article_key LIMIT :limit
"""  # noqa: S608 - constants of ours


def put(connection: Connection, entries: Iterable[tuple[int, Entry]]) -> None:
    """Put entries in, each with its document's number; none of them may be in it."""
    rows = [(number, *_texts(entry)) for number, entry in entries]
    if rows:
        connection.exec_driver_sql("INSERT INTO search_index (rowid, title, body, tags) VALUES (?, ?, ?, ?)", rows)


def take(connection: Connection, entries: Iterable[tuple[int, Entry]]) -> None:
    """Take entries out: exactly those that were put in."""
    rows = [(number, *_texts(entry)) for number, entry in entries]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO search_index (search_index, rowid, title, body, tags) VALUES ('delete', ?, ?, ?, ?)", rows
        )


def command(connection: Connection, name: str) -> None:
    """Give FTS5 one of its commands: delete-all, optimize, integrity-check."""
    connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES (?)", (name,))


def match(terms: Sequence[Term], tags: Sequence[str]) -> str:
    """Return a query in FTS5's language."""
    parts = [f'tags:"{tag}"' for tag in tags]
    parts += [f"{{title body}}: ({_term(term)})" for term in terms]
    return " AND ".join(parts)


def _term(term: Term) -> str:
    exact = _phrase(term.exact)
    return f"{exact} OR ({' AND '.join(map(_phrase, term.words))})" if term.words else exact


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.begun else "")


def _texts(entry: Entry) -> tuple[str, str, str]:
    return entry.title, entry.body, entry.tags
