"""A Prefect server for as long as one command lasts, as a child of this process.

Prefect starts such a server by itself, but only after it has been imported, and in our process group: Ctrl-C reaches
the server first, and the run then waits for minutes for somebody to report to. Ours starts while Prefect is being
imported, hears no Ctrl-C, and ends with us however we end: it reads a pipe that only we hold open.

Run as a program, this module is the child: ``python -m flows.server PORT``. So it imports Prefect inside functions.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from ingest.errors import IngestError

_START_SECONDS = 120  # 3 s on a quiet machine, 16 on an empty home and a busy one
_STOP_SECONDS = 10
_HOST = "127.0.0.1"
# What Prefect sets for the temporary server that it starts itself (prefect.server.api.server, 3.8).
_TEMPORARY = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}


class ServerError(IngestError):
    """The temporary Prefect server does not start."""


class Server:
    """A server that is starting, or has started."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind((_HOST, 0))
            port = free.getsockname()[1]
        self.url = f"http://{_HOST}:{port}/api"
        self._log: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "flows.server", str(port)],
            env=os.environ | _TEMPORARY,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self) -> str:
        """Return the address of the API once it answers.

        Raises:
            ServerError: It does not.
        """
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5):  # noqa: S310 - http, and our own
                    return self.url
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.05)
        self._log.seek(0)
        said = self._log.read().decode("utf-8", "replace").strip().splitlines()
        msg = f"Prefect's temporary server did not start ({said[-1] if said else 'it said nothing'}): "
        raise ServerError(msg + "`prefect server start` shows why")

    def stop(self) -> None:
        """End the server, once it has written down what it was told."""
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        self._log.close()


@contextmanager
def temporary_server() -> Iterator["Server | None"]:
    """Give a server that is starting, unless the environment or the Prefect profile names one that runs already."""
    from ingest.prefect_defaults import is_set

    if is_set("PREFECT_API_URL"):
        yield None
        return
    server = Server()
    try:
        yield server
    finally:
        server.stop()


def hand_in() -> None:
    """Let the server have what Prefect keeps for later, its log and its events, before the server goes."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=_STOP_SECONDS)


def main() -> None:
    """Be the server; end when the pipe on standard input ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn

    port = int(sys.argv[1])
    uvicorn.run("prefect.server.api.server:create_app", factory=True, host=_HOST, port=port, log_level="error")


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
