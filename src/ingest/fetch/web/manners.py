"""How a source wants its site asked, and with what it is asked again."""

from dataclasses import dataclass, field

from ingest.model import Exchange
from ingest.sources.limits import MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a site is to be asked. Times are in seconds, sizes in bytes."""

    pace: float = 2.0  # between two requests to a host; robots.txt may ask for more
    robots: bool = True
    allow_private: bool = False
    headers: dict[str, str] = field(default_factory=dict)  # sent to the page's own host and to no other
    max_bytes: int = MAX_BYTES
    seconds: float = 60.0  # for one response, from its request to its last byte
    retries: int = 2
    redirects: int = 10  # the Fetch standard allows 20; what needs more than 10 on the web is a loop


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave with a page, to ask later whether it has changed."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


def validators(exchange: Exchange) -> Validators:
    """Return what to ask with the next time."""
    return Validators(etag=exchange.header("etag"), last_modified=exchange.header("last-modified"))
