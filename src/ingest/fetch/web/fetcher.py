"""Fetches pages: one for a run, with its connections, its cookies, its hosts' paces and their robots.txt."""

import asyncio
import random
import ssl
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from ingest.errors import TargetError
from ingest.fetch.web import answers, body, redirects
from ingest.fetch.web.guard import GuardedTransport, check_url
from ingest.fetch.web.manners import Manners, Validators
from ingest.fetch.web.pace import LONGEST_REST, Asking, Pace
from ingest.fetch.web.robots import MOST_BYTES, Robots
from ingest.model import Exchange

_CONNECT_SECONDS, _SILENT_SECONDS = 15.0, 30.0  # to be connected; between two pieces of a body
_OF_ALL = 0.9  # of the time for a response, at the most, for its connection
_SAME_URL = 2  # a site that sets a cookie may lead to the page it was asked for, once
_SENT = ("http11.send_request_headers.started", "http2.send_request_headers.started")
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"


class Fetcher:
    """Fetches pages over HTTP, each host at its pace. To be closed at the run's end.

    Args:
        agent: Our User-Agent; its first word is what robots.txt calls us.
        concurrency: The most requests that are under way at once.
        per_host: The most of them to one host.
        backoff: Seconds before the second try; twice as many before each further one, and up to as much again by lot.
        verify: Whether certificates are checked; only a test says no.
    """

    def __init__(
        self, agent: str, *, concurrency: int = 16, per_host: int = 2, backoff: float = 1.0, verify: bool = True
    ) -> None:
        limits = httpx.Limits(max_connections=4 * concurrency, max_keepalive_connections=concurrency)
        headers = {
            "User-Agent": agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": body.ACCEPTED,
            "Accept-Language": "zh-CN,zh;q=0.9",
        }
        common: dict[str, Any] = {"headers": headers, "trust_env": False}
        self._guarded = GuardedTransport(verify=verify, limits=limits)
        self._unguarded = httpx.AsyncHTTPTransport(verify=verify, trust_env=False, http2=True, limits=limits)
        self._public = httpx.AsyncClient(transport=self._guarded, **common)
        self._private = httpx.AsyncClient(transport=self._unguarded, **common)
        self._open = asyncio.Semaphore(concurrency)
        self._pace = Pace(concurrency=per_host)
        self._agent = agent.partition("/")[0]
        self._backoff = backoff
        self._robots: dict[bool, Robots] = {}  # apart for those who may ask private addresses

    async def aclose(self) -> None:
        """Close the connections."""
        await self._public.aclose()
        await self._private.aclose()

    async def fetch(self, url: str, manners: Manners, validators: Validators | None = None) -> Exchange:
        """Return the page at an address, redirects followed.

        Args:
            url: Its address.
            manners: How its site is to be asked.
            validators: Of the page as it is known; the answer may then be ``unchanged``.

        Raises:
            TargetError: There is no page to be had; its class and ``transient`` say what of that is lasting.
        """
        for attempt in range(manners.retries + 1):
            try:
                return await self._follow(_parsed(url), manners, validators)
            except TargetError as error:
                if attempt == manners.retries or not await self._waited(error, attempt):
                    raise
        raise AssertionError  # the last attempt returns or raises

    async def _waited(self, error: TargetError, attempt: int) -> bool:
        """Wait before another try; False where none helps, or the server asks for more than a run can wait."""
        asked = getattr(error, "retry_after", None) or 0.0
        if not error.transient or error.stage == "robots" or asked > LONGEST_REST:
            return False
        backoff = self._backoff * 2**attempt
        await asyncio.sleep(max(asked, backoff + random.uniform(0, backoff)))  # noqa: S311 - no secret
        return True

    async def _follow(self, url: httpx.URL, manners: Manners, validators: Validators | None) -> Exchange:
        """Follow redirects by hand, so that each hop is guarded, asked of robots.txt and paced like the first."""
        passed: list[Exchange] = []
        met: Counter[str] = Counter()
        first = url
        while True:
            met[str(url)] += 1
            if len(passed) > manners.redirects or met[str(url)] > _SAME_URL:
                msg = f"leads in circles or through more than {manners.redirects} redirects, at last to {url}"
                raise redirects.RedirectError(msg)
            check_url(url)
            pace = manners.pace
            if manners.robots:
                pace = max(pace, await self._rules(manners).check(url))
            headers = manners.headers if url.host == first.host and url.scheme == first.scheme else {}
            if validators and url == first:
                headers = headers | validators.headers
            exchange = await self._exchange(url, replace(manners, pace=pace), headers)
            following = redirects.target(exchange)
            if following is None:
                answers.check(exchange)
                return replace(exchange, redirected=tuple(passed))
            passed.append(exchange)
            url = following

    def _rules(self, manners: Manners) -> Robots:
        if manners.allow_private not in self._robots:
            plain = Manners(pace=manners.pace, robots=False, allow_private=manners.allow_private, max_bytes=MOST_BYTES)
            self._robots[manners.allow_private] = Robots(self._agent, lambda url: self._robots_txt(url, plain))
        return self._robots[manners.allow_private]

    async def _robots_txt(self, url: httpx.URL, manners: Manners) -> tuple[int, bytes]:
        """Return the status and the first bytes of a robots.txt. Five redirects are followed (RFC 9309, 2.3.1.2)."""
        for _ in range(6):
            check_url(url)
            exchange = await self._exchange(url, manners, {}, cut=True)
            following = redirects.target(replace(exchange, body=b""))
            if following is None:
                return exchange.status, exchange.body
            url = following
        return 404, b""

    async def _exchange(
        self, url: httpx.URL, manners: Manners, headers: dict[str, str], *, cut: bool = False
    ) -> Exchange:
        """Send one request and read its answer within bounds; ``cut`` takes the first bytes of a large one."""
        private = manners.allow_private
        client, transport = (self._private, self._unguarded) if private else (self._public, self._guarded)
        try:
            # A host's turn comes first: one that waits for it must not keep others from asking theirs.
            turn = self._pace.turn(host := url.netloc.decode(), manners.pace)
            async with asyncio.timeout(None) as deadline, turn as asking, self._open:
                deadline.reschedule(asyncio.get_running_loop().time() + manners.seconds)
                request = client.build_request(
                    "GET", url, headers=headers, timeout=_timeout(manners), extensions={"trace": _noting(asking)}
                )
                # Past the client's own send, which looks into redirects that are not followed and stumbles over them.
                response = await transport.handle_async_request(request)
                asking.answered()
                response.request = request
                if rest := answers.rest(response.status_code, response.headers.get("retry-after")):
                    self._pace.rest(host, rest)
                client.cookies.extract_cookies(response)
                try:
                    return await _read(response, manners, cut=cut)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            msg = f"took longer than {manners.seconds:.0f} seconds: it is tried again"
            raise TargetError(msg, stage="fetch", transient=True) from error
        except httpx.HTTPError as error:
            raise _told(error) from error


async def _read(response: httpx.Response, manners: Manners, *, cut: bool) -> Exchange:
    bounds = body.Bounds(max_bytes=manners.max_bytes, cut=cut)
    if response.status_code == 200 and not cut:
        answers.check_type(response.headers.get("content-type"))
    raw = await body.read(response, bounds)
    return Exchange(
        url=str(response.url),
        status=response.status_code,
        reason=response.reason_phrase,
        http_version=response.http_version,
        request_headers=tuple(response.request.headers.multi_items()),
        headers=tuple(response.headers.multi_items()),
        raw=raw,
        body=body.unpack(raw, response.headers.get("content-encoding"), bounds),
        fetched_at=datetime.now(UTC),
    )


def _timeout(manners: Manners) -> httpx.Timeout:
    """Return the times of one request's steps.

    Connecting ends before the whole does: httpcore 1.0 leaves a connection open that is cancelled within its TLS
    handshake, and closes one whose handshake has run out of time.
    """
    return httpx.Timeout(_SILENT_SECONDS, connect=min(_CONNECT_SECONDS, _OF_ALL * manners.seconds))


def _noting(asking: Asking) -> Any:
    async def note(event: str, _info: dict[str, Any]) -> None:
        if event in _SENT:
            asking.left()

    return note


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        msg = f"is no address ({error}): mend it in the source"
        raise TargetError(msg, stage="fetch") from error


def _told(error: httpx.HTTPError) -> TargetError:
    """Return what is to be said of an exchange that broke."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        msg = f"has a certificate that is not valid ({cause.verify_message}): tell the site, or fetch it by http"
        return TargetError(msg, stage="fetch")
    said = " ".join(str(error).split()) or "no word why"
    match error:
        case httpx.ConnectTimeout() | httpx.ConnectError():
            msg = f"cannot be reached ({said}): it is tried again"
        case httpx.TimeoutException():
            msg = f"fell silent for {_SILENT_SECONDS:.0f} seconds: it is tried again"
        case httpx.RemoteProtocolError():
            msg = f"was cut short or is no HTTP ({said}): it is tried again"
        case _:
            msg = f"broke off ({said}): it is tried again"
    return TargetError(msg, stage="fetch", transient=True)
