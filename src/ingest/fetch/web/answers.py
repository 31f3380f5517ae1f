"""What a status means for a target: read it, wait, give it up, or know it gone."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.errors import TargetError
from ingest.model import Exchange

# What another try may mend: RFC 9110's 408 and 5xx, 425 (RFC 8470), 429 (RFC 6585), and the 52x of content networks.
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 523, 524, 527})
_RESTING = frozenset({429, 503})  # where Retry-After speaks of the server and not of the page (RFC 9110, 10.2.3)
_LONGEST_REST = 30 * 86400.0  # seconds; a ledger looks no further ahead, and some servers say 9999999999
_GONE = frozenset({404, 410})
# Guards in front of Chinese sites answer a first visit with a script that sets a cookie: 瑞数 with 412 or 202,
# 加速乐 with 521; Cloudflare with 403 or 503 and a header of its own.
_CHALLENGES = frozenset({202, 412, 521})
_SCRIPT = b"<script"
_LONGEST_CHALLENGE = 50_000  # bytes; 瑞数's is the largest with about 30,000
# Types that can hold a page, a feed or a site map; anything may come as octet-stream, and is looked at.
_READABLE = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf",
             "application/json", "application/feed+json", "application/octet-stream", "application/gzip",
             "application/x-gzip")  # fmt: skip


class GoneError(TargetError):
    """The site says that there is no such page, or no longer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"is not there (status {status}): what was read of it stays", stage="fetch")


class AnswerError(TargetError):
    """An answer that is no page. ``retry_after`` is how many seconds the server asks to wait."""

    def __init__(self, message: str, *, transient: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message, stage="fetch", transient=transient)
        self.retry_after = retry_after


def check_type(exchange_type: str | None) -> None:
    """Refuse what cannot be a page by its ``Content-Type``, before its body is read.

    Raises:
        AnswerError: It is a picture, a film, an archive.
    """
    media = (exchange_type or "").partition(";")[0].strip().lower()
    if media and "/" in media and not media.startswith(_READABLE):
        msg = f"is {media[:60]}, not a page: leave it out with `exclude`"
        raise AnswerError(msg)


def check(exchange: Exchange) -> None:
    """Let pass what can be read: 200 with a body, and 304.

    Raises:
        GoneError: 404 and 410.
        AnswerError: Everything else; transient where another try may help.
    """
    status = exchange.status
    if exchange.unchanged:
        return
    if is_challenge(exchange):
        msg = f"is behind a bot challenge (status {status}), which is not fought: ask the site for leave or a feed"
        raise AnswerError(msg)
    if status in {200, 203}:
        if not exchange.body:
            raise AnswerError("came without a body: it is tried again", transient=True)
        return
    if status in _GONE:
        raise GoneError(status)
    if status in _TRANSIENT:
        msg = f"was not to be had (status {status}): it is tried again"
        raise AnswerError(msg, transient=True, retry_after=retry_after(exchange.header("retry-after")))
    if status in {401, 403, 407, 451}:
        msg = f"is not for us (status {status}): give the source `headers` that open it, or leave it out with `exclude`"
        raise AnswerError(msg)
    msg = f"was answered with status {status}, which gives no page: see that the address is right"
    raise AnswerError(msg)


def is_challenge(exchange: Exchange) -> bool:
    """Whether an answer is a script that tries whether we are a browser."""
    if exchange.header("cf-mitigated") == "challenge":
        return True
    small = len(exchange.body) <= _LONGEST_CHALLENGE
    return exchange.status in _CHALLENGES and small and _SCRIPT in exchange.body.lower()


def rest(status: int, asked: str | None) -> float | None:
    """Return the seconds for which a host asks to be left alone, all its pages; None where it asks nothing."""
    return retry_after(asked) if status in _RESTING else None


def retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """Return the seconds that a ``Retry-After`` asks for, in either of its forms; None when it says nothing."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(float(value), _LONGEST_REST)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - (now or datetime.now(UTC))).total_seconds()), _LONGEST_REST)
