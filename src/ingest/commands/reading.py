"""Pages named on the command line, read one by one."""

import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from ingest.commands.telling import complain
from ingest.errors import TargetError
from ingest.fetch.named import read_file, read_stream
from ingest.model import Page
from ingest.pipeline import read_page


def read_pages(paths: list[str], *, url: str | None, content_type: str | None) -> Iterator[tuple[str, Page | None]]:
    """Read each page; yield its name as given and the page, or None where it could not be read, said on stderr."""
    for path in paths:
        try:
            page = read_page(_content(path), url=url, content_type=content_type)
        except TargetError as error:
            complain(str(error))
            yield path, None
        except Exception as error:  # noqa: BLE001 - a fault of ours on one page must not cost the others
            complain(fault(path, error))
            yield path, None
        else:
            yield path, page


def fault(path: str, error: Exception) -> str:
    """Say in a line that our own code failed on a page, and where."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"{path}: a fault in {place.name} ({said}); please report it with the page"


def _content(path: str) -> bytes:
    """Return the page in a file, or on standard input for ``-``, unpacked where it is gzip.

    Raises:
        TargetError: It cannot be read, is empty, or is no page.
    """
    if path == "-":
        return read_stream(sys.stdin.buffer if sys.stdin else None)
    return read_file(Path(path))
