"""A Prefect server for as long as one command lasts, as a child of this process.

Prefect starts such a server by itself, but only after it has been imported, and in our process group: Ctrl-C reaches
the server first, and the run then waits for minutes for somebody to report to. Ours starts while Prefect is being
imported, hears no Ctrl-C, and ends with us however we end (``flows.child``).

Run as a program, this module is the child: ``python -m flows.server PORT``. So it imports Prefect inside functions.
"""

import gc
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows import embedded
from flows.child import Child, end_with_parent
from ingest import settings
from ingest.errors import IngestError

_START_SECONDS = 120  # 3 s on a quiet machine, 16 on an empty home and a busy one
_STOP_SECONDS = 10
_GRACE_SECONDS = 3
HOST = "127.0.0.1"
# What Prefect sets for the temporary server that it starts itself (prefect.server.api.server, 3.8).
_TEMPORARY = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}


class ServerError(IngestError):
    """Our Prefect server does not start."""


class Server:
    """A server that is starting, or has started.

    Args:
        port: Where it listens on this machine; any free port when left out.
        environment: What it is told besides our own environment.
        log: The file of what it says; one that goes with it when left out.
    """

    def __init__(
        self, port: int | None = None, environment: Mapping[str, str] = _TEMPORARY, log: Path | None = None
    ) -> None:
        port = port or _free_port()
        self.url = f"http://{HOST}:{port}/api"
        self._child = Child("flows.server", str(port), environment=environment, log=log)

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._child.alive

    def wait(self) -> str:
        """Return the address of the API once it answers.

        Raises:
            ServerError: It does not.
        """
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self.alive:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5):  # noqa: S310 - http, and our own
                    return self.url
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.05)
        msg = f"Prefect's server did not start ({self._child.last_words}): `prefect server start` shows why"
        raise ServerError(msg)

    def stop(self) -> None:
        """End the server, once it has written down what it was told."""
        self._child.stop(_STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def temporary_server() -> Iterator["Server | None"]:
    """Give a server that is starting, unless one runs already: named in the environment or the profile, or up here."""
    from ingest.prefect_defaults import is_set

    if is_set("PREFECT_API_URL"):
        yield None
        return
    configured = settings.load()
    if api := embedded.running_api(embedded.home(configured)):
        os.environ["PREFECT_API_URL"] = api
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
    """Be the server; end when our parent does."""
    end_with_parent()
    gc.disable()  # of what is imported nothing is garbage: to look for it costs a sixth of the start
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app()
    gc.freeze()
    gc.enable()
    # A browser that looks on holds a connection open for as long as it likes.
    port = int(sys.argv[1])
    uvicorn.run(app, host=HOST, port=port, log_level="error", timeout_graceful_shutdown=_GRACE_SECONDS)


if __name__ == "__main__":
    main()
