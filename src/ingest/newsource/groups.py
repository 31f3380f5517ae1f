"""A page's links in groups of one make, the group that looks most like a list of articles first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from ingest.newsource import css
from ingest.newsource.asking import same_site
from ingest.newsource.shapes import has_number
from ingest.sources.web.links import canonical

_FEWEST = 3  # links of a list; two are a pair of buttons
_DEPTH = 6  # levels between a list and its links: div > ul > li > div > h3 > a
_HEADLINE = 8  # characters; the name of a section has 2 to 6, a headline 10 to 30
_MOST_GROUPS = 8  # that are tried
# A printed date, the year left off too: 2026-11-20, 2026年11月20日, 11-20, [11/20].
_DATED = re.compile(r"(?<!\d)(?:20\d\d[-/.年])?(?:0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])(?!\d)")
_ROW_TEXT = 400  # characters: what is longer holds more than one entry
_ASIDE_TAGS = frozenset({"nav", "header", "footer", "aside"})
_ASIDE = re.compile(r"(?i)nav|menu|foot|header|crumb|friend|rank|hot|side|relat|recommend|tags?\b|banner|links?\b")
_ASIDE_WEIGHT = 0.2  # of a group that stands in the page's furniture, which may still be all there is


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one make. ``score`` grows with the headlines among them, those with dates and numbers counting more."""

    selector: str
    addresses: tuple[str, ...]
    score: float


@dataclass(slots=True)
class _Links:
    container: Tag
    anchors: list[Tag]
    addresses: dict[str, list[Tag]]


def groups(soup: BeautifulSoup, url: str) -> list[Group]:
    """Return the groups that may be the list of a page, the best first.

    Args:
        soup: The page.
        url: Where it was had.
    """
    found: dict[str, Group] = {}
    aside = _aside(soup)
    scored = sorted(((_score(each, aside), each) for each in _gathered(soup, url)), key=lambda each: -each[0])
    for score, links in scored[: 3 * _MOST_GROUPS]:
        selector = css.exact(soup, links.anchors, _selectors(links)) if score > 0 else None
        if selector and selector not in found:
            found[selector] = Group(selector, tuple(links.addresses), score)
    return list(found.values())[:_MOST_GROUPS]


def _gathered(soup: BeautifulSoup, url: str) -> Iterator[_Links]:
    """Yield links that hang below one element by the same path of tags; of equal sets the nearest element's."""
    base = soup.select_one("base[href]")
    at = (canonical(str(base["href"]), url) if base else None) or url
    found: dict[tuple[int, tuple[str, ...]], _Links] = {}
    for anchor in soup.select("a[href]"):
        address = canonical(str(anchor["href"]), at)
        if address is None or not same_site(address, url) or address == canonical(url):
            continue
        path: tuple[str, ...] = ()
        node: Tag = anchor
        for _ in range(_DEPTH):
            path = (*path, node.name)
            if node.parent is None or node.name in {"body", "html"}:
                break
            node = node.parent
            links = found.setdefault((id(node), path), _Links(node, [], {}))
            links.anchors.append(anchor)
            links.addresses.setdefault(address, []).append(anchor)
    met: set[frozenset[int]] = set()
    for links in sorted(found.values(), key=lambda each: sum(1 for _ in each.container.parents), reverse=True):
        own = frozenset(map(id, links.anchors))
        if len(links.addresses) >= _FEWEST and own not in met:
            met.add(own)
            yield links


def _score(links: _Links, aside: set[int]) -> float:
    points = headlines = 0.0
    for address, anchors in links.addresses.items():
        if max(len(_text(each)) for each in anchors) >= _HEADLINE:
            weight = _ASIDE_WEIGHT if all(id(each) in aside for each in anchors) else 1.0
            headlines += weight
            points += weight * (1 + any(map(_dated, anchors)) + has_number(address) / 2)
    return points * headlines / len(links.addresses)


def _aside(soup: BeautifulSoup) -> set[int]:
    """Return the links that stand in the page's furniture; what holds a link or two is an entry, whatever its name."""
    found: set[int] = set()
    for tag in soup.find_all(_is_aside):
        anchors = tag.find_all("a")
        if len(anchors) >= _FEWEST:
            found.update(map(id, anchors))
    return found


def _text(anchor: Tag) -> str:
    """Return a link's words; its title where the words are cut short."""
    return max(str(anchor.get("title") or ""), anchor.get_text(" ", strip=True), key=len)


def _dated(anchor: Tag) -> bool:
    """Whether a date is printed in a link's row, which holds no other headline."""
    for node in (anchor, *list(anchor.parents)[:3]):
        text = _start(node)
        if len(text) > _ROW_TEXT:
            return False
        if _DATED.search(text):
            return True
        if node is not anchor and len({each.get("href") for each in node.select("a[href]")}) > 2:
            return False
    return False


def _start(node: Tag) -> str:
    """Return an element's text, so much of it as tells whether it is a row: thousands of links may stand in one."""
    text = ""
    for piece in node.stripped_strings:
        text += f"{piece} "
        if len(text) > _ROW_TEXT:
            break
    return text


def _is_aside(tag: Tag) -> bool:
    if tag.name in {"body", "html", "[document]"}:
        return False
    said = " ".join([*map(str, tag.get_attribute_list("class")), str(tag.get("id") or "")])
    return tag.name in _ASIDE_TAGS or bool(_ASIDE.search(re.sub(r"(?i)news|list|head(line)?s?\b", "", said)))


def _selectors(links: _Links) -> Iterator[str]:
    """Yield ways to say which links are meant, the plainest first."""
    levels = _levels(links)
    inner = [css.shared(level) for level in levels]  # from the container's children down to the links
    for own in css.anchored(links.container):
        if len(inner) > 1:
            yield f"{own} {inner[0]} {inner[-1]}"
            yield f"{own} {inner[-2]} {inner[-1]}"
        yield f"{own} {inner[-1]}"
    yield from (f"{level} {inner[-1]}" for level in reversed(inner[:-1]) if "." in level)
    yield from (" > ".join([own, *inner]) for own in css.anchored(links.container))


def _levels(links: _Links) -> list[Sequence[Tag]]:
    levels: list[Sequence[Tag]] = [links.anchors]
    while (above := [tag.parent for tag in levels[0]]) and above[0] is not links.container:
        distinct = {id(tag): tag for tag in above if tag is not None}
        levels.insert(0, list(distinct.values()))
    return levels
