"""What is in quarantine, picked by source, stage, reason and age; and taken out of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select

from ingest.store.rows import Row
from ingest.store.tables import Base
from ingest.store.upsert import batches

_T = Base.metadata.tables["quarantine"]
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Which targets in quarantine are meant; what is None or empty is not asked.

    ``names`` are keys, beginnings of keys (eight digits at the least), or addresses. ``reason`` stands in the reason,
    in capitals or not. ``until`` and ``since`` are when it came into quarantine. ``sources_but``: of none of these.
    """

    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    stage: str | None = None
    outcome: str | None = None
    reason: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    sources_but: tuple[str, ...] | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions of a query."""
        found: list[ColumnElement[bool]] = []
        if self.names:
            begins = [_T.c.key.like(f"{name}%") for name in self.names if _is_key(name)]
            found.append(or_(_T.c.address.in_(self.names), *begins))
        if self.sources:
            found.append(_T.c.source.in_(self.sources))
        if self.sources_but is not None:
            found.append(_T.c.source.not_in(self.sources_but))
        if self.stage:
            found.append(_T.c.stage == self.stage)
        if self.outcome:
            found.append(_T.c.outcome == self.outcome)
        if self.reason:
            found.append(func.lower(_T.c.reason).like(f"%{_plain(self.reason.lower())}%", escape=_ESCAPE))
        if self.since:
            found.append(_T.c.since >= self.since)
        if self.until:
            found.append(_T.c.since <= self.until)
        return found


def rows(connection: Connection, pick: Pick, limit: int | None = None) -> list[Row]:
    """Return what is in quarantine, in the order of source and address."""
    query = select(_T).where(*pick.conditions()).order_by(_T.c.source, _T.c.address).limit(limit)
    return [dict(row) for row in connection.execute(query).mappings()]


def counts(connection: Connection, pick: Pick) -> dict[tuple[str, str, str], int]:
    """Return how many targets there are of each source, outcome and stage."""
    by: tuple[Any, ...] = (_T.c.source, _T.c.outcome, _T.c.stage)
    query = select(*by, func.count()).where(*pick.conditions()).group_by(*by).order_by(*by)
    return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}


def drop(connection: Connection, keys: Iterable[str]) -> int:
    """Take targets out of quarantine by their keys; return how many there were."""
    return sum(connection.execute(delete(_T).where(_T.c.key.in_(some))).rowcount for some in batches(sorted(keys)))


def missing(names: Sequence[str], found: Sequence[Row]) -> list[str]:
    """Return those of some names that no row was found by."""
    return [
        name
        for name in names
        if not any(row["address"] == name or (_is_key(name) and row["key"].startswith(name)) for row in found)
    ]


def _is_key(name: str) -> bool:
    return 8 <= len(name) <= 32 and all(letter in "0123456789abcdef" for letter in name)


def _plain(words: str) -> str:
    """Return words that LIKE takes as they are."""
    for sign in (_ESCAPE, "%", "_"):
        words = words.replace(sign, _ESCAPE + sign)
    return words
