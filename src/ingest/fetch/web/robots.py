"""robots.txt (RFC 9309): what a site asks of us. Read by protego, once a run for each origin."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from ingest.errors import TargetError

# RFC 9309, 2.5: a parser reads 500 kibibytes at the least; what follows them is left unread.
MOST_BYTES = 500 * 1024
# A delay of minutes between two pages is a way to say no; what a site may ask is a bit over Baidu's old 30 seconds.
_LONGEST_DELAY = 60.0
_UNREACHABLE = range(500, 600)
_AGAIN = ": it is tried again"  # the end of what is said of a failure that passes


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin's robots.txt says; ``failure`` says why it could not be had, ``lasting`` that it stays so."""

    rules: Protego | None = None
    failure: str = ""
    lasting: bool = False


class ForbiddenError(TargetError):
    """The site asks robots not to fetch a page. It is skipped and not failed: nothing is wrong."""

    def __init__(self, url: str, *, origin: str) -> None:
        msg = f"{origin}/robots.txt asks not to fetch {url}: set `robots = false` in the source if you have its leave"
        super().__init__(msg, stage="robots")


Get = Callable[[httpx.URL], Awaitable[tuple[int, bytes]]]  # to a status and the first bytes of a body


class Robots:
    """The rules of all origins that a run meets.

    Args:
        agent: The first word of our User-Agent, which robots.txt may name.
        get: Fetches a robots.txt, redirects followed; raises ``TargetError`` where there is no answer.
    """

    def __init__(self, agent: str, get: Get) -> None:
        self._agent = agent
        self._get = get
        self._known: dict[str, asyncio.Task[Rules]] = {}

    async def check(self, url: httpx.URL) -> float:
        """Return the delay in seconds that the site asks for between two requests; 0.0 where it asks none.

        Raises:
            ForbiddenError: The page is not to be fetched.
            TargetError: robots.txt could not be had. For a fault of the server's all is forbidden until it can be;
                where the host may not be asked, or has no valid certificate, so it stays.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._known:
            self._known[origin] = asyncio.create_task(self._fetch(httpx.URL(origin + "/robots.txt")))
        found = await asyncio.shield(self._known[origin])
        if found.lasting:
            raise TargetError(found.failure, stage="robots")
        if found.failure:
            msg = f"waits, for {origin}/robots.txt {found.failure}: the next run tries again"
            raise TargetError(msg, stage="robots", transient=True)
        if found.rules is None:
            return 0.0
        if not found.rules.can_fetch(str(url), self._agent):
            raise ForbiddenError(str(url), origin=origin)
        return min(float(found.rules.crawl_delay(self._agent) or 0.0), _LONGEST_DELAY)

    async def _fetch(self, url: httpx.URL) -> Rules:
        try:
            status, body = await self._get(url)
        except TargetError as error:
            return Rules(failure=str(error).removesuffix(_AGAIN), lasting=not error.transient)
        if status in _UNREACHABLE or status == 429:
            return Rules(failure=f"was answered with status {status}")
        if status != 200:
            return Rules()  # RFC 9309, 2.3.1.3: there is none, all is allowed
        return Rules(rules=Protego.parse(body[:MOST_BYTES].decode("utf-8", "replace")))
