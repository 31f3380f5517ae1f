"""What came of a chunk's targets into the database: one transaction, one outcome each; then its articles linked."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import StatementError

from ingest.model import Outcome, PageKind
from ingest.reading import Result, fault
from ingest.store import copies_waiting, kept, ledger, sites, write
from ingest.store.engine import Database, DatabaseError
from ingest.store.kept import Kept
from ingest.store.keys import page_key
from ingest.store.rows import Row
from ingest.tally import Problem, Tally

# A row that the database or its driver does not take: a check, a foreign key, a number too large.
_REFUSED = (StatementError, OverflowError, ValueError)
OVERTAKEN = "newer bytes came while it was read again"


def store(database: Database, results: Sequence[Result], again: Mapping[str, Kept] | None = None) -> Tally:
    """Store all results in one transaction; where a row is refused, each page in its own, to find which it was.

    Then look for the copies of what is new or changed, in transactions of their own. What of that does not come about
    waits for the end of the run.

    Args:
        database: Where to.
        results: No two of one target.
        again: What was read again from the archive, by address. A page whose database has newer bytes by now is left.

    Raises:
        DatabaseError: The database does not answer; nothing is stored.
    """
    tally = _store(database, results, again or {})
    keys = [row["key"] for result in results if result.reading for row in result.reading.articles]
    with suppress(DatabaseError):  # the rows are stored, and to store them again would call them unchanged
        copies_waiting.link(database, keys)
    return tally


def _store(database: Database, results: Sequence[Result], again: Mapping[str, Kept]) -> Tally:
    try:
        return _store_together(database, results, again)
    except _REFUSED:
        tally = Tally()
        for result in results:
            tally.add(_store_alone(database, result, again))
        return tally


def _store_alone(database: Database, result: Result, again: Mapping[str, Kept]) -> Tally:
    try:
        return _store_together(database, [result], again)
    except _REFUSED as error:
        problem = fault(result.target, error, stage="store")
    refused = Result(
        target=result.target,
        seconds=result.seconds,
        problem=problem,
        capture=result.capture,
        capture_key=result.capture_key,
    )
    return _store_together(database, [refused], again)


def _store_together(database: Database, results: Sequence[Result], again: Mapping[str, Kept]) -> Tally:
    now = datetime.now(UTC)
    with database.write() as connection:
        results = _still_standing(connection, results, again)
        readings = [result.reading for result in results if result.reading]
        problems = [_quarantine_row(result, result.problem, now) for result in results if result.problem]
        captures = [result.capture for result in results if result.capture]
        gone = [_key(result) for result in results if result.gone]
        failed = {_key(result) for result in results if (had := again.get(result.target.address)) and had.failed}
        stored = write.store_readings(connection, readings, now, captures=captures, leaving=gone, unsolved=failed)
        sites.learn(connection, [reading.site_page for reading in readings])
        write.clear_quarantine(connection, {_key(result) for result in results if result.known} - failed)
        write.quarantine(connection, problems)
        ledger.note(connection, [result.ledger for result in results if result.ledger])
        tally = Tally(withdrawn=write.leave(connection, gone, now))
    for result in results:
        _count(tally, result, stored.get(result.reading.key) if result.reading else None)
    return tally


def _still_standing(connection: Connection, results: Sequence[Result], again: Mapping[str, Kept]) -> Sequence[Result]:
    """Return the results, less what was made of bytes that are no longer a page's newest. Holds the pages."""
    if not again:
        return results
    standing = kept.standing(connection, [_key(result) for result in results])
    return [
        result
        if standing[_key(result)] == again[result.target.address].standing
        else Result(target=result.target, seconds=result.seconds, skipped=OVERTAKEN)
        for result in results
    ]


def _key(result: Result) -> str:
    return page_key(result.target.source, result.target.address)


def _note_kind(tally: Tally, kind: str) -> None:
    if kind != PageKind.ARTICLE:
        tally.kinds[kind] += 1


def _quarantine_row(result: Result, problem: Problem, now: datetime) -> Row:
    row: dict[str, Any] = {
        "key": page_key(problem.source, problem.address),
        "capture_key": result.capture_key,
        "since": now,
    }
    names = ("source", "address", "stage", "reason", "exception", "transient", "replay")
    return row | {name: getattr(problem, name) for name in names} | {"outcome": problem.outcome.value}


def _count(tally: Tally, result: Result, stored: write.Stored | None) -> None:
    tally.timed(result.seconds, result.target.address)
    tally.archived += result.capture is not None
    if result.problem:
        tally.outcomes[result.problem.outcome] += 1
        tally.problems.append(result.problem)
    elif result.skipped:
        tally.outcomes[Outcome.SKIPPED] += 1
    elif result.known:
        tally.outcomes[Outcome.UNCHANGED if result.known.articles else Outcome.SKIPPED] += 1
        _note_kind(tally, result.known.kind)
        tally.sample.standing += result.known.articles
    elif stored and result.reading:
        tally.outcomes[stored.outcome] += 1
        _note_kind(tally, result.reading.page["kind"])
        tally.withdrawn += stored.withdrawn
        tally.articles += len(result.reading.articles)
        tally.records += sum(len(rows) for kinds in result.reading.records.values() for rows in kinds.values())
        tally.repairs.update(result.reading.page["repairs"])
        tally.left_out.update(result.reading.page["left_out"])
        rows = (result.reading.page, result.reading.articles, result.reading.records)
        tally.sample.note(*rows, datetime.now(UTC).date())
        for row in [result.reading.page, *result.reading.articles]:
            tally.flags.update(flag["name"] for flag in row["flags"])
