"""A chunk of pages into the database, within the transaction that it is given.

Two writers may have the same page in hand. Both write its row of ``page`` first, in the order of the keys, and
PostgreSQL lets the second in only when the first is done, even where the row is as it should be (SQLite has one writer
at a time). So what is asked after that is still true when the answer is written: new, updated and unchanged are the
database's own words, no version of an article is lost, and nobody waits in a circle.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Connection, Select, Table, bindparam, delete, select, update

from ingest.model import Outcome
from ingest.store import copies_waiting, revisions
from ingest.store.rows import PLACES, Reading, Row
from ingest.store.search import index
from ingest.store.tables import RECORDS, Base, Capture, Page, Quarantine, Revision
from ingest.store.upsert import batches, insert, upsert

_TABLES = Base.metadata.tables
_ARTICLE = _TABLES["article"]
# Where an article was read from and by what; these may change while the article stays what it was.
_PROVENANCE = ("capture_key", "rules_version", "site_version", "position", "blocks", "paragraph_blocks", *PLACES)
_STATE = ("key", "address", "digest", "withdrawn_at")
_POINTERS = ("archive_file", "archive_offset", "archive_length")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database did with a page: its outcome, and how many articles were there before and are gone now."""

    outcome: Outcome
    withdrawn: int = 0


@dataclass(slots=True)
class _Changes:
    """What of a chunk's articles differs from the database."""

    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)  # what it says or its records, or it is back
    reread: set[str] = field(default_factory=set)  # of those, the keys of the ones whose records may differ
    moved: list[Row] = field(default_factory=list)  # only read from elsewhere or by other rules
    gone: list[str] = field(default_factory=list)  # the keys of those that are no longer on their page


def store_readings(  # noqa: PLR0913 - what a chunk is made of
    connection: Connection,
    readings: Sequence[Reading],
    now: object,
    *,
    captures: Sequence[Row] = (),
    leaving: Iterable[str] = (),
    unsolved: Collection[str] = (),
) -> dict[str, Stored]:
    """Store pages that were read, and other captures; return by page key what became of each page.

    Captures and pages, articles and records are inserted or updated where they differ; the former version of an
    article that says something else now is kept; articles that are no longer on their page are marked withdrawn
    ``now``; all of these wait to be linked (``copies_waiting``); what stood in quarantine for the pages goes, but for
    the ``unsolved`` of them. ``leaving`` are the keys of
    pages that ``leave`` is asked to note later in the same transaction.
    """
    _store_captures(connection, [*captures, *(r.capture for r in readings if r.capture)])
    _write_pages(connection, {r.key: r.page for r in readings}, set(leaving))
    before = _articles_of(connection, readings)
    changes = _Changes()
    stored = {reading.key: _compare(reading, before.get(reading.key, {}), changes) for reading in readings}
    changed = _keep_former(connection, changes.changed, now)
    to_index = changes.new + index.take_out(connection, changed)
    upsert(connection, _ARTICLE, changes.new + changed, differs=("digest", "withdrawn_at"))
    _move(connection, changes.moved)
    _store_records(connection, readings, {row["key"] for row in changes.new}, changes.reread)
    index.put_in(connection, to_index)
    _withdraw(connection, changes.gone, now)
    copies_waiting.note(connection, changes.new + changed)
    clear_quarantine(connection, [reading.key for reading in readings if reading.key not in unsolved])
    return stored


def quarantine(connection: Connection, rows: Sequence[Row]) -> None:
    """Put targets that gave no rows into quarantine; their captures must be there."""
    upsert(connection, _table(Quarantine), rows, keep=("since",))


def clear_quarantine(connection: Connection, page_keys: Iterable[str]) -> None:
    """Take targets out of quarantine."""
    table = _table(Quarantine)
    for some in batches(sorted(page_keys)):
        _delete(connection, table, connection.scalars(select(table.c.key).where(table.c.key.in_(some))).all())


def clear_other_quarantine(connection: Connection, sources: Sequence[str]) -> None:
    """Take the targets of all sources but these out of quarantine."""
    table = _table(Quarantine)
    _delete(connection, table, connection.scalars(select(table.c.key).where(table.c.source.not_in(sources))).all())


def leave(connection: Connection, page_keys: Iterable[str], now: object) -> int:
    """Note that a source no longer has pages, and withdraw their articles; return how many articles that were."""
    page = _table(Page)
    withdrawn = 0
    for some in batches(sorted(page_keys)):
        locked = select(page.c.source, page.c.address).where(page.c.key.in_(some), page.c.gone_at.is_(None))
        left = connection.execute(locked.order_by(page.c.key).with_for_update()).all()
        connection.execute(update(page).where(page.c.key.in_(some), page.c.gone_at.is_(None)).values(gone_at=now))
        for source in sorted({row.source for row in left}):
            addresses = [row.address for row in left if row.source == source]
            theirs = select(_ARTICLE.c.key).where(_ARTICLE.c.source == source, _ARTICLE.c.address.in_(addresses))
            standing = connection.scalars(theirs.where(_ARTICLE.c.withdrawn_at.is_(None))).all()
            _withdraw(connection, standing, now)
            withdrawn += len(standing)
    return withdrawn


def _write_pages(connection: Connection, rows: Mapping[str, Row], leaving: set[str]) -> None:
    """Write the rows of pages, and hold those of pages that are left, all in one order of keys.

    Left pages come one by one between others, a statement for each stretch; SQLite has one writer and nothing to hold.
    """
    page = _table(Page)
    if connection.dialect.name == "sqlite":
        upsert(connection, page, list(rows.values()))
        return
    for is_written, some in groupby(sorted(leaving | rows.keys()), key=rows.__contains__):
        if is_written:
            upsert(connection, page, [rows[key] for key in some])
        else:
            for part in batches(list(some)):
                held = select(page.c.key).where(page.c.key.in_(part)).order_by(page.c.key)
                connection.execute(held.with_for_update())


def _store_captures(connection: Connection, captures: Sequence[Row]) -> None:
    """Store captures; one that is there keeps what it says but for its place in the archive, which may be a new one."""
    table = _table(Capture)
    keep = {column.name for column in table.columns} - set(_POINTERS)
    upsert(connection, table, captures, keep=keep)


def _withdraw(connection: Connection, article_keys: Iterable[str], now: object) -> None:
    for some in batches(sorted(article_keys)):
        statement = update(_ARTICLE).where(_ARTICLE.c.key.in_(some), _ARTICLE.c.withdrawn_at.is_(None))
        connection.execute(statement.values(withdrawn_at=now))
        index.withdraw(connection, some)
        copies_waiting.note_gone(connection, some)


def _articles_of(connection: Connection, readings: Sequence[Reading]) -> dict[str, dict[str, Row]]:
    """Return how the database has the articles of the pages, but for their texts: by page key, then by article key."""
    found: dict[str, dict[str, Row]] = {}
    pages = {(r.page["source"], r.address): r.key for r in readings}
    columns = [_ARTICLE.c[name] for name in (*_STATE, *_PROVENANCE)]
    for source in sorted({source for source, _ in pages}):
        addresses = [address for s, address in pages if s == source]
        query = select(*columns).where(_ARTICLE.c.source == source)
        for some in batches(addresses):
            for row in connection.execute(query.where(_ARTICLE.c.address.in_(some))).mappings():
                found.setdefault(pages[source, row["address"]], {})[row["key"]] = dict(row)
    return found


def _compare(reading: Reading, before: Mapping[str, Row], changes: _Changes) -> Stored:
    """Sort a page's articles into what is to be done with them; return what becomes of the page."""
    here = {row["key"]: row for row in reading.articles}
    gone = [key for key, row in before.items() if key not in here and row["withdrawn_at"] is None]
    changes.gone += gone
    changed = bool(gone)
    for key, row in here.items():
        known = before.get(key)
        if known is None:
            changes.new.append(row)
        elif known["digest"] != row["digest"] or known["withdrawn_at"] is not None:
            changes.changed.append(row)
            if known["digest"] != row["digest"]:
                changes.reread.add(key)
        elif any(known[name] != row[name] for name in _PROVENANCE):
            changes.moved.append(row)
            continue
        else:
            continue
        changed = True
    if not here:
        return Stored(Outcome.SKIPPED, len(gone))
    if not before:
        return Stored(Outcome.NEW)
    return Stored(Outcome.UPDATED if changed else Outcome.UNCHANGED, len(gone))


def _keep_former(connection: Connection, rows: Sequence[Row], now: object) -> list[Row]:
    """Keep the versions that the rows take the place of; return the rows with the number and time of theirs."""
    former = revisions.versions(connection, [row["key"] for row in rows])
    numbered, kept = [], []
    for row in rows:
        known = former[row["key"]]
        number, since = known["revision"], known["since"]
        if revision := revisions.replaced(known, row, now):
            kept.append(revision)
            number, since = number + 1, now
        numbered.append(row | {"revision": number, "since": since})
    upsert(connection, _table(Revision), kept)
    return numbered


def _move(connection: Connection, rows: Sequence[Row]) -> None:
    """Note where articles that have not changed were read from this time."""
    if not rows:
        return
    new = {name: bindparam(f"new_{name}", type_=_ARTICLE.c[name].type) for name in _PROVENANCE}
    statement = update(_ARTICLE).where(_ARTICLE.c.key == bindparam("its_key")).values(new)
    parameters = [{"its_key": r["key"]} | {f"new_{name}": r[name] for name in _PROVENANCE} for r in rows]
    connection.execute(statement, sorted(parameters, key=lambda p: str(p["its_key"])))


def _store_records(connection: Connection, readings: Sequence[Reading], new: set[str], reread: set[str]) -> None:
    """Make the records of the articles that are new or changed those that were read now."""
    fresh = [kinds for reading in readings for key, kinds in reading.records.items() if key in new]
    again = [kinds for reading in readings for key, kinds in reading.records.items() if key in reread]
    for kind, model in RECORDS.items():
        table = _table(model)
        insert(connection, table, [row for kinds in fresh for row in kinds[kind]])
        rows = [row for kinds in again for row in kinds[kind]]
        had = {key for some in batches(sorted(reread)) for key in connection.scalars(_of_articles(table, some))}
        _delete(connection, table, had - {row["key"] for row in rows})
        upsert(connection, table, rows)


def _of_articles(table: Table, article_keys: Sequence[str]) -> Select[tuple[str]]:
    return select(table.c.key).where(table.c.article_key.in_(article_keys))


def _delete(connection: Connection, table: Table, keys: Iterable[str]) -> None:
    """Delete rows, in the order of their keys."""
    if ordered := sorted(keys):
        connection.execute(delete(table).where(table.c.key == bindparam("gone")), [{"gone": key} for key in ordered])


def _table(model: type[Base]) -> Table:
    return _TABLES[str(model.__tablename__)]
