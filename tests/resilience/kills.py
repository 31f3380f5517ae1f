"""Kill −9 at random moments of a run that two processes write, then run again and compare with an unbroken run.

    uv run python -m tests.resilience.kills [--pages 2000] [--kills 50] [--seed 1] [--postgresql]

Prints what it found and ends with 1 where the databases differ, a capture is lost or the archive does not hold. The
same with fewer pages and kills is in the test suite (test_kills.py).
"""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from ingest.fetch.archive import Archive, Pointer
from tests.fetch.segments import inspect
from tests.flows.project import PAGE, Project
from tests.operate.postgres import hear_of_the_killed, own_postgres

# What says when and where in the archive, not what: it differs from one unbroken run to the next.
PLACE_AND_TIME = {"captured_at", "since", "archive_file", "archive_offset", "archive_length"}
CHUNK = 10  # pages: small, so that a kill loses little and many moments are those of a transaction
# Two processes do much of the work twice, and a kill takes back a chunk: that many times the time of an unbroken run,
# the kills are spread over the work until it is nearly done.
_SPREAD = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: ``hit`` kills came while pages were still missing."""

    hit: int
    captures: int
    records_in_archive: int
    torn: int  # files of the archive whose last record a kill cut off
    differences: tuple[str, ...]


def make(folder: Path, pages: int, database: str | None = None) -> Project:
    """Make a project of so many pages, two of them bad."""
    project = Project(folder, database)
    for number in range(pages - 2):
        project.put(f"{number:04}.txt", PAGE.replace("31", str(number + 31)))
    project.put("empty.txt", b"")
    project.put("picture.html", b"\xff\xd8\xff\xe0" + bytes(99))
    return project


def kill_and_compare(killed: Project, unbroken: Project, *, kills: int, seed: int) -> Found:
    """Run ``killed`` with kills and then to its end, and ``unbroken`` without; compare all they left."""
    began = time.perf_counter()
    unbroken.run(chunk_pages=CHUNK)
    window = _SPREAD * (time.perf_counter() - began) / kills
    moments = random.Random(seed)
    pages = sum(1 for _ in killed.pages.iterdir())
    hit = 0
    for _ in range(kills):
        kill_two(killed, moments.uniform(0, window), most=pages // 2 + done(killed) // 2)
        hit += done(killed) < pages
    killed.run(chunk_pages=CHUNK)
    return compare(killed, unbroken, hit)


def done(project: Project) -> int:
    """Return how many pages have been read or put aside."""
    return len(project.rows("page")) + len(project.rows("quarantine"))


def kill_two(project: Project, seconds: float, most: int) -> None:
    """Start two processes that run the project, and kill both some time after, or when so many pages are done.

    An unbroken run is timed while its word lists are cold: on some machines all would be done in that time.
    """
    processes = get_context("forkserver")
    processes.set_forkserver_preload(["tests.resilience.warm"])
    children = [processes.Process(target=run, args=(project.folder, project.database)) for _ in range(2)]
    for child in children:
        child.start()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until and done(project) < most:
        time.sleep(0.01)
    for child in children:
        child.kill()
    for child in children:
        child.join()
        child.close()
    hear_of_the_killed(project.settings().database)


def run(folder: Path, database: str | None) -> None:
    """Be one of the processes, and be there to be killed: the last chunk is held back, however quick the machine is."""
    project = Project(folder, database)
    last = sum(1 for _ in project.pages.iterdir())
    pages: list[int] = []

    def read() -> None:
        pages.append(1)
        if len(pages) == last:
            signal.pause()

    project.run(chunk_pages=CHUNK, on_page=read)


def compare(killed: Project, unbroken: Project, hit: int) -> Found:
    """Return what differs between two projects that should hold the same."""
    one, other = said(killed), said(unbroken)
    differences = [f"table {table}" for table in one if one[table] != other[table]]
    archive = Archive(killed.settings().archive)
    captures = killed.rows("capture")
    for row in captures:
        pointer = Pointer(row["archive_file"], row["archive_offset"], row["archive_length"])
        if archive.read(pointer, row["sha256"]) != (killed.pages / row["address"]).read_bytes():
            differences.append(f"capture {row['address']}")
    differences += [f"run {row['key']} is open" for row in killed.rows("run") if row["ended_at"] is None]
    segments = [inspect(path) for path in killed.settings().archive.iterdir()]
    return Found(
        hit=hit,
        captures=len(captures),
        records_in_archive=sum(segment.captures for segment in segments),
        torn=sum(segment.torn for segment in segments),
        differences=tuple(differences),
    )


def said(project: Project) -> dict[str, list[dict[str, object]]]:
    """Return all rows of all tables but ``run``, less place and time."""
    return {
        table: [{name: value for name, value in row.items() if name not in PLACE_AND_TIME} for row in rows]
        for table, rows in project.everything().items()
    }


@contextmanager
def databases(folder: Path, *, postgresql: bool) -> Iterator[tuple[str | None, str | None]]:
    """Give the addresses of two databases: None for the project's own SQLite file."""
    if not postgresql:
        yield None, None
        return
    with own_postgres(folder) as server:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in ("killed", "unbroken"):
                connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        yield _address(url, "killed"), _address(url, "unbroken")


def _address(url: URL, database: str) -> str:
    return url.set(database=database).render_as_string(hide_password=False)


def main() -> None:
    """Do it at full size and print what was found."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--pages", type=int, default=2000)
    cli.add_argument("--kills", type=int, default=50)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--postgresql", action="store_true")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("killed", "unbroken"):
            (folder / name).mkdir()
        with databases(folder, postgresql=args.postgresql) as (first, second):
            killed = make(folder / "killed", args.pages, first)
            unbroken = make(folder / "unbroken", args.pages, second)
            found = kill_and_compare(killed, unbroken, kills=args.kills, seed=args.seed)
    print(found)
    sys.exit(1 if found.differences else 0)


if __name__ == "__main__":
    main()
