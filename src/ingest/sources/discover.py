"""From a source to its targets, whatever its kind."""

from collections.abc import Iterator
from pathlib import Path

from ingest.model import Target
from ingest.sources import files
from ingest.sources.config import FilesSource

_BY_KIND = {"files": files.discover}


def discover(source: FilesSource, root: Path) -> Iterator[Target]:
    """Yield the targets of a source in a fixed order.

    Args:
        source: What its TOML file says.
        root: The folder that holds ``config/``; relative paths of the source begin there.

    Raises:
        TargetError: The source itself cannot be reached.
    """
    return _BY_KIND[source.kind](source, root)
