"""The addresses that an article gives: its own, and that of its next page; and how many pages it has."""

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from ingest.model import Block, Label, Meta

AFTER = 12  # blocks behind the text in which its pager stands
LONGEST_PAGER = 60  # characters
MOST_PAGES = 100  # an article has fewer; the pager of a column has hundreds
_COUNT = re.compile(r"共\s?(\d{1,3})\s?页|(?<!\d)\d{1,3}\s?/\s?(\d{1,3})\s?页?(?!\d)|[（(](\d{1,3})[)）]\s?页")
_NUMBERS = re.compile(r"(?<![\d-])\d{1,3}(?![\d-])")
_PAGER = re.compile(r"下一?页|下一頁|后一?页|上一?页|尾页|末页|余下全文|阅读全文")
_NUMBERED = re.compile(r"[_-](\d{1,3})$")
_SUFFIX = re.compile(r"\.\w{1,6}$")
_PAGE_QUERY = re.compile(r"(?:^|&)(?:page|p|pn|pageno|pageindex|pi)=(\d{1,3})(?=&|$)", re.IGNORECASE)


def resolved(address: str, meta: Meta, url: str | None) -> str | None:
    """An address as a whole one; as the page has it where nobody knows the page's own. None for none."""
    address = address.strip()
    if not address or address.startswith(("javascript:", "data:", "#", "mailto:", "about:")):
        return None
    try:
        if address.startswith("//") and not (meta.base or url or meta.canonical):
            return "https:" + address
        where = urljoin(url or meta.canonical or meta.properties.get("og:url", ""), meta.base or "")
        found = urljoin(where, address)
        urlsplit(found)
    except ValueError:
        return None
    return found if not urlsplit(found).scheme or found.startswith(("http://", "https://")) else None


def canonical(meta: Meta, url: str | None) -> str | None:
    """The address that a page gives itself; none that is its site's front page while the page is another."""
    for said in (meta.canonical, meta.properties.get("og:url"), *_linked(meta)):
        found = resolved(said, meta, url) if said else None
        if found and urlsplit(found).netloc and (urlsplit(found).path.strip("/") or urlsplit(found).query):
            return found.partition("#")[0]
    return None


def _linked(meta: Meta) -> list[str]:
    found = []
    for item in meta.linked_data:
        page = item.get("mainEntityOfPage")
        said = page.get("@id") if isinstance(page, dict) else page
        found += [said] if isinstance(said, str) and "://" in said else []
    return found


def pages(meta: Meta, blocks: list[Block], own: list[Block], url: str | None) -> tuple[int | None, str | None]:
    """Of an article on several pages, how many there are and the address of the next one.

    Args:
        meta: What the page's head and scripts say.
        blocks: All blocks of the page.
        own: The article's.
        url: The page's address.

    A link to a next page counts when it leads to a page of this article, by its address, or a pager stands right
    behind the text: the next page of a column is another thing.
    """
    if meta.pager:
        listed, then = meta.pager
        return (listed, resolved(then, meta, url)) if listed > 1 else (None, None)
    last = max((b.index for b in own if b.label in {Label.BODY, Label.HEADING, Label.CAPTION}), default=-1)
    behind = [b for b in blocks[last + 1 : last + 1 + AFTER] if len(b.text) <= LONGEST_PAGER] if last >= 0 else []
    pager = [b.text for b in behind if _PAGER.search(b.text)] or [b.text for b in behind if _COUNT.search(b.text)]
    said = meta.properties.get("link:next")
    following = resolved(said, meta, url) if said else None
    if following and not _goes_on(following, url or canonical(meta, url), pager=bool(pager)):
        following = None
    count = _count(pager, behind) if pager else None
    return (count if following or (count or 0) > 1 else None), following


def _count(pager: list[str], behind: list[Block]) -> int | None:
    """How many pages a pager speaks of: 共5页, 1/5, or the highest of its numbers."""
    for text in pager:
        if found := _COUNT.search(text):
            return _within(int(next(filter(None, found.groups()))))
    texts = [b.text for b in behind if _PAGER.search(b.text) or b.text.strip("[]【】 ").isdigit()]
    numbers = sorted({int(n) for text in texts for n in _NUMBERS.findall(text)})
    if numbers and numbers[-1] - numbers[0] <= len(numbers):  # 1 2 3 4, this one perhaps left out
        return _within(numbers[-1])
    return None


def _within(count: int) -> int | None:
    return count if 1 < count <= MOST_PAGES else None


def _goes_on(following: str, here: str | None, *, pager: bool) -> bool:
    """Whether an address is that of a further page of the article at another, or looks like a page's number."""
    then = _numbered(following)
    if here is None:
        return pager and then.number is not None
    now = _numbered(here)
    if now.query != then.query:
        return False
    further = then.number is not None and then.stem == now.path  # …/t1_2.html of …/t1.html, and ?page=2
    return further or (then.stem == now.stem and then.number == (now.number or 1) + 1)


class _Numbered(NamedTuple):
    path: str  # less the suffix
    stem: str  # less the page's number too
    query: str  # less the page's number
    number: int | None  # of the page


def _numbered(address: str) -> _Numbered:
    """An address and what numbers its page. A large number is an article's."""
    parts = urlsplit(address)
    path = _SUFFIX.sub("", parts.path)
    asked, named = _PAGE_QUERY.search(parts.query), _NUMBERED.search(path)
    query = _PAGE_QUERY.sub("", parts.query).strip("&")
    if asked:
        return _Numbered(path, path, query, int(asked[1]))
    if named and int(named[1]) <= MOST_PAGES:
        return _Numbered(path, path[: named.start()], query, int(named[1]))
    return _Numbered(path, path, query, None)
