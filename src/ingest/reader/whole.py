"""All there is of one article: its row and records, its page's and capture's rows, and its page read anew."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException

from ingest.errors import ConfigError, IngestError
from ingest.fetch.archive import Archive, LostError, Pointer
from ingest.fetch.payload import unpack
from ingest.fetch.warc_records import Record
from ingest.marking import Piece, Span, pieces
from ingest.model import Page, SiteProfile
from ingest.pipeline import read_page
from ingest.reader import strange
from ingest.reader.findings import Finding, findings
from ingest.reader.site import Site
from ingest.sources.config import Source
from ingest.sources.limits import MAX_BYTES
from ingest.sources.load import load
from ingest.store import keys, lookup, reviews
from ingest.store.review_columns import KINDS
from ingest.store.rows import Row
from ingest.store.sites import profiles, site_of
from ingest.store.tables import Base

_T = Base.metadata.tables
_KEPT = 32  # pages


@dataclass(frozen=True, slots=True)
class Whole:
    """An article with what belongs to it. ``page`` is None of a page that was forgotten meanwhile."""

    article: Row
    page: Row | None
    capture: Row
    findings: Sequence[Finding]  # its records in the order of the text
    former: list[Row]


@dataclass(frozen=True, slots=True)
class Again:
    """The bytes of a page as they came, and the page read from them by today's rules; why not, where it cannot be."""

    record: Record | None = None
    page: Page | None = None
    trouble: str = ""


def whole(connection: Connection, key: str) -> Whole:
    """Return all there is of an article.

    Raises:
        HTTPException: 404, there is none of this key.
    """
    article = lookup.row(connection, "article", key)
    if article is None:
        raise HTTPException(404)
    page = lookup.row(connection, "page", keys.page_key(article["source"], article["address"]))
    capture = lookup.row(connection, "capture", article["capture_key"]) or {}
    records = {table: _records(connection, table, key) for table in KINDS}
    told = findings(records, article["paragraphs"], reviews.of_article(connection, key))
    return Whole(article, page, capture, told, lookup.revisions(connection, key))


def again(connection: Connection, site: Site, found: Whole) -> Callable[[], Again]:
    """Return what reads the page of an article from the archive, by today's rules, once it is asked for.

    What the database says of it is asked at once; the rest takes a tenth of a second, the largest pages ten times that.
    """
    name = site_of(found.article["source"], found.article["address"], found.capture["url"])
    profile = profiles(connection, [name]).get(name)
    return lambda: _again(site, found, profile)


def _again(site: Site, found: Whole, profile: SiteProfile | None) -> Again:
    article, capture = found.article, found.capture
    try:
        record = captured(site, capture)
        source = _source(site, article["source"])
        told = found.page["content_type"] if found.page else record.media
        selectors = source.selectors if source else None
        key = f"{capture['key']} {profile.version if profile else ''} {told} {selectors!r}"
        page = _READ.get(key)
        if page is None:
            content = unpack(record.content, max_bytes=source.max_bytes if source else MAX_BYTES)
            page = read_page(content, url=capture["url"], content_type=told, selectors=selectors, site=profile)
            _READ.put(key, page)
    except IngestError as error:
        return Again(trouble=str(error))
    return Again(record, page)


def captured(site: Site, capture: Row) -> Record:
    """Return a capture's record in the archive.

    Raises:
        ArchiveError: It is not there, or is not what was written.
    """
    pointer = Pointer(*(capture[f"archive_{name}"] for name in ("file", "offset", "length")))
    [record] = Archive(site.archive).records([(pointer, capture["sha256"])])
    if isinstance(record, LostError):
        raise record
    return record


def paragraphs(found: Whole) -> list[list[Piece]]:
    """Return the article's paragraphs, each cut where a record's evidence or a mark of strange words begins or ends."""
    texts = found.article["paragraphs"]
    spans: list[list[Span]] = [[] for _ in texts]
    for each in found.findings:
        place, start, end = (each.row[name] for name in ("paragraph", "span_start", "span_end"))
        if place < len(texts):
            kind = "rejected" if each.rejected else each.group
            spans[place].append(Span(start, end, each.told, kind, each.row["key"]))
    both = zip(texts, spans, strange.spans(found.article), strict=True)
    return [pieces(text, [*of_it, *marks]) for text, of_it, marks in both]


def _source(site: Site, name: str) -> Source | None:
    """Return a source as it is configured; None where it was removed since, or a file of a source is broken."""
    with suppress(ConfigError):
        return load(site.configured.config).get(name)
    return None


class _Read:
    """Pages that were read last: a person goes to and fro between the views of one article."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Page | None:
        with self._lock:
            return self._pages.get(key)

    def put(self, key: str, page: Page) -> None:
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > _KEPT:
                self._pages.popitem(last=False)


_READ = _Read()


def _records(connection: Connection, table: str, article_key: str) -> list[Row]:
    of_article = select(_T[table]).where(_T[table].c.article_key == article_key)
    return [dict(row) for row in connection.execute(of_article).mappings()]
