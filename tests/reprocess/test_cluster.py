"""A Dask cluster of two workers with PostgreSQL and an archive in a store of objects: the same rows as here."""

import gc
import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ingest.choice import Orders
from ingest.chunk import Desk, StoppedError, Watch, reread_chunk, run_chunk
from ingest.cluster import Cluster
from ingest.crew import Job, crew
from ingest.errors import ConfigError
from ingest.reprocess import Again, chunks
from ingest.run import begin, end, finish, take_turn, work
from ingest.settings import Settings
from ingest.sources.load import load
from ingest.store.engine import Database
from tests.flows.project import PAGE, Project
from tests.reprocess.rereading import as_of_old_rules
from tests.store.pages import everything

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # distributed leaves sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # aiobotocore's and tornado's own
]
PAGES = 24
_PLACE_AND_TIME = {"captured_at", "since", "archive_file", "archive_offset", "archive_length", "replaced_at"}


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of a bucket on a server of moto's; fsspec finds the server by the environment."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    names = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with pytest.MonkeyPatch.context() as patched:
        for name, value in names.items():
            patched.setenv(name, value)
        import fsspec

        fsspec.filesystem("s3").mkdir("captures")
        yield "s3://captures/archive"
    server.stop()
    gc.collect()  # the cluster's sockets, before another test is blamed for them


@pytest.fixture(scope="module")
def scheduler(bucket: str) -> Iterator[Any]:
    """A cluster of two worker processes on this machine; they have the environment that leads to the bucket."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        yield cluster


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with pages that were not read yet."""
    made = Project(tmp_path)
    for number in range(PAGES):
        made.put(f"{number:03}.txt", PAGE.replace("31", str(number + 31)))
    return made


def run_by(settings: Settings, runner: str | None) -> None:
    """Run a project on a cluster, chunk by chunk at once, as the flow does but for Prefect."""
    sources = load(settings.config)
    with Desk(settings) as desk:
        run = begin(desk, Orders(sources=tuple(sources.values())))
        hands = crew(desk, runner=runner)
        for source in sources.values():
            take_turn(desk, run, source)
            jobs = [partial(run_chunk, source=source, targets=chunk) for chunk in work(desk, run, source)]
            at_once(hands, jobs)
            finish(desk, run, source)
        hands.close()
        end(desk, run)


def at_once(hands: Any, jobs: list[Any]) -> None:
    """Have jobs done by threads of their own."""
    threads = [threading.Thread(target=hands.do, args=(job, Watch(), 1)) for job in jobs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def said(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    """Return all rows less place and time."""
    database = Database(settings.database)
    found = everything(database)
    database.close()
    return {
        table: [{name: value for name, value in row.items() if name not in _PLACE_AND_TIME} for row in rows]
        for table, rows in found.items()
    }


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_cluster_stores_what_one_process_stores_and_reads_it_again(
    project: Project, scheduler: Any, bucket: str, address: str
) -> None:
    there = project.settings(database_url=address, archive_url=bucket, chunk_pages=4)
    runner = scheduler.scheduler_address.replace("tcp://", "dask://")
    run_by(there, runner)
    project.run()
    assert said(there) == said(project.settings())

    elsewhere = Project(project.folder, address)
    as_of_old_rules(elsewhere)
    old = said(there)
    with Desk(there) as desk:
        [source] = load(there.config).values()
        listed = list(chunks(desk.database, there, source, Again()))
        hands = crew(desk, runner=runner)
        jobs: list[Job] = [partial(reread_chunk, source=source, chunk=chunk) for chunk in listed]
        killer = threading.Timer(0.3, kill_one, [scheduler])
        killer.start()
        at_once(hands, jobs)
        killer.join()
        hands.close()
    assert len(listed) == PAGES // 4
    assert said(there) != old
    assert {row["publisher"] for row in said(there)["article"]} == {"涪江日报"}


def kill_one(scheduler: Any) -> None:
    """Kill a worker; its nanny begins another."""
    os.kill(next(iter(scheduler.workers.values())).pid, signal.SIGKILL)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_chunk_on_a_cluster_is_stopped(project: Project, scheduler: Any, bucket: str, address: str) -> None:
    there = project.settings(database_url=address, archive_url=bucket)
    run_by(there, scheduler.scheduler_address.replace("tcp://", "dask://"))
    as_of_old_rules(Project(project.folder, address))
    with Desk(there) as desk:
        [source] = load(there.config).values()
        [chunk] = chunks(desk.database, there, source, Again())
    cluster = Cluster(there, scheduler.scheduler_address)
    stop = Event()
    long = partial(reread_chunk, source=source, chunk=list(chunk) * 100)  # half a minute
    threading.Timer(1, stop.set).start()
    with pytest.raises(StoppedError):
        cluster.do(long, Watch(stop), PAGES)
    until = time.monotonic() + 240  # a page at the most, on a worker that may still load its word lists
    while any(cluster._client.run(_at_work).values()) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(cluster._client.run(_at_work).values())
    assert {row["publisher"] for row in said(there)["article"]} == {"old"}
    cluster.close()


def _at_work(dask_worker: Any) -> int:
    """Return how many chunks a worker has in hand, those nobody wants any more too."""
    return len(dask_worker.active_threads)


def test_a_scheduler_that_is_not_there_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(ConfigError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9: start it with"):
        Cluster(project.settings(), "tcp://127.0.0.1:9")
