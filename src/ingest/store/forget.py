"""Forgets a source, or the page of an article, with all that hangs on it: rows, searches, the archive's bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, not_, select

from ingest.errors import ConfigError
from ingest.fetch import erase
from ingest.fetch.archive import Pointer
from ingest.fetch.erase import Erasure
from ingest.store import copies, forgotten, sites
from ingest.store.engine import Database
from ingest.store.search import index
from ingest.store.tables import RECORDS, Base
from ingest.store.upsert import batches

_T = Base.metadata.tables
_HANG_ON_ARTICLES = ("revision", *(str(model.__tablename__) for model in RECORDS.values()))
# What has a source and an address, in the order in which it may go.
_OF_TARGETS = ("quarantine", "ledger", "article", "page", "capture")


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be forgotten: a source, or one target of it with all its articles, since they share their bytes."""

    source: str
    address: str | None = None

    def of(self, table: Table) -> ColumnElement[bool]:
        """Return the condition for the rows of a table that has targets."""
        whole = table.c.source == self.source
        return whole if self.address is None else and_(whole, table.c.address == self.address)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go: rows by table, the first titles of the articles, and the archive's records."""

    scope: Scope
    rows: dict[str, int]
    titles: tuple[str, ...]
    erasure: Erasure

    @property
    def archived(self) -> int:
        """Bytes that go from the archive."""
        return sum(pointer.length for pointer in {*self.erasure.captures, *self.erasure.others})


def of_source(connection: Connection, name: str) -> Scope:
    """Return the scope of a source.

    Raises:
        ConfigError: The database has none of this name.
    """
    from ingest.store.search.names import source  # as a search says it

    return Scope(source(connection, name))


def of_article(connection: Connection, key: str) -> Scope:
    """Return the scope of an article: its page.

    Raises:
        ConfigError: The database has no such article.
    """
    article = _T["article"]
    found = connection.execute(select(article.c.source, article.c.address).where(article.c.key == key)).first()
    if found is None:
        msg = f"the database has no article {key!r}: `ingest search` shows their keys"
        raise ConfigError(msg)
    return Scope(*found)


def plan(connection: Connection, scope: Scope, archive: Path) -> Plan:
    """Return what would go; nothing is changed. The archive is read through."""
    article = _T["article"]
    rows = {name: _count(connection, _T[name], scope.of(_T[name])) for name in _OF_TARGETS}
    for name in _HANG_ON_ARTICLES:
        joined = _T[name].join(article, _T[name].c.article_key == article.c.key)
        rows[name] = connection.scalar(select(func.count()).select_from(joined).where(scope.of(article))) or 0
    titles = select(func.coalesce(article.c.title, "(no title)")).where(scope.of(article))
    named = connection.scalars(titles.order_by(article.c.address, article.c.position).limit(20)).all()
    return Plan(scope, {name: n for name, n in rows.items() if n}, tuple(named), _erasure(connection, scope, archive))


def carry_out(database: Database, planned: Plan, archive: Path, *, again: bool = False) -> None:
    """Forget what was planned. A crash leaves all of it or nothing in the database, and no bytes once `resume` ran.

    ``again``: the next run may fetch it again; else none does until it is allowed (``forgotten.allow``).

    Raises:
        DatabaseError: Nothing was changed.
        ArchiveError: The rows are gone, and bytes are left: ``resume`` goes on.
    """
    if archive.is_dir():
        erase.begin(archive, planned.erasure)
    with database.write() as connection:
        _delete_rows(connection, planned.scope)
        forgotten.allow(connection, planned.scope.source, planned.scope.address)
        if not again:
            forgotten.note(connection, planned.scope.source, planned.scope.address, at=datetime.now(UTC))
    if archive.is_dir():
        erase.finish(archive, planned.erasure)


def resume(database: Database, archive: Path) -> int:
    """Go on where a crash stopped ``carry_out``; return the bytes that went now.

    Where rows still point to what was to go, the database has not forgotten it, and nothing goes.
    """
    erasure = erase.begun(archive)
    if erasure is None:
        return 0
    with database.read() as connection:
        kept = _pointers(connection, {pointer.file for pointer in erasure.captures})
    if kept & set(erasure.captures) or not erasure.captures:
        erase.abandon(archive)
        return 0
    return erase.finish(archive, erasure)


def _erasure(connection: Connection, scope: Scope, archive: Path) -> Erasure:
    """Return the archive's records of a scope, but for those that other rows need."""
    capture = _T["capture"]
    pointer = (capture.c.archive_file, capture.c.archive_offset, capture.c.archive_length)
    mine = connection.execute(select(capture.c.address, capture.c.url, *pointer).where(scope.of(capture))).all()
    captures = {Pointer(*row[2:]) for row in mine}
    addresses = {f"urn:ingest:{scope.source}:{quote(row.address)}" for row in mine}
    urls = {row.url for row in mine if row.url}
    others_too = select(capture.c.url).where(capture.c.url.is_not(None), not_(scope.of(capture)))
    wanted = addresses | (urls - set(connection.scalars(others_too)) if urls else set())
    of_source = f"urn:ingest:{scope.source}:" if scope.address is None else "\0"
    found = set(erase.find(archive, lambda uri: uri in wanted or uri.startswith(of_source))) - captures
    needed = _pointers(connection, {each.file for each in found}) if found else set()
    return Erasure(tuple(sorted(captures, key=_place)), tuple(sorted(found - needed, key=_place)))


def _pointers(connection: Connection, files: set[str]) -> set[Pointer]:
    """Return where in some files of the archive the rows of captures point."""
    capture = _T["capture"]
    query = select(capture.c.archive_file, capture.c.archive_offset, capture.c.archive_length)
    rows = (
        r for some in batches(sorted(files)) for r in connection.execute(query.where(capture.c.archive_file.in_(some)))
    )
    return {Pointer(*row) for row in rows}


def _delete_rows(connection: Connection, scope: Scope) -> None:
    page, article = _T["page"], _T["article"]
    locked = select(page.c.key).where(scope.of(page)).order_by(page.c.key).with_for_update()
    pages = connection.scalars(locked).all()
    articles = connection.scalars(select(article.c.key).where(scope.of(article))).all()
    copies.unlink(connection, articles)  # before the sites: whoever stores takes its lock before theirs
    _unlearn(connection, pages)
    for some in batches(articles):
        index.forget(connection, some)
    for name in _OF_TARGETS:  # records, versions and what searches have go with their article
        connection.execute(delete(_T[name]).where(scope.of(_T[name])))
    if scope.address is None:
        connection.execute(delete(_T["source"]).where(_T["source"].c.name == scope.source))


def _unlearn(connection: Connection, page_keys: Sequence[str]) -> None:
    """Take pages out of the memory of their sites; a site without pages is forgotten too."""
    page, site = _T["sitepage"], _T["site"]
    names: set[str] = set()
    for some in batches(page_keys):
        rows = [dict(row) for row in connection.execute(select(page).where(page.c.key.in_(some))).mappings()]
        names |= {row["site"] for row in rows}
        sites.learn(connection, [row | {"fingerprints": []} for row in rows])
    for few in batches(sorted(names)):
        left = select(page.c.site).where(page.c.site.in_(few))
        connection.execute(delete(site).where(site.c.name.in_(few), site.c.name.not_in(left)))


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _place(pointer: Pointer) -> tuple[Any, ...]:
    return pointer.file, pointer.offset
