"""From a target to its bytes as they came, whatever the source's kind."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from ingest.fetch.files import read_raw
from ingest.model import Capture, Target
from ingest.sources.config import FilesSource
from ingest.sources.files import folder_of


def capture(source: FilesSource, target: Target, root: Path) -> Capture:
    """Return the bytes of a target.

    Raises:
        TargetError: They cannot be had; the message names the way out.
    """
    content = read_raw(Path(target.location), folder=folder_of(source, root), max_bytes=source.max_bytes)
    return Capture(
        source=source.name,
        address=target.address,
        content=content,
        sha256=sha256(content).hexdigest(),
        captured_at=datetime.now(UTC),
        content_type=_content_type(source, target.address),
    )


def _content_type(source: FilesSource, address: str) -> str | None:
    """Return what a server that knew the source's encoding would send; None leaves the verdict to the bytes."""
    if source.encoding is None:
        return None
    media = "text/plain" if address.lower().removesuffix(".gz").endswith(".txt") else "text/html"
    return f"{media}; charset={source.encoding}"
