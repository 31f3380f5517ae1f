"""Pages named on the command line, read one by one."""

import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.commands.telling import complain
from ingest.errors import TargetError
from ingest.fetch.named import read_file, read_stream
from ingest.model import Page
from ingest.pipeline import read_page

if TYPE_CHECKING:  # reading one page needs no pydantic
    from ingest.sources.config import Source


def read_pages(
    paths: list[str], *, url: str | None, content_type: str | None, source: str | None = None
) -> Iterator[tuple[str, Page | None]]:
    """Read each page; yield its name as given and the page, or None where it could not be read, said on stderr.

    ``source`` names one whose selectors and encoding hold for the pages.

    Raises:
        ConfigError: There is no such source, or its file is broken.
    """
    own = _source(source) if source else None
    for path in paths:
        told = content_type or (_content_type(own.encoding, path) if own and own.encoding else None)
        try:
            page = read_page(_content(path), url=url, content_type=told, selectors=own.selectors if own else None)
        except TargetError as error:
            complain(str(error))
            yield path, None
        except Exception as error:  # noqa: BLE001 - a fault of ours on one page must not cost the others
            complain(fault(path, error))
            yield path, None
        else:
            yield path, page


def _source(name: str) -> "Source":
    """Return a source by its name; a disabled one too, since it may be disabled until its selectors are right."""
    from ingest import settings
    from ingest.sources.load import find, load

    return find(load(settings.load().config), name)


def _content_type(encoding: str, path: str) -> str:
    media = "text/plain" if path.lower().removesuffix(".gz").endswith(".txt") else "text/html"
    return f"{media}; charset={encoding}"


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
    if path.startswith(("http://", "https://")):
        msg = f"{path}: is an address, and pages are read from files here: save it first (`curl -o page.html`)"
        raise TargetError(msg, stage="fetch")
    if path == "-":
        return read_stream(sys.stdin.buffer if sys.stdin else None)
    return read_file(Path(path))
