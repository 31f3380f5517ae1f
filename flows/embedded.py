"""The Prefect of one machine, which ``ingest up`` starts: its folder, and whether and where it is at work."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ingest.errors import IngestError
from ingest.settings import Settings

_LOCK = "up.lock"
_WHERE = "up.json"  # what the one who holds the lock says of itself
_TRIES = 5  # another who only looks holds the lock for a moment
_LOOK_SECONDS = 0.05


class RunningError(IngestError):
    """Another ``ingest up`` works for the same folder."""


def home(settings: Settings) -> Path:
    """Return the folder of the embedded Prefect: its database, results and logs; PREFECT_HOME where that is set."""
    named = os.environ.get("PREFECT_HOME")
    return Path(named).expanduser().absolute() if named else (settings.root / settings.data / "prefect").absolute()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for as long as the context lasts.

    Raises:
        RunningError: Another process does.
        IngestError: The folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("a+b")
    except OSError as error:
        msg = f"Prefect's folder {folder} cannot be written ({error.strerror}): set INGEST_DATA to another place"
        raise IngestError(msg) from error
    with lock:
        for left in reversed(range(_TRIES)):
            if _try_lock(lock):
                break
            if not left:
                raise RunningError(_taken(folder))
            time.sleep(_LOOK_SECONDS)
        (folder / _WHERE).unlink(missing_ok=True)
        try:
            yield
        finally:
            (folder / _WHERE).unlink(missing_ok=True)


def tell(folder: Path, api: str) -> None:
    """Let others on this machine find the server that is up now."""
    (folder / _WHERE).write_text(json.dumps({"pid": os.getpid(), "api": api}), "utf-8")


def running_api(folder: Path) -> str | None:
    """Return the API's address of the ``ingest up`` that works for a folder; None where none does, or not yet."""
    said = _said(folder)
    try:
        with (folder / _LOCK).open("r+b") as lock:
            held = not _try_lock(lock)
    except OSError:
        return None
    return str(said["api"]) if held and "api" in said else None


def _said(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / _WHERE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said


def _taken(folder: Path) -> str:
    said = _said(folder)
    where = f" (process {said['pid']}, {ui(said['api'])})" if said else ""
    return f"`ingest up` is at work already for {folder}{where}: use that one, or stop it first"


def ui(api: str) -> str:
    """Return the address of the UI that belongs to an API's."""
    return api.removesuffix("/api")


def _try_lock(file: IO[bytes]) -> bool:
    """Take the lock of an open file, which goes with the file or with this process."""
    if os.name != "posix":  # Windows: two at once are told apart by the port only
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
