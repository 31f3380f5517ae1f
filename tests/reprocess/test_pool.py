"""Chunks on several processes: the same rows, a death that costs one chunk, a stop that is heard."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from ingest.chunk import Desk, StoppedError, Watch, reread_chunk
from ingest.crew import Job, WorkerError, crew
from ingest.errors import ConfigError
from ingest.pool import Pool
from ingest.reprocess import Again, chunks
from ingest.sources.config import Source
from ingest.sources.load import load
from tests.conftest import ROOT
from tests.flows.project import PAGE, Project
from tests.reprocess.rereading import as_of_old_rules

PAGES = 400  # work for longer than it takes to hear of the first page and to stop it


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that was run."""
    made = Project(tmp_path_factory.mktemp("pool"))
    for number in range(PAGES):
        made.put(f"{number:03}.txt", PAGE.replace("31", str(number + 31)))
    made.run()
    return made


@pytest.fixture(scope="module")
def pool(project: Project) -> Iterator[Pool]:
    """One process."""
    found = Pool(project.settings(), 1)
    yield found
    found.close()


def jobs(project: Project, size: int) -> list[Job]:
    """Return chunks that read all pages again."""
    settings = project.settings(chunk_pages=size)
    [source] = load(settings.config).values()
    assert isinstance(source, Source)
    with Desk(settings) as desk:
        found = list(chunks(desk.database, settings, source, Again(everything=True)))
    return [partial(reread_chunk, source=source, chunk=chunk, force=True) for chunk in found]


def test_a_chunk_is_done_elsewhere_and_pages_are_told(project: Project, pool: Pool) -> None:
    before = project.everything()
    as_of_old_rules(project)
    pages: list[int] = []
    tallies = [pool.do(job, Watch(on_page=lambda: pages.append(1)), PAGES // 2) for job in jobs(project, PAGES // 2)]
    assert [tally.outcomes for tally in tallies] == [{"updated": PAGES // 2}] * 2
    assert 0 < len(pages) <= PAGES
    assert [row["title"] for row in project.rows("article")] == [row["title"] for row in before["article"]]
    [pid] = pool.pids
    assert pid != os.getpid()


def test_who_dies_over_a_chunk_costs_that_chunk_alone(project: Project, pool: Pool) -> None:
    [job] = jobs(project, PAGES)
    pool.do(job, Watch(), PAGES)
    [pid] = pool.pids
    before = project.everything()

    def kill() -> None:
        with suppress(ProcessLookupError):  # a word of it may be heard after its end
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(WorkerError, match=r"died over its chunk \(signal 9; was there memory enough"):
        pool.do(job, Watch(on_page=kill), PAGES)
    assert project.everything() == before
    assert pool.do(job, Watch(), PAGES).outcomes == {"unchanged": PAGES}
    assert pool.pids != [pid]


def test_a_chunk_in_hand_is_stopped_and_nothing_of_it_is_stored(project: Project, pool: Pool) -> None:
    as_of_old_rules(project)
    [job] = jobs(project, PAGES)
    stop = Event()
    with pytest.raises(StoppedError):
        pool.do(job, Watch(stop, stop.set), PAGES)
    assert {row["publisher"] for row in project.rows("article")} == {"old"}
    assert pool.do(job, Watch(), PAGES).outcomes == {"updated": PAGES}


def test_what_a_chunk_raises_is_raised_here_with_its_place(project: Project, pool: Pool) -> None:
    with pytest.raises(TypeError) as raised:
        pool.do(partial(reread_chunk, source=None), Watch(), 1)  # type: ignore[arg-type]
    assert "in work" in "".join(raised.value.__notes__)


PARENT = """
import sys, threading
from pathlib import Path
from ingest.chunk import Watch
from ingest.pool import Pool
from tests.flows.project import Project
from tests.reprocess.test_pool import PAGES, jobs
project = Project(Path(sys.argv[1]))
pool = Pool(project.settings(), 1)
pool.do(jobs(project, 1)[0], Watch(), 1)
print(pool.pids[0], flush=True)
threading.Event().wait()
"""


def test_all_end_with_who_has_begun_them(project: Project) -> None:
    command = [sys.executable, "-c", PARENT, str(project.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 240
    while Path(f"/proc/{pid}/cmdline").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert "ingest.pool" not in _command(pid)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_runners_that_are_none_are_told(project: Project) -> None:
    with Desk(project.settings()) as desk:
        with pytest.raises(ConfigError, match="write dask://HOST:8786"):
            crew(desk, runner="localhost:8786")
        with pytest.raises(ConfigError, match="needs a database that all machines reach"):
            crew(desk, runner="dask://localhost:8786")


def test_two_processes_work_at_once(project: Project) -> None:
    """They meet: each has begun its chunk before the other has ended."""
    found = Pool(project.settings(), 2)
    both = threading.Barrier(2, timeout=240)
    met: list[bool] = []

    def meet() -> None:
        if not both.broken and len(met) < 2:
            both.wait()
            met.append(True)

    work = [
        threading.Thread(target=found.do, args=(job, Watch(on_page=_once(meet)), PAGES // 2))
        for job in jobs(project, PAGES // 2)
    ]
    for each in work:
        each.start()
    for each in work:
        each.join()
    pids = found.pids
    found.close()
    assert met == [True, True]
    assert len(set(pids)) == 2


def _once(meet: Callable[[], None]) -> Callable[[], None]:
    called: list[int] = []

    def first() -> None:
        if not called:
            called.append(1)
            meet()

    return first
