"""From a source to its targets, whatever its kind."""

from collections.abc import Iterator
from pathlib import Path

from ingest.model import Target
from ingest.sources import files, warc
from ingest.sources.config import FilesSource, Source
from ingest.sources.warc import WarcSource
from ingest.sources.web import discover as web
from ingest.sources.web.config import WebSource
from ingest.sources.web.discover import Get, offline
from ingest.sources.web.window import EVER, Window


def is_local(source: Source) -> bool:
    """Whether a source's targets are named without asking the network."""
    return not isinstance(source, WebSource)


def discover(source: Source, root: Path, get: Get = offline, window: Window = EVER) -> Iterator[Target]:
    """Yield the targets of a source in a fixed order.

    Args:
        source: What its TOML file says.
        root: The folder that holds ``config/``; relative paths of the source begin there.
        get: Fetches a list of the web; not called for a source that is local.
        window: Which publications are wanted, as far as a list gives dates.

    Raises:
        TargetError: The source itself cannot be reached.
    """
    match source:
        case FilesSource():
            yield from files.discover(source, root)
        case WarcSource():
            yield from warc.discover(source, root)
        case WebSource():
            for link in web.discover(source, get, window):
                yield Target(source=source.name, address=link.url, location=link.url)
        case _:
            raise AssertionError(source.kind)
