"""The few words that all rooms speak. Nothing here imports another room.

Positions are offsets in characters (Python ``str`` indices), end exclusive. Dates are naive: a Chinese page prints
its own local time (UTC+8) and no zone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """What a block is. Labels say what to do with a block; no block is ever deleted."""

    TITLE = "title"
    KICKER = "kicker"  # the column's name above the title: 【特别关注】, 园区观察
    SUBTITLE = "subtitle"
    BYLINE = "byline"  # authors, source, date and time
    DATELINE = "dateline"  # 本报, 本报讯（记者 …）, 新华社北京4月8日电
    HEADING = "heading"  # a heading inside the body; part of the article
    BODY = "body"
    CAPTION = "caption"  # the paragraph of a photo; an article of its own, kind photo-caption
    CREDIT = "credit"  # 责任编辑, 供稿, 图片来源: particulars of an article
    NAV = "nav"
    BREADCRUMB = "breadcrumb"
    LIST = "list"  # a list of links or bullets outside the body
    TAG_CLOUD = "tag-cloud"
    SHARE = "share"  # share buttons, QR codes, 扫码关注
    RELATED = "related"  # related or recommended articles, rankings
    COPYRIGHT = "copyright"
    COMMENT = "comment"
    AD = "ad"
    LINK_FARM = "link-farm"
    HIDDEN = "hidden"  # text that the page does not show
    KEYWORDS = "keyword-injection"  # a line of search keywords put in by a spammer
    DUPLICATE = "duplicate"  # repeats what stands elsewhere on the page
    SECTION = "section"  # the name of the site's section: 地方, 新闻中心
    FURNITURE = "furniture"  # any other part of the site and not of the article

    __hash__ = str.__hash__  # what equals a string hashes as it does; an enumeration's own hash is slow besides

    @property
    def kept(self) -> bool:
        """Whether a block with this label is part of an article."""
        return self in _KEPT


_KEPT = frozenset(
    {
        Label.TITLE,
        Label.KICKER,
        Label.SUBTITLE,
        Label.BYLINE,
        Label.DATELINE,
        Label.HEADING,
        Label.BODY,
        Label.CAPTION,
        Label.CREDIT,
    }
)


class PageKind(StrEnum):
    """What a page is. Of every kind but the first no article is made."""

    ARTICLE = "article"  # one article or several
    LISTING = "listing"  # a column, search results, abstracts
    HOME = "home"
    ERROR = "error"  # not found, removed, out of order
    LOGIN = "login"  # a form to log in, a wall before the text
    CHALLENGE = "challenge"  # a check for robots, a firewall's refusal
    SHELL = "empty-shell"  # scripts, frames or a redirection, and nothing to read
    VIDEO = "video"
    OTHER = "other"  # no paragraph of an article, and nothing that says what else it is


class Outcome(StrEnum):
    """What became of a target in a run: exactly one of these."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"  # nothing was wrong and nothing was to be had: no article on the page
    FAILED = "failed"  # its bytes could not be had
    QUARANTINED = "quarantined"  # its bytes were had, and could not be read or stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something a source names, to be fetched.

    ``address`` names it within its source, the same on every machine: a path below the source's folder, a URL.
    ``location`` is where to get it here and now: an absolute path, a URL. ``size`` is in bytes, where it is known.
    """

    source: str
    address: str
    location: str
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. ``raw`` is the body as it was sent, ``body`` the same unpacked."""

    url: str
    status: int
    reason: str
    http_version: str
    request_headers: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    fetched_at: datetime
    redirected: tuple["Exchange", ...] = ()  # those that led here, the first one first

    def header(self, name: str) -> str | None:
        """Return the first header of a name, which is lower-case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing has changed."""
        return self.status == 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of a target as they came, before anything reads them. ``sha256`` is their digest in hex."""

    source: str
    address: str
    content: bytes
    sha256: str
    captured_at: datetime  # with its zone; no part of any key
    content_type: str | None = None  # what read_page is told: a label sent by the site, or the source's override
    url: str | None = None
    exchange: Exchange | None = None  # of a page from the web


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One mended stretch.

    ``start`` and ``end`` are offsets in the text before any repair: of ``Text.original``, or, for a repair held by a
    block, of that block's ``original``. ``found`` is what the repair saw there and ``made`` what it made of it.
    ``block`` is the block's index in a page's list of repairs.
    """

    kind: str
    start: int
    end: int
    found: str
    made: str
    confidence: float = 1.0  # 0 to 1
    block: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something a reader should know and no rule could settle: damage beyond repair, spun text, a doubtful charset."""

    name: str
    score: float = 1.0  # 0 to 1: how sure we are that it is so
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Bytes as repaired text.

    ``text`` is the reading text: repaired, in Simplified script. ``original`` is the text as the bytes spelled it.
    ``encoding`` is a codec name and ``confidence`` (0 to 1) says how sure it is; ``evidence`` says why.
    """

    text: str
    original: str
    encoding: str
    confidence: float
    evidence: tuple[str, ...] = ()
    repairs: Sequence[Repair] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(slots=True, kw_only=True)
class Block:
    """A stretch of the page in reading order: a line of a text page, a block-level element of an HTML page.

    ``original`` is the text as published, ``text`` the reading text. Where a line holds two things (a dateline and a
    paragraph) it is two blocks; the blocks' originals, one after the other, are the whole page less white space.
    """

    index: int
    text: str
    original: str
    label: Label = Label.FURNITURE
    reason: str = ""  # for people
    role: str = ""  # of a byline or credit, the kind of its field: date, publisher, author, editor, photo…
    line: int | None = None  # 1-based line of a text page
    path: str = ""  # the element's place in an HTML page: html/body/div.content/p
    links: float = 0.0  # share of the text that stands in links, 0 to 1
    hidden: bool = False
    bullet: bool = False  # a list item: <li>, or a line that begins with a bullet mark
    heading: int = 0  # 1 to 6 for <h1> to <h6>; 0 otherwise
    strong: bool = False  # all of its text is bold
    repairs: Sequence[Repair] = ()  # what was mended in it; offsets in its ``original``
    picked: str = ""  # what a selector of the source names it for: title, body, date, drop
    inline: bool = False  # goes on in the line of the block before it: a byline after a paragraph's last full stop
    element: int = -1  # index in ``Document.elements`` of the innermost block-level element; -1 on a text page


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What the head of an HTML page says about the article; empty for a text page.

    ``properties`` holds the ``<meta>`` values by lower-cased name or property; ``linked_data`` the JSON-LD objects.
    """

    title: str | None = None
    canonical: str | None = None
    language: str | None = None
    base: str | None = None  # what its relative addresses begin at, where it says so
    pager: tuple[int, str] | None = None  # of a pager in a script: number of pages, address of the next one
    properties: dict[str, str] = field(default_factory=dict)
    linked_data: tuple[dict[str, object], ...] = ()


class Image(NamedTuple):
    """A picture on an HTML page."""

    address: str  # as the page has it
    before: int  # characters of the page's text before it, white space left out
    element: int  # index in ``Document.elements`` of the innermost block-level element it stands in
    alt: str = ""
    width: int | None = None  # as the page says, in pixels
    height: int | None = None


class Element(NamedTuple):
    """A block-level element of an HTML page: its name with id and classes, and the index of the one it stands in."""

    name: str  # div#artibody.article.clearfix; bounded
    parent: int  # index in ``Document.elements``; -1 for the outermost


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page taken apart: its blocks in order and what its head says."""

    blocks: list[Block]
    meta: Meta
    markup: bool  # whether it was HTML
    elements: tuple[Element, ...] = ()  # of an HTML page, in order of their start tags
    images: tuple[Image, ...] = ()
    scripts: tuple[str, ...] = ()  # of an HTML page that shows next to nothing, each bounded
    recurring: frozenset[int] = frozenset()  # blocks that stand on many pages of the site
    selected: "Selected | None" = None  # what the source's selectors name, where it has any


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """What a person says of a site's pages, as CSS selectors; they override the general rules."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What became of a source's selectors on a page. The blocks that they name say so themselves."""

    used: Mapping[str, tuple[str, ...]]  # by key: title, body, date, drop
    title: str | None = None  # what the element named as title says; it may show nothing, as a meta tag does
    date: str | None = None
    missed: tuple[tuple[str, str], ...] = ()  # keys that came to nothing, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProfile:
    """What a site's pages have in common: of its ``pages``, how many hold a block, by the block's fingerprint."""

    pages: int
    counts: Mapping[str, int]
    version: str  # of the set of fingerprints


# A block recurs when it stands on so many pages of a site and on this share of them. Below, it may be a serial's
# motto, an article that was printed twice or a site of five pages; a disclaimer stands on all pages of a template.
SITE_PAGES, SITE_SHARE = 8, 0.5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something the article says, with its evidence: ``paragraphs[paragraph][start:end] == text``."""

    paragraph: int
    start: int
    end: int
    text: str
    method: str = ""  # the rule that read it
    confidence: float = 1.0  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """A number that says how much or how many of something there is.

    ``value`` is in ``unit``, with 万 and 亿 multiplied out; a range is a pair. ``bound`` is exact, about, over or
    under. ``aspect`` is level, change, growth, share, rank or target. ``period`` is a pair of days, the first None
    when open.
    """

    subject: str | None
    name: str
    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    bound: str
    aspect: str
    period: tuple[date | None, date] | None
    restated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """An organisation that the article names, under the fullest form it uses. ``kind``: see the vocabulary there.

    ``identity`` is the same for the same organisation in every article: its full name where it is known, else its own
    name with its place; None where the article leaves open which one it means (市金融局 of one of two cities).
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    identity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A named person with role, organisation and what they are quoted as saying."""

    name: str
    role: str | None
    organisation: str | None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Record):
    """A document of a public body, named in 《》 or as “…”政策."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """A brand, platform, campaign, meeting or slogan with a name of its own."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour(Record):
    """A prize or title and who holds it."""

    name: str
    recipient: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A high-tech zone or an administrative division under its official name. ``kind`` is zone or region."""

    name: str
    kind: str
    code: str | None = None  # six-digit division code (GB/T 2260); of a zone that of its city


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an article is about; ``score`` (0 to 1) is its share among the topics, ``cues`` the words that say so."""

    name: str
    score: float
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Records:
    """All records of an article."""

    zones: tuple[str, ...] = ()  # canonical short names: 德阳高新区
    regions: tuple[str, ...] = ()  # official names, widest first
    indicators: tuple[Indicator, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    policies: tuple[Policy, ...] = ()
    programmes: tuple[Programme, ...] = ()
    honours: tuple[Honour, ...] = ()
    places: tuple[Place, ...] = ()
    keywords: tuple[str, ...] = ()  # the weightiest first
    topic: Topic | None = None  # None where nothing speaks plainly for one


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
