"""The tables. Every key is made from content (``keys``), so two machines write the same row; only ``run`` counts runs.

No row but one of ``run`` says when or how often it was read, so that reading a page again changes nothing. Times say
when something was first seen. Texts of an article stand in lists in its row: a paragraph is never asked for without its
article, and a table of them would hold twenty rows where this holds one.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index
from sqlmodel import Field

from ingest.store.base import Base
from ingest.store.copies_tables import Contradiction, CopyCommon, CopyMark, CopyMember, CopyPart, CopyText, CopyWait
from ingest.store.measure_tables import Measure
from ingest.store.record_tables import RECORDS, Record
from ingest.store.review_tables import Decision
from ingest.store.types import Json, Utc
from ingest.store.window_tables import Backfill, Coverage

__all__ = [
    "RECORDS",
    "Article",
    "Backfill",
    "Base",
    "Capture",
    "Contradiction",
    "CopyCommon",
    "CopyMark",
    "CopyMember",
    "CopyPart",
    "CopyText",
    "CopyWait",
    "Coverage",
    "Decision",
    "Forgotten",
    "Ledger",
    "Measure",
    "Page",
    "Quarantine",
    "Record",
    "Revision",
    "Run",
    "Site",
    "SiteBlock",
    "SitePage",
    "Source",
]
_NONE = {"server_default": "[]"}  # of columns that older databases got later: adding them so rewrites no row


class Source(Base, table=True):
    """A source, as its TOML file described it at the last run."""

    name: str = Field(primary_key=True)
    kind: str
    title: str
    language: str
    trust: float = Field(sa_column_kwargs={"server_default": "0.5"})  # 0 to 1, as a person gives it


class Capture(Base, table=True):
    """Bytes of a target as they came once, and where they lie in the archive: only that ever changes."""

    __table_args__ = (Index(None, "source", "address"),)
    key: str = Field(primary_key=True)
    source: str = Field(foreign_key="source.name")
    address: str
    sha256: str
    size: int
    url: str | None
    captured_at: datetime = Field(sa_type=Utc)  # when these bytes were first seen
    archive_file: str
    archive_offset: int = Field(sa_type=BigInteger)  # segments may be set to more than 2 GiB
    archive_length: int


class Page(Base, table=True):
    """A target that was read: from which capture, by which rules, and what was found besides the articles."""

    __table_args__ = (Index(None, "source", "address", unique=True),)
    key: str = Field(primary_key=True)
    source: str = Field(foreign_key="source.name")
    address: str
    capture_key: str = Field(foreign_key="capture.key", index=True)
    rules_version: str
    content_type: str | None
    encoding: str
    confidence: float
    evidence: list[str] = Field(sa_type=Json)
    flags: list[dict[str, Any]] = Field(sa_type=Json)
    repairs: dict[str, int] = Field(sa_type=Json)  # how many of each kind
    left_out: dict[str, int] = Field(sa_type=Json)  # characters under each label that is no part of an article
    articles: int
    kind: str  # article, listing, error…: see ``model.PageKind``
    kind_reason: str  # why it is of a kind that has no article
    selectors: str  # digest of the source's selectors that it was read with; empty for none
    gone_at: datetime | None = Field(sa_type=Utc)  # when the source was first found to have it no longer


class Article(Base, table=True):
    """An article. One that is no longer on its page is marked withdrawn and stays."""

    __table_args__ = (Index(None, "source", "address"), CheckConstraint("revision > 0", name="revision"))
    key: str = Field(primary_key=True)
    source: str = Field(foreign_key="source.name")
    address: str
    # Where it was last read from, by which rules. These change with no change to the article.
    capture_key: str = Field(foreign_key="capture.key", index=True)
    rules_version: str
    position: int  # 0 for the first article of its page
    blocks: list[int] = Field(sa_type=Json)
    paragraph_blocks: list[list[int]] = Field(sa_type=Json)
    site_version: str | None  # of the site's memory that it was read with (``site.version``)
    canonical: str | None
    image: str | None
    image_caption: str | None
    page_count: int | None
    next_page: str | None
    # What it says. ``digest`` is over all of this and its records; ``revision`` numbers its versions.
    digest: str
    revision: int
    since: datetime = Field(sa_type=Utc)  # when this version was first seen
    kind: str
    title: str | None
    subtitle: str | None
    kicker: str | None
    published_on: date | None = Field(index=True)
    published_at: datetime | None = Field(sa_type=DateTime)  # as printed: local time, no zone
    publisher: str | None
    authors: list[str] = Field(sa_type=Json)
    editors: list[str] = Field(sa_type=Json)
    contributor: str | None
    dateline: str | None
    image_credit: str | None
    zones: list[str] = Field(sa_type=Json)
    regions: list[str] = Field(sa_type=Json)
    keywords: list[str] = Field(sa_type=Json, sa_column_kwargs=_NONE)  # the weightiest first
    topic: str | None
    topic_score: float | None  # 0 to 1: its share among the topics
    topic_cues: list[str] = Field(sa_type=Json, sa_column_kwargs=_NONE)  # the words that say so
    paragraphs: list[str] = Field(sa_type=Json)
    headings: list[str] = Field(sa_type=Json)
    originals: list[str] = Field(sa_type=Json)  # the paragraphs as published
    tables: list[dict[str, Any]] = Field(sa_type=Json, sa_column_kwargs=_NONE)  # see ``model.Table``
    flags: list[dict[str, Any]] = Field(sa_type=Json)
    marks: list[dict[str, Any]] = Field(sa_type=Json, sa_column_kwargs=_NONE)  # see ``model.Mark``
    candidates: list[str] = Field(sa_type=Json, sa_column_kwargs=_NONE)  # paragraphs as they may have read unspun
    withdrawn_at: datetime | None = Field(sa_type=Utc)  # when it was first found gone from its page


class Revision(Base, table=True):
    """A former version of an article: what its text and particulars were until another took its place."""

    __table_args__ = (Index(None, "article_key", "number", unique=True),)
    key: str = Field(primary_key=True)
    article_key: str = Field(foreign_key="article.key", ondelete="CASCADE")
    number: int  # what the article's ``revision`` was
    since: datetime = Field(sa_type=Utc)
    replaced_at: datetime = Field(sa_type=Utc)
    cause: str  # why another took its place: see ``revisions.Cause``
    capture_key: str = Field(foreign_key="capture.key", index=True)  # where it was last read from, and by which rules
    rules_version: str
    content: dict[str, Any] = Field(sa_type=Json)  # the columns of the article, dates as ISO writes them


class Site(Base, table=True):
    """What the pages of a site have in common, as it stood when a run ended; the runs after it read with it."""

    name: str = Field(primary_key=True)
    pages: int
    version: str  # digest of the fingerprints in ``recurring``
    recurring: dict[str, int] = Field(sa_type=Json)  # on how many pages, by fingerprint


class SitePage(Base, table=True):
    """What a page counts for in its site's memory: the fingerprints of its text's blocks."""

    key: str = Field(primary_key=True)  # of the page
    site: str = Field(index=True)
    fingerprints: list[str] = Field(sa_type=Json)


class SiteBlock(Base, table=True):
    """On how many pages of a site a block stands."""

    __table_args__ = (Index(None, "site", "pages"),)
    key: str = Field(primary_key=True)
    site: str
    fingerprint: str
    pages: int


class Quarantine(Base, table=True):
    """A target that gave no rows, and why. The row goes once the target does, or once it is read."""

    __table_args__ = (Index(None, "source", "address", unique=True),)
    key: str = Field(primary_key=True)
    source: str = Field(foreign_key="source.name")
    address: str
    capture_key: str | None = Field(foreign_key="capture.key", index=True)  # None where there were no bytes
    outcome: str  # failed or quarantined
    stage: str
    reason: str
    exception: str | None  # the last lines of the traceback, where the reason is a fault of ours
    transient: bool
    replay: str  # the command that tries again
    since: datetime = Field(sa_type=Utc)


class Ledger(Base, table=True):
    """What is known of a target of the web: what it was asked with last, what came of it, and when it is due again."""

    __table_args__ = (Index(None, "source", "due_at"),)
    key: str = Field(primary_key=True)  # of the page
    source: str = Field(foreign_key="source.name")
    address: str
    first_seen: datetime = Field(sa_type=Utc)
    fetched_at: datetime = Field(sa_type=Utc)  # when it was asked for last
    due_at: datetime = Field(sa_type=Utc)  # before this it is not asked for, unless by force
    outcome: str  # fetched, unchanged, gone, failed, forbidden
    failures: int  # in a row
    etag: str | None
    last_modified: str | None


class Forgotten(Base, table=True):
    """A target, or a source whole, that was forgotten and is not to be fetched again. It says nothing of the page."""

    key: str = Field(primary_key=True)  # of the page, or of the source; its address cannot be had from it
    source: str = Field(index=True)  # a name, whose row may be gone
    at: datetime = Field(sa_type=Utc)


class Run(Base, table=True):
    """A run of the flow."""

    key: str = Field(primary_key=True)
    started_at: datetime = Field(sa_type=Utc, index=True)
    ended_at: datetime | None = Field(sa_type=Utc)  # None while it runs; of a killed one, when the next one found it
    sources: list[str] = Field(sa_type=Json)
    parameters: dict[str, Any] = Field(sa_type=Json)
    rules_version: str
    outcomes: dict[str, dict[str, int]] = Field(sa_type=Json)  # by source
    error: str | None
    flow_run: str | None  # Prefect's id of it, where it was a flow
