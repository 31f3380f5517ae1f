"""Who may look, by which name of the host, and what a browser is told it may do with a page: the outermost layer."""

import hmac
import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "ingest_reader"
_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<name>[^\[\]:/@\s]+))(?::\d{1,5})?")  # RFC 9110, 7.2
_YEAR = 365 * 24 * 3600  # seconds
_LOGIN = "/login"
_ASSETS = "/assets/"  # of the package, the same for everybody; the page that asks for the token needs them
# Nothing is run or loaded that does not come from this host, and no page of another may hold ours in a frame.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # an address of ours may hold what was searched for
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
_PRIVATE = "private, no-cache"  # of what has no rule of its own: pages change with every run


class Guard:
    """Checks the host's name and the token, and adds the headers to every answer.

    Args:
        app: The application behind it.
        token: What a visitor must know, given once as ``?token=…`` and then kept in a cookie; None for no token.
        hosts: The names by which this host may be called; empty for any. A page of another site that lets its own
            name point to this address (DNS rebinding) comes by a name that is not among them.
    """

    def __init__(self, app: ASGIApp, *, token: str | None = None, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await (self._refusal(scope) or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if self._hosts and not _named(headers.get("host", ""), self._hosts):
            return PlainTextResponse("This host is not called by that name here.\n", 421)
        path: str = scope["path"]
        if self._token is None or path.startswith(_ASSETS):
            return None
        query = QueryParams(scope["query_string"])
        if "token" in query and scope["method"] == "GET":
            return self._first_visit(scope, query)
        given = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        if path == _LOGIN or matches(given, self._token):
            return None
        return RedirectResponse(_LOGIN, 303) if scope["method"] in {"GET", "HEAD"} else PlainTextResponse("No.\n", 403)

    def _first_visit(self, scope: Scope, query: QueryParams) -> Response:
        """Keep a right token in a cookie and lead on to the same address without it."""
        if not matches(query["token"], self._token or ""):
            return RedirectResponse(f"{_LOGIN}?wrong=1", 303)
        rest = urlencode([(name, value) for name, value in query.multi_items() if name != "token"])
        path = "/" + str(scope["path"]).lstrip("/\\")  # two slashes would name another host
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        keep(answer, self._token or "", secure=scope["scheme"] == "https")
        return answer


def matches(given: str, token: str) -> bool:
    """Whether a token is the right one; it takes as long for a nearly right one as for any."""
    return hmac.compare_digest(given.encode(), token.encode())


def keep(answer: Response, token: str, *, secure: bool) -> None:
    """Let the browser keep the token, out of reach of scripts and of other sites."""
    answer.set_cookie(COOKIE, token, max_age=_YEAR, httponly=True, samesite="strict", secure=secure)


def is_loopback(host: str) -> bool:
    """Whether an address is one that only this machine reaches."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _named(host: str, allowed: frozenset[str]) -> bool:
    """Whether the Host header, less its port, is an allowed name; any address does where ``*`` stands for them."""
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found["v6"] or found["name"]
    if name.lower() in allowed:
        return True
    if "*" not in allowed:
        return False
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", _PRIVATE)
        await send(message)

    return wrapped
