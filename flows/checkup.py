"""What ``ingest doctor`` looks at on this machine: packages, sources, database, archive, runs, time."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from sqlalchemy import select

from ingest.errors import IngestError
from ingest.fetch.storage import Folder, Store
from ingest.run import CRASHED
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.sources.load import load
from ingest.store import alive, queries
from ingest.store.engine import Database, NoDatabaseError
from ingest.store.schema import Standing
from ingest.store.tables import Base

_OURS = "gaoxin-ingest"
# What our package puts a cap on, as Prefect itself does not. With a later fastapi its server does not start, with a
# later SQLAlchemy its scheduler makes no runs and says nothing; what installs packages one by one gets past the caps.
_CAPPED = ("prefect", "fastapi", "sqlalchemy")
_TRIAL = "doctor.tmp"  # written and removed
_RUN = Base.metadata.tables["run"]


class Level(StrEnum):
    """How well something is."""

    OK = "ok"
    WARN = "warn"  # it works, and somebody should know
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing; ``way_out`` is what to do where it is not ok."""

    what: str
    level: Level
    told: str
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run of ours that has a beginning and no end; ``dead`` when its process gives no sign of life."""

    key: str
    flow_run: str | None
    began: datetime
    sources: list[str]
    dead: bool

    @property
    def told(self) -> str:
        """The run in a few words."""
        return f"{self.key[:8]} of {', '.join(self.sources) or 'no source'}, begun {self.began:%Y-%m-%d %H:%M} UTC"


def local(settings: Settings) -> Iterator[Finding]:
    """Yield what is found without Prefect."""
    yield _packages()
    sources = _sources(settings)
    if isinstance(sources, Finding):
        yield sources
        return
    scheduled = [source for source in sources if source.schedule and not source.disabled]
    disabled = sum(source.disabled is not None for source in sources)
    told = f"{len(sources)}, {len(scheduled)} with a schedule" + (f", {disabled} disabled" if disabled else "")
    yield Finding("sources", Level.OK, told)
    yield _zones(scheduled)
    yield _database(settings)
    yield _archive(settings)


def _packages() -> Finding:
    found = {name: (_version(name), cap) for name, cap in caps().items()}
    wrong = [f"{name} {there} (needs {cap})" for name, (there, cap) in found.items() if there not in cap]
    if wrong:
        way_out = "`uv sync`, or pip install gaoxin-ingest into a fresh environment"
        return Finding("packages", Level.FAIL, ", ".join(wrong), way_out)
    return Finding("packages", Level.OK, ", ".join(f"{name} {there}" for name, (there, _) in found.items()))


def caps() -> dict[str, SpecifierSet]:
    """Return the versions that our package allows of those that it must put a cap on."""
    needed = [Requirement(line) for line in requires(_OURS) or []]
    return {each.name: each.specifier for each in needed if each.name in _CAPPED}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"


def _sources(settings: Settings) -> list[Source] | Finding:
    try:
        return list(load(settings.config).values())
    except IngestError as error:
        return Finding("sources", Level.FAIL, str(error), "mend the file; nothing runs before")


def _zones(scheduled: list[Source]) -> Finding:
    """Say in whose time things are: what is wrong here is seen by people only, at the wrong hour."""
    zones = ", ".join(sorted({source.time_zone for source in scheduled})) or "none"
    now = datetime.now().astimezone()
    here = f"{time.tzname[bool(now.dst())]} ({now:%H:%M} now)"
    return Finding("time zone", Level.OK, f"this machine {here}, schedules {zones}")


def _database(settings: Settings) -> Finding:
    try:
        database = Database(settings.database, ask=True, prepare=False)
        try:
            state = database.state()
        finally:
            database.close()
    except NoDatabaseError:
        return Finding("database", Level.OK, f"{settings.database_shown}: none yet, the first run makes it")
    except IngestError as error:
        return Finding("database", Level.FAIL, str(error), "see that it is up and INGEST_DATABASE_URL names it")
    told = f"{settings.database_shown}: {state.standing}, version {state.revision or '-'}"
    if state.standing is Standing.OLDER:
        return Finding("database", Level.WARN, told, "save a copy, then `ingest db upgrade`")
    if state.standing in {Standing.NEWER, Standing.FOREIGN}:
        return Finding("database", Level.FAIL, told, "`ingest db current` says more")
    return Finding("database", Level.OK, told)


def _archive(settings: Settings) -> Finding:
    place = settings.archive_place
    try:
        if isinstance(place, str):
            Store(place).check()
            return Finding("archive", Level.OK, f"{place} answers")
        place.mkdir(parents=True, exist_ok=True)
        (place / _TRIAL).write_bytes(b"")
        (place / _TRIAL).unlink()
        Folder(place).check()
    except (OSError, IngestError) as error:
        return Finding("archive", Level.FAIL, f"{place}: {error}", "give this user the right to write there, or room")
    return Finding("archive", Level.OK, f"{place} can be written")


def open_runs(settings: Settings) -> list[OpenRun]:
    """Return our runs that have no end, with whether their processes still live; none where there is no database."""

    def ask(database: Database) -> list[OpenRun]:
        with database.read() as connection:
            dead = set(alive.dead(connection, database))
            rows = connection.execute(select(_RUN).where(_RUN.c.ended_at.is_(None))).mappings()
            return [
                OpenRun(row["key"], row["flow_run"], row["started_at"], row["sources"], row["key"] in dead)
                for row in rows
            ]

    found: list[OpenRun] = _with_database(settings, ask, otherwise=[])
    return found


def ended_flow_runs(settings: Settings, flow_runs: list[str]) -> set[str]:
    """Return those of Prefect's ids whose runs have an end with us."""

    def ask(database: Database) -> set[str]:
        with database.read() as connection:
            mine = (_RUN.c.flow_run.in_(flow_runs), _RUN.c.ended_at.is_not(None))
            return set(connection.scalars(select(_RUN.c.flow_run).where(*mine)))

    found: set[str] = _with_database(settings, ask, otherwise=set())
    return found


def close_dead(settings: Settings, opened: Sequence[OpenRun]) -> list[Finding]:
    """Give those runs an end that are dead; return what was done."""
    dead = [run for run in opened if run.dead]
    if not dead:
        return []
    database = Database(settings.database)
    try:
        with database.write() as connection:
            for run in dead:
                queries.close_run(connection, run.key, at=datetime.now(UTC), error=CRASHED)
    finally:
        database.close()
    return [mended(f"{run.told}, has an end now") for run in dead]


def mended(told: str) -> Finding:
    """Say what was put right."""
    return Finding("mended", Level.OK, told)


def _with_database(settings: Settings, ask: Callable[[Database], Any], *, otherwise: Any) -> Any:
    """Return what is asked of the database; something else where it cannot be asked, which is told elsewhere."""
    try:
        database = Database(settings.database, ask=True)
    except IngestError:
        return otherwise
    try:
        return ask(database)
    finally:
        database.close()
