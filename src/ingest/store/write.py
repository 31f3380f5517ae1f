"""A chunk of pages into the database, within the transaction that it is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, Table, bindparam, delete, or_, select, update

from ingest.model import Outcome
from ingest.store.rows import Reading, Row
from ingest.store.tables import RECORDS, Base, Capture, Page, Quarantine
from ingest.store.upsert import batches, insert_missing, upsert, upsert_returning

_TABLES = Base.metadata.tables
_ARTICLE = _TABLES["article"]
# Where an article was read from and by what; these may change while the article stays what it was.
_PROVENANCE = ("capture_key", "rules_version", "position", "blocks", "paragraph_blocks")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database did with a page: its outcome, and how many articles were there before and are gone now."""

    outcome: Outcome
    withdrawn: int = 0


def store_readings(connection: Connection, readings: Sequence[Reading], now: object) -> dict[str, Stored]:
    """Store pages that were read; return by page key what became of each.

    Captures and pages, articles and records are inserted or updated where they differ; articles that are no longer on
    their page are marked withdrawn ``now``; what stood in quarantine for the pages goes.
    """
    insert_missing(connection, _table(Capture), [r.capture for r in readings if r.capture])
    upsert(connection, _table(Page), [r.page for r in readings])
    before = _articles_of(connection, readings)
    rows = [row for reading in readings for row in reading.articles]
    changed = upsert_returning(connection, _ARTICLE, rows, differs=("digest", "withdrawn_at"), count="revision")
    _move(connection, [row for row in rows if row["key"] not in changed])
    _store_records(connection, readings, changed)
    stored = {}
    gone: list[str] = []
    for reading in readings:
        here = {row["key"] for row in reading.articles}
        left = [key for key, withdrawn in before.get(reading.key, {}).items() if key not in here and not withdrawn]
        gone += left
        outcome = _outcome(here, changed.keys() & here, before.get(reading.key, {}).keys(), gone=bool(left))
        stored[reading.key] = Stored(outcome, len(left))
    _withdraw(connection, gone, now)
    clear_quarantine(connection, [reading.key for reading in readings])
    return stored


def quarantine(connection: Connection, rows: Sequence[Row], captures: Sequence[Row]) -> None:
    """Put targets that gave no rows into quarantine, with the captures that the database does not have yet."""
    insert_missing(connection, _table(Capture), captures)
    upsert(connection, _table(Quarantine), rows, keep=("since",))


def clear_quarantine(connection: Connection, page_keys: Iterable[str]) -> None:
    """Take targets out of quarantine."""
    table = _table(Quarantine)
    for some in batches(sorted(page_keys)):
        connection.execute(delete(table).where(table.c.key.in_(some)))


def _outcome(here: set[str], changed: set[str], before: Iterable[str], *, gone: bool) -> Outcome:
    if not here:
        return Outcome.SKIPPED
    if not set(before):
        return Outcome.NEW if changed else Outcome.UNCHANGED  # another writer was first with the same page
    return Outcome.UPDATED if changed or gone else Outcome.UNCHANGED


def _articles_of(connection: Connection, readings: Sequence[Reading]) -> dict[str, dict[str, bool]]:
    """Return the articles that the database has of the pages: by page key, the article keys and whether withdrawn."""
    found: dict[str, dict[str, bool]] = {}
    pages = {(r.page["source"], r.address): r.key for r in readings}
    for source in sorted({source for source, _ in pages}):
        addresses = [address for s, address in pages if s == source]
        columns = (_ARTICLE.c.address, _ARTICLE.c.key, _ARTICLE.c.withdrawn_at)
        query = select(*columns).where(_ARTICLE.c.source == source)
        for some in batches(addresses):
            for address, key, withdrawn_at in connection.execute(query.where(_ARTICLE.c.address.in_(some))):
                found.setdefault(pages[source, address], {})[key] = withdrawn_at is not None
    return found


def _move(connection: Connection, rows: Sequence[Row]) -> None:
    """Note where articles that have not changed were read from this time."""
    if not rows:
        return
    new = {name: bindparam(f"new_{name}", type_=_ARTICLE.c[name].type) for name in _PROVENANCE}
    moved = or_(*(_ARTICLE.c[name].is_distinct_from(value) for name, value in new.items()))
    statement = update(_ARTICLE).where(_ARTICLE.c.key == bindparam("its_key"), moved).values(new)
    parameters = [{"its_key": r["key"]} | {f"new_{name}": r[name] for name in _PROVENANCE} for r in rows]
    connection.execute(statement, sorted(parameters, key=lambda p: str(p["its_key"])))


def _store_records(connection: Connection, readings: Sequence[Reading], changed: dict[str, int]) -> None:
    """Make the records of the articles that changed those that were read now."""
    records = {key: kinds for reading in readings for key, kinds in reading.records.items() if key in changed}
    revised = sorted(key for key, revision in changed.items() if revision > 1)
    for kind, model in RECORDS.items():
        table = _table(model)
        rows = [row for kinds in records.values() for row in kinds[kind]]
        had = {key for some in batches(revised) for key in connection.scalars(_of_articles(table, some))}
        if stale := sorted(had - {row["key"] for row in rows}):
            connection.execute(delete(table).where(table.c.key == bindparam("stale")), [{"stale": k} for k in stale])
        upsert(connection, table, rows)


def _of_articles(table: Table, article_keys: Sequence[str]) -> Select[tuple[str]]:
    return select(table.c.key).where(table.c.article_key.in_(article_keys))


def _withdraw(connection: Connection, article_keys: Sequence[str], now: object) -> None:
    for some in batches(article_keys):
        statement = update(_ARTICLE).where(_ARTICLE.c.key.in_(some), _ARTICLE.c.withdrawn_at.is_(None))
        connection.execute(statement.values(withdrawn_at=now))


def _table(model: type[Base]) -> Table:
    return _TABLES[str(model.__tablename__)]
