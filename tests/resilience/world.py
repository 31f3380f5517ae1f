"""All that works when a flow does, each of which can be killed: the flow, its workers, Prefect's server, PostgreSQL."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.flows.project import Project
from tests.operate.homes import put_database
from tests.operate.ports import free_port
from tests.operate.postgres import begin_again
from tests.operate.running import COMMAND

CHUNK = 10  # pages: small, so that many moments are those of a transaction
PATIENCE = 300  # seconds for what takes two on a quiet machine


class World:
    """A project, its PostgreSQL server, a Prefect server, and the flow when it runs; the flow's workers are its own.

    Args:
        project: Whose flow it is; its database is on the PostgreSQL server.
        postgres: That server.
        command: What ``ingest`` is told to begin the flow, and to begin it again.
        left: The query that counts the pages that are missing.
    """

    def __init__(self, project: Project, postgres: Any, command: Sequence[str], left: str) -> None:
        self.project = project
        self._postgres = postgres
        self._command = [*COMMAND, *command]
        self._left = left
        self._engine = create_engine(project.settings().database, pool_pre_ping=True)
        self._port = free_port()
        self.api = f"http://127.0.0.1:{self._port}/api"
        self.flow: subprocess.Popen[bytes] | None = None
        self._log = (project.folder / "log.txt").open("wb")
        put_database(project.folder / "prefect")
        self._server = self._serve()

    def close(self) -> None:
        """End what still runs."""
        for process in (self.flow, self._server):
            if process and process.poll() is None:
                process.terminate()
                process.wait(60)
        self._engine.dispose()
        self._log.close()

    def begin(self) -> None:
        """Start the flow, unless it runs."""
        if self.flow is None or self.flow.poll() is not None:
            environment = self.environment(self.project.settings().database)
            self.flow = subprocess.Popen(self._command, env=environment, stdout=self._log, stderr=self._log)

    def once(self, database: str, command: Sequence[str] | None = None) -> None:
        """Run the flow, or another command, unbroken, into another database."""
        told = [*COMMAND, *command] if command else self._command
        subprocess.run(told, env=self.environment(database), stdout=self._log, stderr=self._log, check=True)

    def environment(self, database: str) -> dict[str, str]:
        """What a command is told."""
        return (
            os.environ
            | self._prefect
            | {
                "INGEST_CONFIG": str(self.project.folder / "config"),
                "INGEST_DATABASE_URL": database,
                "INGEST_CHUNK_PAGES": str(CHUNK),
                "PREFECT_API_URL": self.api,
            }
        )

    def finish(self) -> int:
        """Let the flow come to its end; where it was killed or a kill made it fail, by one command more. Its code."""
        if self.flow and self.flow.wait(PATIENCE * 10) == 0:
            return 0
        self.begin()
        assert self.flow
        return self.flow.wait(PATIENCE * 10)

    def ask(self, query: str) -> int:
        """Ask the database for a number, waiting while it is down."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with self._engine.connect() as connection:
                    return int(connection.scalar(text(query)) or 0)
            except DBAPIError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    @property
    def left(self) -> int:
        """How many pages are missing."""
        return self.ask(self._left)

    def claims(self) -> int:
        """How many windows are said to be covered although a page of theirs is missing."""
        return self.ask("SELECT count(*) FROM coverage WHERE state IN ('covered', 'looked')") if self.left else 0

    def kill(self, kind: str) -> bool:
        """Kill one of them, and begin again what is not the flow; False where there was nobody to kill."""
        match kind:
            case "flow":
                return self._kill_flow()
            case "worker":
                return self.kill_worker()
            case "server":
                self._server.kill()
                self._server.wait()
                self._server = self._serve()
            case "database":
                self._kill_database()
        return True

    def _kill_flow(self) -> bool:
        if self.flow is None or self.flow.poll() is not None:
            return False
        self.flow.kill()
        self.flow.wait()
        return True

    def kill_worker(self) -> bool:
        """Kill one of the processes that the flow has begun."""
        mine = [pid for pid in _children(self.flow.pid if self.flow else 0) if "ingest.pool" in _command(pid)]
        for pid in mine[:1]:
            _kill(pid)
        return bool(mine)

    def _kill_database(self) -> None:
        postmaster = self._postgres.get_pid()
        backends = _children(postmaster)
        for pid in (postmaster, *backends):
            _kill(pid)
        until = time.monotonic() + PATIENCE
        while any(_command(pid) for pid in (postmaster, *backends)) and time.monotonic() < until:
            time.sleep(0.05)
        for pattern in ("postmaster.pid", ".s.PGSQL*"):  # of a zombie, on a machine where nobody reaps it
            for path in (self.project.folder / "postgres").glob(pattern):
                path.unlink()
        begin_again(self._postgres)

    @property
    def _prefect(self) -> dict[str, str]:
        home = str(self.project.folder / "prefect")
        return {"PREFECT_HOME": home, "PREFECT_SERVER_UI_ENABLED": "false", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}

    def _serve(self) -> "subprocess.Popen[bytes]":
        port = str(self._port)
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
        environment = os.environ | self._prefect | {"PREFECT_SERVER_API_PORT": port}
        server = subprocess.Popen(command, env=environment, stdout=self._log, stderr=self._log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.api}/health").status_code == 200:
                    return server
            time.sleep(0.1)
        server.kill()
        raise TimeoutError(port)


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def _command(pid: int) -> str:
    """Return the command line of a process; empty for one that is gone or a zombie."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
