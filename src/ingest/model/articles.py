"""An article, from the blocks it is made of to all that was read in it; and its page."""

from dataclasses import dataclass
from datetime import date, datetime

from ingest.model.kinds import PageKind
from ingest.model.pages import Block
from ingest.model.records import Records
from ingest.model.texts import Flag, Mark, Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of an article and the blocks it was joined from."""

    text: str
    original: str
    blocks: tuple[int, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of an article. Its rows are paragraphs too, from ``paragraph`` on, with tabs between their cells."""

    paragraph: int  # index of the paragraph that is its first row
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article before its particulars are read: which blocks belong to it, and its paragraphs.

    ``blocks`` are the indices of all its blocks in page order, title and byline included.
    """

    kind: str  # "news" or "photo-caption"
    blocks: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What an article says about itself; the fields of the same names in ``Article``."""

    title: str | None = None
    subtitle: str | None = None
    kicker: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    contributor: str | None = None
    dateline: str | None = None
    image_credit: str | None = None
    canonical: str | None = None  # the address that the page gives itself
    image: str | None = None  # address of the main image
    image_caption: str | None = None
    page_count: int | None = None  # of an article on several pages
    next_page: str | None = None  # address of its next page


@dataclass(frozen=True, kw_only=True)
class Article(Particulars, Records):
    """An article of a page. ``paragraphs`` is the reading text of its body, headings included."""

    kind: str
    paragraphs: tuple[str, ...]
    headings: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()  # the paragraphs as published, one for one
    blocks: tuple[int, ...] = ()  # every block of the page that belongs to it
    paragraph_blocks: tuple[tuple[int, ...], ...] = ()  # the blocks each paragraph was joined from
    tables: tuple[Table, ...] = ()
    flags: tuple[Flag, ...] = ()
    marks: tuple[Mark, ...] = ()  # what the flags ``spun``, ``keyword-injected`` and ``glued-title`` speak of
    candidates: tuple[str, ...] = ()  # paragraphs as they may have read before a known spinner changed their words


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page read whole. Its kept and left-out blocks together, in order, are all of its text."""

    url: str | None
    encoding: str
    confidence: float
    evidence: tuple[str, ...]
    repairs: tuple[Repair, ...]
    flags: tuple[Flag, ...]
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
    kind: PageKind = PageKind.ARTICLE
    kind_reason: str = ""  # why it is of a kind that has no article
    fingerprints: tuple[str, ...] = ()  # of its text's blocks, for the memory of its site; sorted
    site_version: str = ""  # of the site profile that it was read with
