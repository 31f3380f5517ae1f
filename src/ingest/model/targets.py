"""What is asked for, and what came: targets, exchanges with a site, captures."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something a source names, to be fetched.

    ``address`` names it within its source, the same on every machine: a path below the source's folder, a URL.
    ``location`` is where to get it here and now: an absolute path, a URL. ``size`` is in bytes, where it is known.
    ``named``: a person asked for it by its address, so it is due now.
    """

    source: str
    address: str
    location: str
    size: int | None = None
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. ``raw`` is the body as it was sent, ``body`` the same unpacked."""

    url: str
    status: int
    reason: str
    http_version: str
    request_headers: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    fetched_at: datetime
    redirected: tuple["Exchange", ...] = ()  # those that led here, the first one first

    def header(self, name: str) -> str | None:
        """Return the first header of a name, which is lower-case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing has changed."""
        return self.status == 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of a target as they came, before anything reads them. ``sha256`` is their digest in hex."""

    source: str
    address: str
    content: bytes
    sha256: str
    captured_at: datetime  # with its zone; no part of any key
    content_type: str | None = None  # what read_page is told: a label sent by the site, or the source's override
    url: str | None = None
    exchange: Exchange | None = None  # of a page from the web
