"""Workers of the pool as other machines have them: programs of their own, each in a group with its runs."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.conftest import ROOT
from tests.flows.project import Project
from tests.operate.running import SECONDS

_RUN = b"PREFECT__FLOW_RUN_ID="  # what a run's process is told by its worker


class Worker:
    """A worker that is at work for a project."""

    def __init__(self, project: Project, api: str, number: int) -> None:
        home = project.folder / f"worker{number}"
        home.mkdir(exist_ok=True)
        environment = os.environ | {
            "PREFECT_API_URL": api,
            "PREFECT_HOME": str(home),
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "INGEST_CONFIG": str(project.folder / "config"),
            "INGEST_DATABASE_URL": project.settings().database,
            "PYTHONPATH": str(ROOT),
        }
        self.log = home / "log"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.worker"],
                cwd=home,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def runs(self) -> set[str]:
        """The flow runs that it has at work."""
        return {run for pid, run in _runs().items() if _group(pid) == self._process.pid}

    def kill(self) -> None:
        """Kill it with its runs, as when its machine goes."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    def stop(self) -> None:
        """End it as its machine's shutdown does."""
        if self.alive:
            self._process.terminate()
            self._process.communicate(timeout=SECONDS)


@contextmanager
def workers(project: Project, api: str, number: int) -> Iterator[list[Worker]]:
    """Give so many workers, who end with the context."""
    found = [Worker(project, api, each) for each in range(number)]
    try:
        yield found
    finally:
        for each in found:
            each.stop()


async def bring_down() -> None:
    """Remove our deployments from the server, with what is planned of them: other tests use it too."""
    from prefect.client.orchestration import get_client

    from flows.deploy import ours

    async with get_client() as client:
        for deployment in await ours(client):
            await client.delete_deployment(deployment.id)


def _runs() -> dict[int, str]:
    """Return the flow runs of all processes of this machine that are told of one."""
    found: dict[int, str] = {}
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            for told in path.read_bytes().split(b"\0"):
                if told.startswith(_RUN):
                    found[int(path.parent.name)] = told.removeprefix(_RUN).decode()
    return found


def _group(pid: int) -> int | None:
    with suppress(ProcessLookupError):
        return os.getpgid(pid)
    return None
