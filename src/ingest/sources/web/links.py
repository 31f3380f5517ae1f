"""Links as the lists of the web give them, under one address each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_DATA = Path(__file__).resolve().parents[2] / "data" / "tracking_parameters.txt"
# 微信 and 微博 put `from=singlemessage` and the like on a link; other sites use `from` for what they show.
_SHARED = {"from": frozenset({"singlemessage", "groupmessage", "timeline", "message"})}
LONGEST = 2000  # characters; what is longer is a mistake or a trap


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page that a list names. Its dates are as the list says them, with their zone where they have one."""

    url: str
    title: str = ""
    published: datetime | None = None
    changed: datetime | None = None  # last, which may be long after it was published


@cache
def _tracking() -> frozenset[str]:
    return frozenset(_DATA.read_text("utf-8").split("\n")[1:]) - {""}


def canonical(url: str, base: str = "") -> str | None:
    """Return the one address of a page: absolute, lower-case host, parameters sorted, without tracking or fragment.

    None for what is no page of the web: another scheme, no host, an address that cannot be read.
    """
    try:
        split = urlsplit(urljoin(base, url.strip()))
        if not url.strip() or split.scheme not in {"http", "https"} or not split.hostname or len(url) > LONGEST:
            return None
        named = parse_qsl(split.query, keep_blank_values=True)
        kept = [(name, value) for name, value in named if not _tracks(name.lower(), value)]
        query = split.query if len(kept) == len(named) else urlencode(kept)
        from courlan import normalize_url

        return normalize_url(urlunsplit(split._replace(query=query, fragment="", path=split.path or "/")))
    except ValueError:
        return None


def _tracks(name: str, value: str) -> bool:
    return name in _tracking() or value in _SHARED.get(name, ())


def distinct(links: Iterable[Link]) -> Iterator[Link]:
    """Yield the links whose addresses were not met before."""
    met: set[str] = set()
    for link in links:
        if link.url not in met:
            met.add(link.url)
            yield link
