"""A chunk of a source's targets: read one by one, stored in one transaction, so that what is done is done."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Protocol

from ingest import due
from ingest.fetch.archive import Archive, LostError
from ingest.fetch.capture import captures
from ingest.fetch.web.session import Session
from ingest.model import Target
from ingest.reading import Reader, Result
from ingest.reprocess import captured, lost
from ingest.rules import rules_version
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.store import alive, queries, sites
from ingest.store.engine import Database
from ingest.store.kept import Kept
from ingest.storing import store
from ingest.tally import Problem, Tally


class Desk:
    """What a process needs to work on chunks: the database and the archive, opened once.

    Raises:
        DatabaseError: The database cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database)
        self.archive = Archive(settings.archive_place, segment_bytes=settings.segment_bytes)
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


class Stop(Protocol):
    """Tells whether to stop; an ``Event`` does."""

    def is_set(self) -> bool:
        """Whether it was asked for."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How one who runs a chunk follows it: ``stop`` is asked before each page, ``on_page`` called after."""

    stop: Stop = field(default_factory=Event)
    on_page: Callable[[], None] = lambda: None

    def ask(self) -> None:
        """See that one may go on.

        Raises:
            StoppedError: One may not.
        """
        if self.stop.is_set():
            raise StoppedError


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
    with _archiving(desk.archive):
        for target, had in captures(source, plan.due, desk.settings.root, desk.web, plan.validators):
            watch.ask()
            results.append(replace(reader.read(target, had), ledger=plan.row(target, had)))
            watch.on_page()
    tally = store(desk.database, results)
    rest = (reader.pages.get(target.address) for target in plan.rest)
    tally.sample.standing += sum(page.articles for page in rest if page and not page.gone)
    return tally


def reread_chunk(
    desk: Desk, source: Source, chunk: Sequence[Kept], *, force: bool = False, watch: "Watch | None" = None
) -> Tally:
    """Take pages from the archive to rows, by today's rules; what they have read is passed over.

    Args:
        desk: The open database and archive.
        source: Whose pages they are, as its file says today.
        chunk: No two of the same address.
        force: Read again what today's rules have read.
        watch: Who watches it, and may stop it.

    Returns:
        One outcome for each page, and what is to be said of them.

    Raises:
        DatabaseError: The database does not answer; nothing of the chunk is stored.
        ArchiveError: The archive does not answer; nothing of the chunk is stored.
        StoppedError: It was stopped; nothing of the chunk is stored.
    """
    watch = watch or Watch()
    targets = [Target(source=source.name, address=kept.address, location="") for kept in chunk]
    reader = _reader(desk, source, targets, force=force)
    reader = replace(reader, captures={kept.capture_key for kept in chunk})  # what is there is not archived again
    results = []
    records = desk.archive.records([(kept.pointer, kept.sha256) for kept in chunk])
    for target, kept, record in zip(targets, chunk, records, strict=True):
        watch.ask()
        if isinstance(record, LostError):
            results.append(lost(target, kept, record))
        else:
            results.append(reader.read(target, captured(source, kept, record)))
        watch.on_page()
    return store(desk.database, results, {kept.address: kept for kept in chunk})


@contextmanager
def _archiving(archive: Archive) -> Iterator[None]:
    """Make what is archived meanwhile safe at the end: a row may only point to what is."""
    try:
        yield
    except BaseException:
        archive.drop()
        raise
    archive.sync()


def store_problem(desk: Desk, problem: Problem) -> Tally:
    """Put a problem into quarantine that came up before there was any target."""
    target = Target(source=problem.source, address=problem.address, location="")
    return store(desk.database, [Result(target=target, seconds=0.0, problem=problem)])


def _reader(desk: Desk, source: Source, targets: Sequence[Target], *, force: bool) -> Reader:
    addresses = [target.address for target in targets]
    with desk.database.read() as connection:
        pages = queries.known_pages(connection, source.name, addresses)
        captures = queries.known_captures(connection, source.name, addresses)
        known = sites.profiles(connection, {sites.site_of(source.name, t.address, _url(t)) for t in targets})
    return Reader(
        source=source,
        archive=desk.archive,
        rules_version=rules_version(),
        pages=pages,
        captures=desk.archive.holds(captures),
        sites=known,
        force=force,
    )


def _url(target: Target) -> str | None:
    return target.address if target.address.startswith(("http://", "https://")) else None
