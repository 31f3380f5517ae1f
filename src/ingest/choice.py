"""What a run is asked to do, and which targets of its sources that is, in which chunks."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Literal

from ingest.errors import ConfigError, TargetError
from ingest.model import Target
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.sources.discover import discover, is_local
from ingest.sources.web.discover import Get, offline
from ingest.sources.web.links import canonical
from ingest.sources.web.window import EVER, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a run is to do.

    Args:
        sources: Which sources.
        only: Names addresses; no others are read.
        limit: The most targets of each source.
        force: Read again what has not changed.
        whole: The sources are all that there are, so that what belongs to others belongs to none any more.
        what: Of sources whose lists give dates, what no run has covered; or all, covered or not.
        since: The first day of publication, in each source's zone.
        until: The last day of publication.
        scheduled: When the run was to begin, so that one that comes late knows whether its work is done.
    """

    sources: tuple[Source, ...]
    only: tuple[str, ...] = ()
    limit: int | None = None
    force: bool = False
    whole: bool = False
    what: Literal["due", "all"] = "all"
    since: date | None = None
    until: date | None = None
    scheduled: datetime | None = None

    @property
    def partial(self) -> bool:
        """Whether some targets are left aside, so that what is not met may still be there."""
        return bool(self.only) or self.limit is not None

    @property
    def dated(self) -> bool:
        """Whether only the publications of some days are wanted."""
        return self.since is not None or self.until is not None

    @property
    def plain(self) -> dict[str, object]:
        """What was asked for, as JSON can hold it."""
        days = {name: day.isoformat() for name in ("since", "until") if (day := getattr(self, name))}
        return {"only": list(self.only), "limit": self.limit, "force": self.force, "what": self.what} | days


def chunks(
    settings: Settings, orders: Orders, source: Source, get: Get = offline, window: Window = EVER
) -> Iterator[list[Target]]:
    """Yield the targets of a source that a run is to read, in chunks bounded by their number and by their bytes.

    Raises:
        TargetError: The source itself cannot be reached.
    """
    chunk: list[Target] = []
    size = 0
    for target in targets(settings, orders, source, get, window):
        chunk.append(target)
        size += target.size or 0
        if len(chunk) >= settings.chunk_pages or size >= settings.chunk_bytes:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def targets(settings: Settings, orders: Orders, source: Source, get: Get, window: Window = EVER) -> Iterator[Target]:
    """Yield the targets of a source that a run is to read.

    What ``only`` names of a source of the web is asked for without its lists: they may name it no longer.
    """
    if orders.only and not is_local(source):
        return islice(_named(source, orders.only), orders.limit)
    wanted = frozenset(orders.only)
    found = (t for t in discover(source, settings.root, get, window) if not wanted or t.address in wanted)
    return islice(found, orders.limit)


def local_targets(settings: Settings, orders: Orders) -> Iterator[Target]:
    """Yield the targets that can be named without asking the network; a source that cannot be reached has none."""
    for source in orders.sources:
        if is_local(source) or orders.only:
            with suppress(TargetError):  # the run will say so
                yield from targets(settings, orders, source, offline)


def _named(source: Source, addresses: Iterable[str]) -> Iterator[Target]:
    for address in addresses:
        if canonical(address) == address:
            yield Target(source=source.name, address=address, location=address, named=True)


def check_only(settings: Settings, orders: Orders) -> None:
    """See that every address in ``only`` is a target of one of the sources.

    Raises:
        ConfigError: One is not; the message has the address that was probably meant.
    """
    if not orders.only:
        return
    web = any(not is_local(source) for source in orders.sources)
    known = {canonical(address) for address in orders.only if web}
    known |= {target.address for target in local_targets(settings, replace(orders, only=(), limit=None))}
    addresses = {address for address in known if address}
    for address in orders.only:
        if address not in addresses:
            close = difflib.get_close_matches(address, addresses, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            names = ", ".join(source.name for source in orders.sources)
            msg = f"{names}: no target has the address {address!r}{hint}"
            raise ConfigError(msg)
