"""Asks the site that is looked at: each address once, politely, and no more of them than a look is worth."""

from urllib.parse import urlsplit

from ingest.errors import IngestError, TargetError
from ingest.fetch import payload
from ingest.fetch.web.manners import Manners
from ingest.fetch.web.session import Session
from ingest.sources.web.discover import Fetched

# A look takes 10 to 30 requests; what needs more than this is a maze (an index of hundreds of site maps).
_MOST_REQUESTS = 80
# Second-level names under which the next label is the site's own: chengdu.gov.cn, example.com.cn.
_SHARED = frozenset({"com", "gov", "org", "net", "edu", "ac", "co"})


class NewSourceError(IngestError):
    """No source can be written for a site; the message says what was tried, or what stands in the way."""


class Asker:
    """The site's answers, each kept: what is tried in three ways is fetched once.

    Args:
        web: Fetches pages.
        manners: How the site is to be asked.
    """

    def __init__(self, web: Session, manners: Manners) -> None:
        self._web, self.manners = web, manners
        self._known: dict[str, Fetched | TargetError] = {}

    def get(self, url: str) -> Fetched:
        """Return what is at an address, unpacked.

        Raises:
            TargetError: There is nothing to be had.
        """
        if url not in self._known:
            self._known[url] = self._ask(url, self.manners)
        had = self._known[url]
        if isinstance(had, TargetError):
            raise had
        return had

    def robots_txt(self, url: str) -> str:
        """Return the robots.txt of an address's site; empty where there is none."""
        split = urlsplit(url)
        plain = Manners(pace=self.manners.pace, robots=False, allow_private=self.manners.allow_private, retries=0)
        had = self._ask(f"{split.scheme}://{split.netloc}/robots.txt", plain)
        return "" if isinstance(had, TargetError) else had.body.decode("utf-8", "replace")

    def _ask(self, url: str, manners: Manners) -> Fetched | TargetError:
        if len(self._known) >= _MOST_REQUESTS:
            return TargetError(f"is left unasked after {_MOST_REQUESTS} requests", stage="discover")
        try:
            exchange = self._web.fetch(url, manners)
            body = payload.unpacked(exchange.body, max_bytes=manners.max_bytes)
        except TargetError as error:
            return error
        return Fetched(exchange.url, body, exchange.header("content-type"))


def same_site(url: str, other: str) -> bool:
    """Whether two addresses belong to one site: one host, or hosts below one registered name."""
    one, two = (urlsplit(each).hostname or "" for each in (url, other))
    if one == two or one.replace(".", "").isdecimal():
        return one == two
    shared = 0
    for left, right in zip(reversed(one.split(".")), reversed(two.split(".")), strict=False):
        if left != right:
            break
        shared += 1
    return shared >= 3 or (shared == 2 and one.split(".")[-2] not in _SHARED)
