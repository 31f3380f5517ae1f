"""Where the archive's files lie: a folder of this machine, or any store that fsspec knows (s3://bucket/archive).

A file in a folder grows record by record. An object in a store is put there whole or not at all, so there each chunk
has its own: it is written beside us first, and put when the chunk asks for its bytes to be safe.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol

_IN_MEMORY = 64 * 1024**2  # bytes of an object before its temporary file goes to the disk; a chunk's, at the most
_AT_ONCE = 64  # records asked for together: hides the way to the store, and holds a few MB
_WHOLE = 16 * 1024**2  # bytes asked for together, but for a record that is larger


class Storage(Protocol):
    """Files that are written once. What goes wrong is an ``OSError``."""

    grows: bool  # whether a file can be written to after it was made safe

    def begin(self, name: str, /) -> IO[bytes]:
        """Return a new file to be written from its beginning."""

    def sync(self, name: str, file: IO[bytes], /) -> None:
        """Make what was written safe from a crash, of this machine too."""

    def size(self, name: str) -> int | None:
        """Return how long a file is; None where there is none."""

    def read(self, spans: Sequence[tuple[str, int, int]]) -> Iterator[bytes | OSError]:
        """Yield stretches of files, each given by its file's name, first byte and length, or why there is none."""

    def check(self) -> None:
        """See that the storage is there at all; one that was never written to is not."""


class Folder:
    """A folder, made when the first file begins."""

    grows = True

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def begin(self, name: str) -> IO[bytes]:
        """Return a new file, whose name is safe on the disk."""
        self.path.mkdir(parents=True, exist_ok=True)
        file = (self.path / name).open("xb")
        _sync_folder(self.path)
        return file

    def sync(self, _name: str, file: IO[bytes], /) -> None:
        """Bring a file to the disk."""
        file.flush()
        os.fsync(file.fileno())

    def size(self, name: str) -> int | None:
        """Return how long a file is; None where there is none."""
        try:
            return (self.path / name).stat().st_size
        except OSError:
            return None

    def read(self, spans: Sequence[tuple[str, int, int]]) -> Iterator[bytes | OSError]:
        """Yield stretches of files."""
        for name, offset, length in spans:
            try:
                with (self.path / name).open("rb") as file:
                    file.seek(offset)
                    yield file.read(length)
            except OSError as error:
                yield error

    def check(self) -> None:
        """See that the folder is there."""
        self.path.stat()


class Store:
    """A store of objects, by its address; its package of fsspec's must be installed, its credentials be in place.

    Raises:
        OSError: There is no such kind of store, or its package is missing.
    """

    grows = False

    def __init__(self, address: str) -> None:
        import fsspec

        self.address = address.rstrip("/")
        with _as_oserror():
            self._files, self._root = fsspec.url_to_fs(self.address, use_listings_cache=False)

    def __str__(self) -> str:
        return self.address

    def begin(self, _name: str, /) -> IO[bytes]:
        """Return a file that is nowhere yet."""
        return SpooledTemporaryFile(max_size=_IN_MEMORY)

    def sync(self, name: str, file: IO[bytes]) -> None:
        """Put the object."""
        file.flush()
        file.seek(0)
        with _as_oserror():
            self._files.makedirs(self._root, exist_ok=True)
            self._files.pipe_file(self._path(name), file.read())

    def size(self, name: str) -> int | None:
        """Return how long an object is; None where there is none."""
        with _as_oserror():
            try:
                return int(self._files.size(self._path(name)))
            except FileNotFoundError:
                return None

    def read(self, spans: Sequence[tuple[str, int, int]]) -> Iterator[bytes | OSError]:
        """Yield stretches of objects, some at a time."""
        for some in _bounded(spans):
            paths = [self._path(name) for name, _, _ in some]
            starts = [offset for _, offset, _ in some]
            ends = [offset + length for _, offset, length in some]
            for found in self._files.cat_ranges(paths, starts, ends, on_error="return"):
                yield found if isinstance(found, bytes | OSError) else _oserror(found)

    def check(self) -> None:
        """See that the store answers."""
        with _as_oserror():
            self._files.exists(self._root)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def _bounded(spans: Sequence[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    some: list[tuple[str, int, int]] = []
    for span in spans:
        if some and (len(some) == _AT_ONCE or sum(length for _, _, length in some) + span[2] > _WHOLE):
            yield some
            some = []
        some.append(span)
    if some:
        yield some


@contextmanager
def _as_oserror() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # each store of fsspec's has errors of its own
        raise _oserror(error) from error


def _oserror(error: Any) -> OSError:
    return OSError(None, " ".join(f"{type(error).__name__}: {error}".split()))


def _sync_folder(folder: Path) -> None:
    """Bring the name of a new file to the disk; a system that has no such thing needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
