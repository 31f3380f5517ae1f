"""What a file of the archive holds, read through from its first byte: how far a kill or a cut has left it whole."""

from dataclasses import dataclass
from pathlib import Path

from ingest.fetch import warc_records


@dataclass(frozen=True, slots=True)
class Segment:
    """What a file of the archive holds: how many whole captures, up to which byte, and whether a torn one follows."""

    captures: int
    whole_bytes: int
    torn: bool


def inspect(path: Path) -> Segment:
    """Read a file of the archive through, checking every record's digest, and say how far it is whole."""
    captures = whole = 0
    for member in warc_records.members(path):
        read = warc_records.read(member)
        if read is None:
            break
        captures += read.kind in warc_records.CAPTURES
        whole += len(member)
    return Segment(captures=captures, whole_bytes=whole, torn=whole < path.stat().st_size)
