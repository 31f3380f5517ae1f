"""``ingest up`` in a project of its own: started, asked over its API, stopped, started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.flows.project import PAGE, Project
from tests.operate.homes import put_database
from tests.operate.ports import free_port

SECONDS = 240  # for anything that is waited for: the machine of the tests has others at work
COMMAND = [sys.executable, "-c", "from ingest.cli import main; main()"]
_QUICK = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
}


def environment(folder: Path) -> dict[str, str]:
    """What a command is told: nothing of the one who runs the tests."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("INGEST_", "PREFECT_"))}
    return mine | {"HOME": str(folder), "COLUMNS": "200"}


class Up:
    """A project whose source ``pages`` is due every minute, unless it is said otherwise, and ``ingest up`` in it."""

    def __init__(self, folder: Path, schedule: str = "* * * * *") -> None:
        self.project = Project(folder)
        self.folder = folder
        self.project.source("pages", f'schedule = "{schedule}"\ntime_zone = "Asia/Shanghai"\n')
        for number in range(3):
            self.project.put(f"{number}.txt", PAGE.replace("31", str(number + 31)))
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        put_database(folder / "data" / "prefect")
        self.said: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait until it says that it is up."""
        command = [*COMMAND, "up", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment(self.folder) | _QUICK,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdout
        self.said = []
        while line := self._process.stdout.readline():
            self.said.append(line.rstrip())
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError("\n".join(self.said))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Stop it; return its exit code and how many seconds it took."""
        assert self._process
        began = time.monotonic()
        self._process.send_signal(number)
        rest, _ = self._process.communicate(timeout=SECONDS)
        self.said += rest.splitlines()
        code, self._process = self._process.returncode, None
        return code, time.monotonic() - began

    def end(self) -> None:
        """Stop it if it has not ended."""
        if self._process:
            self._process.terminate()
            self._process.communicate(timeout=SECONDS)

    def ask(self, path: str, body: Any = None, method: str = "POST") -> Any:
        """Ask the server's API."""
        return ask(f"{self.address}/api", path, body, method)

    def deployments(self) -> dict[str, dict[str, Any]]:
        """Return the deployments by name."""
        return {each["name"]: each for each in self.ask("/deployments/filter")}

    def run(self, deployment: str, **parameters: Any) -> str:
        """Have a deployment run; return the flow run's id."""
        key = self.deployments()[deployment]["id"]
        return str(self.ask(f"/deployments/{key}/create_flow_run", {"parameters": parameters})["id"])

    def state(self, run: str) -> str:
        """Return the name of a flow run's state."""
        return str(self.ask(f"/flow_runs/{run}", method="GET")["state_name"])

    def command(self, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run another ``ingest`` in the folder."""
        told = environment(self.folder) | more
        command = [*COMMAND, *args]
        return subprocess.run(command, cwd=self.folder, env=told, capture_output=True, text=True, check=False)


def ask(api: str, path: str, body: Any = None, method: str = "POST") -> Any:
    """Ask a Prefect server, as patiently as its own client does: a busy one is late, or has its "database is locked".

    Args:
        api: The address of its API.
        path: What is asked, from its slash on.
        body: What is sent along, as JSON.
        method: Of HTTP.
    """
    until = time.monotonic() + SECONDS
    while True:
        response = httpx.request(method, f"{api}{path}", json={} if body is None else body, timeout=SECONDS)
        if response.status_code != httpx.codes.SERVICE_UNAVAILABLE or time.monotonic() > until:
            break
        time.sleep(0.5)
    assert response.is_success, response.text
    return response.json() if response.content else None


def within(seconds: float) -> float:
    """Return how long something may take that has so many seconds on a machine of its own: more where others work."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def wait(condition: Callable[[], Any], what: str, seconds: float = SECONDS) -> Any:
    """Return what a condition gives as soon as that is true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.2)
    msg = f"waited {seconds} s in vain for {what}"
    raise AssertionError(msg)
