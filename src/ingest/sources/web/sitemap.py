"""Site maps (sitemaps.org 0.9, with the news extension): the pages of one, and the site maps of an index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from lxml import etree

from ingest.errors import TargetError
from ingest.sources.web.links import Link, canonical

_MOST = 50_000  # entries of one site map, as the protocol has it
_ROOT, _HEAD = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]"), 4096  # and where it stands; it may be empty


@dataclass(slots=True)
class SiteMap:
    """What one file says: pages, or further site maps with the dates of their last change."""

    pages: list[Link] = field(default_factory=list)
    maps: list[Link] = field(default_factory=list)


def read(body: bytes, url: str) -> SiteMap:
    """Return what a site map says; one in plain text, an address a line, is read too.

    Args:
        body: The file, unpacked.
        url: Where it was had.

    Raises:
        TargetError: It is no site map.
    """
    found = SiteMap()
    fault = "it has no urlset"
    try:
        for kind, link in _entries(body, url):
            (found.maps if kind == "sitemap" else found.pages).append(link)
            if len(found.maps) + len(found.pages) >= _MOST:
                return found
    except etree.XMLSyntaxError as error:
        fault = error.msg
    if found.pages or found.maps or _ROOT.search(body[:_HEAD]):
        return found
    if (lines := _plain(body, url)) is not None:
        return SiteMap(pages=lines)
    msg = f"is no site map ({fault}): see that `url` names one"
    raise TargetError(msg, stage="discover")


def _entries(body: bytes, url: str) -> Iterator[tuple[str, Link]]:
    """Yield each entry and whether it is a page (``url``) or a site map.

    What stands before a fault in the file was read well and counts.
    """
    walk = etree.iterparse(BytesIO(body), events=("end",), resolve_entities=False, no_network=True, huge_tree=False)
    for _, element in walk:
        kind = etree.QName(element).localname
        if kind not in {"url", "sitemap"}:
            continue
        said = {etree.QName(each).localname: (each.text or "").strip() for each in element.iter(etree.Element)}
        if address := canonical(said.get("loc", ""), url):
            published, changed = _date(said.get("publication_date")), _date(said.get("lastmod"))  # of news; of any page
            yield kind, Link(url=address, title=said.get("title", ""), published=published, changed=changed)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _date(said: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(said or "")
    except ValueError:
        return None


def _plain(body: bytes, url: str) -> list[Link] | None:
    """Return the pages of a site map in plain text; None when it is none."""
    lines = body.decode("utf-8-sig", "replace").split()
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        return None
    return [Link(url=address) for line in lines[:_MOST] if (address := canonical(line, url))]
