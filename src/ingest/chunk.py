"""A chunk of a source's targets: read one by one, stored in one transaction, so that what is done is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event
from typing import Any

from sqlalchemy.exc import StatementError

from ingest import due
from ingest.fetch.archive import Archive
from ingest.fetch.capture import captures
from ingest.fetch.web.session import Session
from ingest.model import Outcome, PageKind, Target
from ingest.reading import Reader, Result, fault
from ingest.rules import rules_version
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.store import alive, ledger, queries, sites, write
from ingest.store.engine import Database
from ingest.store.keys import page_key
from ingest.store.rows import Row
from ingest.tally import Problem, Tally

# A row that the database or its driver does not take: a check, a foreign key, a number too large.
_REFUSED = (StatementError, OverflowError, ValueError)


class Desk:
    """What a process needs to work on chunks: the database and the archive, opened once.

    Raises:
        DatabaseError: The database cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database)
        self.archive = Archive(settings.archive, segment_bytes=settings.segment_bytes)
        self.web = Session(settings.agent, concurrency=settings.concurrency)
        self._last_words: list[Callable[[], None]] = []

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show_life(self, run: str) -> None:
        """Let others see that a run is at work for as long as this desk is open, or this process lives."""
        self._last_words.append(alive.hold(self.database, run))

    def close(self) -> None:
        """Finish the archive's file and close the connections."""
        for release in self._last_words:
            release()
        self.web.close()
        self.archive.close()
        self.database.close()


@dataclass(frozen=True, slots=True)
class Watch:
    """How one who runs a chunk follows it: ``stop`` is asked before each page, ``on_page`` called after."""

    stop: Event = field(default_factory=Event)
    on_page: Callable[[], None] = lambda: None


class StoppedError(Exception):
    """The run was asked to stop; nothing of the chunk in hand is stored."""


def run_chunk(
    desk: Desk,
    source: Source,
    targets: Sequence[Target],
    *,
    force: bool = False,
    watch: "Watch | None" = None,
) -> Tally:
    """Take targets from bytes to rows: capture and archive, read, store.

    Args:
        desk: The open database and archive.
        source: Whose targets they are; its row must be there.
        targets: No two of the same address.
        force: Read again what has not changed.
        watch: Who watches it, and may stop it.

    Returns:
        One outcome for each target, and what is to be said of them.

    Raises:
        DatabaseError: The database does not answer; nothing of the chunk is stored.
        StoppedError: It was stopped; nothing of the chunk is stored.
    """
    reader = _reader(desk, source, targets, force=force)
    watch = watch or Watch()
    plan = due.plan(desk.database, source, targets, reader, force=force)
    results = [Result(target=target, seconds=0.0, skipped=due.NOT_DUE) for target in plan.rest]
    for target, had in captures(source, plan.due, desk.settings.root, desk.web, plan.validators):
        if watch.stop.is_set():
            raise StoppedError
        results.append(replace(reader.read(target, had), ledger=plan.row(target, had)))
        watch.on_page()
    desk.archive.sync()  # a row may only point to what is safe on the disk
    tally = _store(desk, results)
    rest = (reader.pages.get(target.address) for target in plan.rest)
    tally.sample.standing += sum(page.articles for page in rest if page and not page.gone)
    return tally


def store_problem(desk: Desk, problem: Problem) -> Tally:
    """Put a problem into quarantine that came up before there was any target."""
    target = Target(source=problem.source, address=problem.address, location="")
    return _store(desk, [Result(target=target, seconds=0.0, problem=problem)])


def _reader(desk: Desk, source: Source, targets: Sequence[Target], *, force: bool) -> Reader:
    addresses = [target.address for target in targets]
    with desk.database.read() as connection:
        pages = queries.known_pages(connection, source.name, addresses)
        captures = queries.known_captures(connection, source.name, addresses)
        known = sites.profiles(connection, {sites.site_of(source.name, t.address, _url(t)) for t in targets})
    held = {key for key, pointer in captures.items() if desk.archive.holds(pointer)}
    return Reader(
        source=source,
        archive=desk.archive,
        rules_version=rules_version(),
        pages=pages,
        captures=held,
        sites=known,
        force=force,
    )


def _url(target: Target) -> str | None:
    return target.address if target.address.startswith(("http://", "https://")) else None


def _store(desk: Desk, results: Sequence[Result]) -> Tally:
    """Store all results in one transaction; where a row is refused, each page in its own, to find which it was."""
    try:
        return _store_together(desk, results)
    except _REFUSED:
        tally = Tally()
        for result in results:
            tally.add(_store_alone(desk, result))
        return tally


def _store_alone(desk: Desk, result: Result) -> Tally:
    try:
        return _store_together(desk, [result])
    except _REFUSED as error:
        problem = fault(result.target, error, stage="store")
    refused = Result(
        target=result.target,
        seconds=result.seconds,
        problem=problem,
        capture=result.capture,
        capture_key=result.capture_key,
    )
    return _store_together(desk, [refused])


def _store_together(desk: Desk, results: Sequence[Result]) -> Tally:
    now = datetime.now(UTC)
    readings = [result.reading for result in results if result.reading]
    problems = [_quarantine_row(result, result.problem, now) for result in results if result.problem]
    captures = [result.capture for result in results if result.capture]
    known = [page_key(r.target.source, r.target.address) for r in results if r.known]
    gone = [page_key(r.target.source, r.target.address) for r in results if r.gone]
    with desk.database.write() as connection:
        stored = write.store_readings(connection, readings, now, captures=captures, leaving=gone)
        sites.learn(connection, [reading.site_page for reading in readings])
        write.clear_quarantine(connection, known)
        write.quarantine(connection, problems)
        ledger.note(connection, [result.ledger for result in results if result.ledger])
        tally = Tally(withdrawn=write.leave(connection, gone, now))
    for result in results:
        _count(tally, result, stored.get(result.reading.key) if result.reading else None)
    return tally


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
