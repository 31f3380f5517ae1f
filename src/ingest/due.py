"""Which targets of the web are asked for now, with what, and when again: by what came of them before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest.errors import TargetError
from ingest.fetch.capture import Had, NotModified
from ingest.fetch.web.answers import GoneError
from ingest.fetch.web.manners import Validators, validators
from ingest.fetch.web.robots import ForbiddenError
from ingest.model import Target
from ingest.reading import Reader
from ingest.sources.config import Source
from ingest.sources.discover import is_local
from ingest.store import forgotten, ledger
from ingest.store.engine import Database
from ingest.store.keys import page_key
from ingest.store.ledger import Entry
from ingest.store.rows import Row

NOT_DUE = "not due yet, or forgotten by command"
# A page that has been the same for a day may change tomorrow; one that has been the same for a month will hardly.
# It is asked for again after as long as it is known, within these bounds. Corrections of news come on the first day.
_SOONEST, _LATEST = timedelta(hours=6), timedelta(days=30)
_FIRST_RETRY = timedelta(hours=1)  # after a passing failure; twice as long after each further one
_LASTING = timedelta(days=1)  # the same after a lasting one
_DOUBLINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which targets are asked for, which are left in peace, and what the known ones are asked for with, by address."""

    due: Sequence[Target]
    rest: Sequence[Target] = ()
    validators: Mapping[str, Validators]
    entries: Mapping[str, Entry]
    keeps_ledger: bool

    def row(self, target: Target, had: Had) -> Row | None:
        """Return the ledger's row of what came of a target; None for one that is not of the web."""
        return _row(target, had, self.entries.get(target.address)) if self.keeps_ledger else None


def plan(database: Database, source: Source, targets: Sequence[Target], reader: Reader, *, force: bool) -> Plan:
    """Say what is to be done with targets.

    A page that today's rules have read is asked for with what it came with; another is wanted whole, to be read again.
    What a person named is asked for before it is due; ``force`` asks for all, and whole. Neither asks for what was
    forgotten by command.
    """
    addresses = [target.address for target in targets]
    local = is_local(source)
    with database.read() as connection:
        waiting = set(forgotten.among(connection, source.name, addresses))
        entries = {} if local else ledger.known(connection, source.name, addresses)
    now = datetime.now(UTC)
    asked = {target.address for target in targets if target.named or force}
    waiting |= {address for address, entry in entries.items() if entry.due_at > now and address not in asked}
    known = {
        address: Validators(etag=entry.etag, last_modified=entry.last_modified)
        for address, entry in entries.items()
        if (page := reader.pages.get(address)) and not page.gone and page.rules_version == reader.rules_version
    }
    return Plan(
        due=[target for target in targets if target.address not in waiting],
        rest=[target for target in targets if target.address in waiting],
        validators={} if force else known,
        entries=entries,
        keeps_ledger=not local,
    )


def outcome_of(had: Had) -> str:
    """Return what the ledger calls what came of a target."""
    match had:
        case NotModified():
            return "unchanged"
        case GoneError():
            return "gone"
        case ForbiddenError():
            return "forbidden"
        case TargetError():
            return "failed"
    return "fetched"


def next_due(entry: Entry | None, now: datetime, error: TargetError | None = None) -> datetime:
    """Return when a target is due after it was asked for at ``now``; ``entry`` is what was known of it before."""
    if error is None:
        known_for = now - entry.first_seen if entry else timedelta()
        return now + min(max(known_for, _SOONEST), _LATEST)
    failures = entry.failures if entry else 0
    first = _FIRST_RETRY if error.transient else _LASTING
    asked = timedelta(seconds=getattr(error, "retry_after", None) or 0.0)
    return now + min(max(first * (1 << min(failures, _DOUBLINGS)), asked), _LATEST)


def _row(target: Target, had: Had, entry: Entry | None) -> Row:
    now = datetime.now(UTC)
    error = had if isinstance(had, TargetError) else None
    # A failure has no validators, and a 304 may leave them out: what the page came with still holds.
    new = Validators() if isinstance(had, TargetError) or had.exchange is None else validators(had.exchange)
    if entry and not new.headers and (error or isinstance(had, NotModified)):
        new = Validators(etag=entry.etag, last_modified=entry.last_modified)
    return {
        "key": page_key(target.source, target.address),
        "source": target.source,
        "address": target.address,
        "first_seen": entry.first_seen if entry else now,
        "fetched_at": now,
        "due_at": next_due(entry, now, error),
        "outcome": outcome_of(had),
        "failures": (entry.failures if entry else 0) + 1 if error else 0,
        "etag": new.etag,
        "last_modified": new.last_modified,
    }
