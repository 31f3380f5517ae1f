"""Where an answer leads: by its status, or by a refresh in the page itself."""

import re

import httpx
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from ingest.errors import TargetError
from ingest.model import Exchange

_STATUSES = frozenset({301, 302, 303, 307, 308})
# A page that only leads on is short, and does so at once. An article that reloads itself each ten minutes is neither.
_LONGEST_PAGE, _LONGEST_SECONDS = 16_384, 5.0
_REFRESH = re.compile(r"\s*(\d{0,4}(?:\.\d*)?)\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?\s*([^\"'>\s]{1,2000})", re.IGNORECASE)


class RedirectError(TargetError):
    """An answer that leads nowhere, or in circles."""

    def __init__(self, message: str) -> None:
        super().__init__(message, stage="fetch")


def target(exchange: Exchange) -> httpx.URL | None:
    """Return where an answer leads, its fragment off; None when it is the page itself.

    Raises:
        RedirectError: It leads to what is no address.
    """
    if exchange.status in _STATUSES:
        location = exchange.header("location")
        if not location:
            msg = f"was answered with status {exchange.status} and no place to go: see that the address is right"
            raise RedirectError(msg)
    elif exchange.status == 200:
        location = refresh(exchange.body)
    else:
        location = None
    if not location:
        return None
    try:
        return httpx.URL(exchange.url).join(location.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        msg = f"leads to {location[:100]!r}, which is no address: see that the page is still there"
        raise RedirectError(msg) from error


def refresh(body: bytes) -> str | None:
    """Return where a page's ``<meta http-equiv=refresh>`` leads at once; None where it has none, or has an article."""
    if len(body) > _LONGEST_PAGE or b"refresh" not in body.lower():
        return None
    for meta in BeautifulSoup(body, "lxml", parse_only=SoupStrainer("meta")).find_all("meta"):
        if str(meta.get("http-equiv", "")).strip().lower() != "refresh":
            continue
        found = _REFRESH.match(str(meta.get("content", "")))
        if found and float(found[1] or 0) <= _LONGEST_SECONDS:
            return found[2]
    return None
