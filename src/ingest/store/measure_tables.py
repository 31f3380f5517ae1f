"""The table of what each run gave of each source, which tells whether a source is still what it was."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from ingest.store.base import Base
from ingest.store.types import Json, Utc


class Measure(Base, table=True):
    """What a run gave of a source. Pages and articles are those that were read in it; see ``quality.sample``."""

    __table_args__ = (Index(None, "source", "ended_at"),)
    key: str = Field(primary_key=True)
    run_key: str = Field(foreign_key="run.key", ondelete="CASCADE", index=True)
    source: str = Field(foreign_key="source.name", ondelete="CASCADE")
    ended_at: datetime = Field(sa_type=Utc)
    whole: bool  # it ended well and left no target aside, so that its counts can be compared
    outcomes: dict[str, int] = Field(sa_type=Json)  # of targets
    pages: int = Field(sa_type=BigInteger)
    articles: int = Field(sa_type=BigInteger)
    standing: int = Field(sa_type=BigInteger)  # articles on pages that were met and needed no reading
    news: int = Field(sa_type=BigInteger)  # articles that are no photo captions: what rates and lengths are of
    kept: int = Field(sa_type=BigInteger)  # characters of the articles' texts as published
    left_out: int = Field(sa_type=BigInteger)  # characters of the pages that are part of no article
    spun: int = Field(sa_type=BigInteger)
    newest: date | None  # the latest day of publication
    filled: dict[str, int] = Field(sa_type=Json)  # articles that have it, by name of the particular
    lengths: dict[str, int] = Field(sa_type=Json)  # articles by their length, to two digits
    charsets: dict[str, int] = Field(sa_type=Json)  # pages
