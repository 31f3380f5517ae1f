"""Processes of this machine that work on chunks, a chunk at a time each.

Each is a program of its own and speaks with us over its standard input and output, so that nothing of what we have
imported comes with it, one that dies takes no other along and is followed by another, and all end when we do, however
we end: what they read then ends. ``ingest.pool_process`` is that program.
"""

import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from ingest.chunk import StoppedError, Watch
from ingest.crew import Job, WorkerError
from ingest.settings import Settings
from ingest.tally import Tally

_LISTEN_SECONDS = 0.1  # between two looks whether to stop
_STOP_SECONDS = 5.0  # for the page in hand; who takes longer is killed, which rolls back as well
STOP = "stop"  # told in place of a chunk


class Pool:
    """So many processes, each begun when it is needed first.

    Args:
        settings: Theirs, as ours.
        processes: How many.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self.size = processes
        self._settings = settings
        self._free: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        for _ in range(processes):
            self._free.put(None)

    def do(self, job: Job, watch: Watch, pages: int) -> Tally:  # noqa: ARG002 - of the protocol
        """Have a chunk done by the next process that is free.

        Raises:
            WorkerError: The process has died; another will take its place.
            StoppedError: The chunk was stopped.
        """
        process = self._free.get()
        try:
            if process is None:
                process = _Process(self._settings)
            return process.do(job, watch)
        except (WorkerError, StoppedError):
            if process is not None and not process.alive:
                process.close()
                process = None
            raise
        finally:
            self._free.put(process)

    def close(self) -> None:
        """End the processes; none may have a chunk in hand."""
        for _ in range(self.size):
            if process := self._free.get():
                process.close()

    @property
    def pids(self) -> list[int]:
        """The processes that wait for a chunk."""
        return [process.pid for process in list(self._free.queue) if process]


class _Process:
    """One of them, seen from here."""

    def __init__(self, settings: Settings) -> None:
        command = [sys.executable, "-P", "-m", "ingest.pool_process"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own
        self.pid = self._process.pid
        self._said: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._tell(settings)

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def do(self, job: Job, watch: Watch) -> Tally:
        """Have it do a chunk, and wait."""
        self._tell(job)
        until: float | None = None
        while True:
            if until is None and watch.stop.is_set():
                until = time.monotonic() + _STOP_SECONDS
                self._tell(STOP)
            try:
                kind, what = self._said.get(timeout=_LISTEN_SECONDS)
            except queue.Empty:
                if until and time.monotonic() > until:
                    self.kill()
                    raise StoppedError from None
                continue
            if kind == "done":
                return what  # type: ignore[no-any-return]  # a Tally, as the other side of this file says
            if kind == "failed":
                raise what
            for _ in range(what):  # pages
                watch.on_page()

    def kill(self) -> None:
        """End it at once; the database rolls back what it had begun."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Let it finish its archive file and go."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin and stdout:
            with suppress(OSError):  # it is dead, and what we had to say is still with us
                stdin.close()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
            self._listener.join()
            stdout.close()

    def _tell(self, what: object) -> None:
        try:
            pickle.dump(what, self._process.stdin)  # type: ignore[arg-type]  # a pipe, as we asked for one
            self._process.stdin.flush()  # type: ignore[union-attr]
        except OSError as error:
            raise _died(self._process) from error

    def _listen(self) -> None:
        """Take what it says; the end of it is its death, or that we have closed it."""
        while True:
            try:
                self._said.put(pickle.load(self._process.stdout))  # type: ignore[arg-type]  # noqa: S301 - our own child
            except (EOFError, OSError, pickle.UnpicklingError):
                self._said.put(("failed", _died(self._process)))
                return


def _died(process: subprocess.Popen[bytes]) -> WorkerError:
    try:
        status = process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        status = None
    how = f"signal {-status}" if status is not None and status < 0 else f"exit code {status}"
    told = "; was there memory enough?" if status == -signal.SIGKILL.value else ""
    return WorkerError(f"a process died over its chunk ({how}{told}), of which nothing is stored")
