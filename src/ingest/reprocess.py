"""Reading again what the archive holds, by today's rules: which pages, from which bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ingest.choice import Orders
from ingest.errors import TargetError
from ingest.fetch.archive import LostError
from ingest.fetch.capture import content_type_of
from ingest.fetch.warc_records import Record
from ingest.model import Capture, Outcome, Target
from ingest.reading import Result, problem_of
from ingest.rules import rules_version
from ingest.settings import Settings
from ingest.sources.config import FilesSource, Source
from ingest.store import kept
from ingest.store.engine import Database
from ingest.store.kept import Choice, Counted, Kept
from ingest.store.rows import selectors_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What is to be read again of each source: what other rules have read, or everything.

    ``since`` and ``until`` are days (UTC) on which the bytes were first had; ``only`` names addresses.
    """

    everything: bool = False
    since: date | None = None
    until: date | None = None
    only: tuple[str, ...] = ()

    def of(self, source: Source) -> Choice:
        """Return which pages of a source that is today."""
        return Choice(
            source=source.name,
            rules_version=rules_version(),
            selectors=selectors_key(source.selectors),
            everything=self.everything,
            since=self.since,
            until=self.until,
            only=self.only,
        )

    @property
    def plain(self) -> dict[str, object]:
        """What was asked for, as JSON can hold it."""
        days: dict[str, object] = {name: day.isoformat() for name in ("since", "until") if (day := getattr(self, name))}
        return {"reprocess": True, "everything": self.everything, "only": list(self.only)} | days


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading(Orders):
    """The orders of a run that asks no source, only the archive."""

    again: Again

    @property
    def partial(self) -> bool:
        """It names no targets, so it says nothing of those that a source has no longer."""
        return True

    @property
    def plain(self) -> dict[str, object]:
        """What was asked for, as JSON can hold it."""
        return self.again.plain


def chunks(database: Database, settings: Settings, source: Source, again: Again) -> Iterator[list[Kept]]:
    """Yield what is to be read again of a source, in chunks bounded by their number and by their bytes."""
    for stretch in kept.stretches(database, again.of(source), settings.chunk_pages):
        chunk: list[Kept] = []
        size = 0
        for page in stretch:
            chunk.append(page)
            size += page.size
            if size >= settings.chunk_bytes:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk


def counted(database: Database, sources: Iterable[Source], again: Again) -> dict[str, Counted]:
    """Return how many pages of each source are to be read again."""
    with database.read() as connection:
        return {source.name: kept.count(connection, again.of(source)) for source in sources}


def captured(source: Source, page: Kept, record: Record) -> Capture:
    """Return a capture as it came once; the content type is what a run would tell today."""
    media = None if isinstance(source, FilesSource) else page.content_type or record.media
    return Capture(
        source=source.name,
        address=page.address,
        content=record.content,
        sha256=page.sha256,
        captured_at=page.captured_at,
        content_type=content_type_of(source, page.address, media),
        url=page.url,
    )


def lost(target: Target, page: Kept, error: LostError) -> Result:
    """Return what is to be said of a page whose bytes the archive has lost: its rows stand, and it is in quarantine."""
    told = TargetError(f"{error}, then `ingest reprocess {target.source}`; or have it fetched anew", stage="archive")
    problem = problem_of(target, told, Outcome.QUARANTINED)
    problem = replace(problem, replay=f"{problem.replay} --force")
    return Result(target=target, seconds=0.0, problem=problem, capture_key=page.capture_key)
