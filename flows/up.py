"""``ingest up``: a Prefect server, the deployments of the catalogue, and a worker, for as long as it lasts.

The server and the worker are children that hear no Ctrl-C. They are stopped in the order in which they need each other:
the runs, then the worker, then the server. Nothing of what is deployed is touched on the way out, so schedules and
pauses are at the next start as they were.
"""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from flows import embedded
from flows.applying import bring, reachable
from flows.child import Child
from flows.server import HOST, Server
from ingest import prefect_defaults
from ingest.errors import IngestError
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.sources.load import load

PORT = 4200  # Prefect's own
_WORKER_SECONDS = 8  # a little more than the worker gives its runs
_LOOK_SECONDS = 2.0
_MOST_ENDS, _ENDS_SECONDS = 3, 600  # a worker that ends more often in ten minutes will not get better by itself
_T = TypeVar("_T")
# What Prefect is told, unless the user says otherwise.
_WORKER = {"PREFECT_WORKER_QUERY_SECONDS": "2"}  # 10 otherwise: a button that seems to do nothing
_SERVER = {
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the newer UI has the browser ask an outside host
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",  # into a file
    # How long a run waits before it tries again to be one of those that may be at work at once; 30 otherwise.
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
}
_LAST_LINE = "Ctrl-C stops it. New and changed source files count after `ingest deploy`, or from the next start on"
Say = Callable[[str], None]


class UpError(IngestError):
    """The server or the worker does not start or has ended."""


class _StoppedError(Exception):
    """We were asked to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Up:
    """What is to be brought up. ``api`` names a server that runs elsewhere; None has one started on ``port``."""

    settings: Settings
    sources: list[Source]
    folder: Path
    port: int
    api: str | None
    say: Say


def up(settings: Settings, port: int, say: Say) -> None:
    """Bring everything up and stay until Ctrl-C or SIGTERM.

    Args:
        settings: Of the folder we are in.
        port: Where the server listens on this machine.
        say: Told each line for the person at the terminal.

    Raises:
        IngestError: Another is at work, the port is taken, or something does not start or ended by itself.
    """
    sources = list(load(settings.config).values())
    folder = embedded.home(settings)
    api = os.environ.get("PREFECT_API_URL")
    with embedded.alone(folder):
        if api is None:
            _check_port(port)
        _set_environment(settings, folder, api or f"http://{HOST}:{port}/api", port)
        asyncio.run(_stay(Up(settings=settings, sources=sources, folder=folder, port=port, api=api, say=say)))


def _check_port(port: int) -> None:
    """See that a port is free.

    Raises:
        UpError: It is not.
    """
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that was left a moment ago is free
        try:
            trial.bind((HOST, port))
        except OSError as error:
            msg = f"the port {port} is taken ({error.strerror}): `ingest up --port {port + 1}` takes another"
            raise UpError(msg) from error


def _set_environment(settings: Settings, folder: Path, api: str, port: int) -> None:
    """Tell Prefect, here and in all children, where things are; before it is imported."""
    prefect_defaults.apply(quiet=True)
    for name, value in (_SERVER | _WORKER).items():
        if not prefect_defaults.is_set(name):
            os.environ[name] = value
    os.environ |= {
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_API_PORT": str(port),  # the option alone would have the UI call another
        "PREFECT_SERVER_API_HOST": HOST,
        "INGEST_CONFIG": str(settings.config),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }


async def _stay(orders: Up) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: asyncio's own way
            loop.add_signal_handler(number, stop.set)
    server = Server(orders.port, environment={}, log=orders.folder / "server.log") if orders.api is None else None
    worker = _Worker(orders)
    try:
        if server:
            orders.say("Prefect's server starts")
            await _unless(stop, asyncio.to_thread(server.wait))
        await _unless(stop, _bring(orders))
        embedded.tell(orders.folder, os.environ["PREFECT_API_URL"])
        worker.start()
        await _unless(stop, _watch(orders, server, worker))
    except _StoppedError:
        orders.say("stopping; runs that are at work go on at the next start")
    finally:
        await asyncio.to_thread(worker.stop)
        if server:
            await asyncio.to_thread(server.stop)


async def _unless(stop: asyncio.Event, doing: Coroutine[Any, Any, _T]) -> _T:
    """Return what comes of something, unless we are asked to stop first.

    Raises:
        _StoppedError: We were.
    """
    done, stopped = asyncio.ensure_future(doing), asyncio.ensure_future(stop.wait())
    waiting: list[asyncio.Future[Any]] = [done, stopped]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if done.done():
        return done.result()
    done.cancel()
    raise _StoppedError


async def _bring(orders: Up) -> None:
    """Make the deployments and automations, and say what there is now; what a crash left at work goes on."""
    with reachable():
        lines = await bring(orders.sources)
        if orders.api is None:  # on a server of others the runs may be those of another worker
            from flows.worker import give_back_all

            left = await give_back_all()
            lines += [f"runs that were cut short, and go on: {left}"] if left else []
    for line in [f"Prefect's UI: {embedded.ui(os.environ['PREFECT_API_URL'])}", *lines, _LAST_LINE]:
        orders.say(line)


async def _watch(orders: Up, server: Server | None, worker: "_Worker") -> None:
    """Look after the children until one ends for good.

    Raises:
        UpError: One has.
    """
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        if server and not server.alive:
            msg = f"Prefect's server has ended: {orders.folder / 'server.log'} may say why; `ingest up` starts it again"
            raise UpError(msg)
        worker.look()


class _Worker:
    """The worker, which is started again when it ends by itself: the runs of one that was killed are marked so."""

    def __init__(self, orders: Up) -> None:
        self._orders = orders
        self._log = orders.folder / "worker.log"
        self._child: Child | None = None
        self._ends: list[float] = []

    def start(self) -> None:
        """Start it."""
        self._child = Child("flows.worker", environment={}, log=self._log)

    def look(self) -> None:
        """Start it again if it has ended.

        Raises:
            UpError: It ends again and again.
        """
        if self._child is None or self._child.alive:
            return
        now = time.monotonic()
        self._ends = [*(end for end in self._ends if now - end < _ENDS_SECONDS), now]
        if len(self._ends) > _MOST_ENDS:
            msg = f"the worker ends again and again ({self._child.last_words}): {self._log} may say why"
            raise UpError(msg)
        self._orders.say(f"the worker has ended ({self._child.last_words}), and is started again")
        self._child.close()
        self.start()

    def stop(self) -> None:
        """Stop it and its runs."""
        if self._child:
            self._child.stop(_WORKER_SECONDS)
