"""CSS selectors that outlive the next edition of a page: ids and classes that name a thing, never a position."""

import re
from collections.abc import Iterable, Sequence

from bs4 import BeautifulSoup, Tag

_NAME = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
# What a row is just now, or for its look: another row, another day has another of these.
_STATE = re.compile(
    r"(?i)(on|active|cur(rent)?|hover|odd|even|first|last|sel(ected)?|clear(fix)?|hidden|show|top|hot|new|fl|fr)"
)
_COUNTED = re.compile(r"\d{3}|[a-z]+[-_]?\d{2,}$", re.IGNORECASE)  # list_37521, item12: an entry's own number
_HASHED = re.compile(r"(?:^|[-_])(?=[A-Za-z]*\d+[A-Za-z])[A-Za-z0-9]{5,}$")  # css-1x9kz2, _3kXyZ: a build's
_LAYOUT = re.compile(r"(col|row|w|span|m[tblr]?|p[tblr]?)[-_]?[a-z]{0,2}[-_]?\d*", re.IGNORECASE)


def stable(name: str) -> bool:
    """Whether a class or an id names a thing and may be expected to stay."""
    if not _NAME.fullmatch(name) or _STATE.fullmatch(name) or _LAYOUT.fullmatch(name):
        return False
    return not _COUNTED.search(name) and not _HASHED.search(name)


def classes(tag: Tag) -> list[str]:
    """Return the stable classes of an element."""
    return [name for name in tag.get_attribute_list("class") if stable(name)]


def named(tag: Tag) -> str | None:
    """Return what names an element by itself: ``div#list``, ``ul.news.list``; None where nothing does."""
    own = tag.get("id")
    if isinstance(own, str) and stable(own):
        return f"{tag.name}#{own}"
    kinds = classes(tag)
    return ".".join([tag.name, *kinds]) if kinds else None


def shared(tags: Sequence[Tag]) -> str:
    """Return the name of elements of one kind, with the classes that all of them have."""
    common = set(classes(tags[0])).intersection(*map(classes, tags[1:]))
    return ".".join([tags[0].name, *(name for name in classes(tags[0]) if name in common)])


def anchored(tag: Tag) -> list[str]:
    """Return selectors of an element, the shortest first: its own name, or below the nearest ancestor with one."""
    chain: list[str] = []
    node: Tag | None = tag
    while node is not None and node.name not in {"body", "html", "[document]"}:
        if own := named(node):
            return [own, *_scoped(node, own)] if not chain else [" > ".join([own, *chain])]
        chain.insert(0, node.name)
        node = node.parent
    return [" > ".join(["body", *chain])]


def _scoped(node: Tag, own: str) -> Iterable[str]:
    """Yield the element below its nearest ancestor with a name, for when its own name is not enough."""
    for parent in node.parents:
        if parent.name in {"body", "html", "[document]"}:
            return
        if above := named(parent):
            yield f"{above} {own}"
            return


def exact(soup: BeautifulSoup, wanted: Sequence[Tag], selectors: Iterable[str]) -> str | None:
    """Return the first selector that picks just the wanted elements, or else the one that picks the fewest others."""
    targets = {id(tag) for tag in wanted}
    best: tuple[int, str] | None = None
    for selector in selectors:
        picked = {id(tag) for tag in soup.select(selector)}
        if picked == targets:
            return selector
        if picked >= targets and (best is None or len(picked) < best[0]):
            best = len(picked), selector
    return best[1] if best else None
