"""Where decisions are taken: that a request comes from a page of ours, who sends it, and the short writing itself."""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import event, text
from starlette.requests import Request
from starlette.responses import Response

from ingest.errors import IngestError
from ingest.reader.site import Site
from ingest.store import reviews
from ingest.store.engine import Database, DatabaseError
from ingest.store.reviews import Ruling
from ingest.store.rows import Row

SESSION = "ingest_review"
NAME = "ingest_reviewer"
_YEAR = 365 * 24 * 3600  # seconds
_LONGEST = 64 * 1024  # bytes of a form; its fields have at most 1,300 characters, 12 bytes each as %XX
_MOST_FIELDS = 40
_WAIT = 2  # seconds for a database that a run is writing to: its chunks take well under one


class RefusedError(IngestError):
    """A form that this reader did not make, or that nobody may send."""


class BusyError(IngestError):
    """The database is being written to; nothing was stored."""


class Desk:
    """Takes decisions for a site. The secret is of this process: forms made before it began are refused."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._writing: Database | None = None

    def session(self, request: Request) -> str:
        """Return the visitor's session, a new one where there is none."""
        known = request.cookies.get(SESSION, "")
        return known if len(known) == 43 and known.isascii() else secrets.token_urlsafe(32)

    def stamp(self, session: str) -> str:
        """Return what a form of a session carries, and no other site knows."""
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
        if not session or not hmac.compare_digest(given, self.stamp(session).encode()):
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
                return reviews.decide(connection, kind, key, ruling, seen=seen)
        except DatabaseError as error:
            if not error.transient:
                raise
            msg = f"the database is busy or away ({error}); nothing was stored: decide again in a moment"
            raise BusyError(msg) from error

    def _database(self) -> Database:
        """Open the database to write to, at the first decision."""
        with self._lock:
            if self._writing is None:
                self._writing = Database(self._site.configured.database, prepare=False)
                if self._writing.engine.dialect.name == "sqlite":
                    event.listen(self._writing.engine, "connect", _impatient)
            return self._writing


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
        answer.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="strict", secure=secure, path="/review")


def _impatient(connection: Any, _record: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout={_WAIT * 1000}")
