"""A program of ours as a child of this process: it hears no Ctrl-C of the terminal, and ends with us however we end."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO


class Child:
    """``python -m MODULE ARGUMENTS…`` with its own group of processes; it reads a pipe that only we hold open.

    Args:
        module: The program; it calls ``end_with_parent`` first of all.
        arguments: What it is called with.
        environment: What it is told besides our own environment.
        log: The file of what it says; one that goes with it when left out.
    """

    def __init__(self, module: str, *arguments: str, environment: Mapping[str, str], log: Path | None = None) -> None:
        self._log: IO[bytes] = log.open("w+b") if log else TemporaryFile()  # noqa: SIM115 - closed by stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", module, *arguments],
            env=os.environ | dict(environment),
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def last_words(self) -> str:
        """The last line that it wrote."""
        self._log.seek(0)
        said = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else "it said nothing"

    def stop(self, seconds: float) -> None:
        """End it, by force if it takes longer than so many seconds."""
        self._process.terminate()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self.close()

    def close(self) -> None:
        """Let go of one that has ended."""
        if self._process.stdin:
            self._process.stdin.close()
        self._log.close()

    def kill(self) -> None:
        """End it at once, and whatever it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def end_with_parent() -> None:
    """Have this process told to end (SIGTERM) as soon as the pipe on its standard input ends."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    while os.read(0, 4096):  # not by way of sys.stdin, whose lock would be held when the interpreter ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)
