"""Serves the reader: on loopback for whoever sits at the machine, elsewhere for those who know the token."""

import os
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import uvicorn

from ingest.errors import ConfigError
from ingest.reader.app import application
from ingest.reader.guard import is_loopback
from ingest.reader.site import Site
from ingest.settings import Settings
from ingest.store.engine import Database

TOKEN = "INGEST_READER_TOKEN"  # noqa: S105 - the name of a variable
_SHORTEST = 16  # characters of a token: 64 bits where it is hexadecimal


def serve(configured: Settings, host: str, port: int, *, told: Callable[[str], None], writable: bool = True) -> None:
    """Serve the reader until it is stopped; ``told`` hears where it is.

    Raises:
        ConfigError: The address is reached by others and no token is set, or it cannot be had.
        NoDatabaseError: There is no database yet.
    """
    token = checked_token(host)
    listening = listen(host, port)
    try:
        database = Database(configured.database, ask=True)
    except BaseException:
        listening.close()
        raise
    shown = f"[{host}]" if ":" in host else host
    told(f"the reader is at http://{shown}:{listening.getsockname()[1]}/; Ctrl-C ends it")
    try:
        site = Site(configured, database, token, names(host, configured.reader_url), writable)
        options = uvicorn.Config(
            application(site, ahead=True), log_level="warning", access_log=False, server_header=False, date_header=True
        )
        uvicorn.Server(options).run([listening])
    finally:
        database.close()


def checked_token(host: str) -> str | None:
    """Return the token that visitors must know; None where the address is loopback and none is set.

    Raises:
        ConfigError: There must be one and is none, or it is short.
    """
    token = os.environ.get(TOKEN)
    if not token and not is_loopback(host):
        msg = f"--host {host} is reached by others: set {TOKEN} to a secret that they must know (openssl rand -hex 16)"
        raise ConfigError(msg)
    if token and len(token) < _SHORTEST:
        msg = f"{TOKEN} is too short: {_SHORTEST} characters at the least (openssl rand -hex 16)"
        raise ConfigError(msg)
    return token or None


def names(host: str, public: str | None) -> frozenset[str]:
    """Return the names by which requests may call this host.

    Args:
        host: The address that is listened at.
        public: ``reader_url`` of the settings: what people call it, behind a proxy say.
    """
    known = {"localhost", "127.0.0.1", "::1", host.lower()}
    if not is_loopback(host):
        known |= {socket.gethostname().lower(), "*"}
    named = urlsplit(public).hostname if public else None
    return frozenset(known | ({named} if named else set()))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Raises:
        ConfigError: The address cannot be had.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError as error:
        msg = f"the reader cannot be served at {host}:{port} ({error.strerror or error}): choose --host and --port"
        raise ConfigError(msg) from error
    return made
