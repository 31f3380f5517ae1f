"""What a source had once and has no longer: out of quarantine, its articles withdrawn."""

from array import array
from bisect import bisect_left
from datetime import UTC, datetime

from ingest.sources.config import Source
from ingest.store import queries, write
from ingest.store.engine import Database

# A folder's listing is all there is of it. A feed or a listing page names the newest pages, and the older ones stand.
_LISTED_WHOLE = frozenset({"files"})


class Met:
    """The addresses that a source named in a run: eight bytes each, so that a million of them are 8 MB.

    They are kept as their hashes. That one of a million pages shares the hash of another has odds of 1 in 10^13, and
    would only keep an article standing that is gone.
    """

    def __init__(self) -> None:
        self._hashes = array("q")
        self._unlisted: list[str] = []
        self._sorted = True

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def add(self, address: str) -> None:
        """Note an address."""
        self._hashes.append(hash(address))
        self._sorted = False
        if address == "." or address.endswith("/"):  # a folder that could not be listed, and is a target by itself
            self._unlisted.append("" if address == "." else address)

    def has(self, address: str) -> bool:
        """Whether an address was named."""
        if not self._sorted:
            self._hashes, self._sorted = array("q", sorted(self._hashes)), True
        wanted = hash(address)
        place = bisect_left(self._hashes, wanted)
        return place < len(self._hashes) and self._hashes[place] == wanted

    def may_have(self, address: str) -> bool:
        """Whether an address was named, or may lie where nothing could be listed."""
        return self.has(address) or any(address.startswith(folder) for folder in self._unlisted)


def take_leave(database: Database, source: Source, met: Met) -> int:
    """Clear up after a whole listing of a source; return how many articles were withdrawn.

    A listing without anything withdraws nothing: a disk that is not mounted looks like that.
    """
    now = datetime.now(UTC)
    with database.read() as connection:
        solved = [row["key"] for row in queries.quarantined(connection, source.name) if not met.has(row["address"])]
        gone = []
        if met and source.kind in _LISTED_WHOLE:
            standing = queries.standing_pages(connection, source.name)
            gone = [key for key, address in standing if not met.may_have(address)]
    if not solved and not gone:
        return 0
    with database.write() as connection:
        withdrawn = write.leave(connection, gone, now)
        write.clear_quarantine(connection, solved)
    return withdrawn
