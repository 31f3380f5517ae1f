"""A page taken apart: its blocks, its head, what a person or its site says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.model.kinds import Label
from ingest.model.texts import Repair


@dataclass(slots=True)
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


class Elements(NamedTuple):
    """The block-level elements of an HTML page, in order of their start tags: two lists, for a page has hundreds."""

    names: Sequence[str] = ()  # with id and classes: div#artibody.article.clearfix; bounded
    parents: Sequence[int] = ()  # the index of the one that each stands in; -1 for the outermost


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page taken apart: its blocks in order and what its head says."""

    blocks: list[Block]
    meta: Meta
    markup: bool  # whether it was HTML
    elements: Elements = field(default_factory=Elements)  # of an HTML page
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
