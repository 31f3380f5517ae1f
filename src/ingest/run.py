"""A run, but for the one who runs it: which targets in which chunks, its row, its end. ``flows`` makes tasks of it."""

import difflib
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from ingest.chunk import Desk, store_problem
from ingest.errors import ConfigError, TargetError
from ingest.fetch.capture import getter
from ingest.leave import Met, take_leave
from ingest.model import Outcome, Target
from ingest.reading import problem_of
from ingest.rules import rules_version
from ingest.settings import Settings
from ingest.sources.config import Source
from ingest.sources.discover import discover, is_local
from ingest.sources.web.discover import Get, offline
from ingest.sources.web.links import canonical
from ingest.store import alive, measures, queries, sites, write
from ingest.tally import Tally

CRASHED = "killed: it ended without a word, and was found dead when the next run began"
# Set by one who runs the flow in this process and wants to show how far it is: called after each page.
on_page: ContextVar[Callable[[], None]] = ContextVar("on_page", default=lambda: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a run is to do. ``only`` names addresses; ``limit`` is the most targets of each source.

    ``whole``: the sources are all that there are, so that what belongs to others belongs to none any more.
    """

    sources: tuple[Source, ...]
    only: tuple[str, ...] = ()
    limit: int | None = None
    force: bool = False
    whole: bool = False

    @property
    def partial(self) -> bool:
        """Whether some targets are left aside, so that what is not met may still be there."""
        return bool(self.only) or self.limit is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that has begun."""

    key: str
    started_at: datetime
    orders: Orders
    tallies: dict[str, Tally] = field(default_factory=dict)  # by source

    @property
    def total(self) -> Tally:
        """All sources together."""
        whole = Tally()
        for tally in self.tallies.values():
            whole.add(tally)
        return whole

    @property
    def outcomes(self) -> dict[str, dict[str, int]]:
        """How many targets of each source had each outcome."""
        return {
            name: {outcome.value: tally.outcomes[outcome] for outcome in Outcome if tally.outcomes[outcome]}
            for name, tally in self.tallies.items()
        }


def begin(desk: Desk, orders: Orders) -> Run:
    """Store that a run begins, and what its sources are; runs that were killed meanwhile are noted as such."""
    run = Run(key=uuid.uuid4().hex, started_at=datetime.now(UTC), orders=orders)
    desk.show_life(run.key)
    with desk.database.write() as connection:
        for dead in alive.dead(connection, desk.database):
            queries.close_run(connection, dead, at=run.started_at, error=CRASHED)
        for source in orders.sources:
            run.tallies[source.name] = Tally()
            row = {"name": source.name, "kind": source.kind, "title": source.title, "language": source.language}
            queries.put_source(connection, row)
        queries.begin_run(
            connection,
            {
                "key": run.key,
                "started_at": run.started_at,
                "ended_at": None,
                "sources": [source.name for source in orders.sources],
                "parameters": {"only": list(orders.only), "limit": orders.limit, "force": orders.force},
                "rules_version": rules_version(),
                "outcomes": {},
                "error": None,
            },
        )
    return run


def end(desk: Desk, run: Run, error: str | None = None) -> None:
    """Store how a run ended; ``error`` says what stopped it before its time."""
    with desk.database.write() as connection:
        at = datetime.now(UTC)
        queries.end_run(connection, run.key, at=at, outcomes=run.outcomes, error=error)
        given = {name: tally.measures for name, tally in run.tallies.items()}
        measures.put(connection, run.key, at=at, whole=error is None and not run.orders.partial, given=given)
        sites.publish(connection, run.tallies)
        if error is None and run.orders.whole and not run.orders.partial:
            write.clear_other_quarantine(connection, list(run.tallies))


def work(desk: Desk, run: Run, source: Source) -> Iterator[list[Target]]:
    """Yield the chunks of a source, each to be read and stored before the next is asked for.

    A source that cannot be reached is a problem of the run and gives no chunk. After the last chunk of a run over all
    targets, what the source no longer has is taken out of quarantine, and its articles are withdrawn.
    """
    met = Met()
    try:
        for chunk in chunks(desk.settings, run.orders, source, getter(source, desk.web)):
            for target in chunk:
                met.add(target.address)
            yield chunk
    except TargetError as error:
        target = Target(source=source.name, address=".", location="")
        run.tallies[source.name].add(store_problem(desk, problem_of(target, error, Outcome.FAILED)))
        return
    if not run.orders.partial:
        run.tallies[source.name].withdrawn += take_leave(desk.database, source, met)


def chunks(settings: Settings, orders: Orders, source: Source, get: Get = offline) -> Iterator[list[Target]]:
    """Yield the targets of a source that a run is to read, in chunks bounded by their number and by their bytes.

    Raises:
        TargetError: The source itself cannot be reached.
    """
    chunk: list[Target] = []
    size = 0
    for target in targets(settings, orders, source, get):
        chunk.append(target)
        size += target.size or 0
        if len(chunk) >= settings.chunk_pages or size >= settings.chunk_bytes:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def targets(settings: Settings, orders: Orders, source: Source, get: Get) -> Iterator[Target]:
    """Yield the targets of a source that a run is to read.

    What ``only`` names of a source of the web is asked for without its lists: they may name it no longer.
    """
    if orders.only and not is_local(source):
        return islice(_named(source, orders.only), orders.limit)
    wanted = frozenset(orders.only)
    found = (t for t in discover(source, settings.root, get) if not wanted or t.address in wanted)
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
            yield Target(source=source.name, address=address, location=address)


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
