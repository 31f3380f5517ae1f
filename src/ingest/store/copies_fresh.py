"""Where marks are written: into a small table, and from there into the large one, a share of them at a time.

Marks are digests, so of a large table each falls on a page of its own: with 100,000 articles the 35,000 rows of a chunk
wrote 35,000 pages of SQLite's, twice (log and file), which was half of all that linking took. What waits in a table of
a few thousand pages goes on by ranges, many rows to a page (as in the log-structured merge tree of O'Neil and others,
1996). A row is in one of the two tables, and whoever asks for marks asks both.
"""

import secrets
from collections.abc import Sequence
from itertools import count
from math import isqrt

from sqlalchemy import Connection, text

from ingest.store.tables import Base
from ingest.store.upsert import insert_values

TABLES = ("copymark", "copyfresh")  # where marks stand
_T = Base.metadata.tables
_ALL = 1 << 60  # numbers of articles are below
_SAMPLE = 100  # articles by which it is told how many there are: to a tenth
# The more shares, the larger the small table, and the fewer pages of the large one a share touches. Both together are
# fewest where shares are the root of articles / this; half or twice as many shares cost about the
# same (measured at 20,000, 40,000 and 100,000).
_PER_SHARE = 250
_FEWEST = 8  # shares: with fewer than 16,000 articles the gain is small, nearly all pages are written anyhow
# Whose turn it is. A process moves one share after the other and begins with any, so that each has its turn although no
# process lives long enough for all.
_turns = count(secrets.randbelow(1 << 20))
_MARKS = 1 << 61  # marks are below, and so four in five of all rows; runs and buckets are below four times as much
_BELOW = 0.8
_MOVE = tuple(
    text(each)
    for each in (
        "INSERT INTO copymark (mark, number) SELECT mark, number FROM copyfresh WHERE mark BETWEEN :low AND :high",
        "DELETE FROM copyfresh WHERE mark BETWEEN :low AND :high",
    )
)
_NTH = text("SELECT number FROM copytext ORDER BY number LIMIT 1 OFFSET :last")


def put(connection: Connection, rows: Sequence[tuple[int, int]]) -> None:
    """Write marks with their articles' numbers, none of which is there yet, and move the share whose turn it is.

    Args:
        connection: Within a transaction that holds the lock of linking.
        rows: Marks and numbers in their order, each pair once.
    """
    shares = _shares(connection)
    if rows:
        insert_values(connection, _T[TABLES[shares > 1]], ("mark", "number"), rows)
    turn = next(_turns) % shares
    given = {"low": _bound(turn, shares), "high": _bound(turn + 1, shares) - 1}
    for statement in _MOVE:
        connection.execute(statement, given)


def _shares(connection: Connection) -> int:
    """Return of how many shares one is moved; 1 where rows go into the large table at once.

    PostgreSQL writes what was changed of a page into its log and not the page, and the page itself when it has time.
    """
    if connection.dialect.name != "sqlite":
        return 1
    nth = connection.scalar(_NTH, {"last": _SAMPLE - 1})  # numbers are digests: the more articles, the smaller it is
    shares = isqrt(_SAMPLE * _ALL // (nth * _PER_SHARE)) if nth else 1
    return shares if shares >= _FEWEST else 1


def _bound(turn: int, shares: int) -> int:
    """Return where a share begins, so that each has about as many rows."""
    part = turn / shares
    if part <= _BELOW:
        return int(part / _BELOW * _MARKS)
    return int(_MARKS + (part - _BELOW) / (1 - _BELOW) * 3 * _MARKS)
