"""What the database and the archive need now and then: room given back, bytes verified, rows of old runs deleted."""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from ingest.fetch.archive import Archive
from ingest.fetch.verify import Fault, Finding, Row, Seen, verify_file, verify_rows
from ingest.settings import Settings
from ingest.store import archived, forget, runs, sizes
from ingest.store.engine import Database

SAMPLE = 1000  # captures: a file in a hundred that is damaged is met with odds of 1 - .99^1000, all but for sure
_HARMLESS = frozenset({Fault.STRAY, Fault.TORN})  # what a run that was killed leaves; no row points there


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was looked at of the archive, and what was wrong with it."""

    seen: Seen
    faults: Counter[Fault]

    @property
    def well(self) -> bool:
        """Whether every capture that was looked at has its bytes."""
        return not self.faults.keys() - _HARMLESS

    @property
    def told(self) -> str:
        """The same in a line."""
        wrong = ", ".join(f"{number:,} {fault}" for fault, number in self.faults.items()) or "all is well"
        files = f" in {self.seen.files:,} files" if self.seen.files else ""  # of a sample, they are not looked through
        return f"{self.seen.rows:,} captures, {self.seen.bytes:,} bytes{files}: {wrong}"


def verify(settings: Settings, *, sample: int | None) -> Verified:
    """Hold the archive against the database: so many captures drawn by lot, or, without a number, all of it."""
    database = Database(settings.database, ask=True)
    seen, faults = Seen(), Counter[Fault]()
    try:
        with database.read() as connection:
            for finding in findings(connection, settings, None, sample, seen):
                faults[finding.fault] += finding.rows or 1
    finally:
        database.close()
    return Verified(seen=seen, faults=faults)


def findings(
    connection: Connection, configured: Settings, source: str | None, sample: int | None, seen: Seen
) -> Iterator[Finding]:
    """Yield what is wrong with the archive; of a source or a sample only what its captures point to."""
    place = configured.archive_place
    if source is None and sample is None and isinstance(place, Path):
        yield from _both_ways(place, archived.in_order(connection), seen)
        return
    rows = archived.some(connection, source, sample, start=secrets.token_hex(16))
    yield from verify_rows(Archive(place), rows, seen)


def _both_ways(folder: Path, rows: Iterator[Row], seen: Seen) -> Iterator[Finding]:
    """Yield what is wrong with every file that is there or that rows point to."""
    pointed: set[str] = set()
    present = sorted(path.name for path in folder.glob("*.warc.gz"))  # before the rows: a run may be at work
    for name, mine in groupby(rows, key=lambda row: row.pointer.file):
        pointed.add(name)
        yield from verify_file(folder / name, mine, seen)
    for name in present:
        if name not in pointed:
            yield from verify_file(folder / name, (), seen)


def forget_runs(settings: Settings, *, days: int) -> int:
    """Delete the rows of runs that ended more than so many days ago; return how many."""
    database = Database(settings.database)
    try:
        with database.write() as connection:
            return runs.forget(connection, datetime.now(UTC) - timedelta(days=days))
    finally:
        database.close()


def vacuum(settings: Settings) -> tuple[int, int]:
    """Give back the room of what was deleted; return the database's bytes before and after.

    Raises:
        DatabaseError: A run is at work, or there is no room.
    """
    database = Database(settings.database)
    try:
        if isinstance(settings.archive_place, Path):  # nothing is forgotten in a store of objects
            forget.resume(database, settings.archive_place)
        before = sizes.whole(database)
        sizes.vacuum(database)
        return before, sizes.whole(database)
    finally:
        database.close()
