"""Pages named on the command line, read one by one."""

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from ingest.errors import TargetError
from ingest.fetch.files import read_file
from ingest.model import Page
from ingest.pipeline import read_page


def read_pages(paths: list[str], *, url: str | None, content_type: str | None) -> Iterator[tuple[str, Page | None]]:
    """Read each page; yield its name as given and the page, or None where it could not be read, said on stderr."""
    for path in paths:
        try:
            content = _content(path)
        except TargetError as error:
            Console(stderr=True).print(f"ingest: {error}", markup=False, highlight=False, soft_wrap=True)
            yield path, None
        else:
            yield path, read_page(content, url=url, content_type=content_type)


def _content(path: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``.

    Raises:
        TargetError: The file cannot be read, is empty, or is no page.
    """
    if path == "-":
        return sys.stdin.buffer.read()
    return read_file(Path(path))
