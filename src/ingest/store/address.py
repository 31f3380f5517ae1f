"""The address of a database: what it may be, and for people, without any part of a password."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ConfigError

if TYPE_CHECKING:  # the settings mask an address, and what reads them need not wait for SQLAlchemy
    from sqlalchemy import URL

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_EXAMPLES = "write for example sqlite:///file.db or postgresql://user:password@host/name"

# A password holds any sign, unquoted too: from the first colon to the last @ everything may be part of it.
_USER = re.compile(r"(://[^:@]*):.*@", re.DOTALL)
_SECRET = re.compile(r"[?&][^=&]*(?:pass|pwd|secret|token)[^=&]*=", re.IGNORECASE)  # ?password=…, &sslpassword=…


def masked(address: str) -> str:
    """Return an address with its passwords as ``***``, and only its beginning where they cannot be told from the rest.

    What follows a secret in the query goes too: an unquoted & may be part of it.
    """
    scheme, mark, _ = address.partition("://")
    if not mark:
        return "***"
    secret = _SECRET.search(address)
    if secret is None:
        return _USER.sub(r"\1:***@", address)
    if "@" in address[secret.end() :]:  # of a password before a host, or of one in the query?
        return f"{scheme}://***"
    return _USER.sub(r"\1:***@", address[: secret.end()]) + "***"


def check(address: str) -> "URL":
    """Return the address of a database of a kind we know, in SQLAlchemy's form, with the driver we use.

    Raises:
        ConfigError: It is none; the message has no part of the address but its kind.
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        msg = f"INGEST_DATABASE_URL is no address: {_EXAMPLES}"
        raise ConfigError(msg) from error
    if url.drivername not in _DRIVERS:
        msg = f"INGEST_DATABASE_URL: {url.drivername!r} is no database we know: {_EXAMPLES}"
        raise ConfigError(msg)
    if "@" in (url.host or ""):  # what the driver says of such a host would hold the end of the password
        raise ConfigError("INGEST_DATABASE_URL has more than one @: write %40 for an @ in the password")
    return url.set(drivername=_DRIVERS[url.drivername])


def file(url: "URL") -> Path | None:
    """Return the file that a database is; None for a server."""
    if url.get_backend_name() != "sqlite":
        return None
    if url.database in {None, "", ":memory:"}:
        raise ConfigError("INGEST_DATABASE_URL names a database in memory, which ends with the run: name a file")
    return Path(str(url.database))
