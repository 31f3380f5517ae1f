"""The memory of sites: what their pages have in common, learnt as pages are stored and published when a run ends.

Each page counts once, however often it is read: what it counted for last time stands beside it and is taken back
first. The counts move with every chunk, so no page is read with them. What is read with is the profile of the last
run's end, the same for all chunks of a run in whatever order and by however many workers. A profile that changed is no
reason to read a page again, for then every run would change what the next one reads with; it holds for pages that are
new, that changed, or that rules or ``--force`` have read again.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, delete, func, select, update

from ingest.model import SITE_PAGES, SITE_SHARE, Capture, SiteProfile
from ingest.store import keys
from ingest.store.tables import Base
from ingest.store.upsert import batches, upsert

Row = dict[str, Any]

_T = Base.metadata.tables
_VERSION = 16  # hex digits


def site_of(source: str, address: str, url: str | None) -> str:
    """Return the name of a page's site: the host it came from, or for a file its source and folder."""
    host = urlsplit(url).hostname if url else None
    if host:
        return host.removeprefix("www.")
    return f"{source}:{address.rpartition('/')[0]}"


def site_page(capture: Capture, fingerprints: Sequence[str]) -> Row:
    """Return the row of what a page counts for."""
    return {
        "key": keys.page_key(capture.source, capture.address),
        "site": site_of(capture.source, capture.address, capture.url),
        "fingerprints": list(fingerprints),
    }


def profiles(connection: Connection, sites: Iterable[str]) -> dict[str, SiteProfile]:
    """Return the published profiles of sites by name; a site that is not well enough known has none."""
    site = _T["site"]
    found = {}
    for some in batches(sorted(set(sites))):
        for row in connection.execute(select(site).where(site.c.name.in_(some))).mappings():
            found[row["name"]] = SiteProfile(pages=row["pages"], counts=row["recurring"], version=row["version"])
    return found


def learn(connection: Connection, rows: Sequence[Row]) -> None:
    """Count pages in the memory of their sites in place of what they counted for before.

    Their rows of ``page`` must be locked by this transaction, as ``write.store_readings`` leaves them.
    """
    page = _T["sitepage"]
    before: dict[str, Row] = {}
    for some in batches(sorted(row["key"] for row in rows)):
        found = connection.execute(select(page).where(page.c.key.in_(some))).mappings()
        before |= {row["key"]: dict(row) for row in found}
    changed = [row for row in rows if before.get(row["key"]) != row]
    change: Counter[tuple[str, str]] = Counter()
    for row in changed:
        change.update((row["site"], each) for each in row["fingerprints"])
        former = before.get(row["key"])
        change.subtract((former["site"], each) for each in former["fingerprints"]) if former else None
    _count(connection, {each: by for each, by in change.items() if by})
    empty = [row["key"] for row in changed if not row["fingerprints"]]
    upsert(connection, page, [row for row in changed if row["fingerprints"]])
    for some in batches(empty):
        connection.execute(delete(page).where(page.c.key.in_(some)))


def _count(connection: Connection, change: dict[tuple[str, str], int]) -> None:
    """Add to the counts of blocks, in the order of their keys."""
    if not change:
        return
    block = _T["siteblock"]
    by_key = {keys.key("site block", *each): (each, by) for each, by in change.items()}
    rows = [{"key": key, "site": s, "fingerprint": f, "pages": 0} for key, ((s, f), _) in sorted(by_key.items())]
    upsert(connection, block, rows, differs=("site",))  # those that are there keep their counts
    statement = update(block).where(block.c.key == bindparam("its")).values(pages=block.c.pages + bindparam("by"))
    connection.execute(statement, [{"its": key, "by": by} for key, (_, by) in sorted(by_key.items())])
    gone = [key for key, (_, by) in by_key.items() if by < 0]
    for some in batches(gone):
        connection.execute(delete(block).where(block.c.key.in_(some), block.c.pages <= 0))


def publish(connection: Connection, sources: Collection[str]) -> None:
    """Make what is known of the sites of some sources what the next runs read with."""
    page, own = _T["sitepage"], _T["page"]
    mine = select(page.c.site).join(own, own.c.key == page.c.key).where(own.c.source.in_(sorted(sources))).distinct()
    counted = select(page.c.site, func.count()).where(page.c.site.in_(mine)).group_by(page.c.site)
    totals = {name: total for name, total in connection.execute(counted) if total >= SITE_PAGES}
    upsert(connection, _T["site"], [_profile(connection, name, total) for name, total in sorted(totals.items())])


def _profile(connection: Connection, site: str, pages: int) -> Row:
    block = _T["siteblock"]
    least = max(SITE_PAGES, SITE_SHARE * pages)
    query = select(block.c.fingerprint, block.c.pages).where(block.c.site == site, block.c.pages >= least)
    recurring = {row.fingerprint: row.pages for row in connection.execute(query.order_by(block.c.fingerprint))}
    # Nothing in common is the same as nothing known: articles read either way have one provenance.
    version = keys.key("site", site, sorted(recurring))[:_VERSION] if recurring else ""
    return {"name": site, "pages": pages, "version": version, "recurring": recurring}
