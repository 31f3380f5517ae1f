"""A run, but for the one who runs it: its row, the turns of its sources, its end. ``flows`` makes tasks of it."""

import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from ingest.choice import Orders, chunks
from ingest.chunk import Desk, store_problem
from ingest.errors import TargetError
from ingest.fetch.capture import getter
from ingest.leave import take_leave
from ingest.model import Outcome, Target
from ingest.reading import problem_of
from ingest.rules import rules_version
from ingest.sources.config import Source
from ingest.store import alive, copies_waiting, measures, queries, sites, windows, write
from ingest.tally import Tally
from ingest.turn import Turn, note_begin, note_break, note_end, plan

CRASHED = "killed: it ended without a word, and was found dead when the next run began"
# Set by one who runs the flow in this process and wants to show how far it is: called after each page.
on_page: ContextVar[Callable[[], None]] = ContextVar("on_page", default=lambda: None)


class Idle(StrEnum):
    """Why a run has left a source alone."""

    NOTHING_DUE = "nothing due"  # others have read all that it was to read
    BUSY = "busy"  # another run was at work on it for longer than this one would wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that has begun."""

    key: str
    started_at: datetime
    orders: Orders
    tallies: dict[str, Tally] = field(default_factory=dict)  # by source, of which each has one from the beginning
    turns: dict[str, Turn] = field(default_factory=dict)  # of the sources that the run has taken on so far
    idle: dict[str, Idle] = field(default_factory=dict)  # the sources that it has left alone

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


def begin(desk: Desk, orders: Orders, flow_run: str | None = None) -> Run:
    """Store that a run begins, and what its sources are; runs that were killed meanwhile are noted as such.

    ``flow_run`` is Prefect's id of it, where it is a flow.
    """
    run = Run(key=uuid.uuid4().hex, started_at=datetime.now(UTC), orders=orders)
    desk.show_life(run.key)
    with desk.database.write() as connection:
        for dead in alive.dead(connection, desk.database):
            queries.close_run(connection, dead, at=run.started_at, error=CRASHED)
            windows.close(connection, dead, CRASHED)
        for source in orders.sources:
            run.tallies[source.name] = Tally()
            names = ("name", "kind", "title", "language", "trust")
            row = {name: getattr(source, name) for name in names}
            queries.put_source(connection, row)
        queries.begin_run(
            connection,
            {
                "key": run.key,
                "started_at": run.started_at,
                "ended_at": None,
                "sources": [source.name for source in orders.sources],
                "parameters": orders.plain,
                "rules_version": rules_version(),
                "outcomes": {},
                "error": None,
                "flow_run": flow_run,
            },
        )
    return run


def take_turn(desk: Desk, run: Run, source: Source) -> bool:
    """Begin a source's turn: see what is due, and note that it is taken on; False where nothing is.

    Whoever runs with others at work holds the source's lock (``alive.take``) from before this until ``finish``.
    """
    with desk.database.write() as connection:
        turn = plan(connection, run.orders, source, datetime.now(UTC))
        if turn is None:
            run.idle[source.name] = Idle.NOTHING_DUE
            return False
        note_begin(connection, turn, run.key)
    run.turns[source.name] = turn
    return True


def work(desk: Desk, run: Run, source: Source) -> Iterator[list[Target]]:
    """Yield the chunks of a source whose turn it is, each to be read and stored before ``finish``.

    A source that cannot be reached is a problem of the run and gives no chunk.
    """
    turn = run.turns[source.name]
    get = turn.asking(getter(source, desk.web))
    try:
        for chunk in chunks(desk.settings, run.orders, source, get, turn.window):
            for target in chunk:
                turn.met.add(target.address)
            yield chunk
    except TargetError as error:
        turn.failed = str(error)
        target = Target(source=source.name, address=".", location="")
        run.tallies[source.name].add(store_problem(desk, problem_of(target, error, Outcome.FAILED)))


def finish(desk: Desk, run: Run, source: Source) -> None:
    """End a source's turn, all of whose chunks are stored: what it covered counts from here on.

    After a turn over all targets, what the source no longer has is taken out of quarantine, and its articles are
    withdrawn.
    """
    turn, tally = run.turns[source.name], run.tallies[source.name]
    if not turn.failed and not run.orders.partial and not turn.due.reads:
        tally.withdrawn += take_leave(desk.database, source, turn.met)
    with desk.database.write() as connection:
        note_end(connection, turn, tally, run=run.key, at=datetime.now(UTC))
    turn.over = True


def end(desk: Desk, run: Run, error: str | None = None) -> None:
    """Store how a run ended; ``error`` says what stopped it before its time. One that found nothing to do goes.

    Before it ends well all articles are linked with their copies, those too that a killed run stored and left so.
    """
    if error is None:
        copies_waiting.link_all(desk.database)
    at = datetime.now(UTC)
    with desk.database.write() as connection:
        if error is not None and (waiting := copies_waiting.count(connection)):
            error = f"{error}; the copies of {waiting} articles are not looked for yet: the next run does"
        if run.idle and not run.turns and error is None:
            queries.drop_run(connection, run.key)
            return
        queries.end_run(connection, run.key, at=at, outcomes=run.outcomes, error=error)
        for turn in run.turns.values():
            if not turn.over:
                note_break(connection, turn, error or CRASHED, run=run.key, at=at)
        whole = error is None and not run.orders.partial and not run.orders.dated
        given = {name: tally.measures for name, tally in run.tallies.items() if name not in run.idle}
        measures.put(connection, run.key, at=at, whole=whole, given=given)
        if error is None:  # what half a run has counted is no profile to read the other half with
            sites.publish(connection, run.tallies)
        if error is None and run.orders.whole and not run.orders.partial:
            write.clear_other_quarantine(connection, list(run.tallies))
