"""The table of what people decided on records, which only grows."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from ingest.store.base import Base
from ingest.store.types import Exact, Json, Utc


class Decision(Base, table=True):
    """What somebody decided on a reading: on records of an article that say this by these words, now and later.

    A record's key has its place in it, which moves when an article is read by better rules. So a decision is on what
    does not: article, kind, the words of the evidence, and what they were read as: the name, and of an indicator whose
    it is, the value and the unit. What is read otherwise is another reading, and is put to somebody again.
    """

    __table_args__ = (
        Index(None, "reading", "number", unique=True),  # of two that decide at once, one is told
        Index(None, "article_key", "kind"),
        CheckConstraint("number > 0", name="number"),
    )
    key: str = Field(primary_key=True)
    reading: str  # digest of the six columns that follow
    article_key: str = Field(foreign_key="article.key", ondelete="CASCADE")
    kind: str  # the table of the record
    text: str
    name: str
    subject: str | None
    value: Decimal | None = Field(sa_type=Exact)
    value_high: Decimal | None = Field(sa_type=Exact)
    unit: str | None
    number: int  # of this decision among those on the reading; the last one stands
    verdict: str  # accepted, corrected, rejected; reopened takes it all back
    said: dict[str, Any] = Field(sa_type=Json)  # what the record said, column by column
    stands: dict[str, Any] = Field(sa_type=Json)  # what it is to say from now on; the same where it was accepted
    note: str
    decided_by: str
    decided_at: datetime = Field(sa_type=Utc)
