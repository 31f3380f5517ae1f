"""A Dask cluster that works on chunks.

A worker is a process of some machine; it needs our package, the database and the archive, and neither Prefect nor our
config folder. It opens its desk for each chunk and keeps nothing between them. Dask gives the chunk of a worker that
has died to another; doing a chunk twice changes nothing.
"""

import time
from typing import Any

from ingest.chunk import Desk, StoppedError, Watch
from ingest.crew import Job, WorkerError
from ingest.errors import ConfigError
from ingest.rules import rules_version
from ingest.settings import Settings
from ingest.tally import Tally

_LISTEN_SECONDS = 0.1
_CONNECT_SECONDS = 30


class Cluster:
    """A cluster, by the address of its scheduler.

    Args:
        settings: The workers', as ours: they must reach the same database and archive.
        address: ``tcp://host:port``.

    Raises:
        ConfigError: Nobody answers there, it has no worker, or the package is missing.
    """

    def __init__(self, settings: Settings, address: str) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            raise ConfigError(
                "a Dask cluster needs the package distributed: pip install 'gaoxin-ingest[dask]'"
            ) from error
        try:
            self._client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="gaoxin-ingest")
        except OSError as error:
            msg = f"no Dask scheduler answers at {address}: start it with `dask scheduler`"
            raise ConfigError(msg) from error
        self._settings = settings

    @property
    def size(self) -> int:
        """How many threads the cluster has now: workers come and go."""
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1)

    def do(self, job: Job, watch: Watch, pages: int) -> Tally:
        """Have a chunk done by some worker.

        Raises:
            WorkerError: Its workers died, one after the other.
            StoppedError: The chunk was stopped.
        """
        from distributed import KilledWorker

        future = self._client.submit(_do, job, self._settings, rules_version(), pure=False)
        try:
            while not future.done():
                if watch.stop.is_set():
                    raise StoppedError
                time.sleep(_LISTEN_SECONDS)
            tally: Tally = future.result()
        except KilledWorker as error:
            msg = f"workers died over one chunk, one after the other ({error}), of which nothing is stored"
            raise WorkerError(msg) from error
        finally:
            future.cancel()  # or it is done, and forgotten
        for _ in range(pages):
            watch.on_page()
        return tally

    def close(self) -> None:
        """Leave the cluster; it goes on for others."""
        self._client.close()


class _Cancelled:
    """Set once nobody wants the chunk any more: it was cancelled, or who asked for it has gone."""

    def __init__(self) -> None:
        from distributed.worker import get_worker, thread_state

        self._tasks: dict[Any, Any] = get_worker().state.tasks
        self._key = thread_state.key

    def is_set(self) -> bool:
        task = self._tasks.get(self._key)
        return task is None or task.state == "cancelled"


def _do(job: Job, settings: Settings, rules: str) -> Tally:
    """Do a chunk, as a worker."""
    if rules != rules_version():
        msg = f"this worker has the rules {rules_version()}, not {rules}: bring all machines to one version"
        raise ConfigError(msg)
    with Desk(settings) as desk:
        return job(desk, watch=Watch(_Cancelled()))
