"""Where decisions are taken: that a request comes from a page of ours, who sends it, and the short writing itself."""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sqlalchemy import Connection, event, text
from starlette.requests import Request
from starlette.responses import Response

from ingest.errors import IngestError
from ingest.reader.site import Site
from ingest.store import lookup, review_queue, reviews
from ingest.store.engine import Database, DatabaseError
from ingest.store.review_queue import Narrowed
from ingest.store.reviews import Ruling
from ingest.store.rows import Row

SESSION = "ingest_review"
NAME = "ingest_reviewer"
_SESSION_LENGTH = 43  # of 32 bytes as token_urlsafe writes them
_YEAR = 365 * 24 * 3600  # seconds
_LONGEST = 64 * 1024  # bytes of a form; its fields have at most 1,300 characters, 12 bytes each as %XX
_MOST_FIELDS = 40
_WAIT = 2  # seconds for a database that a run is writing to: its chunks take well under one


class RefusedError(IngestError):
    """A form that this reader did not make, or that nobody may send."""


class BusyError(IngestError):
    """The database is being written to; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Whoever is shown a form: the stamp that it carries, the name that was given last, a session where it is new."""

    stamp: str
    who: str
    session: str | None


class Desk:
    """Takes decisions for a site. The secret is of this process: forms made before it began are refused.

    Args:
        site: Whose records are decided on.
        told: Hears after each decision by how many more or fewer records of each table wait for one.
    """

    def __init__(self, site: Site, told: Callable[[Mapping[str, int]], None] = lambda _difference: None) -> None:
        self._site = site
        self._told = told
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._writing: Database | None = None

    def visit(self, request: Request) -> Visit:
        """Return what the forms of a page need."""
        known = request.cookies.get(SESSION, "")
        is_known = len(known) == _SESSION_LENGTH and known.isascii()
        session = known if is_known else secrets.token_urlsafe(32)
        who = unquote(request.cookies.get(NAME, "")) or self._site.configured.reviewer or ""
        return Visit(self._stamp(session), who, None if is_known else session)

    def welcome(self, request: Request, answer: Response, visit: Visit) -> Response:
        """Let the browser keep a new session; return the answer."""
        if self._site.writable and visit.session is not None:
            keep(request, answer, **{SESSION: visit.session})
        return answer

    def _stamp(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), sha256).hexdigest()

    def check(self, request: Request, form: Mapping[str, str]) -> None:
        """See that a form was made here, for this visitor, and is sent from a page of ours.

        Raises:
            RefusedError: It was not, or nobody may decide.
        """
        if not self._site.writable:
            raise RefusedError("this reader is read-only: it was started with --read-only")
        origin = urlsplit(request.headers.get("origin", ""))
        if not origin.netloc or origin.netloc.lower() != request.headers.get("host", "").lower():
            raise RefusedError("this decision did not come from a page of this reader")
        session = request.cookies.get(SESSION, "")
        given = form.get("stamp", "").encode()
        if not session or not hmac.compare_digest(given, self._stamp(session).encode()):
            raise RefusedError("this page is older than the reader that runs now: load it again")

    def decide(self, kind: str, key: str, ruling: Ruling, seen: int | None) -> Row:
        """Store a decision in a transaction of its own.

        Raises:
            BusyError: The database is written to for longer than a person waits.
            ReviewError: It cannot be taken so.
        """
        try:
            with self._database().write() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{_WAIT}s'"))
                row, difference = _decided(connection, kind, key, ruling, seen)
        except DatabaseError as error:
            if not error.transient:
                raise
            msg = f"the database is busy or away ({error}); nothing was stored: decide again in a moment"
            raise BusyError(msg) from error
        self._told(difference)
        return row

    def _database(self) -> Database:
        """Open the database to write to, at the first decision."""
        with self._lock:
            if self._writing is None:
                self._writing = Database(self._site.configured.database, prepare=False)
                if self._writing.engine.dialect.name == "sqlite":
                    event.listen(self._writing.engine, "connect", _impatient)
            return self._writing


def _decided(
    connection: Connection, kind: str, key: str, ruling: Ruling, seen: int | None
) -> tuple[Row, Mapping[str, int]]:
    """Store a decision; return its row, and by how many the records of its article that wait have changed."""
    record = lookup.row(connection, kind, key)
    mine = Narrowed(article=record["article_key"] if record else "")
    before = review_queue.waiting(connection, mine)
    row = reviews.decide(connection, kind, key, ruling, seen=seen)
    after = review_queue.waiting(connection, mine)
    return row, {name: after[name] - before[name] for name in after}


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form, the first of each name.

    Raises:
        RefusedError: It is longer than any of ours, or none.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            raise RefusedError("this form is longer than any of ours")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise RefusedError("this is no form of ours") from error
    return {name: value.replace("\r\n", "\n") for name, value in reversed(pairs)}


def keep(request: Request, answer: Response, **cookies: str) -> None:
    """Let the browser keep what it shows again with the next form, out of reach of scripts and of other sites."""
    secure = request.url.scheme == "https"
    for name, value in cookies.items():
        answer.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="strict", secure=secure)


def _impatient(connection: Any, _record: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout={_WAIT * 1000}")
