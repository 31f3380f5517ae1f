"""What waits to be linked with its copies, from the transaction that stores it to the one that links it.

Linking is dear and lets one writer in at a time, so the rows of a chunk are stored without it and note what it is to
look at; after that, in a transaction of its own, what waits is linked and waits no more. A process that is killed
between the two leaves it waiting for the next one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from ingest.collector import paused
from ingest.store import copies
from ingest.store.copies_marks import Known
from ingest.store.engine import Database
from ingest.store.tables import Base
from ingest.store.upsert import upsert

_T = Base.metadata.tables
_WAIT, _ARTICLE = _T["copywait"], _T["article"]
_COLUMNS = ("key", "digest", "title", "paragraphs", "originals")
_GONE = ""  # the digest of what is withdrawn
_BATCH = 500  # articles that are linked in one transaction: half a second
_OF_COPIES = ("contradiction", "copypart", "copymember", "copycommon", "copyfresh", "copymark", "copytext")
Row = Mapping[str, Any]


def note(connection: Connection, rows: Sequence[Row]) -> None:
    """Let articles wait that are new, changed or back on their page, in the transaction that stores them."""
    _note(connection, {row["key"]: row["digest"] for row in rows})


def note_gone(connection: Connection, article_keys: Collection[str]) -> None:
    """Let articles wait that are withdrawn, in the transaction that says so."""
    _note(connection, dict.fromkeys(article_keys, _GONE))


def _note(connection: Connection, digests: Mapping[str, str]) -> None:
    # Where one waits already its row is held, whatever it says: nobody links the version of before and clears it.
    upsert(connection, _WAIT, [{"article_key": key, "digest": digest} for key, digest in digests.items()])


def count(connection: Connection) -> int:
    """Return how many articles wait."""
    return connection.scalar(select(func.count()).select_from(_WAIT)) or 0


def waits(connection: Connection, article_key: str) -> bool:
    """Whether the copies of an article are still to be looked for."""
    return connection.scalar(select(_WAIT.c.article_key).where(_WAIT.c.article_key == article_key)) is not None


def link(database: Database, article_keys: Collection[str]) -> None:
    """Link those of some articles that wait, and some of what others left.

    Where another process links at this moment they are left to the next chunk, whosever it is, or to the end of the
    run: two processes on PostgreSQL waited for each other's linking for a fifth of their time.
    """
    with database.read() as connection:
        if copies.busy(connection):
            return
        left = select(_WAIT.c.article_key).order_by(_WAIT.c.article_key).limit(_BATCH)
        keys = sorted({*article_keys, *connection.scalars(left).all()})
    for start in range(0, len(keys), _BATCH):
        _link(database, keys[start : start + _BATCH])


def link_all(database: Database, on_batch: Callable[[int], None] = lambda _articles: None) -> int:
    """Link all that waits, but for what another process is storing right now and will link; return how many."""
    done, last = 0, ""
    waiting = select(_WAIT.c.article_key).order_by(_WAIT.c.article_key).limit(_BATCH)
    while True:
        with database.read() as connection:
            some = connection.scalars(waiting.where(_WAIT.c.article_key > last)).all()
        if not some:
            return done
        linked = _link(database, some)
        done, last = done + linked, some[-1]
        on_batch(linked)


def rebuild(database: Database, on_batch: Callable[[int], None] = lambda _articles: None) -> int:
    """Link all articles anew; return how many. A transaction for each batch, so that other writers come between."""
    standing = select(_ARTICLE.c.key, _ARTICLE.c.digest).where(_ARTICLE.c.withdrawn_at.is_(None))
    ordered = standing.order_by(_ARTICLE.c.key)  # as those who store write them, or the two would wait in a circle
    with database.write() as connection:
        copies.lock(connection)
        for name in _OF_COPIES:
            connection.execute(delete(_T[name]))
        into = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(_WAIT)
        connection.execute(into.from_select(["article_key", "digest"], ordered).on_conflict_do_nothing())
    return link_all(database, on_batch)


@paused
def _link(database: Database, article_keys: Sequence[str]) -> int:
    """Link those of some articles that wait, and return how many: what they are is found out before the lock."""
    with database.read() as connection:
        prepared = {key: (digest, known) for key, digest, known in _prepared(connection, article_keys)}
    if not prepared:
        return 0
    with database.write() as connection:
        copies.lock(connection)
        waiting = dict(_taken(connection, sorted(prepared)))
        ready = {key: prepared[key][1] for key, digest in waiting.items() if prepared[key][0] == digest}
        gone = [key for key in ready if waiting[key] == _GONE]
        copies.link(connection, {key: known for key, known in ready.items() if waiting[key] != _GONE}, gone)
        connection.execute(delete(_WAIT).where(_WAIT.c.article_key.in_(sorted(ready))))
    return len(ready)


def _prepared(connection: Connection, article_keys: Sequence[str]) -> Iterator[tuple[str, str, Known | None]]:
    """Yield the key, digest and features of those that wait; a digest that is not that of the row is of a newer one."""
    waiting = select(_WAIT.c.article_key).where(_WAIT.c.article_key.in_(article_keys), _WAIT.c.digest == _GONE)
    yield from ((key, _GONE, None) for key in connection.scalars(waiting).all())
    columns = [_ARTICLE.c[name] for name in _COLUMNS]
    joined = _WAIT.join(_ARTICLE, _ARTICLE.c.key == _WAIT.c.article_key)
    query = select(*columns).select_from(joined).where(_WAIT.c.article_key.in_(article_keys), _WAIT.c.digest != _GONE)
    for row in connection.execute(query).mappings():
        yield row["key"], row["digest"], copies.known(dict(row))


def _taken(connection: Connection, article_keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the rows of what waits, held; what another is about to write is left to it."""
    query = select(_WAIT.c.article_key, _WAIT.c.digest).where(_WAIT.c.article_key.in_(article_keys))
    for row in connection.execute(query.order_by(_WAIT.c.article_key).with_for_update(skip_locked=True)):
        yield row.article_key, row.digest
