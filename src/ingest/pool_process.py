"""A process that works on chunks for a ``Pool``: ``python -m ingest.pool_process``.

It reads the settings, then a chunk at a time, from its standard input, and answers on its standard output, all pickled.
"""

import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from ingest.chunk import Desk, Watch
from ingest.pool import STOP
from ingest.settings import Settings

_TELL_SECONDS = 0.2  # between two words of how far one is


def main() -> None:
    """Be one of the processes: read the settings, then chunks, until there is nothing more to read."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too: who has begun us says what is to be done
    try:
        settings = pickle.load(sys.stdin.buffer)  # noqa: S301 - from who has begun us
    except EOFError:
        return  # who has died since
    worker = _Worker(answers, settings)
    threading.Thread(target=worker.hear, args=(sys.stdin.buffer,), daemon=True).start()
    worker.work()


class _Worker:
    """One of the processes, seen from itself."""

    def __init__(self, answers: BinaryIO, settings: Settings) -> None:
        self._answers, self._settings = answers, settings
        self._jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._busy = False

    def hear(self, said: BinaryIO) -> None:
        """Take what we are told; who has begun us may die while we work, and then nobody wants the chunk."""
        while True:
            try:
                what = pickle.load(said)  # noqa: S301 - from who has begun us
            except (EOFError, OSError, pickle.UnpicklingError):
                if self._busy:
                    os._exit(1)
                self._jobs.put(None)
                return
            if what == STOP:
                self._stop.set()
                continue
            self._stop.clear()
            self._busy = True
            self._jobs.put(what)

    def work(self) -> None:
        """Do one chunk after the other, at one desk."""
        desk: Desk | None = None
        answer: tuple[str, object]
        while (job := self._jobs.get()) is not None:
            try:
                desk = desk or Desk(self._settings)
                answer = "done", job(desk, watch=Watch(self._stop, _Told(self._answer)))
            except Exception as error:  # noqa: BLE001 - whatever it is, who has asked for the chunk is to know
                answer = "failed", _carried(error)
            self._busy = False  # before we say so: the next chunk comes at once, and makes it true again
            self._answer(*answer)
        if desk:
            desk.close()

    def _answer(self, kind: str, what: object) -> None:
        try:
            pickle.dump((kind, what), self._answers)
            self._answers.flush()
        except OSError:
            os._exit(1)  # nobody is there any more


class _Told:
    """Says how many pages were read, now and then."""

    def __init__(self, answer: Callable[[str, object], None]) -> None:
        self._answer = answer
        self._pages = 0
        self._last = time.monotonic()

    def __call__(self) -> None:
        self._pages += 1
        if time.monotonic() - self._last > _TELL_SECONDS:
            self._answer("pages", self._pages)
            self._pages, self._last = 0, time.monotonic()


def _carried(error: Exception) -> Exception:
    """Return an error as it can be told to another process, with the place where it was raised."""
    told = "".join(traceback.format_exception(error))
    try:
        carried = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - an error of a library that pickle cannot make again
        carried = RuntimeError(f"{type(error).__name__}: {error}")
    carried.add_note(told)
    return carried  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
