"""Which articles are copies of each other, kept up to date as they come, change and go.

What stands in the tables is a function of the articles that were linked, whatever the order in which they came. Two
articles are compared if a band of their sketches is the same (and one of them is among the first that have it), or two
marks that are not common; `compare` asks nothing else; a group is what hangs together by copies. One writer at a time
links (PostgreSQL: a lock until the end of the transaction; SQLite has one writer anyhow), so two that come at once find
each other. `copies_waiting` says what is to be linked, and does it after the transaction that stores.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, text

from ingest.copies import Features, features
from ingest.store import copies_marks
from ingest.store.copies_linking import Linking
from ingest.store.copies_marks import Known, number
from ingest.store.tables import Base
from ingest.store.upsert import batches, insert

_T = Base.metadata.tables
_TEXT, _MEMBER, _PART, _OTHERWISE = (_T[name] for name in ("copytext", "copymember", "copypart", "contradiction"))
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:lock)")
_NUMBER = 0x636F70696573  # any, as long as all who link take the same
_MIRRORED = 8  # different characters that only the published text has: readings, Traditional ones
Row = Mapping[str, Any]


def known(row: Row) -> Known | None:
    """Return what is kept of an article to compare it; None where there is too little text to tell a copy.

    Args:
        row: Its key, title, paragraphs and originals.
    """
    found = features(row["title"], row["paragraphs"])
    return Known(row["key"], found, _mirrored(row)) if found else None


def lock(connection: Connection) -> None:
    """Let nobody else link until the end of the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"lock": _NUMBER})


def busy(connection: Connection) -> bool:
    """Whether somebody links right now; on SQLite nobody but the one writer could, and who writes waits anyway."""
    return connection.dialect.name == "postgresql" and not connection.scalar(_TRY, {"lock": _NUMBER})


def link(connection: Connection, standing: Mapping[str, Known | None], gone: Iterable[str] = ()) -> None:
    """Bring groups, parts and contradictions up to date with articles that came, changed or go.

    Args:
        connection: Within a transaction that holds the ``lock``; the articles' rows are there.
        standing: Articles that are new, changed, or back on their page, by key.
        gone: The keys of those that are withdrawn, or about to be deleted.
    """
    touched = {number(key) for key in (*standing, *gone)}
    if not touched:
        return
    new = {number(key): each for key, each in standing.items() if each}
    old = copies_marks.kept(connection, touched)
    same = {n for n in new.keys() & old.keys() if new[n] == old[n]}
    came = {n: each for n, each in new.items() if n not in same}
    went = {n: each for n, each in old.items() if n not in same}
    linking = Linking(connection, _features(came), _features(went), same)
    _take(connection, went)
    linking.turn()
    _put(connection, came)
    linking.settle()


def unlink(connection: Connection, article_keys: Iterable[str]) -> None:
    """Take articles out that are about to be deleted."""
    lock(connection)
    for some in batches(sorted(article_keys)):
        link(connection, {}, some)


def _features(articles: Mapping[int, Known]) -> dict[int, Features]:
    return {n: each.features for n, each in articles.items()}


def _take(connection: Connection, went: Mapping[int, Known]) -> None:
    copies_marks.take(connection, _features(went))
    for some in batches(sorted(each.key for each in went.values())):
        connection.execute(delete(_TEXT).where(_TEXT.c.article_key.in_(some)))
        connection.execute(delete(_MEMBER).where(_MEMBER.c.article_key.in_(some)))
        for table, column in ((_PART, "part_key"), (_PART, "whole_key"), (_OTHERWISE, "article_key")):
            connection.execute(delete(table).where(table.c[column].in_(some)))


def _put(connection: Connection, came: Mapping[int, Known]) -> None:
    rows = [
        {"number": n, "article_key": each.key, "packed": each.features.packed()}
        | {"length": each.features.length, "mirrored": each.mirrored}
        for n, each in came.items()
    ]
    insert(connection, _TEXT, rows)
    copies_marks.put(connection, _features(came))


def _mirrored(row: Row) -> bool:
    if row["originals"] == row["paragraphs"]:
        return False
    published, read = set("".join(row["originals"])), set("".join(row["paragraphs"]))
    return len([letter for letter in published - read if letter.isalpha()]) >= _MIRRORED
