"""Bytes from files. Whatever lies there, a reader gets bytes within the limit or an error that names the way out."""

import errno
import os
import stat
from pathlib import Path

from ingest.errors import TargetError
from ingest.fetch.payload import size
from ingest.sources.limits import MAX_BYTES

# Opening a pipe would wait for its writer for ever; these two are 0 where a system does not know them.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_raw(path: Path, *, folder: Path | None = None, max_bytes: int = MAX_BYTES) -> bytes:
    """Return a file's bytes as they lie there.

    Args:
        path: The file.
        folder: Where the file must lie once links are followed; anywhere when None.
        max_bytes: The most that is read.

    Raises:
        TargetError: There is no file, it may not be read, is empty or too large, or a link leads out of ``folder``.
    """
    try:
        _check_place(path, folder)
        return _read(path, max_bytes)
    except FileNotFoundError as error:
        raise _failed(_missing(path)) from error
    except IsADirectoryError as error:
        raise _failed("is a folder, not a file: leave it out with `exclude`, or make it a source of its own") from error
    except PermissionError as error:
        raise _failed("may not be read: give this user the right to read it (chmod +r)") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _failed("is a link that leads back to itself: remove it") from error
        msg = f"cannot be read ({error.strerror or error}): see that the disk is well, then run again"
        raise _failed(msg, transient=True) from error


def _check_place(path: Path, folder: Path | None) -> None:
    if folder is None or (not path.is_symlink() and not path.parent.is_symlink() and ".." not in path.parts):
        return
    real = Path(os.path.realpath(path, strict=True))  # Path.resolve would hide a circle of links in a RuntimeError
    if not real.is_relative_to(folder.resolve()):
        msg = "is a link to a file outside its source's folder: copy the file, or make its folder a source of its own"
        raise _failed(msg)


def _read(path: Path, max_bytes: int) -> bytes:
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):
            raise _failed("is a pipe, socket or device, not a file: leave it out with `exclude`")
        content = file.read(max_bytes + 1) if status.st_size <= max_bytes else b""
    if status.st_size > max_bytes or len(content) > max_bytes:
        msg = f"has {size(status.st_size)}, more than {size(max_bytes)}: raise `max_bytes` of its source to read it"
        raise _failed(msg)
    if not content:
        raise _failed("is empty: fetch it again, or leave it out with `exclude`")
    return content


def _missing(path: Path) -> str:
    if path.is_symlink():
        return f"is a link to {path.readlink()}, which does not exist: mend or remove the link"
    return "does not exist: see that the path is right"


def _failed(message: str, *, transient: bool = False) -> TargetError:
    return TargetError(message, stage="fetch", transient=transient)
