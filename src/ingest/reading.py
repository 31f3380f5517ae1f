"""One target: its bytes, into the archive, through the street. Whatever happens on the way becomes a result."""

import re
import shlex
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from ingest.errors import TargetError
from ingest.fetch.archive import Archive
from ingest.fetch.capture import Had, NotModified
from ingest.fetch.payload import unpack
from ingest.fetch.web.answers import GoneError
from ingest.fetch.web.robots import ForbiddenError
from ingest.model import Capture, Outcome, Page, SiteProfile, Target
from ingest.pipeline import read_page
from ingest.sources.config import Source
from ingest.store.keys import capture_key
from ingest.store.queries import KnownPage
from ingest.store.rows import Reading, Row, capture_row, reading, selectors_key
from ingest.store.sites import site_of
from ingest.tally import Problem

_FRAMES = 4  # of a traceback; the last ones, where the fault is
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")  # an object's place in memory, different each time


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a target before the database is asked: a reading, a problem, or neither when it is known.

    ``known`` is how the database has the page when nothing about it has changed. ``skipped`` says why it was not
    asked for, ``gone`` that its site has it no longer.
    """

    target: Target
    seconds: float
    known: KnownPage | None = None
    reading: Reading | None = None
    problem: Problem | None = None
    capture_key: str | None = None
    capture: Row | None = None  # of a capture that is new, or that the archive has lost and has again
    skipped: str = ""
    gone: bool = False
    ledger: Row | None = None  # of a target of the web


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the targets of a source, one by one.

    Args:
        source: Whose targets they are.
        archive: Takes the bytes that are new.
        rules_version: The rules that read today.
        pages: How the database has the pages, by address.
        captures: The keys of the captures that the archive holds now.
        sites: What is known of the sites of the targets, by name.
        force: Read again what has not changed.
    """

    source: Source
    archive: Archive
    rules_version: str
    pages: dict[str, KnownPage]
    captures: set[str]
    sites: Mapping[str, SiteProfile] = field(default_factory=dict)
    force: bool = False

    def read(self, target: Target, had: Had) -> Result:
        """Read what was had of a target. Nothing but a full disk or a missing archive folder makes this raise."""
        match had:
            case ForbiddenError():
                return Result(target=target, seconds=0.0, skipped=str(had))
            case TargetError():
                gone = isinstance(had, GoneError)
                return Result(target=target, seconds=0.0, problem=self._failed(target, had), gone=gone)
            case NotModified():
                self.archive.revisit(had.exchange)
                return Result(target=target, seconds=0.0, known=self.pages.get(target.address))
        return self._read(target, had)

    def _read(self, target: Target, captured: Capture) -> Result:
        began = perf_counter()
        key = capture_key(captured.source, captured.address, captured.sha256)
        known = self.pages.get(target.address)
        pointer = None if key in self.captures else self.archive.write(captured)
        if pointer is None and captured.exchange:
            self.archive.revisit(captured.exchange)
        row = capture_row(captured, pointer) if pointer else None
        if known and not self.force and self._same(known, key, captured):
            return Result(target=target, seconds=perf_counter() - began, known=known, capture=row)
        page, problem = self._page(target, captured)
        return Result(
            target=target,
            seconds=perf_counter() - began,
            reading=reading(captured, pointer, page, self.rules_version, self.source.selectors) if page else None,
            problem=problem,
            capture_key=key,
            capture=row,
        )

    def _same(self, known: KnownPage, key: str, captured: Capture) -> bool:
        now = (key, self.rules_version, captured.content_type, selectors_key(self.source.selectors))
        then = (known.capture_key, known.rules_version, known.content_type, known.selectors)
        return not known.gone and now == then

    def _page(self, target: Target, captured: Capture) -> tuple[Page | None, Problem | None]:
        try:
            return self._read_page(captured), None
        except TargetError as error:
            return None, self._failed(target, error)
        except Exception as error:  # noqa: BLE001 - a page that brings a rule down must not take the rest with it
            return None, fault(target, error, stage="read")

    def _read_page(self, captured: Capture) -> Page:
        return read_page(
            unpack(captured.content, max_bytes=self.source.max_bytes),
            url=captured.url,
            content_type=captured.content_type,
            selectors=self.source.selectors,
            site=self.sites.get(site_of(captured.source, captured.address, captured.url)),
        )

    def _failed(self, target: Target, error: TargetError) -> Problem:
        # No bytes were had: failed. They were had and are no page: quarantined.
        outcome = Outcome.FAILED if error.stage in {"discover", "fetch", "robots"} else Outcome.QUARANTINED
        return problem_of(target, error, outcome)


def problem_of(target: Target, error: TargetError, outcome: Outcome) -> Problem:
    """Return what is to be said of a target whose reason is known."""
    return Problem(
        source=target.source,
        address=target.address,
        outcome=outcome,
        stage=error.stage,
        reason=str(error),
        replay=_replay(target),
        transient=error.transient,
    )


def fault(target: Target, error: Exception, *, stage: str) -> Problem:
    """Return what is to be said of a target that brought our own code down."""
    said = " ".join(str(error).split())
    return Problem(
        source=target.source,
        address=target.address,
        outcome=Outcome.QUARANTINED,
        stage=stage,
        reason=_ADDRESS.sub("0x…", f"{type(error).__name__}: {said}: a fault of the program; report it with the page"),
        replay=_replay(target),
        exception=_ADDRESS.sub("0x…", _traceback(error)),
    )


def _replay(target: Target) -> str:
    only = "" if target.address == "." else f" --only {shlex.quote(target.address)}"
    return f"ingest run {target.source}{only}"


def _traceback(error: Exception) -> str:
    """Return the end of a traceback without the paths of this machine."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    where = [f"{'/'.join(Path(f.filename).parts[-3:])}:{f.lineno} in {f.name}: {f.line}" for f in frames]
    return "\n".join([*where, "".join(traceback.format_exception_only(error)).strip()])
