"""The tables of what runs have covered: which windows of time of which source, and the backfills that are under way."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ingest.store.base import Base
from ingest.store.types import Json, Utc


class Coverage(Base, table=True):
    """A window of a source's publications that a run took on, and what came of it; the end is not within it.

    One row a source has the state ``looked``: the last run that read all that was due, up to the moment it began.
    """

    __table_args__ = (Index(None, "source", "since"),)
    key: str = Field(primary_key=True)
    source: str = Field(foreign_key="source.name", ondelete="CASCADE")
    since: datetime = Field(sa_type=Utc)
    until: datetime = Field(sa_type=Utc)
    state: str  # covered, partial, failed, looked: see ``windows.State``
    reason: str | None  # why it is not covered
    run: str  # its key; the row of a run that is long past may be gone
    at: datetime = Field(sa_type=Utc)  # when it was written
    tries: int  # runs that took it on in vain, one after the other


class Backfill(Base, table=True):
    """A backfill; the same one, asked for again before it has ended, goes on where it stopped."""

    key: str = Field(primary_key=True)
    began_at: datetime = Field(sa_type=Utc, index=True)
    ended_at: datetime | None = Field(sa_type=Utc)
    parameters: dict[str, Any] = Field(sa_type=Json)
